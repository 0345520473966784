import { contains, type Family, formatCidr, parseCidr } from '../core/cidr';
import { stagedName } from '../core/names';
import { type Attributes, blocks, type Resource, type ResourceGraph } from './resource-graph';

/** The hops of a citizen's packet, from the name to the answer. */
export const HOPS = ['dns', 'edge', 'listener', 'firewall', 'route', 'target', 'health'] as const;

export type HopName = (typeof HOPS)[number];

/** Whether a hop is there: known to be, known not to be, or not to be known from this JSON. */
export type State = 'pass' | 'fail' | 'unknown';

/** What was found at one hop for one family. */
export interface Finding {
  readonly state: State;
  /** Why it is not a pass, as something to do. */
  readonly reason?: string;
}

/** An internet-facing load balancer and the names that lead to it. */
export interface Edge {
  readonly loadBalancer: Resource;
  /** The names that citizens type. */
  readonly names: readonly string[];
  /** Records by name and type: `hue.gov.vn AAAA`. */
  readonly records: ReadonlyMap<string, Resource>;
  readonly httpsListener: Resource | undefined;
  readonly targetGroup: Resource | undefined;
}

const PASS: Finding = { state: 'pass' };
const FAMILY_NAME: Record<Family, string> = { ipv4: 'IPv4', ipv6: 'IPv6' };

/** The internet-facing application load balancers of a stack, in the order of the JSON. */
export function edgesOf(graph: ResourceGraph): Edge[] {
  return graph
    .ofType('aws_lb')
    .filter(({ attributes }) => attributes.internal !== true && attributes.load_balancer_type !== 'gateway')
    .map((loadBalancer) => {
      const records = recordsOf(graph, loadBalancer);
      const listeners = graph.referring('aws_lb_listener', 'load_balancer_arn', loadBalancer);
      const httpsListener = listeners.find(
        ({ attributes }) => Number(attributes.port) === 443 && attributes.protocol !== 'HTTP',
      );
      return {
        loadBalancer,
        names: namesOf(graph, records, httpsListener),
        records,
        httpsListener,
        targetGroup: httpsListener && graph.referenceIn(httpsListener.attributes.default_action, 'aws_lb_target_group'),
      };
    });
}

/** What one family of clients finds at each hop. */
export function hopsOf(graph: ResourceGraph, edge: Edge, family: Family): Record<HopName, Finding> {
  return {
    dns: dns(edge, family),
    edge: addressType(edge, family),
    listener: listener(graph, edge),
    firewall: worst([securityGroups(graph, edge, family), ...networkAcls(graph, edge, family)]),
    route: route(graph, edge, family),
    target: target(graph, edge),
    health: health(graph, edge, family),
  };
}

/** The routes in the table of a subnet in the form of `aws_route`, from separate resources and inline blocks alike. */
export function routesOf(graph: ResourceGraph, subnet: Resource): Attributes[] {
  const [association] = graph.referring('aws_route_table_association', 'subnet_id', subnet);
  const table = association && graph.referenceIn(association.attributes.route_table_id, 'aws_route_table');
  if (!table) return [];
  const separate = graph.referring('aws_route', 'route_table_id', table).map(({ attributes }) => attributes);
  const inline = blocks(table.attributes.route).map((entry) => ({
    ...entry,
    destination_cidr_block: entry.cidr_block,
    destination_ipv6_cidr_block: entry.ipv6_cidr_block,
  }));
  return [...separate, ...inline];
}

/** The resources of this stack that some ids refer to, and whether every id is such a reference. */
export function resolve(
  graph: ResourceGraph,
  ids: unknown,
): { readonly found: readonly Resource[]; readonly complete: boolean } {
  const entries = Array.isArray(ids) ? ids : [ids];
  const complete = entries.length > 0 && entries.every((id) => graph.referencesIn(id).length > 0);
  return { found: graph.referencesIn(ids), complete };
}

/** The least of some findings: fail before unknown before pass. */
export function worst(findings: readonly Finding[]): Finding {
  return findings.find(({ state }) => state === 'fail') ?? findings.find(({ state }) => state === 'unknown') ?? PASS;
}

