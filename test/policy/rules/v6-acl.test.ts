import { judge } from '../../../policy/check';
import type { Rule } from '../../../policy/rule';
import { rule as acl001 } from '../../../policy/rules/v6-acl-001';
import { rule as acl002 } from '../../../policy/rules/v6-acl-002';
import { rule as acl003 } from '../../../policy/rules/v6-acl-003';
import { rule as acl004 } from '../../../policy/rules/v6-acl-004';
import { readStackJson } from '../../../policy/sources/stack-json';
import { GATEWAY, productionJson } from '../../helpers/agency';
import type { PlainResources } from '../../helpers/plain-stack';

type Entry = Readonly<Record<string, unknown>>;

const ALL = [acl001, acl002, acl003, acl004];

function saysOf(resource: PlainResources, ...rules: readonly Rule[]): string[] {
  const { findings, crashes } = judge(readStackJson({ resource }), rules);
  expect(crashes).toEqual([]);
  return findings.map(
    ({ rule, result, severity, resource: { address }, message }) =>
      `${rule.slice(3)} ${result === 'fail' ? severity : result} ${address}: ${message}`,
  );
}

const VPC_ID = '${aws_vpc.main.id}';
const IPV4 = '${aws_vpc.main.cidr_block}';
const IPV6 = '${aws_vpc.main.ipv6_cidr_block}';

const ANY = { protocol: '-1', from_port: 0, to_port: 0 };
const tcp = (from_port: number, to_port = from_port) => ({ protocol: '6', from_port, to_port });
const v4 = (traffic: object, cidr_block = '0.0.0.0/0'): Entry => ({ ...traffic, cidr_block, ipv6_cidr_block: null });
const v6 = (traffic: object, ipv6_cidr_block = '::/0'): Entry => ({ ...traffic, ipv6_cidr_block, cidr_block: null });
const both = (traffic: object): Entry[] => [v4(traffic), v6(traffic)];
const TOO_BIG = v6({ ...ANY, protocol: '58', icmp_type: 2, icmp_code: 0 });
const numbered = (entries: readonly Entry[]) =>
  entries.map((entry, index) => ({ action: 'allow', ...entry, rule_no: 100 + index }));

/** The ACL of a public subnet with a load balancer in it. */
function guarded(ingress: readonly Entry[], egress: readonly Entry[], more: PlainResources = {}): PlainResources {
  return {
    aws_vpc: { main: {} },
    aws_subnet: { public: { vpc_id: VPC_ID, ipv6_cidr_block: IPV6 } },
    aws_network_acl: {
      public: {
        vpc_id: VPC_ID,
        subnet_ids: ['${aws_subnet.public.id}'],
        ingress: numbered(ingress),
        egress: numbered(egress),
      },
    },
    aws_lb: { edge: { ip_address_type: 'dualstack', subnets: ['${aws_subnet.public.id}'], security_groups: ['sg-1'] } },
    aws_lb_listener: { https: { load_balancer_arn: '${aws_lb.edge.arn}', port: 443, protocol: 'HTTPS' } },
    ...more,
  };
}

const acl = (...texts: readonly string[]) =>
  texts.map((text) => text.replace(/^(\S+ \S+) /, '$1 aws_network_acl.public: '));

const WEB = { in: [...both(tcp(443)), ...both(tcp(1024, 65535)), TOO_BIG], out: both(ANY) };

describe('a whole ACL', () => {
  test('with twins of all entries has no finding', () => {
    expect(saysOf(guarded(WEB.in, WEB.out), ...ALL)).toEqual([]);
    expect(saysOf(guarded(both(ANY), both(ANY)), ...ALL)).toEqual([]);
  });

  test.each([
    ['with containers', {}],
    ['with containers on IPv6 alone', { network: { ipv4: '10.46.0.0/20', appSubnets: 'ipv6-only' as const } }],
    ['with a data center', { portals: { motcua: GATEWAY } }],
  ])('of an agency %s has no finding', (_, environment) => {
    expect(saysOf(productionJson(environment).resource, ...ALL)).toEqual([]);
  });
});

