import { PortalDashboard, type PortalDashboardProps } from '../../../constructs/health/portal-dashboard';
import { Ipv6ShareAlarm } from '../../../constructs/health/ipv6-share-alarm';
import { FAMILY_COLOURS } from '../../../core/colours';
import { askedByWidget, looksOf, strangeIn, type Widget, widgetsIn } from '../../helpers/aws-metrics';
import { evaluate } from '../../helpers/metric-math';
import { type Attributes, REGION, synth } from '../../helpers/synth';

const PROBE = { stack: 'hue-production', portal: 'portal' };

const MINIMAL: PortalDashboardProps = {
  name: 'hue-production--portal',
  domain: 'hue.gov.vn',
  region: REGION,
  watched: {
    kind: 'load-balancer',
    targetGroup: { namespace: 'AWS/ApplicationELB', loadBalancer: 'app/hue/1', targetGroup: 'targetgroup/hue/2' },
    family: 'ipv4',
  },
  certificate: { arn: 'arn:aws:acm:ap-southeast-1:111122223333:certificate/1', region: REGION },
  errorPercent: 5,
};

const EVERYTHING: PortalDashboardProps = {
  ...MINIMAL,
  probe: PROBE,
  cpu: { namespace: 'AWS/ECS', metricName: 'CPUUtilization', dimensions: { ClusterName: 'hue', ServiceName: 'hue' } },
};

const NETWORK: PortalDashboardProps = {
  ...EVERYTHING,
  watched: {
    kind: 'load-balancer',
    targetGroup: { namespace: 'AWS/NetworkELB', loadBalancer: 'net/hue/1', targetGroup: 'targetgroup/hue/2' },
    family: 'ipv6',
  },
};

const DISTRIBUTION: PortalDashboardProps = {
  ...EVERYTHING,
  watched: { kind: 'distribution', distributionId: 'EDFDVBD6EXAMPLE' },
  certificate: { arn: 'arn:aws:acm:us-east-1:111122223333:certificate/1', region: 'us-east-1' },
  cpu: undefined,
};

const dashboard = (props: Partial<PortalDashboardProps> = {}): Attributes =>
  synth((scope) => new PortalDashboard(scope, 'Dashboard', { ...EVERYTHING, ...props })).only(
    'aws_cloudwatch_dashboard',
  );

const widgets = (props: Partial<PortalDashboardProps> = {}): Widget[] => widgetsIn(dashboard(props).dashboard_body);

const find = (title: string, all: readonly Widget[]): Widget => {
  const found = all.find(({ properties }) => properties.title?.endsWith(title));
  if (!found) throw new Error(`no widget ${title}; there are ${all.map(({ properties }) => properties.title).join()}`);
  return found;
};

const SHAPES: readonly (readonly [string, PortalDashboardProps])[] = [
  ['a portal with nothing beside', { probe: undefined, cpu: undefined, ...MINIMAL }],
  ['a portal with everything', EVERYTHING],
  ['a portal behind a network load balancer', NETWORK],
  ['a portal behind CloudFront', DISTRIBUTION],
];