function recordsOf(graph: ResourceGraph, loadBalancer: Resource): Map<string, Resource> {
  const records = graph
    .ofType('aws_route53_record')
    .filter(({ attributes }) =>
      blocks(attributes.alias).some(({ name }) => graph.referencesIn(name).includes(loadBalancer)),
    );
  return new Map(
    records.map((record) => [`${String(record.attributes.name)} ${String(record.attributes.type)}`, record]),
  );
}

/** Names with records, and names on the certificate; the staged name is for the operator, not for citizens. */
function namesOf(graph: ResourceGraph, records: ReadonlyMap<string, Resource>, httpsListener?: Resource): string[] {
  const certified = certifiedNames(graph, httpsListener) ?? [];
  const names = new Set([...certified, ...[...records.keys()].map((key) => key.split(' ')[0]!)]);
  const staged = new Set([...names].map(stagedName));
  return [...names].filter((name) => !staged.has(name));
}

/** The names on the listener's certificate; undefined where that is not part of this stack. */
function certifiedNames(graph: ResourceGraph, httpsListener: Resource | undefined): string[] | undefined {
  const validation = graph.referenceIn(httpsListener?.attributes.certificate_arn, 'aws_acm_certificate_validation');
  const certificate = graph.referenceIn(
    (validation ?? httpsListener)?.attributes.certificate_arn,
    'aws_acm_certificate',
  );
  return (
    certificate &&
    [certificate.attributes.domain_name, ...list(certificate.attributes.subject_alternative_names)].map(String)
  );
}

function dns({ names, records }: Edge, family: Family): Finding {
  const type = family === 'ipv4' ? 'A' : 'AAAA';
  if (records.size === 0) {
    return {
      state: 'unknown',
      reason: `enter the records: the zone is outside, so ${type} records cannot be seen here`,
    };
  }
  const without = names.filter((name) => !records.has(`${name} ${type}`));
  return without.length === 0 ? PASS : { state: 'fail', reason: `publish ${type} for ${without.join(', ')}` };
}

function addressType({ loadBalancer }: Edge, family: Family): Finding {
  const type = String(loadBalancer.attributes.ip_address_type ?? 'ipv4');
  const answers = family === 'ipv4' ? ['ipv4', 'dualstack'] : ['dualstack', 'dualstack-without-public-ipv4'];
  if (answers.includes(type)) return PASS;
  if (type.includes('${')) return { state: 'unknown', reason: `the load balancer's address type is ${type}` };
  return { state: 'fail', reason: `make the load balancer dualstack: it is ${type}` };
}

function listener(graph: ResourceGraph, { httpsListener, targetGroup, names }: Edge): Finding {
  if (!httpsListener) return { state: 'fail', reason: 'add an HTTPS listener on port 443' };
  const certified = certifiedNames(graph, httpsListener);
  const uncertified = names.filter((name) => certified && !certified.some((one) => certifies(one, name)));
  if (uncertified.length > 0) return { state: 'fail', reason: `put ${uncertified.join(', ')} on the certificate` };
  return targetGroup ? PASS : { state: 'unknown', reason: 'the HTTPS listener forwards to no one target group' };
}

/** A wildcard stands for one label (RFC 9525, 6.3). */
function certifies(certified: string, name: string): boolean {
  return certified === name || (certified.startsWith('*.') && certified.slice(2) === name.slice(name.indexOf('.') + 1));
}

function securityGroups(graph: ResourceGraph, { loadBalancer }: Edge, family: Family): Finding {
  const { found, complete } = resolve(graph, loadBalancer.attributes.security_groups);
  const open = found.some((group) => ingressOf(graph, group).some((rule) => opensHttps(rule, family)));
  if (open) return PASS;
  return complete
    ? { state: 'fail', reason: `open port 443 to ${FAMILY_NAME[family]} in the security group` }
    : { state: 'unknown', reason: 'the security groups are not part of this stack' };
}

function ingressOf(graph: ResourceGraph, group: Resource): Attributes[] {
  return rulesOf(graph, group, 'ingress');
}

