import type { Synthesized } from './synth';

/** What AWS publishes of a metric: the dimensions that tell one series, and the statistics that mean something. */
interface Published {
  readonly dimensions: readonly string[];
  readonly statistics: readonly string[];
}

const ofLoadBalancer = (...statistics: string[]): Published => ({ dimensions: ['LoadBalancer'], statistics });
const ofTargets = (...statistics: string[]): Published => ({ dimensions: ['LoadBalancer', 'TargetGroup'], statistics });
const ofDistribution = (...statistics: string[]): Published => ({
  dimensions: ['DistributionId', 'Region'],
  statistics,
});
const ofProbe = (...statistics: string[]): Published => ({ dimensions: ['Portal', 'Stack'], statistics });

/**
 * The metrics that there are, by namespace, as far as portals have anything to do with them.
 *
 * - https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 * - https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html
 * - https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
 * - https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-metrics.html
 * - https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html
 * - https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-metrics.html
 */
const PUBLISHED: Readonly<Record<string, Readonly<Record<string, Published>>>> = {
  'AWS/ApplicationELB': {
    RequestCount: ofLoadBalancer('Sum'),
    IPv6RequestCount: ofLoadBalancer('Sum'),
    ProcessedBytes: ofLoadBalancer('Sum'),
    IPv6ProcessedBytes: ofLoadBalancer('Sum'),
    HTTPCode_ELB_5XX_Count: ofLoadBalancer('Sum'),
    HTTPCode_Target_5XX_Count: ofLoadBalancer('Sum'),
    TargetResponseTime: ofLoadBalancer('Average', 'p95'),
    HealthyHostCount: ofTargets('Average', 'Minimum', 'Maximum'),
    UnHealthyHostCount: ofTargets('Average', 'Minimum', 'Maximum'),
  },
  'AWS/NetworkELB': {
    NewFlowCount: ofLoadBalancer('Sum'),
    ProcessedBytes: ofLoadBalancer('Sum'),
    TCP_ELB_Reset_Count: ofLoadBalancer('Sum'),
    TCP_Target_Reset_Count: ofLoadBalancer('Sum'),
    HealthyHostCount: ofTargets('Minimum', 'Maximum'),
    UnHealthyHostCount: ofTargets('Minimum', 'Maximum'),
  },
  'AWS/CloudFront': {
    Requests: ofDistribution('Sum'),
    BytesDownloaded: ofDistribution('Sum'),
    BytesUploaded: ofDistribution('Sum'),
    '5xxErrorRate': ofDistribution('Average'),
  },
  'AWS/CertificateManager': { DaysToExpiry: { dimensions: ['CertificateArn'], statistics: ['Minimum', 'Average'] } },
  'AWS/ECS': {
    CPUUtilization: { dimensions: ['ClusterName', 'ServiceName'], statistics: ['Average', 'Minimum', 'Maximum'] },
  },
  'AWS/EC2': {
    CPUUtilization: { dimensions: ['AutoScalingGroupName'], statistics: ['Average', 'Minimum', 'Maximum'] },
  },
  // The probe's own.
  portal6: { Ipv6Available: ofProbe('Minimum'), Ipv6Requests: ofProbe('Sum') },
};

/** A series that something asks for. */
export interface Asked {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, unknown>>;
  readonly statistic: string;
}

/** What of it AWS does not publish, in words; undefined where all is well. */
export function strangeIn({ namespace, metric, dimensions, statistic }: Asked): string | undefined {
  const published = PUBLISHED[namespace]?.[metric];
  const name = `${namespace} ${metric}`;
  if (!published) return `${name} does not exist`;
  const names = Object.keys(dimensions).sort();
  if (names.join() !== published.dimensions.join()) return `${name} has no dimensions ${names.join()}`;
  if (!published.statistics.includes(statistic)) return `${statistic} of ${name} means nothing`;
  return undefined;
}

/** The series that the alarms of a stack ask for. */
export function askedByAlarms(stack: Pick<Synthesized, 'ofType'>): Asked[] {
  return stack.ofType('aws_cloudwatch_metric_alarm').flatMap((alarm) => {
    const queries = (alarm.metric_query ?? []) as { metric?: Record<string, unknown> }[];
    const parts = queries.flatMap(({ metric }) => (metric ? [metric] : []));
    const statistic = alarm.statistic ?? alarm.extended_statistic;
    return (parts.length > 0 ? parts : [{ ...alarm, stat: statistic }]).map(
      (part: Readonly<Record<string, unknown>>) => ({
        namespace: String(part.namespace),
        metric: String(part.metric_name),
        dimensions: part.dimensions as Record<string, unknown>,
        statistic: String(part.stat),
      }),
    );
  });
}

/** A widget of a dashboard. */
export interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly markdown?: string;
    readonly title?: string;
    readonly region?: string;
    readonly metrics?: readonly (readonly unknown[])[];
  } & Readonly<Record<string, unknown>>;
}

/** The widgets in the body of a dashboard. */
export function widgetsIn(body: unknown): Widget[] {
  return (JSON.parse(String(body)) as { widgets: Widget[] }).widgets;
}

/** How a line of a chart looks and what it is called. */
export interface Look {
  readonly label?: string;
  readonly color?: string;
  readonly id?: string;
  readonly expression?: string;
  readonly visible?: boolean;
  readonly stat?: string;
}

export function looksOf({ properties }: Widget): Look[] {
  return (properties.metrics ?? []).map((row) => row[row.length - 1] as Look);
}

/** The series that a widget draws, with their region. */
export function askedByWidget({ properties }: Widget): (Asked & { readonly region: string })[] {
  return (properties.metrics ?? []).flatMap((row) => {
    if (row.length === 1) return [];
    const [namespace, metric, ...rest] = row as string[];
    const look = rest.pop() as Look;
    const pairs = Array.from({ length: rest.length / 2 }, (_, index) => [rest[2 * index], rest[2 * index + 1]]);
    return [
      {
        namespace: namespace!,
        metric: metric!,
        dimensions: Object.fromEntries(pairs) as Record<string, unknown>,
        statistic: String(look.stat),
        region: String(properties.region),
      },
    ];
  });
}
