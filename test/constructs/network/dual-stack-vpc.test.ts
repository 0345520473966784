import fc from 'fast-check';
import type { DataCenter } from '../../../constructs/network/data-center-link';
import { DualStackVpc, type DualStackVpcProps } from '../../../constructs/network/dual-stack-vpc';
import { type Attributes, REGION, type Synthesized, synth } from '../../helpers/synth';

const minimal: DualStackVpcProps = { name: 'hue-production', region: REGION, ipv4: '10.46.0.0/20' };

const vpc = (props: Partial<DualStackVpcProps> = {}, look: (made: DualStackVpc) => void = () => {}): Synthesized =>
  synth((scope) => look(new DualStackVpc(scope, 'Vpc', { ...minimal, ...props })));

/** The routes of a table: destination to attribute and target. */
function routesOf(stack: Synthesized, table: string): Record<string, Attributes> {
  const routes = stack.ofType('aws_route').filter(({ route_table_id }) => route_table_id === stack.ref(table));
  return Object.fromEntries(
    routes.map(
      ({ destination_cidr_block, destination_ipv6_cidr_block, route_table_id: _, depends_on: __, ...target }) => [
        destination_cidr_block ?? destination_ipv6_cidr_block,
        target,
      ],
    ),
  );
}

const minimalStack = vpc();

describe('by default', () => {
  test('the VPC has a block of each family, IPv6 a /56 of Amazon, and DNS for both', () => {
    expect(minimalStack.only('aws_vpc')).toEqual({
      cidr_block: '10.46.0.0/20',
      assign_generated_ipv6_cidr_block: true,
      enable_dns_support: true,
      enable_dns_hostnames: true,
      tags: { Name: 'hue-production' },
    });
  });

  test('there are public, application and data subnets in two zones', () => {
    expect(minimalStack.pathsOf('aws_subnet')).toEqual([
      'Vpc/app/a/Resource',
      'Vpc/app/b/Resource',
      'Vpc/data/a/Resource',
      'Vpc/data/b/Resource',
      'Vpc/public/a/Resource',
      'Vpc/public/b/Resource',
    ]);
  });

  test.each([
    ['public', 'a', '10.46.0.0/25', 0x00],
    ['public', 'b', '10.46.0.128/25', 0x01],
    ['app', 'a', '10.46.2.0/25', 0x10],
    ['app', 'b', '10.46.2.128/25', 0x11],
    ['data', 'a', '10.46.6.0/25', 0x30],
    ['data', 'b', '10.46.6.128/25', 0x31],
  ])('the %s subnet of zone %s has %s and the /64 number %i: tier x 16 + zone', (tier, zone, ipv4, netnum) => {
    expect(minimalStack.at(`Vpc/${tier}/${zone}/Resource`)).toMatchObject({
      cidr_block: ipv4,
      ipv6_cidr_block: `\${cidrsubnet(${minimalStack.addressOf('Vpc/Resource')}.ipv6_cidr_block, 8, ${netnum})}`,
    });
  });

  test('in the application tier alone, interfaces get an IPv6 address on creation', () => {
    const assigned = minimalStack
      .pathsOf('aws_subnet')
      .filter((path) => minimalStack.at(path).assign_ipv6_address_on_creation);

    expect(assigned).toEqual(['Vpc/app/a/Resource', 'Vpc/app/b/Resource']);
  });

  test('nobody gets a public IPv4 address by standing in a subnet', () => {
    for (const subnet of minimalStack.ofType('aws_subnet'))
      expect(subnet).not.toHaveProperty('map_public_ip_on_launch');
  });
});