describe('one break, one finding', () => {
  const deny = (entry: Entry): Entry => ({ ...entry, action: 'deny' });
  const like = 'as it does over IPv4';

  test.each<[string, readonly Entry[], readonly Entry[], string]>([
    [
      'no IPv6 at all',
      [v4(tcp(443)), v4(tcp(1024, 65535))],
      [v4(ANY)],
      'ACL-001 error its subnets have IPv6, but it lets none in and out',
    ],
    ['no IPv6 out', WEB.in, [v4(ANY)], 'ACL-001 error its subnets have IPv6, but it lets none out'],
    [
      'no IPv6 in, for a denial',
      [deny(v6(ANY)), ...WEB.in],
      WEB.out,
      'ACL-001 error its subnets have IPv6, but it lets none in',
    ],
    [
      'no IPv4 in',
      WEB.in.filter(({ cidr_block }) => cidr_block === null),
      WEB.out,
      'ACL-001 error it lets IPv6 in, but no IPv4',
    ],
    [
      'no HTTPS over IPv6',
      [...both(tcp(80)), v4(tcp(443)), ...both(tcp(1024, 65535)), TOO_BIG],
      WEB.out,
      `ACL-002 error TCP to port 443 from everybody does not pass in over IPv6, ${like}`,
    ],
    [
      'answers over IPv4 alone',
      WEB.in,
      [...both({ ...ANY, protocol: '17', to_port: 65535 }), TOO_BIG, v4(tcp(1024, 65535))],
      `ACL-002 error TCP to ports 1024 to 65535 to everybody does not pass out over IPv6, ${like}`,
    ],
    [
      'all that is given out denied, but in words',
      [deny(v6(tcp(0, 65535), '2000::/3')), ...WEB.in],
      WEB.out,
      `ACL-002 error TCP to port 443 from everybody does not pass in over IPv6, ${like}, and neither does more (1)`,
    ],
    [
      'no answers at all',
      WEB.in,
      [...both(tcp(443)), TOO_BIG],
      'ACL-002 error answers from port 443 of aws_lb.edge (TCP 1024 to 65535) do not pass out over either family',
    ],
    [
      'HTTPS over IPv6 alone',
      [v6(tcp(443)), ...both(tcp(1024, 65535)), TOO_BIG],
      WEB.out,
      'ACL-002 error TCP to port 443 from everybody does not pass in over IPv4, as it does over IPv6',
    ],
    [
      'SSH over IPv4 alone',
      [...WEB.in, v4(tcp(22))],
      WEB.out,
      `ACL-002 warning TCP to port 22 from everybody does not pass in over IPv6, ${like}`,
    ],
    [
      'no packet too big',
      WEB.in.slice(0, -1),
      WEB.out,
      'ACL-003 warning it drops ICMPv6 type 2 (packet too big) on the way in',
    ],
    [
      'no packet too big, for a denial',
      [deny(TOO_BIG), ...WEB.in],
      WEB.out,
      'ACL-003 warning it drops ICMPv6 type 2 (packet too big) on the way in',
    ],
    [
      'no packet too big either way',
      WEB.in.slice(0, -1),
      both(tcp(0, 65535)),
      'ACL-003 warning it drops ICMPv6 type 2 (packet too big) on the way in and out',
    ],
    [
      'a packet of some size',
      [...WEB.in, v6({ ...ANY, protocol: '58', icmp_type: 1 })],
      WEB.out,
      'ACL-004 error entry 105: protocol 58 (ICMPv6) has no `icmp_code`',
    ],
  ])('%s', (_, ingress, egress, expected) => {
    expect(saysOf(guarded(ingress, egress), ...ALL)).toEqual(acl(expected));
  });
});

describe('an ACL is not judged', () => {
  const closed = guarded([v4(ANY)], [v4(ANY)]);

  test.each<[string, PlainResources]>([
    ['that guards no subnet', { aws_network_acl: { public: { vpc_id: VPC_ID, ingress: numbered([v4(ANY)]) } } }],
    ['of subnets without IPv6', { aws_subnet: { public: { vpc_id: VPC_ID } } }],
    ['that is locked', { aws_network_acl: { public: { subnet_ids: ['${aws_subnet.public.id}'] } }, aws_lb: {} }],
  ])('%s', (_, change) => {
    expect(saysOf({ ...closed, ...change }, ...ALL)).toEqual([]);
  });
});

