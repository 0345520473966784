import { brokenFlowsIn, carriesPortal, gapsIn } from '../../../policy/facts/acl-traffic';
import type { ResourceGraph } from '../../../policy/resource-graph';
import { readStackJson } from '../../../policy/sources/stack-json';
import type { PlainResources } from '../../helpers/plain-stack';

const VPC_ID = '${aws_vpc.main.id}';
const IPV4 = '${aws_vpc.main.cidr_block}';
const IPV6 = '${aws_vpc.main.ipv6_cidr_block}';

type Entry = Readonly<Record<string, unknown>>;

const ALL = { protocol: '-1', from_port: 0, to_port: 0 };
const tcp = (from_port: number, to_port = from_port) => ({ protocol: 'tcp', from_port, to_port });
const udp = (from_port: number, to_port = from_port) => ({ protocol: 'udp', from_port, to_port });
const icmp = (protocol: string, icmp_type: number) => ({ ...ALL, protocol, icmp_type, icmp_code: -1 });
const v4 = (traffic: object, cidr_block = '0.0.0.0/0'): Entry => ({ ...traffic, cidr_block });
const v6 = (traffic: object, ipv6_cidr_block = '::/0'): Entry => ({ ...traffic, ipv6_cidr_block });
const both = (traffic: object): Entry[] => [v4(traffic), v6(traffic)];
const deny = (entry: Entry): Entry => ({ ...entry, action: 'deny' });
const numbered = (entries: readonly Entry[]) =>
  entries.map((entry, index) => ({ action: 'allow', ...entry, rule_no: 100 + index }));

/** A portal whose load balancer, on 443, has tasks on 8080 behind it; each tier with an ACL that lets all through. */
function portal(
  acls: Readonly<Record<string, { ingress?: readonly Entry[]; egress?: readonly Entry[] }>>,
  more: PlainResources = {},
): ResourceGraph {
  const open = both(ALL);
  const tier = (name: string) => ({
    vpc_id: VPC_ID,
    subnet_ids: [`\${aws_subnet.${name}.id}`],
    ingress: numbered(acls[name]?.ingress ?? open),
    egress: numbered(acls[name]?.egress ?? open),
  });
  const subnet = { vpc_id: VPC_ID, ipv6_cidr_block: IPV6 };
  const resource: PlainResources = {
    aws_vpc: { main: {} },
    aws_subnet: { public: subnet, app: subnet, old: { vpc_id: VPC_ID } },
    aws_network_acl: { public: tier('public'), app: tier('app') },
    aws_lb: { edge: { ip_address_type: 'dualstack', subnets: ['${aws_subnet.public.id}'], security_groups: ['sg-1'] } },
    aws_lb_listener: {
      https: {
        load_balancer_arn: '${aws_lb.edge.arn}',
        port: 443,
        protocol: 'HTTPS',
        default_action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.tasks.arn}' }],
      },
    },
    aws_lb_target_group: { tasks: { port: 80, target_type: 'ip' } },
    aws_ecs_service: {
      portal: {
        network_configuration: { subnets: ['${aws_subnet.app.id}'] },
        load_balancer: [{ target_group_arn: '${aws_lb_target_group.tasks.arn}', container_port: 8080 }],
      },
    },
    ...more,
  };
  return readStackJson({ resource });
}

type Acls = Parameters<typeof portal>[0];

function textsOf(found: readonly { family: string; text: string }[]): string[] {
  return found.map(({ family, text }) => `${family}: ${text}`);
}

function gaps(acls: Acls, name = 'public'): string[] {
  const graph = portal(acls);
  return textsOf(gapsIn(graph, graph.at(`aws_network_acl.${name}`)!));
}

function broken(acls: Acls, name: string, more?: PlainResources): string[] {
  const graph = portal(acls, more);
  return textsOf(brokenFlowsIn(graph, graph.at(`aws_network_acl.${name}`)!));
}