/** Rules in the form of `aws_vpc_security_group_ingress_rule`, from separate resources and inline blocks alike. */
function rulesOf(graph: ResourceGraph, group: Resource, direction: 'ingress' | 'egress'): Attributes[] {
  const separate = graph
    .referring(`aws_vpc_security_group_${direction}_rule`, 'security_group_id', group)
    .map(({ attributes }) => attributes);
  const inline = blocks(group.attributes[direction]).flatMap((rule) =>
    [
      ...list(rule.cidr_blocks).map((range) => ({ cidr_ipv4: range })),
      ...list(rule.ipv6_cidr_blocks).map((range) => ({ cidr_ipv6: range })),
      ...list(rule.security_groups).map((peer) => ({ referenced_security_group_id: peer })),
    ].map((who) => ({ ...who, ip_protocol: rule.protocol, from_port: rule.from_port, to_port: rule.to_port })),
  );
  return [...separate, ...inline];
}

/** A range that is written down; a reference to some VPC's block opens nothing to citizens. */
function opensHttps(rule: Attributes, family: Family): boolean {
  const range = parseCidr(String(family === 'ipv4' ? rule.cidr_ipv4 : rule.cidr_ipv6));
  return range?.family === family && opensPort(rule, 443);
}

/** A rule for all protocols has no ports. */
function opensPort({ ip_protocol, from_port, to_port }: Attributes, port: number): boolean {
  const protocol = String(ip_protocol);
  return protocol === '-1' || (['tcp', '6'].includes(protocol) && covers(from_port, to_port, port));
}

function networkAcls(graph: ResourceGraph, { loadBalancer }: Edge, family: Family): Finding[] {
  const { found, complete } = resolve(graph, loadBalancer.attributes.subnets);
  const elsewhere: Finding[] = complete ? [] : [{ state: 'unknown', reason: 'the NACLs are not part of this stack' }];
  return [...found.map((subnet) => networkAcl(graph, subnet, family)), ...elsewhere];
}

function networkAcl(graph: ResourceGraph, subnet: Resource, family: Family): Finding {
  const [acl] = graph.referring('aws_network_acl', 'subnet_ids', subnet);
  if (!acl) {
    const hidden =
      graph.ofType('aws_default_network_acl').length > 0 ||
      graph.referring('aws_network_acl_association', 'subnet_id', subnet).length > 0;
    // A subnet without an ACL has the default one, to which AWS adds IPv6 as long as nobody changes it.
    return hidden ? { state: 'unknown', reason: `the NACL of ${subnet.address} cannot be seen here` } : PASS;
  }
  const request = allows(acl.attributes.ingress, family, 443, 443);
  const reply = allows(acl.attributes.egress, family, 1024, 65535);
  if (request && reply) return PASS;
  const what = request ? 'the replies from port 443 (1024-65535 out)' : 'port 443 in';
  return { state: 'fail', reason: `allow ${what} for ${FAMILY_NAME[family]} in the NACL` };
}

/**
 * Whether the first rule that covers the ports, by number, allows them: of those about everybody, or `inside` a VPC of
 * those about its own block too, which is a reference.
 */
function allows(
  rules: unknown,
  family: Family,
  fromPort: number,
  toPort: number,
  whom: 'everybody' | 'inside' = 'everybody',
): boolean {
  const first = blocks(rules)
    .filter((rule) => {
      const text = String(family === 'ipv4' ? rule.cidr_block : rule.ipv6_cidr_block);
      const range = parseCidr(text);
      const about = range ? range.family === family && range.prefix === 0 : whom === 'inside' && text.includes('${');
      const protocol = String(rule.protocol);
      const ports = ['6', 'tcp'].includes(protocol) && covers(rule.from_port, rule.to_port, fromPort, toPort);
      return about && (protocol === '-1' || ports);
    })
    .sort((a, b) => Number(a.rule_no) - Number(b.rule_no))[0];
  return first?.action === 'allow';
}