describe.each(SHAPES)('the dashboard of %s', (_, props) => {
  const all = widgets(props);

  test('asks for nothing that AWS does not publish', () => {
    expect(all.flatMap(askedByWidget).flatMap((asked) => strangeIn(asked) ?? [])).toEqual([]);
  });

  test('asks in the region that has the metric', () => {
    const regions: Readonly<Record<string, string>> = {
      'AWS/CloudFront': 'us-east-1',
      'AWS/CertificateManager': props.certificate.region,
    };
    const wrong = all
      .flatMap(askedByWidget)
      .filter(({ namespace, region }) => region !== (regions[namespace] ?? REGION));

    expect(wrong).toEqual([]);
  });

  test('says everything in Vietnamese and in English', () => {
    const texts = all.flatMap(({ properties }) => properties.title ?? properties.markdown!.split('\n\n').slice(1));

    expect(texts.filter((text) => !/^[^·]+ · [^·]+$/.test(text))).toEqual(props.cpu ? ['CPU (%)'] : []);
  });

  test('gives each family its colour, and nobody else', () => {
    const looks = all.flatMap(looksOf).filter(({ visible }) => visible !== false);
    const colourOf = (label: string) => [
      ...new Set(looks.filter((look) => look.label === label).map(({ color }) => color)),
    ];

    for (const [label, colour] of [
      ['IPv4', FAMILY_COLOURS.ipv4],
      ['IPv6', FAMILY_COLOURS.ipv6],
    ] as const) {
      expect([[], [colour]]).toContainEqual(colourOf(label));
    }
    const others = looks.filter(({ label }) => !/^IPv[46]$|healthy/.test(label!));
    expect(others.filter(({ color }) => Object.values(FAMILY_COLOURS).includes(color!))).toEqual([]);
  });

  test('has no widget over another, none beyond the 24 columns, and each id once', () => {
    for (const one of all) {
      expect(one.x + one.width).toBeLessThanOrEqual(24);
      const over = all.filter(
        (other) =>
          other !== one &&
          other.x < one.x + one.width &&
          one.x < other.x + other.width &&
          other.y < one.y + one.height &&
          one.y < other.y + other.height,
      );
      expect(over).toEqual([]);
      const ids = looksOf(one).flatMap(({ id }) => id ?? []);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  test('is the same text each time', () => {
    expect(dashboard(props)).toEqual(dashboard(props));
  });
});

test('has the portal’s name', () => {
  expect(dashboard().dashboard_name).toBe('hue-production--portal');
  expect(widgets()[0]!.properties.markdown).toMatch(/^# hue\.gov\.vn\n/);
});

describe.each([
  ['Requests by IP version', 'RequestCount', 'IPv6RequestCount'],
  ['Bytes by IP version', 'ProcessedBytes', 'IPv6ProcessedBytes'],
])('%s', (title, all, v6) => {
  const widget = find(title, widgets());
  const [both, ipv4, ipv6] = looksOf(widget);

  test('shows IPv6 as AWS counts it, and IPv4 as what is left', () => {
    expect(askedByWidget(widget).map(({ metric }) => metric)).toEqual([all, v6]);
    expect([both!.id, ipv6!.id]).toEqual(['all', 'v6']);
    expect(both!.visible).toBe(false);
    expect(evaluate(ipv4!.expression!, { all: 100, v6: 30 })).toBe(70);
  });

  test('shows all of it as IPv4 while nobody comes over IPv6, and never less than nothing', () => {
    expect(evaluate(ipv4!.expression!, { all: 100 })).toBe(100);
    expect(evaluate(ipv4!.expression!, { all: 100, v6: 101 })).toBe(0);
  });

  test('stacks them, so that the top is the sum', () => {
    expect(widget.properties.stacked).toBe(true);
  });
});

test('the share is worked out as the alarm does it, without the probe’s own requests', () => {
  const widget = find('IPv6 share of citizens’ requests (%)', widgets());
  const [share, ...parts] = looksOf(widget);
  const alarm = synth(
    (scope) =>
      new Ipv6ShareAlarm(scope, 'Share', {
        name: 'share',
        loadBalancer: 'app/hue/1',
        probe: PROBE,
        alarmTopicArn: 'arn:1',
      }),
  ).only('aws_cloudwatch_metric_alarm');
  const queries = alarm.metric_query as { id: string; expression?: string; metric?: Record<string, unknown> }[];

  expect(queries[0]!.expression).toContain(share!.expression);
  expect(parts.map(({ id, visible }) => [id, visible])).toEqual(queries.slice(1).map(({ id }) => [id, false]));
  expect(askedByWidget(widget).map(({ metric, dimensions }) => [metric, dimensions])).toEqual(
    queries.slice(1).map(({ metric }) => [metric!.metric_name, metric!.dimensions]),
  );
  expect(evaluate(share!.expression!, { all: 10_120, v6: 4_120, probe: 120 })).toBe(40);
  expect(widget.properties.period).toBe(queries[1]!.metric!.period);
  expect(evaluate(share!.expression!, {})).toBeUndefined();
});

test('targets are in the colour of the family that they are checked over', () => {
  const watched = { ...EVERYTHING.watched, family: 'ipv6' } as PortalDashboardProps['watched'];
  const [healthy] = looksOf(find('Targets, checked over IPv6', widgets({ watched })));
  const [other] = looksOf(find('Targets, checked over IPv4', widgets()));

  expect([healthy!.color, other!.color]).toEqual([FAMILY_COLOURS.ipv6, FAMILY_COLOURS.ipv4]);
});

test('errors are told apart by who made them, and latency is that of the slowest', () => {
  expect(askedByWidget(find('Server errors (5xx)', widgets())).map(({ metric }) => metric)).toEqual([
    'HTTPCode_ELB_5XX_Count',
    'HTTPCode_Target_5XX_Count',
  ]);
  expect(askedByWidget(find('Latency, p95 (seconds)', widgets()))[0]!.statistic).toBe('p95');
});

test('without a probe there is nothing to say about it, and without machines nothing about CPU', () => {
  const titles = widgets({ probe: undefined, cpu: undefined }).map(({ properties }) => properties.title ?? '');

  expect(titles.filter((title) => /probe|share|CPU/.test(title))).toEqual([]);
  expect(find('IPv6 probe: 1 is an answer', widgets()).properties.region).toBe(REGION);
});

test('of CloudFront it says that there are no numbers by family, and where there are some', () => {
  const all = widgets(DISTRIBUTION);

  expect(all[0]!.properties.markdown).toContain('CloudFront has no metrics by IP version: see `c-ip`');
  expect(widgets()[0]!.properties.markdown).not.toContain('CloudFront');
  expect(all.flatMap(askedByWidget).filter(({ metric }) => metric.startsWith('IPv6'))).toEqual([]);
});

test('of a network load balancer it says the same, and shows connections', () => {
  const all = widgets(NETWORK);

  expect(all[0]!.properties.markdown).toContain('A network load balancer has no metrics by IP version');
  expect(all.flatMap(askedByWidget).map(({ metric }) => metric)).toEqual(
    expect.arrayContaining(['NewFlowCount', 'ProcessedBytes', 'Ipv6Available', 'HealthyHostCount', 'CPUUtilization']),
  );
});

test('the share of failed requests at which CloudFront’s alarm is raised is drawn', () => {
  expect(find('Server errors (5xx, %)', widgets({ ...DISTRIBUTION, errorPercent: 3 })).properties.annotations).toEqual({
    horizontal: [{ value: 3, label: 'báo động · alarm' }],
  });
});
