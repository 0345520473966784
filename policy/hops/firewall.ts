import { AddressSet } from '../../core/address-set';
import type { Family } from '../../core/cidr';
import { subnetsOfLoadBalancer } from '../facts/load-balancers';
import { aclEntries, aclOf, letsThrough } from '../facts/network-acls';
import { type Opened, openedTo, securityRules } from '../facts/security-groups';
import type { Resource, ResourceGraph } from '../resource-graph';
import type { Edge } from './edges';
import { closed, FAMILY_NAME, type HopResult, OPEN, unseen, worst } from './hop';
import { webAcl } from './web-acl';

/** Security groups, network ACLs and the web ACL let clients of the family in, and the answers out. */
export function firewall(graph: ResourceGraph, edge: Edge, family: Family): HopResult {
  const web = webAcl(graph, edge.resource, family);
  if (edge.kind === 'distribution') return web;
  return worst([securityGroups(graph, edge, family), ...networkAcls(graph, edge, family), web]);
}

function securityGroups(graph: ResourceGraph, edge: Edge, family: Family): HopResult {
  const open = opened(graph, edge, family);
  if (open === 'everybody') return OPEN;
  if (!open.addresses.isEmpty) return sameAudience(graph, edge, family, open);
  return open.complete
    ? closed(`open port ${edge.port} to ${FAMILY_NAME[family]} in the security group`)
    : unseen('the security groups are not part of this stack');
}

/** A portal for everybody in one family is not there for a part of the other. */
function sameAudience(graph: ResourceGraph, edge: Edge, family: Family, open: Opened): HopResult {
  const other = opened(graph, edge, family === 'ipv4' ? 'ipv6' : 'ipv4');
  if (other === 'everybody' || !other.addresses.holdsInternet || open.addresses.holdsInternet) return OPEN;
  const reason = `open port ${edge.port} to all of ${FAMILY_NAME[family]} in the security group`;
  return open.complete ? closed(reason) : unseen('some rules of the security groups are not part of this stack');
}

/** Who may connect by the security groups; a network load balancer without any lets everybody in. */
function opened(graph: ResourceGraph, { resource, port }: Edge, family: Family): Opened | 'everybody' {
  const ids = resource.value('security_groups');
  if (!resource.has('security_groups') && resource.known('load_balancer_type') === 'network') return 'everybody';
  const { found, complete } = graph.resolve(ids, 'aws_security_group', 'aws_default_security_group');
  const each = found.map((group) => openedTo(securityRules(graph, group, 'ingress'), family, port));
  return {
    addresses: each.reduce((all, { addresses }) => all.union(addresses), AddressSet.none(family)),
    complete: complete && each.every((one) => one.complete),
  };
}

/** Those who may come, as far as they are on the Internet. */
function audience(graph: ResourceGraph, edge: Edge, family: Family): AddressSet {
  const open = opened(graph, edge, family);
  const internet = AddressSet.internet(family);
  if (open === 'everybody' || open.addresses.isEmpty) return internet;
  return open.addresses.holdsInternet ? internet : open.addresses;
}

function networkAcls(graph: ResourceGraph, edge: Edge, family: Family): HopResult[] {
  const { found, complete } = subnetsOfLoadBalancer(graph, edge.resource);
  const elsewhere = complete ? [] : [unseen('the NACLs are not part of this stack')];
  const addresses = audience(graph, edge, family);
  // Most subnets of a tier share one ACL, which need not be asked again.
  const guards = new Map([...found].reverse().map((subnet) => [aclOf(graph, subnet), subnet]));
  return [
    ...[...guards.values()].map((subnet) => networkAcl(graph, subnet, { family, addresses, port: edge.port })),
    ...elsewhere,
  ];
}

interface Clients {
  readonly family: Family;
  readonly addresses: AddressSet;
  /** The port that they come to. */
  readonly port: number;
}

function networkAcl(graph: ResourceGraph, subnet: Resource, { family, addresses, port }: Clients): HopResult {
  const acl = aclOf(graph, subnet);
  // A subnet without an ACL has the default one, to which AWS adds IPv6 as long as nobody changes it.
  if (acl === 'unmanaged') return OPEN;
  if (acl === 'unknown') return unseen(`the NACL of ${subnet.address} cannot be seen here`);
  const request = letsThrough(aclEntries(graph, acl, 'ingress'), { addresses, family, fromPort: port, toPort: port });
  const reply = letsThrough(aclEntries(graph, acl, 'egress'), { addresses, family, fromPort: 1024, toPort: 65535 });
  if (request && reply) return OPEN;
  if (request !== false && reply !== false) return unseen(`not all rules of ${acl.address} can be seen here`);
  const what = request === false ? `port ${port} in` : `the replies from port ${port} (1024-65535 out)`;
  return closed(`allow ${what} for ${FAMILY_NAME[family]} in the NACL`);
}