function route(graph: ResourceGraph, { loadBalancer }: Edge, family: Family): Finding {
  const { found, complete } = resolve(graph, loadBalancer.attributes.subnets);
  const elsewhere: Finding = { state: 'unknown', reason: 'the subnets and their routes are not part of this stack' };
  return worst([...found.map((subnet) => publicRoute(graph, subnet, family)), complete ? PASS : elsewhere]);
}

function publicRoute(graph: ResourceGraph, subnet: Resource, family: Family): Finding {
  if (family === 'ipv6' && !subnet.attributes.ipv6_cidr_block) {
    return { state: 'fail', reason: `give ${subnet.address} an IPv6 block` };
  }
  const toInternet = defaultRoutes(graph, subnet, family).some(
    ({ gateway_id }) => graph.referenceIn(gateway_id, 'aws_internet_gateway') !== undefined,
  );
  const destination = family === 'ipv4' ? '0.0.0.0/0' : '::/0';
  return toInternet
    ? PASS
    : { state: 'fail', reason: `route ${destination} of ${subnet.address} to the internet gateway` };
}

function defaultRoutes(graph: ResourceGraph, subnet: Resource, family: Family): Attributes[] {
  return routesOf(graph, subnet).filter((entry) => {
    const text = family === 'ipv4' ? entry.destination_cidr_block : entry.destination_ipv6_cidr_block;
    const range = parseCidr(String(text));
    return range?.family === family && range.prefix === 0;
  });
}

/** The load balancer translates, so its way to the targets serves clients of both families. */
function target(graph: ResourceGraph, { loadBalancer, targetGroup }: Edge): Finding {
  if (!targetGroup) return { state: 'unknown', reason: 'no target group can be seen' };
  if (
    targetGroup.attributes.ip_address_type === 'ipv6' &&
    (loadBalancer.attributes.ip_address_type ?? 'ipv4') === 'ipv4'
  ) {
    return { state: 'fail', reason: 'an IPv4 load balancer cannot reach an IPv6 target group' };
  }
  const attached = graph.referring('aws_lb_target_group_attachment', 'target_group_arn', targetGroup);
  const [service] = graph.referring('aws_ecs_service', 'load_balancer', targetGroup);
  if (!service && attached.length === 0) return { state: 'unknown', reason: 'nobody registers in the target group' };
  return service ? tasks(graph, loadBalancer, targetGroup, service) : origins(graph, loadBalancer, attached);
}

/** From the load balancer to the tasks and back, over the family of the target group. */
function tasks(graph: ResourceGraph, loadBalancer: Resource, targetGroup: Resource, service: Resource): Finding {
  const [network = {}] = blocks(service.attributes.network_configuration);
  const own = graph.referencesIn(network.security_groups);
  const front = graph.referencesIn(loadBalancer.attributes.security_groups);
  const port = Number(targetGroup.attributes.port);
  const family = targetGroup.attributes.ip_address_type === 'ipv6' ? 'ipv6' : 'ipv4';

  const names = (peers: readonly Resource[]) => (rule: Attributes) =>
    opensPort(rule, port) &&
    (graph.referencesIn(rule.referenced_security_group_id).some((peer) => peers.includes(peer)) ||
      parseCidr(String(family === 'ipv4' ? rule.cidr_ipv4 : rule.cidr_ipv6))?.prefix === 0);
  if (!own.some((group) => ingressOf(graph, group).some(names(front)))) {
    return { state: 'fail', reason: `open port ${port} of the tasks to the load balancer` };
  }
  if (!front.some((group) => rulesOf(graph, group, 'egress').some(names(own)))) {
    return { state: 'fail', reason: `let the load balancer out to port ${port} of the tasks` };
  }
  const { found } = resolve(graph, network.subnets);
  const closed = found.find((subnet) => {
    const [acl] = graph.referring('aws_network_acl', 'subnet_ids', subnet);
    if (!acl) return false;
    return (
      !allows(acl.attributes.ingress, family, port, port, 'inside') ||
      !allows(acl.attributes.egress, family, 1024, 65535, 'inside')
    );
  });
  return closed
    ? {
        state: 'fail',
        reason: `allow port ${port} in and replies out for ${FAMILY_NAME[family]} in the NACL of the tasks`,
      }
    : PASS;
}

