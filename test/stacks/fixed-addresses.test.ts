import { agencyFile, CONTAINER, GATEWAY, productionJson } from '../helpers/agency';
import { blocks } from '../helpers/blocks';
import { resourcesOf, Synthesized } from '../helpers/synth';
import { stackJson } from '../../stacks/synthesize';

type Environment = NonNullable<Parameters<typeof productionJson>[0]>;
type Portal = NonNullable<Environment['portals']>[string];

const jsonOf = (portal: Portal, environment: Environment = {}) =>
  productionJson({ ...environment, portals: { portal } });
const stackOf = (portal: Portal, environment: Environment = {}) =>
  new Synthesized(resourcesOf(jsonOf(portal, environment)));

const ACCELERATED: Portal = { ...CONTAINER, edge: 'accelerator' };
const NETWORK: Portal = { ...CONTAINER, edge: 'network' };
const EXTERNAL: Portal = { ...ACCELERATED, zone: { external: true } };

/** The checks of fixed addresses, such as `ipv6-1`. */
const askedOf = (stack: Synthesized): string[] =>
  stack
    .pathsOf('aws_route53_health_check')
    .flatMap((path) => /^portals\/portal\/address-health\/(.*)\/health-check$/.exec(path)?.[1] ?? []);

test('without a word on the edge nothing has an address that stays', () => {
  const { output, resource } = jsonOf(CONTAINER);

  expect(output.portal_portal?.value).not.toHaveProperty('ipv6_addresses');
  expect(Object.keys(resource).filter((type) => type.includes('globalaccelerator'))).toEqual([]);
});

describe('a portal behind an accelerator', () => {
  const stack = stackOf(ACCELERATED);
  const accelerator = 'portals/portal/accelerator/Resource';

  test('leads each family to the name that has it', () => {
    const [a, aaaa] = ['A', 'AAAA'].map(
      (type) => blocks(stack.at(`portals/portal/dns/portal.hue.gov.vn/${type}`).alias)[0],
    );

    expect(a).toMatchObject({ name: stack.ref(accelerator, 'dns_name') });
    expect(aaaa).toMatchObject({ name: stack.ref(accelerator, 'dual_stack_dns_name') });
    for (const alias of [a, aaaa]) expect(alias).toMatchObject({ zone_id: stack.ref(accelerator, 'hosted_zone_id') });
  });

  test('says its addresses, for the firewalls of others', () => {
    expect(jsonOf(ACCELERATED).output.portal_portal?.value).toMatchObject({
      load_balancer: stack.ref('portals/portal/edge/Resource', 'dns_name'),
      accelerator: stack.ref(accelerator, 'dual_stack_dns_name'),
      ipv4_addresses: [expect.stringMatching(/if !strcontains/), expect.stringMatching(/if !strcontains/)],
      ipv6_addresses: [expect.stringMatching(/if strcontains/), expect.stringMatching(/if strcontains/)],
    });
  });

  test('is asked at each of them as people ask it, and by the probe', () => {
    expect(askedOf(stack)).toEqual(['ipv4-1', 'ipv4-2', 'ipv6-1', 'ipv6-2']);
    expect(stack.at('portals/portal/address-health/ipv6-1/health-check')).toMatchObject({
      type: 'HTTPS',
      fqdn: 'portal.hue.gov.vn',
      resource_path: '/',
    });
    expect(stack.pathsOf('aws_scheduler_schedule')).toHaveLength(1);
  });

  test('has its alarms on addresses in us-east-1, where the same people hear them', () => {
    const alarm = stack.at('portals/portal/address-health/ipv6-1/alarm');
    const topic = 'portals/portal/alarms/global/Resource';

    expect(alarm).toMatchObject({ provider: 'aws.us-east-1', alarm_actions: [stack.ref(topic, 'arn')] });
    expect(stack.at(topic)).toMatchObject({ provider: 'aws.us-east-1' });
    expect(stack.at('portals/portal/alarms/global/email')).toMatchObject({ endpoint: 'ipv6@hue.gov.vn' });
  });

  test('in us-east-1 has one topic for everything', () => {
    const there = stackOf(ACCELERATED, { region: 'us-east-1' });

    expect(there.pathsOf('aws_sns_topic')).toEqual(['portals/portal/alarms/Resource']);
    expect(there.at('portals/portal/address-health/ipv6-1/alarm').alarm_actions).toEqual([
      there.ref('portals/portal/alarms/Resource', 'arn'),
    ]);
  });
});

