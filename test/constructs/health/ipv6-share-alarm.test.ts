import { Ipv6ShareAlarm, type Ipv6ShareAlarmProps, shareExpression } from '../../../constructs/health/ipv6-share-alarm';
import { evaluate } from '../../helpers/metric-math';
import { type Attributes, synth } from '../../helpers/synth';

const TOPIC = 'arn:aws:sns:ap-southeast-1:111122223333:alarms';

const alarm = (props: Partial<Ipv6ShareAlarmProps> = {}): Attributes =>
  synth(
    (scope) =>
      new Ipv6ShareAlarm(scope, 'Share', {
        name: 'hue-production-portal-ipv6-share',
        loadBalancer: 'app/hue/1234',
        probe: { stack: 'hue-production', portal: 'portal' },
        alarmTopicArn: TOPIC,
        ...props,
      }),
  ).only('aws_cloudwatch_metric_alarm');

const queries = (attributes: Attributes): Record<string, Attributes> =>
  Object.fromEntries((attributes.metric_query as Attributes[]).map((query) => [String(query.id), query]));

/** One period: what CloudWatch has of each metric; nothing where nothing was counted. */
type Hour = {
  readonly all?: number;
  readonly v6?: number;
  /** What the probe counted of its own requests; 120 are one a minute at two addresses. */
  readonly probe?: number;
};

const PROBED = { probe: 120 };

describe('shareExpression', () => {
  const share = (hour: Hour, minimum = 500): number | undefined => evaluate(shareExpression(minimum), hour);

  test('is the percentage of citizens’ requests that came over IPv6', () => {
    expect(share({ all: 10_120, v6: 4_120, ...PROBED })).toBe(40);
  });

  test('an hour without any IPv6 has no datapoint of it, and counts as nothing', () => {
    expect(share({ all: 10_000, probe: 0 })).toBe(0);
    expect(share({ all: 10_000 })).toBe(0);
  });

  test('the probe alone is no citizen: its requests are taken off both sides', () => {
    expect(share({ all: 10_120, v6: 120, ...PROBED })).toBe(0);
  });

  test('a probe that does not run takes nothing off', () => {
    expect(share({ all: 10_000, v6: 4_000 })).toBe(40);
  });

  test('an hour in which few came says nothing, so it counts as well', () => {
    expect(share({ all: 619, v6: 120, ...PROBED })).toBe(100);
    expect(share({ all: 620, v6: 120, ...PROBED })).toBe(0);
  });

  test('an hour with nobody but the probe counts as well', () => {
    expect(share({ all: 120, v6: 120, ...PROBED })).toBe(100);
  });

  test('an hour without any requests has no share', () => {
    expect(share({})).toBeUndefined();
    expect(share({ v6: 3 })).toBeUndefined();
  });

  test.each([
    [100, { all: 100, v6: 25 }, 25],
    [101, { all: 100, v6: 25 }, 100],
    [100, { all: 160, v6: 70, probe: 60 }, 10],
  ])('a minimum of %i is what it counts with', (minimum, hour, expected) => {
    expect(share(hour, minimum)).toBe(expected);
  });
});

describe('the alarm', () => {
  const minimal = alarm();

  /** Whether the last two hours raise it, as CloudWatch would have it. */
  const raisedBy = (hours: readonly Hour[], attributes = minimal): boolean => {
    const expression = String(queries(attributes).share!.expression);
    const breaching = hours.slice(-Number(attributes.evaluation_periods)).filter((hour) => {
      const share = evaluate(expression, hour);
      return share === undefined ? attributes.treat_missing_data === 'breaching' : share < Number(attributes.threshold);
    });
    return breaching.length >= Number(attributes.datapoints_to_alarm);
  };

  test('is raised when IPv6 falls silent for two hours of a working day, the probe included', () => {
    expect(raisedBy([{ all: 9_000, v6: 3_000, ...PROBED }, { all: 9_000 }, { all: 9_500 }])).toBe(true);
  });

  test('is raised when citizens’ IPv6 breaks while the probe still gets through', () => {
    expect(
      raisedBy([
        { all: 9_000, v6: 120, ...PROBED },
        { all: 9_500, v6: 120, ...PROBED },
      ]),
    ).toBe(true);
  });

  test.each<[string, Hour[]]>([
    [
      'a usual day',
      [
        { all: 9_000, v6: 3_000, ...PROBED },
        { all: 9_000, v6: 3_500, ...PROBED },
      ],
    ],
    [
      'one bad hour',
      [
        { all: 9_000, v6: 120, ...PROBED },
        { all: 9_000, v6: 3_000, ...PROBED },
      ],
    ],
    [
      'a quiet night',
      [
        { all: 300, v6: 120, ...PROBED },
        { all: 180, v6: 120, ...PROBED },
      ],
    ],
    ['a portal that nobody asks', [{}, {}]],
    ['a portal before its first request', []],
  ])('is not raised by %s', (_, hours) => {
    expect(raisedBy(hours)).toBe(false);
  });

  test('counts requests of one load balancer by the hour; nobody else counts them by family', () => {
    const metric = {
      namespace: 'AWS/ApplicationELB',
      dimensions: { LoadBalancer: 'app/hue/1234' },
      period: 3600,
      stat: 'Sum',
    };
    const { all, v6, share } = queries(minimal);

    expect(all).toEqual({ id: 'all', return_data: false, metric: { ...metric, metric_name: 'RequestCount' } });
    expect(v6).toEqual({ id: 'v6', return_data: false, metric: { ...metric, metric_name: 'IPv6RequestCount' } });
    expect(share).toMatchObject({ return_data: true });
  });

  test('takes the probe’s requests from the probe itself, so that a further zone changes nothing here', () => {
    expect(queries(minimal).probe).toEqual({
      id: 'probe',
      return_data: false,
      metric: {
        namespace: 'portal6',
        metric_name: 'Ipv6Requests',
        dimensions: { Stack: 'hue-production', Portal: 'portal' },
        period: 3600,
        stat: 'Sum',
      },
    });
  });

  test('minimumRequests says how few mean nothing', () => {
    const small = alarm({ minimumRequests: 50 });

    expect(
      raisedBy(
        [
          { all: 300, v6: 120, ...PROBED },
          { all: 300, v6: 120, ...PROBED },
        ],
        small,
      ),
    ).toBe(true);
  });

  test('thresholdPercent says how small a share is silence', () => {
    const high = alarm({ thresholdPercent: 20 });
    const tenth: Hour = { all: 10_120, v6: 1_120, ...PROBED };

    expect(raisedBy([tenth, tenth])).toBe(false);
    expect(raisedBy([tenth, tenth], high)).toBe(true);
    expect(high.alarm_description).toBe('Less than 20 % of requests come over IPv6, while IPv4 goes on.');
  });

  test('has a name, and somebody who hears of it and of its end', () => {
    expect(minimal).toMatchObject({
      alarm_name: 'hue-production-portal-ipv6-share',
      comparison_operator: 'LessThanThreshold',
      alarm_actions: [TOPIC],
      ok_actions: [TOPIC],
    });
  });
});