describe('ways out', () => {
  test('public: both families by the internet gateway, so that answers find the way back', () => {
    const internet = { gateway_id: minimalStack.ref('Vpc/internet-gateway') };

    expect(routesOf(minimalStack, 'Vpc/public/route-table')).toEqual({ '0.0.0.0/0': internet, '::/0': internet });
  });

  test('application: IPv4 by the NAT gateway of the zone, IPv6 by the egress-only gateway, so nobody gets in', () => {
    for (const zone of ['a', 'b']) {
      expect(routesOf(minimalStack, `Vpc/app/${zone}/route-table`)).toEqual({
        '0.0.0.0/0': { nat_gateway_id: minimalStack.ref(`Vpc/nat-${zone}/Resource`) },
        '::/0': { egress_only_gateway_id: minimalStack.ref('Vpc/egress-only-gateway') },
      });
    }
  });

  test('data: none, in either family', () => {
    expect(routesOf(minimalStack, 'Vpc/data/route-table')).toEqual({});
  });

  test('each NAT gateway stands in the public subnet of its zone with an address of its own', () => {
    for (const zone of ['a', 'b']) {
      expect(minimalStack.at(`Vpc/nat-${zone}/Resource`)).toMatchObject({
        allocation_id: minimalStack.ref(`Vpc/nat-${zone}/address`),
        subnet_id: minimalStack.ref(`Vpc/public/${zone}/Resource`),
      });
      expect(minimalStack.at(`Vpc/nat-${zone}/address`).domain).toBe('vpc');
    }
  });

  test('NAT gateways and their addresses wait for the routes to the internet gateway', () => {
    const routes = ['ipv4', 'ipv6'].map((family) => minimalStack.addressOf(`Vpc/public/default/${family}`));

    for (const type of ['aws_nat_gateway', 'aws_eip']) {
      for (const { depends_on } of minimalStack.ofType(type)) expect(depends_on).toEqual(routes);
    }
  });

  test('with a single NAT gateway, every zone leaves by it over IPv4', () => {
    const stack = vpc({ nat: 'single', zones: 3 });

    expect(stack.pathsOf('aws_nat_gateway')).toEqual(['Vpc/nat-a/Resource']);
    for (const zone of ['a', 'b', 'c']) {
      expect(routesOf(stack, `Vpc/app/${zone}/route-table`)['0.0.0.0/0']).toEqual({
        nat_gateway_id: stack.ref('Vpc/nat-a/Resource'),
      });
    }
  });

  test('without NAT, tasks leave by IPv6 alone', () => {
    const stack = vpc({ nat: 'none' });

    expect(stack.ofType('aws_nat_gateway')).toEqual([]);
    expect(stack.ofType('aws_eip')).toEqual([]);
    expect(routesOf(stack, 'Vpc/app/b/route-table')).toEqual({
      '::/0': { egress_only_gateway_id: stack.ref('Vpc/egress-only-gateway') },
    });
  });
});

describe('IPv6-only application subnets', () => {
  const withNat = vpc({ appSubnets: 'ipv6-only' });
  const withoutNat = vpc({ appSubnets: 'ipv6-only', nat: 'none' });

  test('take the place of the dual-stack ones, in a tier of their own', () => {
    const stack = withNat;

    expect(stack.pathsOf('aws_subnet').filter((path) => path.startsWith('Vpc/app'))).toEqual([
      'Vpc/app6/a/Resource',
      'Vpc/app6/b/Resource',
    ]);
    expect(stack.at('Vpc/app6/b/Resource')).toMatchObject({
      ipv6_native: true,
      ipv6_cidr_block: `\${cidrsubnet(${stack.addressOf('Vpc/Resource')}.ipv6_cidr_block, 8, ${0x21})}`,
    });
    expect(stack.at('Vpc/app6/b/Resource')).not.toHaveProperty('cidr_block');
  });

  test('with NAT, DNS64 makes addresses up and the NAT64 route leads them to the NAT gateway of the zone', () => {
    for (const zone of ['a', 'b']) {
      expect(withNat.at(`Vpc/app6/${zone}/Resource`).enable_dns64).toBe(true);
      expect(routesOf(withNat, `Vpc/app6/${zone}/route-table`)).toEqual({
        '::/0': { egress_only_gateway_id: withNat.ref('Vpc/egress-only-gateway') },
        '64:ff9b::/96': { nat_gateway_id: withNat.ref(`Vpc/nat-${zone}/Resource`) },
      });
    }
  });

  test('without NAT, there is neither: made-up addresses would lead nowhere', () => {
    for (const zone of ['a', 'b']) {
      expect(withoutNat.at(`Vpc/app6/${zone}/Resource`).enable_dns64).toBe(false);
      expect(routesOf(withoutNat, `Vpc/app6/${zone}/route-table`)).toEqual({
        '::/0': { egress_only_gateway_id: withoutNat.ref('Vpc/egress-only-gateway') },
      });
    }
  });

  test('are not made up for: dual-stack subnets have neither DNS64 nor a NAT64 route', () => {
    expect(JSON.stringify(minimalStack.resources)).not.toMatch(/64:ff9b|enable_dns64/);
  });
});