describe('a portal behind a network load balancer', () => {
  const stack = stackOf(NETWORK);

  test('is asked at each address whether it takes a connection, and not by the probe', () => {
    expect(askedOf(stack)).toEqual(['ipv4-a', 'ipv4-b', 'ipv6-a', 'ipv6-b']);
    expect(stack.at('portals/portal/address-health/ipv6-a/health-check')).toMatchObject({ type: 'TCP', port: 443 });
    expect(stack.ofType('aws_lambda_function')).toEqual([]);
    expect(stack.ofType('aws_scheduler_schedule')).toEqual([]);
  });

  test('leaves the probe to a portal beside it', () => {
    const portals = { portal: NETWORK, other: { ...CONTAINER, domain: 'khac.hue.gov.vn', aliases: [] } };
    const [schedule, ...others] = new Synthesized(resourcesOf(productionJson({ portals }))).pathsOf(
      'aws_scheduler_schedule',
    );

    expect(schedule).toMatch(/^portals\/other\//);
    expect(others).toEqual([]);
  });

  test('leads both families to its name', () => {
    for (const type of ['A', 'AAAA']) {
      expect(blocks(stack.at(`portals/portal/dns/portal.hue.gov.vn/${type}`).alias)[0]).toMatchObject({
        name: stack.ref('portals/portal/edge/Resource', 'dns_name'),
      });
    }
  });

  test('says its addresses', () => {
    expect(jsonOf(NETWORK).output.portal_portal?.value).toMatchObject({
      ipv4_addresses: ['a', 'b'].map((zone) => stack.ref(`portals/portal/edge/address-${zone}`, 'public_ip')),
      ipv6_addresses: ['a', 'b'].map((zone) =>
        expect.stringContaining(stack.ref(`network/public/${zone}/Resource`, 'ipv6_cidr_block').slice(2, -1)),
      ),
    });
  });

  test.each<[string, Portal['hosting'], string]>([
    ['a container', CONTAINER.hosting, 'ip'],
    ['instances', { type: 'instances', ami: 'ami-0123456789abcdef0' }, 'instance'],
    ['a gateway', { ...GATEWAY.hosting, origin: { addresses: ['10.1.2.3'], protocol: 'http' } } as never, 'ip'],
  ])('hands connections to %s with the address of the client', (_, hosting, targetType) => {
    expect(stackOf({ ...NETWORK, hosting }).only('aws_lb_target_group')).toMatchObject({
      protocol: 'TCP',
      target_type: targetType,
      proxy_protocol_v2: true,
      preserve_client_ip: 'false',
    });
  });
});

describe.each(['accelerator', 'network'] as const)('the fixed addresses of `edge: %s`', (edge) => {
  const portal: Portal = { ...CONTAINER, edge };

  test.each<[string, Partial<Portal>, number]>([
    ['all of them', {}, 4],
    ['those over IPv4 where no AAAA is given out', { publish: { aaaa: 'off' } }, 2],
    ['those over IPv6, too, where it is staged', { publish: { aaaa: 'staged' } }, 4],
    ['those that everybody may come to', { allow: ['::/0', '203.0.113.0/24'] }, 2],
    ['none where a list says who may come', { allow: ['2001:db8::/32', '203.0.113.0/24'] }, 0],
  ])('are asked: %s', (_, more, checks) => {
    expect(askedOf(stackOf({ ...portal, ...more }))).toHaveLength(checks);
  });

  test('are where access logs come from by a service that has to be let into the bucket', () => {
    const policy = JSON.stringify(stackOf(portal).at('access-logs/policy'));

    expect(policy).toContain('delivery.logs.amazonaws.com');
    expect(JSON.stringify(stackOf(CONTAINER).at('access-logs/policy'))).not.toContain('delivery.logs');
  });
});

test('a web ACL that lists who may come keeps Route 53 out', () => {
  expect(askedOf(stackOf({ ...ACCELERATED, waf: { allow: ['2001:db8::/32', '203.0.113.0/24'] } }))).toEqual([]);
  expect(askedOf(stackOf({ ...ACCELERATED, waf: { block: ['2001:db8::/32', '203.0.113.0/24'] } }))).toHaveLength(4);
});

describe('in a zone elsewhere somebody enters', () => {
  const entered = (portal: Portal) =>
    (jsonOf(portal).output.records_to_enter_portal!.value as { name: string; type: string; value: string }[])
      .filter(({ name }) => !name.includes('${'))
      .map(({ name, type }) => `${name} ${type}`);

  test.each<['off' | 'staged' | 'live', string[]]>([
    ['off', ['hue.gov.vn A', 'hue.gov.vn A']],
    ['staged', ['v6.hue.gov.vn AAAA', 'v6.hue.gov.vn AAAA', 'hue.gov.vn A', 'hue.gov.vn A']],
    [
      'live',
      [
        'v6.hue.gov.vn AAAA',
        'v6.hue.gov.vn AAAA',
        'hue.gov.vn A',
        'hue.gov.vn A',
        'hue.gov.vn AAAA',
        'hue.gov.vn AAAA',
      ],
    ],
  ])('fixed addresses, each family apart, even at an apex: %s', (aaaa, expected) => {
    for (const edge of ['accelerator', 'network'] as const) {
      expect(entered({ ...EXTERNAL, edge, domain: 'hue.gov.vn', aliases: [], publish: { aaaa } })).toEqual(expected);
    }
  });

  test('them for every public name', () => {
    expect(new Set(entered(EXTERNAL))).toEqual(
      new Set([
        'v6.portal.hue.gov.vn AAAA',
        'portal.hue.gov.vn A',
        'portal.hue.gov.vn AAAA',
        'www.hue.gov.vn A',
        'www.hue.gov.vn AAAA',
      ]),
    );
  });

  test('what the accelerator has, and what proves control of the names', () => {
    const { output } = jsonOf(EXTERNAL);
    const { ipv6_addresses: addresses } = output.portal_portal!.value as { ipv6_addresses: string[] };
    const records = output.records_to_enter_portal!.value as { name: string; type: string; value: string }[];

    expect(
      records.filter(({ name, type }) => name === 'portal.hue.gov.vn' && type === 'AAAA').map(({ value }) => value),
    ).toEqual(addresses);
    expect(records.filter(({ type }) => type === 'CNAME')).toHaveLength(3);
  });
});

describe('a VPN of our own', () => {
  const behind = (domain: string, address: string, routes: string[]): Portal => ({
    ...GATEWAY,
    domain,
    hosting: {
      type: 'gateway',
      origin: { addresses: [routes[0]!.replace('.0.0/16', '.0.1')] },
      connection: { vpn: { address }, routes },
    },
  });
  const json = productionJson({
    portals: {
      a: behind('a.hue.gov.vn', '203.0.113.9', ['10.2.0.0/16']),
      b: behind('b.hue.gov.vn', '203.0.113.9', ['10.1.0.0/16', '10.2.0.0/16']),
      c: behind('c.hue.gov.vn', '203.0.113.10', ['10.3.0.0/16']),
    },
  });
  const stack = new Synthesized(resourcesOf(json));

  test('is one for each device, with the ranges of all portals behind it, on one gateway', () => {
    expect(stack.ofType('aws_vpn_gateway')).toHaveLength(1);
    expect(
      stack
        .ofType('aws_customer_gateway')
        .map(({ ip_address }) => ip_address)
        .sort(),
    ).toEqual(['203.0.113.10', '203.0.113.9']);
    expect(
      stack
        .ofType('aws_vpn_connection_route')
        .map(({ destination_cidr_block }) => destination_cidr_block)
        .sort(),
    ).toEqual(['10.1.0.0/16', '10.2.0.0/16', '10.3.0.0/16']);
  });

  test('that is down is heard of by the agency', () => {
    const emails = stack.resources.filter(
      ({ type, path }) => type === 'aws_sns_topic_subscription' && path.startsWith('network/'),
    );

    expect(emails.map(({ attributes }) => attributes.endpoint)).toEqual(['ipv6@hue.gov.vn', 'ipv6@hue.gov.vn']);
  });

  test('says what the data center has to know, and a stack without one says nothing', () => {
    expect(json.output.vpn?.value).toEqual(
      ['203.0.113.9', '203.0.113.10'].map((address) => ({
        address,
        tunnels: [1, 2].map((tunnel) => expect.stringContaining(`tunnel${tunnel}_address`)),
      })),
    );
    expect(productionJson().output).not.toHaveProperty('vpn');
  });
});

test('a network that is there gives its load balancers addresses that the file knows', () => {
  const existing = {
    vpc: 'vpc-0123456789abcdef0',
    ipv4: '10.9.0.0/16',
    ipv6: '2001:db8:9::/56',
    subnets: {
      public: [
        { id: 'subnet-0000000000000000b', zone: 'b' as const, ipv6: '2001:db8:9:1::/64' },
        { id: 'subnet-0000000000000000a', zone: 'a' as const, ipv6: '2001:db8:9::/64' },
      ],
      app: [
        { id: 'subnet-0000000000000001a', zone: 'a' as const, ipv6: '2001:db8:9:10::/64' },
        { id: 'subnet-0000000000000001b', zone: 'b' as const, ipv6: '2001:db8:9:11::/64' },
      ],
    },
  };
  const portals = { portal: NETWORK };
  const { output } = stackJson({ config: agencyFile({ network: { existing }, portals }) }) as ReturnType<
    typeof productionJson
  >;

  expect(output.portal_portal?.value).toMatchObject({
    ipv6_addresses: [expect.stringMatching(/^2001:db8:9:0*:/), expect.stringMatching(/^2001:db8:9:1:/)],
  });
});
