import { type Cidr, contains, type Family, formatCidr, parseCidr } from '../../core/cidr';
import { aclEntries, aclOf, passes } from '../facts/network-acls';
import { routesOfSubnet } from '../facts/routes';
import { type Direction, opensPort, securityRules } from '../facts/security-groups';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type Maybe, some, Unknown } from '../value';
import type { Edge } from './edges';
import { subnetIds } from './firewall';
import { closed, FAMILY_NAME, type HopResult, OPEN, unseen, worst } from './hop';

/** The edge translates, so its way to what answers serves clients of both families. */
export function target(graph: ResourceGraph, edge: Edge): HopResult {
  return edge.kind === 'distribution' ? origin(graph, edge.resource) : targets(graph, edge);
}

/** CloudFront reaches its origins over IPv4 unless told otherwise, whatever the viewer speaks. */
function origin(graph: ResourceGraph, distribution: Resource): HopResult {
  const origins = distribution.blocks('origin');
  if (origins.length === 0) return closed('give the distribution an origin');
  const elsewhere = origins.filter((one) => graph.referencesIn(one.value('domain_name')).length === 0);
  return elsewhere.length === 0 ? OPEN : unseen('the origin is not part of this stack');
}

function targets(graph: ResourceGraph, { resource, targetGroup }: Edge): HopResult {
  if (!targetGroup) return unseen('no target group can be seen');
  if (targetGroup.is('ip_address_type', 'ipv6') && resource.is('ip_address_type', 'ipv4', 'ipv4')) {
    return closed('an IPv4 load balancer cannot reach an IPv6 target group');
  }
  const registered = registeredIn(graph, targetGroup);
  const attached = graph.referring('aws_lb_target_group_attachment', 'target_group_arn', targetGroup);
  if (registered.length === 0 && attached.length === 0) return unseen('nobody registers in the target group');
  return worst([
    ...registered.map((one) => reached(graph, resource, targetGroup, one)),
    ...(registered.length === 0 ? [origins(graph, resource, attached)] : []),
  ]);
}

/** What registers in a target group, and where its interfaces are. */
interface Registered {
  readonly subnets: unknown;
  readonly groups: unknown;
}

function registeredIn(graph: ResourceGraph, targetGroup: Resource): Registered[] {
  const services = graph
    .referring('aws_ecs_service', 'load_balancer', targetGroup)
    .map((service) => service.block('network_configuration'))
    .map((network) => ({ subnets: network.value('subnets'), groups: network.value('security_groups') }));
  const scaling = [
    ...graph.referring('aws_autoscaling_group', 'target_group_arns', targetGroup),
    ...graph
      .referring('aws_autoscaling_attachment', 'lb_target_group_arn', targetGroup)
      .flatMap((one) => graph.referenceIn(one.value('autoscaling_group_name'), 'aws_autoscaling_group') ?? []),
  ].map((group) => ({ subnets: group.value('vpc_zone_identifier'), groups: groupsOfInstances(graph, group) }));
  return [...services, ...scaling];
}

function groupsOfInstances(graph: ResourceGraph, scalingGroup: Resource): unknown {
  const template = graph.referenceIn(scalingGroup.value('launch_template'), 'aws_launch_template');
  const inInterfaces = template?.blocks('network_interfaces').flatMap((one) => one.list('security_groups')) ?? [];
  return inInterfaces.length > 0 ? inInterfaces : template?.value('vpc_security_group_ids');
}

/** From the load balancer to what is registered and back, over the family of the target group. */
function reached(graph: ResourceGraph, loadBalancer: Resource, targetGroup: Resource, to: Registered): HopResult {
  const port = Number(targetGroup.known('port'));
  const family = targetGroup.is('ip_address_type', 'ipv6') ? 'ipv6' : 'ipv4';
  const front = groups(graph, loadBalancer.value('security_groups'));
  const own = groups(graph, to.groups);
  const fronted = front.found.length > 0 || !front.complete;

  const into = some(own.found.map((group) => allowsPeers(graph, group, 'ingress', port, family, front.found)));
  if (fronted && into === false && own.complete) return closed(`open port ${port} of the tasks to the load balancer`);
  const out = some(front.found.map((group) => allowsPeers(graph, group, 'egress', port, family, own.found)));
  if (fronted && out === false && front.complete) {
    return closed(`let the load balancer out to port ${port} of the tasks`);
  }

  const { found, complete } = graph.resolve(to.subnets, 'aws_subnet');
  if (found.some((subnet) => isShut(graph, subnet, family, port))) {
    return closed(`allow port ${port} in and replies out for ${FAMILY_NAME[family]} in the NACL of the tasks`);
  }
  const lb = graph.resolve(subnetIds(loadBalancer), 'aws_subnet').found;
  if (lb.some((subnet) => isOneWay(graph, subnet, family, port))) {
    return closed(
      `allow replies of the tasks (1024-65535 in) for ${FAMILY_NAME[family]} in the NACL of the load balancer`,
    );
  }
  if (into === undefined || out === undefined || !own.complete || !complete) {
    return unseen('not all of the way from the load balancer to the tasks can be seen here');
  }
  return OPEN;
}