describe('props', () => {
  test('an IPAM pool gives the IPv6 block, of the size that was asked for', () => {
    const stack = vpc({ ipv6: { pool: 'ipam-pool-1', netmask: 52 } });

    expect(stack.only('aws_vpc')).toMatchObject({ ipv6_ipam_pool_id: 'ipam-pool-1', ipv6_netmask_length: 52 });
    expect(stack.only('aws_vpc')).not.toHaveProperty('assign_generated_ipv6_cidr_block');
    expect(stack.at('Vpc/app/a/Resource').ipv6_cidr_block).toContain('.ipv6_cidr_block, 12, 16)');
  });

  test('zones are by letter, as the region has them', () => {
    const stack = vpc({ region: 'ap-northeast-1', zones: 3 });

    expect(stack.pathsOf('aws_subnet').filter((path) => path.startsWith('Vpc/data'))).toEqual([
      'Vpc/data/a/Resource',
      'Vpc/data/c/Resource',
      'Vpc/data/d/Resource',
    ]);
    // The letter decides the place, not the position in the list.
    expect(stack.at('Vpc/data/c/Resource').ipv6_cidr_block).toContain(`, 8, ${0x32})`);
  });

  test('leaving a prop undefined is leaving it out', () => {
    const explicit = vpc({
      ipv6: undefined,
      zones: undefined,
      nat: undefined,
      appSubnets: undefined,
      endpoints: undefined,
      dataCenters: undefined,
    });

    expect(explicit.resources).toEqual(minimalStack.resources);
  });

  test('endpoints get subnets of their own, without a way out', () => {
    const stack = vpc({ endpoints: ['logs'] });

    expect(stack.at('Vpc/interface-endpoints/logs').subnet_ids).toEqual([
      stack.ref('Vpc/endpoints/a/Resource'),
      stack.ref('Vpc/endpoints/b/Resource'),
    ]);
    expect(stack.at('Vpc/endpoints/a/Resource').ipv6_cidr_block).toContain(`, 8, ${0x50})`);
    expect(routesOf(stack, 'Vpc/endpoints/route-table')).toEqual({});
  });

  test('without interface endpoints there is no tier for them', () => {
    expect(minimalStack.pathsOf('aws_vpc_endpoint')).toEqual(['Vpc/s3']);
  });

  test('a data center is reached from the public tier, by an attachment in the transit tier', () => {
    const stack = vpc({ dataCenters: [{ transitGateway: 'tgw-1', routes: ['10.1.0.0/16'] }] });
    const internet = { gateway_id: stack.ref('Vpc/internet-gateway') };

    expect(stack.at('Vpc/data-center-tgw-1/attachment').subnet_ids).toEqual([
      stack.ref('Vpc/transit/a/Resource'),
      stack.ref('Vpc/transit/b/Resource'),
    ]);
    expect(stack.at('Vpc/transit/a/Resource').ipv6_cidr_block).toContain(`, 8, ${0x40})`);
    expect(routesOf(stack, 'Vpc/public/route-table')).toEqual({
      '0.0.0.0/0': internet,
      '::/0': internet,
      '10.1.0.0/16': { transit_gateway_id: 'tgw-1' },
    });
    expect(routesOf(stack, 'Vpc/transit/route-table')).toEqual({});
  });

  test('two data centers have an attachment each, in the same subnets', () => {
    const dataCenters: DataCenter[] = [
      { transitGateway: 'tgw-1', routes: ['10.1.0.0/16'] },
      { vpnGateway: 'vgw-1', routes: ['10.2.0.0/16'] },
    ];
    const stack = vpc({ dataCenters });

    expect(routesOf(stack, 'Vpc/public/route-table')).toMatchObject({
      '10.1.0.0/16': { transit_gateway_id: 'tgw-1' },
      '10.2.0.0/16': { gateway_id: 'vgw-1' },
    });
    expect(stack.pathsOf('aws_subnet').filter((path) => path.startsWith('Vpc/transit'))).toHaveLength(2);
  });
});

