import { type Cidr, contains, type Family, formatCidr, parseAddress, parseCidr } from '../../core/cidr';
import { familyOf, subnetsOfLoadBalancer } from '../facts/load-balancers';
import { aclEntries, aclOf, passes } from '../facts/network-acls';
import { routesOfSubnet } from '../facts/routes';
import type { Direction } from '../facts/security-groups';
import { type Passage, passagesTo } from '../facts/target-access';
import { isAddress, type Target, targetsOf } from '../facts/targets';
import type { Resource, ResourceGraph } from '../resource-graph';
import type { Block, Maybe } from '../value';
import type { Edge } from './edges';
import { groupsFor } from './forwarded';
import { closed, FAMILY_NAME, hop, type HopResult, OPEN, unseen, worst } from './hop';

/** The edge translates, so its way to what answers serves clients of both families. */
export function target(graph: ResourceGraph, edge: Edge, family: Family): HopResult {
  if (edge.kind === 'distribution') return origins(graph, edge);
  const { found, complete } = groupsFor(graph, edge, family);
  if (found.length === 0) return unseen('no target group can be seen');
  const elsewhere = complete ? [] : [unseen('not all target groups can be seen here')];
  return worst([...found.map((group) => targets(graph, edge.resource, group)), ...elsewhere]);
}

/** CloudFront reaches its origins over IPv4 unless told otherwise, whatever the viewer speaks. */
function origins(graph: ResourceGraph, edge: Edge): HopResult {
  const { resource } = edge;
  if (resource.hides('origin')) return unseen('the origin is only known after apply');
  const all = resource.blocks('origin');
  return all.length === 0
    ? closed('give the distribution an origin')
    : worst(all.map((one) => wayToOrigin(graph, edge, one)));
}

function wayToOrigin(graph: ResourceGraph, { resource, names }: Edge, origin: Block): HopResult {
  const domain = origin.value('domain_name');
  const bucket = graph.referenceIn(domain, 'aws_s3_bucket');
  if (bucket?.mode === 'managed' && origin.has('origin_access_control_id')) return isLetIn(graph, bucket);
  if (graph.referencesIn(domain).length > 0) return OPEN;
  if (typeof domain !== 'string') return unseen('the origin is only known after apply');
  const aliases = [...names, ...resource.list('aliases')];
  if (aliases.includes(domain.toLowerCase())) {
    return closed(`give the origin a name of its own: ${domain} leads to the distribution itself`);
  }
  // Whether it answers is not for a stack to say, as it is not of an address in a data center.
  const isVerified = origin.block('custom_origin_config').is('origin_protocol_policy', 'https-only');
  return isVerified && isPublicName(domain) ? OPEN : unseen('the origin is not part of this stack');
}

/** A bucket that is read by signed requests refuses them until its policy says otherwise. */
function isLetIn(graph: ResourceGraph, bucket: Resource): HopResult {
  if (graph.referring('aws_s3_bucket_policy', 'bucket', bucket).length > 0) return OPEN;
  return graph.mayRefer('aws_s3_bucket_policy', 'bucket', 'aws_s3_bucket')
    ? unseen('whose policies there are is only known after apply')
    : closed(`let the distribution read ${bucket.address}: it has no policy`);
}

function isPublicName(domain: string): boolean {
  return domain.includes('.') && !parseAddress(domain) && !/\.(internal|local|localhost)$/.test(domain);
}

function targets(graph: ResourceGraph, resource: Resource, targetGroup: Resource): HopResult {
  if (targetGroup.is('ip_address_type', 'ipv6') && resource.is('ip_address_type', 'ipv4', 'ipv4')) {
    return closed('an IPv4 load balancer cannot reach an IPv6 target group');
  }
  const registered = targetsOf(graph, targetGroup);
  if (registered.targets.length === 0) {
    return hop(
      registered.complete ? false : undefined,
      'register somebody in the target group',
      'who registers in the target group cannot be seen here',
    );
  }
  const passages = passagesTo(graph, targetGroup).filter(({ loadBalancer }) => loadBalancer === resource);
  return worst([
    ...passages.map(passage),
    ...registered.targets.map((one) =>
      isAddress(one) ? wayTo(graph, resource, one) : networkAcls(graph, resource, targetGroup, one),
    ),
  ]);
}

function passage({ direction, port, isOpen }: Passage): HopResult {
  return hop(
    isOpen,
    direction === 'ingress'
      ? `open port ${port} of the tasks to the load balancer`
      : `let the load balancer out to port ${port} of the tasks`,
    NOT_SEEN,
  );
}

const NOT_SEEN = 'not all of the way from the load balancer to the tasks can be seen here';

/** Requests in and replies out at the targets, and the reverse at the load balancer, over the family of the group. */
function networkAcls(graph: ResourceGraph, loadBalancer: Resource, targetGroup: Resource, to: Target): HopResult {
  const port = to.port ?? Number(targetGroup.known('port') ?? NaN);
  const family = familyOf(targetGroup);
  const { found, complete } = graph.resolve(to.subnets, 'aws_subnet');
  if (family === undefined || Number.isNaN(port)) return unseen(NOT_SEEN);
  if (isShut(graph, found, family, { request: 'ingress', port })) {
    return closed(`allow port ${port} in and replies out for ${FAMILY_NAME[family]} in the NACL of the tasks`);
  }
  const front = subnetsOfLoadBalancer(graph, loadBalancer).found;
  if (isShut(graph, front, family, { request: 'egress', port })) {
    const what = `port ${port} out and replies of the tasks (1024-65535) in`;
    return closed(`allow ${what} for ${FAMILY_NAME[family]} in the NACL of the load balancer`);
  }
  return complete ? OPEN : unseen(NOT_SEEN);
}

/** Whether the ACL of one of the subnets surely stops requests inside the VPC, or their replies. */
function isShut(
  graph: ResourceGraph,
  subnets: readonly Resource[],
  family: Family,
  { request, port }: { readonly request: Direction; readonly port: number },
): boolean {
  const inside = { addresses: 'inside' as const, family };
  const reply = request === 'ingress' ? 'egress' : 'ingress';
  const acls = new Set(subnets.map((subnet) => aclOf(graph, subnet)));
  return [...acls].some(
    (acl) =>
      typeof acl !== 'string' &&
      (passes(aclEntries(graph, acl, request), { ...inside, fromPort: port, toPort: port }) === false ||
        passes(aclEntries(graph, acl, reply), { ...inside, fromPort: 1024, toPort: 65535 }) === false),
  );
}

/** From the load balancer to an address outside its VPC: a route that does not lead to the Internet. */
function wayTo(graph: ResourceGraph, loadBalancer: Resource, { resource }: Target): HopResult {
  const address = parseCidr(`${resource.known('target_id') ?? ''}/32`);
  if (!resource.is('availability_zone', 'all') || !address) return OPEN;
  return hop(
    hasWay(graph, subnetsOfLoadBalancer(graph, loadBalancer).found, address),
    `route ${formatCidr(address)} to the data center`,
    'the way to the data center is not part of this stack',
  );
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
