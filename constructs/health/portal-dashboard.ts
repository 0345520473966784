import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard';
import { Construct } from 'constructs';
import type { Family } from '../../core/cidr';
import { FAMILY_COLOURS, OTHER_COLOURS } from '../../core/colours';
import { GLOBAL_REGION } from '../../core/regions';
import { type Chart, dashboardBody, type Line, type Note } from './dashboard-widgets';
import { AVAILABLE_METRIC, PROBE_NAMESPACE } from './ipv6-probe';
import { SHARE_EXPRESSION, shareMetrics } from './ipv6-share-alarm';
import {
  applicationMetric,
  daysToExpiry,
  distributionMetric,
  type Metric,
  type TargetGroup,
  targetMetric,
} from './metric';

/** What a dashboard is about: what citizens connect to, by the metrics that AWS has of it. */
export type Watched =
  | {
      readonly kind: 'load-balancer';
      readonly targetGroup: TargetGroup;
      /** Over which family the targets are reached and checked. */
      readonly family: Family;
    }
  | { readonly kind: 'distribution'; readonly distributionId: string };

/** Properties for `PortalDashboard`. */
export interface PortalDashboardProps {
  /** Name of the dashboard: an account has one list of them for all regions. */
  readonly name: string;

  /** Name that citizens type. */
  readonly domain: string;

  /** Region of the portal. */
  readonly region: string;

  readonly watched: Watched;

  /** The certificate that citizens see, and its region. */
  readonly certificate: { readonly arn: string; readonly region: string };

  /** Percent of failed requests that is an alarm. */
  readonly errorPercent: number;

  /**
   * The probe's dimensions `Stack` and `Portal`.
   *
   * @default - nobody asks the portal over IPv6
   */
  readonly probe?: { readonly stack: string; readonly portal: string };

  /**
   * CPU of what the portal runs on, in percent.
   *
   * @default - it runs elsewhere
   */
  readonly cpu?: Metric;
}

const HOUR = 3600;
const DAY = 24 * HOUR;
const FIVE_MINUTES = 300;

/**
 * What an operator looks at first: both families side by side, in the same two colours everywhere. In Vietnamese and
 * English, because whoever is on duty reads one of them.
 */
export class PortalDashboard extends Construct {
  constructor(scope: Construct, id: string, props: PortalDashboardProps) {
    super(scope, id);
    const { name, watched } = props;

    const front = watched.kind === 'distribution' ? distributionRows(props, watched) : loadBalancerRows(props, watched);
    const rows = [[heading(props)], ...front, [certificate(props), ...cpu(props)]];
    new CloudwatchDashboard(this, 'Resource', {
      dashboardName: name,
      dashboardBody: dashboardBody(rows.filter((row) => row.length > 0)),
    });
  }
}

type Row = readonly (Chart | Note)[];
type OfKind<K> = Extract<Watched, { readonly kind: K }>;

function heading({ domain, watched }: PortalDashboardProps): Note {
  const paragraphs = [
    `# ${domain}`,
    'IPv4: xanh dương, IPv6: cam · IPv4: blue, IPv6: orange',
    ...withoutFamilies(watched),
  ];
  return { kind: 'note', markdown: paragraphs.join('\n\n') };
}

/** Only application load balancers count by family. Of all else, where the families can be told. */
function withoutFamilies(watched: Watched): string[] {
  if (watched.kind === 'distribution') {
    return [
      'CloudFront không có số liệu theo phiên bản IP: xem `c-ip` trong nhật ký truy cập. · ' +
        'CloudFront has no metrics by IP version: see `c-ip` in its access logs.',
    ];
  }
  if (isApplication(watched)) return [];
  return [
    'Bộ cân bằng tải mạng không có số liệu theo phiên bản IP: xem `srcaddr` trong nhật ký luồng của VPC. · ' +
      'A network load balancer has no metrics by IP version: see `srcaddr` in the flow logs of the VPC.',
  ];
}

function isApplication({ targetGroup }: OfKind<'load-balancer'>): boolean {
  return targetGroup.namespace === 'AWS/ApplicationELB';
}

function loadBalancerRows(props: PortalDashboardProps, watched: OfKind<'load-balancer'>): Row[] {
  return isApplication(watched) ? requestRows(props, watched) : connectionRows(props, watched);
}