test('the S3 endpoint serves both families, on the tables of the application tier', () => {
  for (const [appSubnets, tier] of [
    ['dual-stack', 'app'],
    ['ipv6-only', 'app6'],
  ] as const) {
    const stack = vpc({ appSubnets });

    expect(stack.at('Vpc/s3')).toEqual({
      vpc_id: stack.ref('Vpc/Resource'),
      service_name: 'com.amazonaws.ap-southeast-1.s3',
      vpc_endpoint_type: 'Gateway',
      ip_address_type: 'dualstack',
      route_table_ids: [stack.ref(`Vpc/${tier}/a/route-table`), stack.ref(`Vpc/${tier}/b/route-table`)],
      tags: { Name: 'hue-production-s3' },
    });
  }
});

test('the default security group is empty, so that nothing talks by forgetting its own', () => {
  expect(minimalStack.only('aws_default_security_group')).toMatchObject({
    vpc_id: minimalStack.ref('Vpc/Resource'),
    ingress: [],
    egress: [],
  });
});

test('every tier has an ACL of its own, as open as it needs', () => {
  const stack = vpc({ endpoints: ['logs'], dataCenters: [{ transitGateway: 'tgw-1', routes: ['10.1.0.0/16'] }] });
  const publicRules = (tier: string): unknown[] =>
    (stack.at(`Vpc/${tier}/acl/Resource`).ingress as Attributes[])
      .filter(({ ipv6_cidr_block }) => ipv6_cidr_block === '::/0')
      .map(({ protocol, from_port }) => `${protocol} ${from_port}`);

  expect(publicRules('public')).toEqual(['6 80', '6 443', '6 1024', '17 1024', '58 0', '58 0', '58 0']);
  expect(publicRules('app')).toEqual(['6 1024', '17 1024', '58 0', '58 0', '58 0']);
  expect(publicRules('data')).toEqual([]);
  expect(publicRules('endpoints')).toEqual([]);
  expect(publicRules('transit')).toEqual(['-1 0']);
  for (const tier of ['public', 'app', 'data', 'endpoints', 'transit']) {
    expect(stack.at(`Vpc/${tier}/acl/Resource`).subnet_ids).toEqual(
      ['a', 'b'].map((zone) => stack.ref(`Vpc/${tier}/${zone}/Resource`)),
    );
  }
});

test('flows of the whole VPC are logged', () => {
  expect(minimalStack.only('aws_flow_log').vpc_id).toBe(minimalStack.ref('Vpc/Resource'));
  expect(minimalStack.only('aws_cloudwatch_log_group').name).toBe('/portal6/hue-production/flow-logs');
});

test('the flow logs are encrypted with the key that the stack has for its data', () => {
  const stack = vpc({ dataKeyArn: 'arn:aws:kms:key' });

  expect(stack.only('aws_cloudwatch_log_group').kms_key_id).toBe('arn:aws:kms:key');
});

test.each(['dual-stack', 'ipv6-only'] as const)('tells portals what they need to know of %s subnets', (appSubnets) => {
  expect.assertions(4);
  vpc({ appSubnets, dataCenters: [{ transitGateway: 'tgw-1', routes: ['10.1.0.0/16'] }] }, (made) => {
    expect(made.appSubnets).toBe(appSubnets);
    expect(made.publicSubnetIds).toHaveLength(2);
    expect(made.appSubnetIds).toHaveLength(2);
    // Of the public tier two, of each zone of the application tier two, of the data center one.
    expect(made.routes).toHaveLength(7);
  });
});