describe('V6-ACL-001', () => {
  test('is about the default ACL of a VPC, once somebody manages it', () => {
    const managed = (ingress: readonly Entry[]) => ({
      aws_vpc: { main: {} },
      aws_subnet: { a: { vpc_id: VPC_ID, ipv6_cidr_block: IPV6 } },
      aws_default_network_acl: {
        main: {
          default_network_acl_id: '${aws_vpc.main.default_network_acl_id}',
          ingress: numbered(ingress),
          egress: numbered(both(ANY)),
        },
      },
    });

    expect(saysOf(managed([v4(ANY)]), acl001)).toEqual([
      'ACL-001 error aws_default_network_acl.main: its subnets have IPv6, but it lets none in',
    ]);
    expect(saysOf(managed(both(ANY)), acl001)).toEqual([]);
  });

  test('counts entries that are resources of their own', () => {
    const rule = { network_acl_id: '${aws_network_acl.public.id}', rule_action: 'allow', ...ANY };
    const acls = { aws_network_acl: { public: { vpc_id: VPC_ID, subnet_ids: ['${aws_subnet.public.id}'] } } };
    const rules = {
      in4: { ...rule, rule_number: 100, ...v4({}) },
      in6: { ...rule, rule_number: 101, ...v6({}) },
      out4: { ...rule, rule_number: 100, egress: true, ...v4({}) },
    };

    expect(saysOf(guarded([], [], { ...acls, aws_network_acl_rule: rules }), ...ALL)).toEqual(
      acl('ACL-001 error its subnets have IPv6, but it lets none out'),
    );
  });

  test('warns where IPv4 misses and no portal needs it', () => {
    expect(saysOf(guarded([v6(ANY)], both(ANY), { aws_lb: {} }), acl001)).toEqual(
      acl('ACL-001 warning it lets IPv6 in, but no IPv4'),
    );
  });

  test('asks for no IPv4 in subnets without it', () => {
    const native = { aws_subnet: { public: { vpc_id: VPC_ID, ipv6_native: true, ipv6_cidr_block: IPV6 } } };

    expect(saysOf(guarded([v6(ANY)], [v6(ANY)], native), ...ALL)).toEqual([]);
  });
});

describe('V6-ACL-002', () => {
  test('follows requests to the targets and their answers back', () => {
    const targets: PlainResources = {
      aws_subnet: { public: { vpc_id: VPC_ID, ipv6_cidr_block: IPV6 }, app: { vpc_id: VPC_ID, ipv6_cidr_block: IPV6 } },
      aws_lb_listener: {
        https: {
          load_balancer_arn: '${aws_lb.edge.arn}',
          port: 443,
          default_action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.tasks.arn}' }],
        },
      },
      aws_lb_target_group: { tasks: { port: 8080, target_type: 'ip' } },
      aws_ecs_service: {
        portal: {
          network_configuration: { subnets: ['${aws_subnet.app.id}'] },
          load_balancer: [{ target_group_arn: '${aws_lb_target_group.tasks.arn}', container_port: 8080 }],
        },
      },
    };
    const app = (ingress: readonly Entry[], egress: readonly Entry[]) => ({
      vpc_id: VPC_ID,
      subnet_ids: ['${aws_subnet.app.id}'],
      ingress: numbered(ingress),
      egress: numbered(egress),
    });
    const says = (ingress: readonly Entry[], egress: readonly Entry[]) => {
      const resources = guarded(WEB.in, WEB.out, targets);
      return saysOf(
        { ...resources, aws_network_acl: { ...resources.aws_network_acl, app: app(ingress, egress) } },
        acl002,
      );
    };
    const inside = [v4(tcp(8080), IPV4), v6(tcp(8080), IPV6)];
    const answers = [v4(tcp(1024, 65535), IPV4), v6(tcp(1024, 65535), IPV6)];

    expect(says(inside, answers)).toEqual([]);
    expect(says(inside, [v4(tcp(443), IPV4), v6(tcp(443), IPV6)])).toEqual([
      'ACL-002 error aws_network_acl.app: answers to the load balancer (TCP 1024 to 65535) do not pass out over IPv4',
    ]);
    expect(says([v4(tcp(80), IPV4), v6(tcp(80), IPV6)], answers)).toEqual([
      'ACL-002 error aws_network_acl.app: requests of the load balancer to port 8080 do not pass in over IPv4',
    ]);
  });

  test('does not know an ACL of which entries are elsewhere', () => {
    const rules = {
      aws_network_acl_rule: { one: { network_acl_id: '${var.acl}', rule_number: 1, rule_action: 'deny', ...v6(ANY) } },
    };
    const two = guarded(both(ANY), both(ANY), rules);
    const resources = { ...two, aws_network_acl: { ...two.aws_network_acl, other: {} } };

    expect(saysOf(resources, acl002)).toEqual(acl('ACL-002 unknown not all of its entries are part of this input'));
  });
});