describe('what passes over one family and not over the other', () => {
  test('is nothing where each entry has its twin, whatever their order and way of cutting', () => {
    expect(gaps({})).toEqual([]);
    expect(
      gaps({
        public: {
          ingress: [v4(tcp(443)), v4(tcp(1024, 65535)), v6(tcp(443)), v6(tcp(1024, 32767)), v6(tcp(32768, 65535))],
        },
      }),
    ).toEqual([]);
    expect(gaps({ public: { ingress: [v4(ALL, IPV4), v6(ALL, IPV6)] } })).toEqual([]);
  });

  test.each<[string, readonly Entry[], string[]]>([
    ['a port', [...both(tcp(80)), v4(tcp(443))], ['ipv6: TCP to port 443 from everybody does not pass in']],
    ['a port of IPv4', [...both(tcp(80)), v6(tcp(443))], ['ipv4: TCP to port 443 from everybody does not pass in']],
    [
      'a part of the ports of answers',
      [v4(tcp(1024, 65535)), v6(tcp(32768, 65535))],
      ['ipv6: TCP to ports 1024 to 32767 from everybody does not pass in'],
    ],
    [
      'UDP',
      [...both(tcp(443)), v4(udp(1024, 65535))],
      ['ipv6: UDP to ports 1024 to 65535 from everybody does not pass in'],
    ],
    [
      'a part of the world',
      [v4(tcp(443)), v6(tcp(443), '2001:db8::/32')],
      ['ipv6: TCP to port 443 from everybody does not pass in'],
    ],
    [
      'what is denied before',
      [v4(tcp(443)), deny(v6(tcp(443), '2000::/3')), v6(tcp(443))],
      ['ipv6: TCP to port 443 from everybody does not pass in'],
    ],
    [
      'the VPC',
      [v4(ALL, IPV4), ...both(tcp(443))],
      [
        'ipv6: TCP to ports 0 to 442 from the VPC does not pass in',
        'ipv6: TCP to ports 444 to 65535 from the VPC does not pass in',
        'ipv6: UDP to all ports from the VPC does not pass in',
      ],
    ],
    [
      'unreachable',
      [...both(tcp(443)), v4(icmp('1', 3)), v6(icmp('58', 2))],
      ['ipv6: ICMP "destination unreachable" from everybody does not pass in'],
    ],
    [
      'errors and echo over IPv4',
      [...both(tcp(443)), v6(icmp('58', -1)), v4(icmp('1', 11))],
      [
        'ipv4: ICMP "destination unreachable" from everybody does not pass in',
        'ipv4: ICMP "echo request" from everybody does not pass in',
        'ipv4: ICMP "echo reply" from everybody does not pass in',
      ],
    ],
  ])('is %s', (_, ingress, expected) => {
    expect(gaps({ public: { ingress } })).toEqual(expected);
  });

  test('is said of the way out, too', () => {
    expect(gaps({ public: { egress: [v4(ALL), v6(tcp(443))] } })[0]).toBe(
      'ipv6: TCP to ports 0 to 442 to everybody does not pass out',
    );
  });

  test.each<[string, readonly Entry[]]>([
    ['packet too big, which has a rule of its own', [...both(tcp(443)), v4(icmp('1', 3)), v6(icmp('58', 1))]],
    ['ICMPv6, where nobody wrote any ICMP for IPv4', [...both(tcp(443)), v6(icmp('58', -1))]],
    ['the ranges of a data center', [...both(tcp(443)), v4(tcp(8443), '10.200.0.0/16')]],
    ['a list of those who are shut out', [deny(v4(ALL, '203.162.0.0/16')), ...both(ALL)]],
    ['what only apply will know', [...both(tcp(443)), v4(tcp(22)), v6(tcp(22), '${var.office}')]],
  ])('is not %s', (_, ingress) => {
    expect(gaps({ public: { ingress } })).toEqual([]);
  });

  test('is nothing where all is IPv6', () => {
    const graph = portal(
      { public: { ingress: [v6(tcp(443))] } },
      { aws_subnet: { public: { vpc_id: VPC_ID, ipv6_native: true, ipv6_cidr_block: IPV6 } } },
    );

    expect(gapsIn(graph, graph.at('aws_network_acl.public')!)).toEqual([]);
  });
});