test('tells load balancers with fixed addresses what those are made from', () => {
  expect.assertions(2);
  vpc({}, ({ publicSubnets, publicSubnetIds }) => {
    expect(publicSubnets.map(({ id }) => id)).toEqual(publicSubnetIds);
    expect(publicSubnets.map(({ zone }) => zone)).toEqual(['a', 'b']);
  });
});

test('VPNs of its own share the one virtual private gateway that a VPC takes', () => {
  const email = 'ipv6@hue.gov.vn';
  const stack = vpc({
    dataCenters: [
      { vpn: { address: '203.0.113.9', asn: 65000, email }, routes: ['10.1.0.0/16'] },
      { vpn: { address: '198.51.100.9', asn: 65001, email }, routes: ['10.2.0.0/16'] },
    ],
  });

  expect(stack.only('aws_vpn_gateway')).toEqual({
    vpc_id: stack.ref('Vpc/Resource'),
    tags: { Name: 'hue-production-vpn' },
  });
  expect(stack.pathsOf('aws_vpn_connection')).toEqual([
    'Vpc/data-center-198.51.100.9/vpn/Resource',
    'Vpc/data-center-203.0.113.9/vpn/Resource',
  ]);
  expect(stack.at('Vpc/to-10.2.0.0--16')).toMatchObject({ gateway_id: stack.ref('Vpc/vpn-gateway') });
  // Attachments of a transit gateway alone need subnets.
  expect(stack.pathsOf('aws_subnet').filter((path) => path.includes('transit'))).toEqual([]);
});

describe('edits', () => {
  interface Shape {
    readonly zones: number;
    readonly nat: 'per-zone' | 'single' | 'none';
    readonly appSubnets: 'dual-stack' | 'ipv6-only';
    readonly endpoints: readonly ['logs'] | readonly [];
    readonly dataCenters: readonly DataCenter[];
  }

  const shape: fc.Arbitrary<Shape> = fc.record({
    zones: fc.integer({ min: 2, max: 4 }),
    nat: fc.constantFrom<Shape['nat']>('per-zone', 'single', 'none'),
    appSubnets: fc.constantFrom<Shape['appSubnets']>('dual-stack', 'ipv6-only'),
    endpoints: fc.constantFrom<Shape['endpoints']>(['logs'], []),
    dataCenters: fc.constantFrom<Shape['dataCenters']>([{ transitGateway: 'tgw-1', routes: ['10.1.0.0/16'] }], []),
  });

  test.each<[string, Partial<DualStackVpcProps>, Partial<DualStackVpcProps>]>([
    ['a third zone', {}, { zones: 3 }],
    ['a third zone with a single NAT gateway', { nat: 'single' }, { nat: 'single', zones: 3 }],
    ['interface endpoints', {}, { endpoints: ['logs'] }],
    ['a data center', {}, { dataCenters: [{ transitGateway: 'tgw-1', routes: ['10.1.0.0/16'] }] }],
    ['one NAT gateway per zone, where there was none', { nat: 'none' }, {}],
  ])('%s: nothing that is there changes, but for lists that grow', (_, before, after) => {
    const grown = new Map(vpc(after).resources.map(({ address, attributes }) => [address, attributes]));

    for (const { address, attributes } of vpc(before).resources) expectGrown(address, attributes, grown.get(address)!);
  });

  test('switching the application mode leaves every other tier as it is', () => {
    const after = new Map(
      vpc({ appSubnets: 'ipv6-only' }).resources.map(({ address, attributes }) => [address, attributes]),
    );
    const others = minimalStack.resources.filter(({ path }) => !path.startsWith('Vpc/app/') && path !== 'Vpc/s3');

    for (const { address, attributes } of others) expect(after.get(address)).toEqual(attributes);
  });

  test('no sequence of edits changes a subnet', () => {
    fc.assert(
      fc.property(fc.array(shape, { minLength: 5, maxLength: 5 }), (shapes) => {
        const seen = new Map<string, Attributes>();
        for (const props of shapes) {
          for (const { address, type, attributes } of vpc({ ...props, region: 'us-east-1' }).resources) {
            if (type !== 'aws_subnet') continue;
            // DNS64 follows NAT, and is changed in place.
            const { enable_dns64: _, ...place } = attributes;
            expect([address, place]).toEqual([address, seen.get(address) ?? place]);
            seen.set(address, place);
          }
        }
      }),
      // Every run defines five VPCs; another seed each time.
      { numRuns: 2 },
    );
  });
});

