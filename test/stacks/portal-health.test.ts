import { askedByAlarms, askedByWidget, strangeIn, widgetsIn } from '../helpers/aws-metrics';
import { CONTAINER, GATEWAY, productionJson } from '../helpers/agency';
import { resourcesOf, Synthesized } from '../helpers/synth';

type Environment = NonNullable<Parameters<typeof productionJson>[0]>;
type Portal = NonNullable<Environment['portals']>[string];

const stackOf = (portal: Portal, environment: Environment = {}): Synthesized =>
  new Synthesized(resourcesOf(productionJson({ ...environment, portals: { portal } })));

const hosted = (hosting: Portal['hosting'], more: Partial<Portal> = {}): Portal => ({ ...CONTAINER, hosting, ...more });
const STATIC = hosted({ type: 'static' });
const BEHIND_ADDRESS = { ...GATEWAY, domain: 'portal.hue.gov.vn', aliases: ['www.hue.gov.vn'] };

const REQUESTS = ['load-balancer/errors', 'load-balancer/target-errors'];
const TARGETS = ['targets/none-healthy', 'targets/unhealthy'];
const IPV6 = ['health/alarm', 'ipv6-share/Resource'];

/** What there is an alarm on, by what answers, and what the dashboard is about. */
const KINDS: readonly (readonly [string, Portal, string[], string[]])[] = [
  ['container', CONTAINER, [...REQUESTS, ...TARGETS, ...IPV6], ['AWS/ApplicationELB', 'AWS/ECS', 'portal6']],
  [
    'instances',
    hosted({ type: 'instances', ami: 'ami-0123456789abcdef0' }),
    [...REQUESTS, ...TARGETS, ...IPV6],
    ['AWS/ApplicationELB', 'AWS/EC2', 'portal6'],
  ],
  ['gateway', BEHIND_ADDRESS, [...REQUESTS, ...TARGETS, ...IPV6], ['AWS/ApplicationELB', 'portal6']],
  [
    'container behind an accelerator',
    { ...CONTAINER, edge: 'accelerator' },
    [...REQUESTS, ...TARGETS, ...IPV6],
    ['AWS/ApplicationELB', 'AWS/ECS', 'portal6'],
  ],
  [
    'container behind a network load balancer',
    { ...CONTAINER, edge: 'network' },
    TARGETS,
    ['AWS/ECS', 'AWS/NetworkELB'],
  ],
  ['static', STATIC, ['distribution/errors', 'health/alarm'], ['AWS/CloudFront', 'portal6']],
  [
    'gateway to a public name',
    hosted({ type: 'gateway', origin: { host: 'goc.example.vn' } }),
    ['distribution/errors', 'health/alarm'],
    ['AWS/CloudFront', 'portal6'],
  ],
];

describe.each(KINDS)('%s', (_, portal, alarms, namespaces) => {
  const stack = stackOf(portal);
  const body = stack.only('aws_cloudwatch_dashboard').dashboard_body;

  test('has an alarm on what can fail of it, and on its certificate', () => {
    const own = stack
      .pathsOf('aws_cloudwatch_metric_alarm')
      .filter((path) => path.startsWith('portals/') && !path.includes('/address-health/'))
      .map((path) => path.replace(/^portals\/portal\/(alarms\/)?/, ''));

    expect(own.sort()).toEqual([...alarms, 'certificate/Resource'].sort());
  });

  test('asks CloudWatch for nothing that AWS does not publish', () => {
    const asked = [...askedByAlarms(stack), ...widgetsIn(body).flatMap(askedByWidget)];
    // How Route 53 finds an address is another concern's.
    const strange = asked.filter(({ namespace }) => namespace !== 'AWS/Route53').flatMap((one) => strangeIn(one) ?? []);

    expect(strange).toEqual([]);
  });

  test('has one dashboard, about what answers and what it runs on', () => {
    const shown = new Set(
      widgetsIn(body)
        .flatMap(askedByWidget)
        .map(({ namespace }) => namespace),
    );

    expect([...shown].sort()).toEqual(['AWS/CertificateManager', ...namespaces].sort());
    expect(stack.only('aws_cloudwatch_dashboard').dashboard_name).toBe('hue-production--portal');
  });

  test('each alarm speaks to a topic of its own region', () => {
    const wrong = stack.resources
      .filter(({ type }) => type === 'aws_cloudwatch_metric_alarm')
      .filter(({ attributes }) => {
        const [topic] = attributes.alarm_actions as string[];
        const { attributes: found } = stack.resources.find(({ address }) => topic!.includes(`${address}.arn`))!;
        return found.provider !== attributes.provider;
      });

    expect(wrong).toEqual([]);
  });
});

test('alarms on CloudFront and its certificate are where their metrics are', () => {
  const stack = stackOf(STATIC);

  for (const path of ['distribution/errors', 'certificate/Resource', 'global/Resource', 'global/email']) {
    expect(stack.at(`portals/portal/alarms/${path}`).provider).toBe('aws.us-east-1');
  }
  expect(stack.at('portals/portal/health/alarm')).not.toHaveProperty('provider');
});

test('in us-east-1 one topic is enough', () => {
  const stack = stackOf(STATIC, { region: 'us-east-1' });

  expect(stack.pathsOf('aws_sns_topic')).toEqual(['portals/portal/alarms/Resource']);
  expect(stack.at('portals/portal/alarms/certificate/Resource').alarm_actions).toEqual([
    stack.ref('portals/portal/alarms/Resource', 'arn'),
  ]);
});

test.each(['off', 'staged', 'live'] as const)('with aaaa %s somebody hears of errors', (aaaa) => {
  const stack = stackOf({ ...CONTAINER, publish: { aaaa } });

  expect(stack.at('portals/portal/alarms/email').endpoint).toBe('ipv6@hue.gov.vn');
  expect(stack.at('portals/portal/alarms/load-balancer/errors').threshold).toBe(5);
});

test('while no AAAA is published, the dashboard says nothing of the probe and of the share', () => {
  const titles = (aaaa: 'off' | 'staged'): string => {
    const { dashboard_body } = stackOf({ ...CONTAINER, publish: { aaaa } }).only('aws_cloudwatch_dashboard');
    return widgetsIn(dashboard_body)
      .map(({ properties }) => properties.title)
      .join();
  };

  expect(titles('off')).not.toMatch(/probe|share/);
  expect(titles('staged')).toMatch(/share.*probe/);
});

test('the file says who hears, from which share of errors on, and whether slowness is one', () => {
  const stack = stackOf({ ...CONTAINER, alarms: { email: 'truc-ban@hue.gov.vn', errors: 1.5, latency: 2 } });

  expect(stack.at('portals/portal/alarms/email').endpoint).toBe('truc-ban@hue.gov.vn');
  expect(stack.at('portals/portal/alarms/load-balancer/target-errors').threshold).toBe(1.5);
  expect(stack.at('portals/portal/alarms/load-balancer/latency').threshold).toBe(2);
});

test('a portal that waits for its zone has neither alarms nor a dashboard', () => {
  const stack = stackOf({ ...CONTAINER, zone: { create: true }, domain: 'moi.hue.gov.vn', aliases: [] });

  expect(stack.ofType('aws_cloudwatch_dashboard')).toEqual([]);
  expect(stack.pathsOf('aws_sns_topic')).toEqual([]);
});