describe('requests and answers', () => {
  const answers = both(tcp(1024, 65535));

  test('pass an ACL with the usual entries', () => {
    const web = { ingress: [...both(tcp(443)), v4(tcp(1024, 65535), IPV4)], egress: [...answers] };
    const inside = { ingress: [v4(tcp(8080), IPV4)], egress: [v4(tcp(1024, 65535), IPV4)] };

    expect(broken({ public: web, app: inside }, 'public')).toEqual([]);
    expect(broken({ public: web, app: inside }, 'app')).toEqual([]);
  });

  test.each<[string, 'public' | 'app', Acls[string], string[]]>([
    [
      'clients do not come in',
      'public',
      { ingress: answers },
      [
        'ipv6: TCP to port 443 of aws_lb.edge does not pass in',
        'ipv4: TCP to port 443 of aws_lb.edge does not pass in',
      ],
    ],
    [
      'answers to clients do not go out',
      'public',
      { egress: [v4(ALL, IPV4), v6(ALL, IPV6)] },
      [
        'ipv6: answers from port 443 of aws_lb.edge (TCP 1024 to 65535) do not pass out',
        'ipv4: answers from port 443 of aws_lb.edge (TCP 1024 to 65535) do not pass out',
      ],
    ],
    [
      'some answers to clients do not go out',
      'public',
      { egress: [...both(tcp(32768, 65535)), ...both(tcp(8080))] },
      [
        'ipv6: answers from port 443 of aws_lb.edge (TCP 1024 to 65535) do not pass out',
        'ipv4: answers from port 443 of aws_lb.edge (TCP 1024 to 65535) do not pass out',
      ],
    ],
    [
      'requests do not reach the targets',
      'public',
      { egress: [...both(tcp(1024, 8079)), ...both(tcp(8081, 65535))] },
      [
        'ipv6: answers from port 443 of aws_lb.edge (TCP 1024 to 65535) do not pass out',
        'ipv4: answers from port 443 of aws_lb.edge (TCP 1024 to 65535) do not pass out',
        'ipv4: requests to port 8080 of the targets do not pass out',
      ],
    ],
    [
      'answers of the targets do not come in',
      'public',
      { ingress: both(tcp(443)) },
      ['ipv4: answers of the targets (TCP 1024 to 65535) do not pass in'],
    ],
    [
      'targets are not reached',
      'app',
      { ingress: both(tcp(80)) },
      ['ipv4: requests of the load balancer to port 8080 do not pass in'],
    ],
    [
      'targets do not answer',
      'app',
      { egress: both(tcp(443)) },
      ['ipv4: answers to the load balancer (TCP 1024 to 65535) do not pass out'],
    ],
  ])('%s', (_, name, acl, expected) => {
    expect(broken({ [name]: acl }, name)).toEqual(expected);
  });

  test('go over the family of the target group', () => {
    const group = { aws_lb_target_group: { tasks: { port: 80, target_type: 'ip', ip_address_type: 'ipv6' } } };
    const app = { ingress: [v6(tcp(8080)), v4(ALL)], egress: both(ALL) };

    expect(broken({ app }, 'app', group)).toEqual([]);
    expect(broken({ app: { ...app, ingress: [v4(ALL)] } }, 'app', group)).toEqual([
      'ipv6: requests of the load balancer to port 8080 do not pass in',
    ]);
  });

  test('reach targets that are registered by their address', () => {
    const attached = {
      aws_ecs_service: {},
      aws_lb_target_group_attachment: {
        one: { target_group_arn: '${aws_lb_target_group.tasks.arn}', target_id: '10.200.1.10', port: 8443 },
      },
    };
    const web = {
      ingress: [...both(tcp(443)), ...both(tcp(1024, 65535))],
      egress: [v6(ALL), v4(ALL, '10.200.0.0/16')],
    };

    expect(broken({ public: { ...web, egress: both(ALL) } }, 'public', attached)).toEqual([]);
    expect(
      broken({ public: { ...web, egress: [v6(ALL), v4(tcp(1024, 8442)), v4(tcp(8444, 65535))] } }, 'public', attached),
    ).toContain('ipv4: requests to port 8443 of the targets do not pass out');
  });

  test('are those of the people whom the security groups let in', () => {
    const list = {
      aws_security_group: {
        edge: { ingress: [{ ...tcp(443), cidr_blocks: ['203.0.113.0/24'], ipv6_cidr_blocks: ['2001:db8:100::/48'] }] },
      },
      aws_lb: {
        edge: {
          ip_address_type: 'dualstack',
          subnets: ['${aws_subnet.public.id}'],
          security_groups: ['${aws_security_group.edge.id}'],
        },
      },
      aws_ecs_service: {},
    };
    const entries = [v4(ALL, '203.0.113.0/24'), v6(ALL, '2001:db8::/32')];

    expect(broken({ public: { ingress: entries, egress: entries } }, 'public', list)).toEqual([]);
  });

  test('of tasks to the outside need their answers, where there is a way out', () => {
    const route = [{ ipv6_cidr_block: '::/0', egress_only_gateway_id: 'eigw-1' }];
    const outside = {
      aws_route_table: { app: { route } },
      aws_route_table_association: {
        app: { subnet_id: '${aws_subnet.app.id}', route_table_id: '${aws_route_table.app.id}' },
      },
    };
    const inside = { ingress: [v4(ALL, IPV4), v6(ALL, IPV6)], egress: both(ALL) };

    expect(broken({ app: inside }, 'app', outside)).toEqual([
      'ipv6: requests to port 443 outside pass out, but their answers (TCP 1024 to 65535) do not pass in',
    ]);
    expect(broken({ app: inside }, 'app')).toEqual([]);
    expect(broken({ app: { ...inside, egress: inside.ingress } }, 'app', outside)).toEqual([]);
    expect(broken({ app: { ...inside, ingress: [...inside.ingress, v6(tcp(1024, 65535))] } }, 'app', outside)).toEqual(
      [],
    );
  });
});

test.each([
  ['public', 'ipv4', true],
  ['public', 'ipv6', true],
  ['app', 'ipv4', true],
  ['app', 'ipv6', false],
] as const)('the ACL of %s carries the portal over %s: %s', (name, family, expected) => {
  const graph = portal({});

  expect(carriesPortal(graph, graph.at(`aws_network_acl.${name}`)!, family)).toBe(expected);
});