/** Of an application load balancer. */
function requestRows({ region, probe }: PortalDashboardProps, watched: OfKind<'load-balancer'>): Row[] {
  const { loadBalancer } = watched.targetGroup;
  const metric = (name: string): Metric => applicationMetric(name, loadBalancer);
  const chart = { kind: 'chart', region, periodSeconds: FIVE_MINUTES } as const;
  return [
    [
      {
        ...chart,
        title: 'Yêu cầu theo phiên bản IP · Requests by IP version',
        view: 'stacked',
        lines: familyLines(metric('RequestCount'), metric('IPv6RequestCount')),
      },
      {
        ...chart,
        title: 'Byte theo phiên bản IP · Bytes by IP version',
        view: 'stacked',
        lines: familyLines(metric('ProcessedBytes'), metric('IPv6ProcessedBytes')),
      },
    ],
    probe ? [share(region, loadBalancer, probe), availability(region, probe)] : [],
    [
      targets(region, watched),
      {
        ...chart,
        title: 'Lỗi máy chủ (5xx) · Server errors (5xx)',
        lines: [
          {
            metric: metric('HTTPCode_ELB_5XX_Count'),
            stat: 'Sum',
            label: 'bộ cân bằng tải · load balancer',
            colour: OTHER_COLOURS[0],
          },
          {
            metric: metric('HTTPCode_Target_5XX_Count'),
            stat: 'Sum',
            label: 'máy chủ đích · targets',
            colour: OTHER_COLOURS[1],
          },
        ],
      },
      {
        ...chart,
        title: 'Độ trễ p95 (giây) · Latency, p95 (seconds)',
        lines: [{ metric: metric('TargetResponseTime'), stat: 'p95', label: 'p95', colour: OTHER_COLOURS[0] }],
      },
    ],
  ];
}

/** Of a network load balancer. */
function connectionRows({ region, probe }: PortalDashboardProps, watched: OfKind<'load-balancer'>): Row[] {
  const { namespace, loadBalancer } = watched.targetGroup;
  const metric = (metricName: string): Metric => ({
    namespace,
    metricName,
    dimensions: { LoadBalancer: loadBalancer },
  });
  const chart = { kind: 'chart', region, periodSeconds: FIVE_MINUTES } as const;
  return [
    [
      {
        ...chart,
        title: 'Kết nối mới, mọi phiên bản IP · New connections, all IP versions',
        lines: [{ metric: metric('NewFlowCount'), stat: 'Sum', label: 'IPv4 + IPv6', colour: OTHER_COLOURS[1] }],
      },
      {
        ...chart,
        title: 'Byte, mọi phiên bản IP · Bytes, all IP versions',
        lines: [{ metric: metric('ProcessedBytes'), stat: 'Sum', label: 'IPv4 + IPv6', colour: OTHER_COLOURS[1] }],
      },
    ],
    [
      ...(probe ? [availability(region, probe)] : []),
      targets(region, watched),
      {
        ...chart,
        title: 'Kết nối bị ngắt (RST) · Connections reset',
        lines: [
          {
            metric: metric('TCP_ELB_Reset_Count'),
            stat: 'Sum',
            label: 'bộ cân bằng tải · load balancer',
            colour: OTHER_COLOURS[0],
          },
          {
            metric: metric('TCP_Target_Reset_Count'),
            stat: 'Sum',
            label: 'máy chủ đích · targets',
            colour: OTHER_COLOURS[1],
          },
        ],
      },
    ],
  ];
}

function targets(region: string, { targetGroup, family }: OfKind<'load-balancer'>): Chart {
  const checkedOver = FAMILY_NAME[family];
  return {
    kind: 'chart',
    title: `Máy chủ đích, kiểm tra qua ${checkedOver} · Targets, checked over ${checkedOver}`,
    region,
    periodSeconds: 60,
    lines: [
      {
        metric: targetMetric('HealthyHostCount', targetGroup),
        stat: 'Maximum',
        label: 'tốt · healthy',
        colour: FAMILY_COLOURS[family],
      },
      {
        metric: targetMetric('UnHealthyHostCount', targetGroup),
        stat: 'Minimum',
        label: 'hỏng · unhealthy',
        colour: OTHER_COLOURS[0],
      },
    ],
  };
}

const FAMILY_NAME: Readonly<Record<Family, string>> = { ipv4: 'IPv4', ipv6: 'IPv6' };