function groups(graph: ResourceGraph, ids: unknown) {
  return graph.resolve(ids, 'aws_security_group', 'aws_default_security_group');
}

/** Whether a group's rules let a port through from or to the peers: by group, or by being open to everybody. */
function allowsPeers(
  graph: ResourceGraph,
  group: Resource,
  direction: Direction,
  port: number,
  family: Family,
  peers: readonly Resource[],
): Maybe {
  const { rules, complete } = securityRules(graph, group, direction);
  const truths = rules.map((rule): Maybe => {
    const opens = opensPort(rule, port);
    if (opens === false) return false;
    const { peer } = rule;
    if (peer.kind === 'group') return peer.group ? peers.includes(peer.group) && opens : undefined;
    if (peer.kind === 'range') {
      const everybody = peer.range.family === family && peer.range.prefix === 0;
      // Whether a part of the addresses holds the peers is not known before they have theirs.
      return everybody ? opens : peer.range.family === family ? undefined : false;
    }
    // The block of the VPC in which both are.
    if (peer.kind === 'unknown')
      return peer.family === family ? (isOfVpc(graph, peer.value) ? opens : undefined) : false;
    return peer.kind === 'invalid' ? false : undefined;
  });
  const found = some(truths);
  return found === false && !complete ? undefined : found;
}

function isOfVpc(graph: ResourceGraph, value: Unknown): boolean {
  return graph.referencesIn(value).some(({ type }) => ['aws_vpc', 'aws_subnet'].includes(type));
}

function isShut(graph: ResourceGraph, subnet: Resource, family: Family, port: number): boolean {
  const acl = aclOf(graph, subnet);
  if (typeof acl === 'string') return false;
  const inside = { addresses: 'inside' as const, family };
  return (
    passes(aclEntries(graph, acl, 'ingress'), { ...inside, fromPort: port, toPort: port }) === false ||
    passes(aclEntries(graph, acl, 'egress'), { ...inside, fromPort: 1024, toPort: 65535 }) === false
  );
}

/** Whether requests leave a subnet of the load balancer, or replies come in, no way. */
function isOneWay(graph: ResourceGraph, subnet: Resource, family: Family, port: number): boolean {
  const acl = aclOf(graph, subnet);
  if (typeof acl === 'string') return false;
  const inside = { addresses: 'inside' as const, family };
  return (
    passes(aclEntries(graph, acl, 'egress'), { ...inside, fromPort: port, toPort: port }) === false ||
    passes(aclEntries(graph, acl, 'ingress'), { ...inside, fromPort: 1024, toPort: 65535 }) === false
  );
}

/** From the load balancer to addresses outside its VPC: a route that does not lead to the Internet. */
function origins(graph: ResourceGraph, loadBalancer: Resource, attached: readonly Resource[]): HopResult {
  const addresses = attached
    .filter((one) => one.is('availability_zone', 'all'))
    .flatMap((one) => parseCidr(`${one.known('target_id') ?? ''}/32`) ?? []);
  const { found } = graph.resolve(subnetIds(loadBalancer), 'aws_subnet');
  const ways = addresses.map((address) => ({ address, way: hasWay(graph, found, address) }));
  const lost = ways.find(({ way }) => way === false);
  if (lost) return closed(`route ${formatCidr(lost.address)} to the data center`);
  return ways.every(({ way }) => way) ? OPEN : unseen('the way to the data center is not part of this stack');
}

function hasWay(graph: ResourceGraph, subnets: readonly Resource[], address: Cidr): Maybe {
  let all: Maybe = true;
  for (const subnet of subnets) {
    const { routes, complete } = routesOfSubnet(graph, subnet);
    const way = routes.some(
      ({ destination, target: to }) =>
        destination !== undefined &&
        destination.prefix > 0 &&
        contains(destination, address) &&
        to !== 'internet-gateway',
    );
    if (!way && complete) return false;
    if (!way) all = undefined;
  }
  return all;
}