/** From the load balancer to addresses outside its VPC: a route that does not lead to the Internet. */
function origins(graph: ResourceGraph, loadBalancer: Resource, attached: readonly Resource[]): Finding {
  const addresses = attached.flatMap(({ attributes: { target_id: id, availability_zone: zone } }) => {
    const range = zone === 'all' ? parseCidr(`${String(id)}/32`) : undefined;
    return range ? [range] : [];
  });
  const { found } = resolve(graph, loadBalancer.attributes.subnets);
  const lost = addresses.find((address) =>
    found.some(
      (subnet) =>
        !routesOf(graph, subnet).some((entry) => {
          const range = parseCidr(String(entry.destination_cidr_block));
          const inside = range !== undefined && range.prefix > 0 && contains(range, address);
          return inside && !graph.referenceIn(entry.gateway_id, 'aws_internet_gateway');
        }),
    ),
  );
  return lost ? { state: 'fail', reason: `route ${formatCidr(lost)} to the data center` } : PASS;
}

/** IPv4 by the target group's check; IPv6 by that of an IPv6 target group, or by a probe. */
function health(graph: ResourceGraph, { names, targetGroup }: Edge, family: Family): Finding {
  const checked = targetGroup !== undefined && blocks(targetGroup.attributes.health_check).length > 0;
  if (family === 'ipv4') return checked ? PASS : { state: 'fail', reason: 'add a health check to the target group' };
  if (checked && targetGroup.attributes.ip_address_type === 'ipv6') return PASS;
  return isProbed(graph, names) ? PASS : { state: 'fail', reason: 'add a health check over IPv6: the probe' };
}

/** Whether a schedule asks one of the names, and an alarm listens to the answers. */
function isProbed(graph: ResourceGraph, names: readonly string[]): boolean {
  const probes = graph
    .ofType('aws_scheduler_schedule')
    .filter(({ attributes }) => attributes.state !== 'DISABLED' && reachesOut(graph, attributes.target))
    .flatMap(({ attributes }) => blocks(attributes.target))
    .flatMap(({ input }) => {
      const { host, portal } = parseObject(input);
      return typeof host === 'string' && names.includes(host) && typeof portal === 'string' ? [portal] : [];
    });
  return graph
    .ofType('aws_cloudwatch_metric_alarm')
    .some(
      ({ attributes }) =>
        attributes.metric_name === 'Ipv6Available' &&
        blocks(attributes.dimensions).some(({ Portal }) => probes.some((portal) => portal === Portal)),
    );
}

/** Whether the function of a schedule, as far as it is part of this stack, has a way out over IPv6. */
function reachesOut(graph: ResourceGraph, scheduled: unknown): boolean {
  const probe = blocks(scheduled).map(({ arn }) => graph.referenceIn(arn, 'aws_lambda_function'))[0];
  const [network] = blocks(probe?.attributes.vpc_config);
  if (!network) return true;
  const subnets = graph.referencesIn(network.subnet_ids).filter(({ type }) => type === 'aws_subnet');
  const groups = graph.referencesIn(network.security_group_ids);
  return (
    network.ipv6_allowed_for_dual_stack === true &&
    groups.some((group) => rulesOf(graph, group, 'egress').some((rule) => opensHttps(rule, 'ipv6'))) &&
    subnets.every(
      (subnet) =>
        subnet.attributes.ipv6_cidr_block &&
        defaultRoutes(graph, subnet, 'ipv6').some(
          ({ egress_only_gateway_id, gateway_id }) => egress_only_gateway_id ?? gateway_id,
        ),
    )
  );
}

function parseObject(text: unknown): Attributes {
  try {
    const value: unknown = JSON.parse(String(text));
    return typeof value === 'object' && value !== null ? (value as Attributes) : {};
  } catch {
    return {};
  }
}

function covers(from: unknown, to: unknown, port: number, last = port): boolean {
  return Number(from) <= port && last <= Number(to);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