/** AWS counts both families together, and IPv6. */
function familyLines(both: Metric, ipv6: Metric): Line[] {
  return [
    { id: 'all', metric: both, stat: 'Sum', label: 'IPv4 + IPv6', hidden: true },
    // The two do not count the same moment of a request, so for a while the difference can be less than nothing.
    { label: 'IPv4', expression: 'IF(all > FILL(v6, 0), all - FILL(v6, 0), 0)', colour: FAMILY_COLOURS.ipv4 },
    { id: 'v6', metric: ipv6, stat: 'Sum', label: 'IPv6', colour: FAMILY_COLOURS.ipv6 },
  ];
}

function share(region: string, loadBalancer: string, probe: NonNullable<PortalDashboardProps['probe']>): Chart {
  const parts = Object.entries(shareMetrics(loadBalancer, probe));
  return {
    kind: 'chart',
    title: 'Tỷ lệ IPv6 trong yêu cầu của người dân (%) · IPv6 share of citizens’ requests (%)',
    region,
    periodSeconds: HOUR,
    lines: [
      { label: 'IPv6', expression: SHARE_EXPRESSION, colour: FAMILY_COLOURS.ipv6 },
      ...parts.map(([id, metric]): Line => ({ id, metric, stat: 'Sum', label: id, hidden: true })),
    ],
  };
}

function availability(region: string, probe: NonNullable<PortalDashboardProps['probe']>): Chart {
  return {
    kind: 'chart',
    title: 'Máy dò IPv6: 1 là có trả lời · IPv6 probe: 1 is an answer',
    region,
    periodSeconds: 60,
    lines: [
      {
        metric: {
          namespace: PROBE_NAMESPACE,
          metricName: AVAILABLE_METRIC,
          dimensions: { Stack: probe.stack, Portal: probe.portal },
        },
        stat: 'Minimum',
        label: 'IPv6',
        colour: FAMILY_COLOURS.ipv6,
      },
    ],
  };
}

function distributionRows(
  { region, probe, errorPercent }: PortalDashboardProps,
  watched: OfKind<'distribution'>,
): Row[] {
  const metric = (name: string): Metric => distributionMetric(name, watched.distributionId);
  const chart = { kind: 'chart', region: GLOBAL_REGION, periodSeconds: FIVE_MINUTES } as const;
  return [
    [
      {
        ...chart,
        title: 'Yêu cầu, mọi phiên bản IP · Requests, all IP versions',
        lines: [{ metric: metric('Requests'), stat: 'Sum', label: 'IPv4 + IPv6', colour: OTHER_COLOURS[1] }],
      },
      {
        ...chart,
        title: 'Byte, mọi phiên bản IP · Bytes, all IP versions',
        lines: [
          { metric: metric('BytesDownloaded'), stat: 'Sum', label: 'tải xuống · downloaded', colour: OTHER_COLOURS[1] },
          { metric: metric('BytesUploaded'), stat: 'Sum', label: 'tải lên · uploaded', colour: OTHER_COLOURS[0] },
        ],
      },
    ],
    [
      ...(probe ? [availability(region, probe)] : []),
      {
        ...chart,
        title: 'Lỗi máy chủ (5xx, %) · Server errors (5xx, %)',
        lines: [{ metric: metric('5xxErrorRate'), stat: 'Average', label: '5xx', colour: OTHER_COLOURS[0] }],
        limit: { value: errorPercent, label: 'báo động · alarm' },
      },
    ],
  ];
}

function certificate({ certificate: { arn, region } }: PortalDashboardProps): Chart {
  return {
    kind: 'chart',
    title: 'Chứng chỉ: số ngày còn hạn · Certificate: days left',
    region,
    periodSeconds: DAY,
    view: 'number',
    lines: [{ metric: daysToExpiry(arn), stat: 'Minimum', label: 'ngày · days', colour: OTHER_COLOURS[1] }],
  };
}

function cpu({ region, cpu: metric }: PortalDashboardProps): Chart[] {
  if (!metric) return [];
  const title = 'CPU (%)';
  const lines: Line[] = [{ metric, stat: 'Average', label: 'CPU', colour: OTHER_COLOURS[1] }];
  return [{ kind: 'chart', title, region, periodSeconds: FIVE_MINUTES, lines }];
}