/** Like `before` in everything, but for lists that have more in them. */
function expectGrown(where: string, before: unknown, after: unknown): void {
  if (Array.isArray(before) && Array.isArray(after)) {
    expect([where, after]).toEqual([where, expect.arrayContaining(before)]);
  } else if (typeof before === 'object' && before !== null && typeof after === 'object' && after !== null) {
    expect([where, Object.keys(after)]).toEqual([where, Object.keys(before)]);
    for (const [key, value] of Object.entries(before))
      expectGrown(`${where}.${key}`, value, (after as Attributes)[key]);
  } else {
    expect([where, after]).toEqual([where, before]);
  }
}

describe('refusals', () => {
  test.each([
    [1, REGION, 'must be 2 to 3 in ap-southeast-1 (a, b, c), got: 1'],
    [4, REGION, 'must be 2 to 3 in ap-southeast-1 (a, b, c), got: 4'],
    [2.5, REGION, 'must be 2 to 3 in ap-southeast-1 (a, b, c), got: 2.5'],
    [5, 'us-east-1', 'must be 2 to 4 in us-east-1 (a, b, c, d), got: 5'],
  ])('fails when zones is %d in %s', (zones, region, message) => {
    expect(() => vpc({ zones, region })).toThrow(`test/Vpc: \`zones\` ${message}`);
  });

  test('fails in a region whose zones are not known', () => {
    expect(() => vpc({ region: 'mars-1' })).toThrow(
      'test/Vpc: `region` must be one whose zones are known, got: "mars-1"',
    );
  });

  test.each(['10.0.0.0/15', '10.0.0.0/23', '2001:db8::/48', '10.0.0.0', '10.46.0.1/20', ''])(
    'fails when ipv4 is %j',
    (ipv4) => {
      expect(() => vpc({ ipv4 })).toThrow(
        `test/Vpc: \`ipv4\` must be an IPv4 block from /16 to /22 without host bits, got: ${JSON.stringify(ipv4)}`,
      );
    },
  );

  // A /60 has 16 subnets: fewer than the plan has places.
  test.each([40, 55, 60, 64])('fails when the netmask of IPv6 is %d', (netmask) => {
    expect(() => vpc({ ipv6: { pool: 'ipam-pool-1', netmask } })).toThrow(
      `test/Vpc: \`ipv6.netmask\` must be one of 44, 48, 52, 56, got: ${netmask}`,
    );
  });

  test('fails when a VPN of its own meets the gateway of somebody else', () => {
    const dataCenters: DataCenter[] = [
      { vpnGateway: 'vgw-1', routes: ['10.1.0.0/16'] },
      { vpn: { address: '203.0.113.9', asn: 65000, email: 'ipv6@hue.gov.vn' }, routes: ['10.2.0.0/16'] },
    ];

    expect(() => vpc({ dataCenters })).toThrow(
      'test/Vpc: `dataCenters` must have one VPN gateway: a VPC takes no more, got: ["vgw-1","203.0.113.9"]',
    );
  });

  test('fails when two data centers claim one range', () => {
    const dataCenters: DataCenter[] = [
      { transitGateway: 'tgw-1', routes: ['10.1.0.0/16'] },
      { vpnGateway: 'vgw-1', routes: ['10.2.0.0/16', '10.1.0.0/16'] },
    ];

    expect(() => vpc({ dataCenters })).toThrow(
      'test/Vpc: `dataCenters` must name each range once: a table has one route for it, got: "10.1.0.0/16"',
    );
  });
});
