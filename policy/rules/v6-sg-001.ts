import type { Family } from '../../core/cidr';
import { frontsOf, type Guard, guardsAt, WEB_PORTS } from '../facts/exposure';
import { type Admitted, admitted, securityRules } from '../facts/security-groups';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown, type Verdict } from '../rule';
import { some } from '../value';

export const rule: Rule = {
  id: 'V6-SG-001',
  title: 'A public port is open to the Internet of both families',
  group: 'firewalls',
  kind: 'parity',
  severity: 'error',
  hop: 'firewall',
  types: ['aws_security_group', 'aws_default_security_group', 'aws_lb', 'aws_alb'],
  why: 'A rule of a security group is about one family: 0.0.0.0/0 lets nobody in over IPv6. The name has an AAAA record, the load balancer an IPv6 address, and connections to it time out.',
  fix: 'Add the twin rule: for each port open to 0.0.0.0/0 one with `cidr_ipv6 = "::/0"` (inline: `ipv6_cidr_blocks = ["::/0"]`), and the other way round.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-ip-address-type.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html',
  ],
  good: portal({ cidr_ipv4: '0.0.0.0/0' }, { cidr_ipv6: '::/0' }),
  bad: portal({ cidr_ipv4: '0.0.0.0/0' }),
  unknown: portal({ cidr_ipv4: '0.0.0.0/0' }, { cidr_ipv6: '${var.citizens}' }),

  check(resource, graph) {
    if (resource.type === 'aws_lb' || resource.type === 'aws_alb') return withoutGroup(graph, resource);
    const verdicts = guardsAt(graph, resource)
      .filter(({ fronts }) => fronts.length > 0)
      .flatMap((guard) => judge(graph, guard));
    return verdicts.length > 0 ? verdicts : undefined;
  },
};

/** The default group that AWS gives instead lets nobody in but its own members, unless somebody manages it. */
function withoutGroup(graph: ResourceGraph, resource: Resource): Verdict | undefined {
  const front = frontsOf(graph).find((one) => one.resource === resource);
  if (front?.kind !== 'application' || resource.has('security_groups') || front.groups.found.length > 0)
    return undefined;
  return front.groups.complete
    ? fail('it has no security group, and gets the default one of its VPC, which lets nobody in')
    : unknown('it gets the default security group of its VPC, which is not part of this input');
}

interface Port {
  readonly port: number;
  readonly ipv4: Admitted;
  readonly ipv6: Admitted;
}

function judge(graph: ResourceGraph, { groups, complete, fronts }: Guard): Verdict[] {
  const speaks = { ipv4: some(fronts.map(({ has }) => has.ipv4)), ipv6: some(fronts.map(({ has }) => has.ipv6)) };
  if (speaks.ipv6 === false) return [];
  const listening = new Set(fronts.flatMap((front) => front.ports));
  const ports = [...new Set([...WEB_PORTS, ...listening])].map((port): Port => {
    const side = (family: Family): Admitted => {
      const who = admitted(graph, groups, 'ingress', family, port);
      return { ...who, certain: who.certain && complete && speaks[family] !== undefined };
    };
    return { port, ipv4: side('ipv4'), ipv6: side('ipv6') };
  });
  const causes = groups.flatMap((group) => mistaken(graph, group));
  const only4 = ports.filter(({ ipv4, ipv6 }) => ipv4.addresses.holdsInternet && !ipv6.addresses.holdsInternet);
  const only6 = ports.filter(
    ({ ipv4, ipv6 }) => speaks.ipv4 !== false && ipv6.addresses.holdsInternet && ipv4.addresses.isEmpty,
  );
  const closed = ports.filter(
    ({ port, ipv4, ipv6 }) => listening.has(port) && ipv4.rules.length + ipv6.rules.length === 0,
  );
  const found = [
    ...say(
      only4.filter(({ ipv6 }) => ipv6.certain),
      'to everybody over IPv4, but not over IPv6',
      { causes },
    ),
    ...say(
      only6.filter(({ ipv4 }) => ipv4.certain),
      'to everybody over IPv6, but to nobody over IPv4',
      {
        severity: 'warning',
        causes,
      },
    ),
    ...say(
      closed.filter(({ ipv4, ipv6 }) => ipv4.certain && ipv6.certain),
      'to nobody',
      closed.some(({ port }) => isOfWeb(port))
        ? { causes: [] }
        : {
            // The portal is where it should be without.
            ...([...listening].some(isOfWeb) && { severity: 'warning' }),
            // A listener elsewhere is said to be missing where it should be.
            causes: fronts.map(({ resource }) => resource),
          },
    ),
  ];
  if (found.length > 0) return found;
  const hidden = ports.filter(
    ({ port, ipv4, ipv6 }) =>
      (listening.has(port) || ipv4.rules.length + ipv6.rules.length > 0) &&
      (isHidden(ipv6) || (speaks.ipv4 !== false && isHidden(ipv4))),
  );
  return [
    hidden.length > 0 ? unknown(`who may come to ${list(hidden)} depends on what this input does not show`) : PASS,
  ];
}

function isOfWeb(port: number): boolean {
  return WEB_PORTS.some((web) => web === port);
}

/** Whether somebody who cannot be seen may make a difference. */
function isHidden({ certain, addresses }: Admitted): boolean {
  return !certain && !addresses.holdsInternet;
}

function say(
  ports: readonly Port[],
  whom: string,
  { causes, ...options }: { severity?: 'warning'; causes: readonly Resource[] },
): Verdict[] {
  if (ports.length === 0) return [];
  const open = `${list(ports)} ${ports.length === 1 ? 'is' : 'are'} open ${whom}`;
  return [fail(open, { ...options, ...(causes.length > 0 && { causes }) })];
}

/** Rules whose range is none of its family let nobody in, and say so themselves. */
function mistaken(graph: ResourceGraph, group: Resource): Resource[] {
  return securityRules(graph, group, 'ingress')
    .rules.filter(({ peer }) => peer.kind === 'invalid')
    .map(({ resource }) => resource);
}

function list(ports: readonly Port[]): string {
  const numbers = ports.map(({ port }) => port).sort((one, other) => one - other);
  return `port${numbers.length === 1 ? '' : 's'} ${numbers.join(' and ')}`;
}

function portal(...peers: readonly object[]): ExampleResources {
  const rules = peers.map((peer, index) => [
    `https-${index}`,
    { security_group_id: '${aws_security_group.edge.id}', ip_protocol: 'tcp', from_port: 443, to_port: 443, ...peer },
  ]);
  return {
    aws_security_group: { edge: { vpc_id: 'vpc-0123456789abcdef0' } },
    aws_vpc_security_group_ingress_rule: Object.fromEntries(rules) as ExampleResources[string],
    aws_lb: {
      edge: {
        ip_address_type: 'dualstack',
        security_groups: ['${aws_security_group.edge.id}'],
        subnets: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
      },
    },
    aws_lb_listener: { https: { load_balancer_arn: '${aws_lb.edge.arn}', port: 443, protocol: 'HTTPS' } },
  };
}
