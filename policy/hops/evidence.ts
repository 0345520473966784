import { type Family, formatCidr } from '../../core/cidr';
import { stagedName } from '../../core/names';
import { addressChecks, familyOfAddress } from '../facts/address-checks';
import { familyOf, listenersOf, subnetsOfLoadBalancer } from '../facts/load-balancers';
import { aclOf } from '../facts/network-acls';
import { probedNames } from '../facts/probes';
import { defaultRoutes, routesOfSubnet } from '../facts/routes';
import { securityRules } from '../facts/security-groups';
import { targetsOf } from '../facts/targets';
import type { Edge } from './edges';
import { groupsOf } from './forwarded';
import type { HopName } from './hop';
import type { Resource, ResourceGraph } from '../resource-graph';
import { Unknown } from '../value';

/**
 * What of the stack makes a hop for a family, each in a line that reads alike in every language: Terraform's and AWS's
 * own words. What CloudFront does by itself has no resource and no line.
 */
export function evidenceOf(graph: ResourceGraph, edge: Edge, hop: HopName, family: Family): string[] {
  const own = hop === 'dns' || hop === 'edge' || edge.kind !== 'accelerator';
  // What comes by an accelerator goes on to the load balancers behind it.
  const edges = own ? [edge] : edge.behind.found;
  return [...new Set(edges.flatMap((one) => EVIDENCE[hop](graph, one, family)))];
}

type Evidence = (graph: ResourceGraph, edge: Edge, family: Family) => readonly string[];

const EVIDENCE: Readonly<Record<HopName, Evidence>> = {
  dns: (_, { records, names }, family) => {
    const type = family === 'ipv4' ? 'A' : 'AAAA';
    return names.filter((name) => records.has(`${name} ${type}`)).map((name) => `${type} ${name}`);
  },
  edge: (_, { resource, kind }) =>
    kind === 'distribution'
      ? [`aws_cloudfront_distribution is_ipv6_enabled = ${resource.known('is_ipv6_enabled') ?? 'false'}`]
      : [`${resource.type} ip_address_type = ${resource.known('ip_address_type') ?? 'ipv4'}`],
  listener: (graph, { resource, kind, certified }) => [
    ...(kind === 'distribution' ? [] : listenersOf(graph, resource).found.map(listenerLine)),
    ...(certified ? [`aws_acm_certificate ${certified[0] ?? ''} (+${certified.length - 1})`] : []),
  ],
  firewall: (graph, { resource, kind }, family) =>
    kind === 'distribution' ? webAclLines(graph, resource) : firewallLines(graph, resource, family),
  route: (graph, { resource, kind }, family) =>
    kind === 'distribution'
      ? []
      : subnetsOfLoadBalancer(graph, resource).found.flatMap((subnet) =>
          defaultRoutes(routesOfSubnet(graph, subnet), family).map(
            ({ destination, target }) => `aws_route ${formatCidr(destination!)} → ${target}`,
          ),
        ),
  target: (graph, edge) => targetLines(graph, edge),
  health: (graph, edge, family) => healthLines(graph, edge, family),
};

function listenerLine(listener: Resource): string {
  return `${listener.type} ${listener.known('protocol') ?? ''} ${listener.known('port') ?? ''}`;
}

function firewallLines(graph: ResourceGraph, resource: Resource, family: Family): string[] {
  const groups = graph.resolve(resource.value('security_groups'), 'aws_security_group').found;
  const rules = groups
    .flatMap((group) => securityRules(graph, group, 'ingress').rules)
    .flatMap(({ peer, fromPort, toPort, protocol }) =>
      peer.kind === 'range' && peer.range.family === family && protocol === 'tcp' && fromPort <= 443 && 443 <= toPort
        ? [`security group: 443 ← ${formatCidr(peer.range)}`]
        : [],
    );
  const acls = subnetsOfLoadBalancer(graph, resource).found.map((subnet) => aclOf(graph, subnet));
  const own = acls.some((acl) => typeof acl !== 'string') ? ['aws_network_acl: 443 in, 1024-65535 out'] : [];
  return [...rules, ...own, ...webAclLines(graph, resource)];
}

function webAclLines(graph: ResourceGraph, resource: Resource): string[] {
  const associated = graph.referring('aws_wafv2_web_acl_association', 'resource_arn', resource).length > 0;
  return associated || resource.has('web_acl_id') ? ['aws_wafv2_web_acl'] : [];
}

function targetLines(graph: ResourceGraph, edge: Edge): string[] {
  const { kind, resource } = edge;
  if (kind === 'distribution') {
    return resource.blocks('origin').map((origin) => {
      const domain = origin.value('domain_name');
      const [bucket] = graph.referencesIn(domain).filter(({ type }) => type === 'aws_s3_bucket');
      return bucket ? 'aws_s3_bucket' : `origin ${domain instanceof Unknown ? '' : String(domain)}`;
    });
  }
  return groupsOf(graph, edge).flatMap((group) => [
    `aws_lb_target_group ${familyOf(group) ?? '?'}, port ${group.known('port') ?? '?'}`,
    ...targetsOf(graph, group).targets.map(({ resource: one }) =>
      one.has('target_id') ? `target ${one.known('target_id') ?? '?'}` : one.type,
    ),
  ]);
}

function healthLines(graph: ResourceGraph, edge: Edge, family: Family): string[] {
  const { names } = edge;
  // The check speaks one family, and what it finds is true of the portal in both; of IPv6 it proves the way only where it is IPv6.
  const own = groupsOf(graph, edge)
    .filter((group) => family === 'ipv4' || familyOf(group) === 'ipv6')
    .map((group) => `aws_lb_target_group health_check, ${familyOf(group) ?? '?'}`);
  const alarms = graph
    .ofType('aws_cloudwatch_metric_alarm')
    .filter((alarm) => alarm.known('metric_name') === 'Ipv6Available');
  const asked = probedNames(graph);
  const probed = names.some((name) => asked.has(name) || asked.has(stagedName(name)));
  const probe = family === 'ipv6' && probed && alarms.length > 0 ? ['IPv6 probe, alarm Ipv6Available'] : [];
  const literal = addressChecks(graph)
    .filter((check) => familyOfAddress(graph, check.value('ip_address')) === family)
    .map((check) => `aws_route53_health_check ${check.known('type') ?? ''}, ip_address`);
  return [...own, ...probe, ...literal];
}