describe('V6-ACL-003', () => {
  test('is not about an ACL that lets the VPC through and nobody else', () => {
    const inside = [v4(tcp(0, 65535), IPV4), v6(tcp(0, 65535), IPV6)];

    expect(saysOf(guarded(inside, inside, { aws_lb: {} }), acl003)).toEqual([]);
    const written = [v4(tcp(0, 65535), '10.0.0.0/8'), v6(tcp(0, 65535), 'fd00::/8')];
    expect(saysOf(guarded(written, written, { aws_lb: {} }), acl003)).toEqual([]);
    const applied = { aws_lb: {}, aws_vpc: { main: { ipv6_cidr_block: '2406:da18:77::/56' } } };
    const known = [v4(tcp(0, 65535), '10.0.0.0/8'), v6(tcp(0, 65535), '2406:da18:77::/56')];
    expect(saysOf(guarded(known, known, applied), acl003)).toEqual([]);
  });

  test.each<[string, Entry]>([
    ['all of ICMPv6', v6({ ...ANY, protocol: 'ipv6-icmp', icmp_type: -1, icmp_code: -1 })],
    ['every code of the type', v6({ ...ANY, protocol: 58, icmp_type: '2', icmp_code: '-1' })],
    ['all protocols', v6(ANY)],
  ])('is content with %s', (_, entry) => {
    expect(saysOf(guarded([...both(tcp(443)), entry], both(ANY)), acl003)).toEqual([]);
  });
});

describe('V6-ACL-004', () => {
  const ICMP = { protocol: '58', icmp_type: 2, icmp_code: 0 };

  test.each<[Entry, string[]]>([
    [v6(ICMP), []],
    [v6({ ...ICMP, icmp_type: 0 }), []],
    [v6({ ...ICMP, icmp_type: '${var.type}' }), []],
    [v6({ ...ICMP, icmp_type: null, icmp_code: null }), ['protocol 58 (ICMPv6) has no `icmp_type` and `icmp_code`']],
    [v4(ICMP), ['protocol 58 (ICMPv6) is about an IPv4 range, and lets every kind of ICMP through']],
    [v6({ ...ICMP, protocol: 'icmpv6' }), ['the provider does not know the protocol "icmpv6" here: it is "58"']],
    [v6({ ...ICMP, protocol: 'ipv6-icmp' }), []],
    [v6({ ...ICMP, protocol: '1' }), ['protocol 1 (ICMP) is about an IPv6 range: ICMPv6 is protocol 58']],
    [v6(tcp(443)), []],
    [v6(tcp(443), '0.0.0.0/0'), ['"0.0.0.0/0" is no IPv6 range, but stands in `ipv6_cidr_block`']],
    [v4(tcp(443), '::/0'), ['"::/0" is no IPv4 range, but stands in `cidr_block`']],
    [
      { ...tcp(443), cidr_block: '0.0.0.0/0', ipv6_cidr_block: '::/0' },
      ['an entry is about one family, but this has a range of each'],
    ],
  ])('of %j says %j', (entry, expected) => {
    const says = saysOf({ aws_network_acl_rule: { one: { rule_number: 1, rule_action: 'allow', ...entry } } }, acl004);

    expect(says).toEqual(expected.map((text) => `ACL-004 error aws_network_acl_rule.one: ${text}`));
  });
});
