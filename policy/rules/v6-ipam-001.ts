import { DRAWERS, poolOf, poolsOfRange } from '../facts/ipam';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown, type Verdict } from '../rule';

export const rule: Rule = {
  id: 'V6-IPAM-001',
  title: 'What draws from an IPAM pool waits for its range',
  group: 'addressing',
  kind: 'danger',
  severity: 'error',
  types: [...DRAWERS, 'aws_vpc_ipam_pool_cidr'],
  why: 'A pool has an id before it holds addresses. Terraform makes a VPC, or gives a part of it to a pool below, as soon as there is the id, and AWS has nothing to give.',
  fix: 'Add the `aws_vpc_ipam_pool_cidr` of the pool that is drawn from to `depends_on`.',
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc#vpc-with-cidr-from-aws-ipam',
  ],
  good: stack(['aws_vpc_ipam_pool_cidr.agency']),
  bad: stack([]),
  unknown: { ...stack([]), aws_vpc_ipam_pool_cidr: {} },

  check(drawer, graph) {
    // One that exists got its block.
    if (drawer.known('id') !== undefined) return undefined;
    if (drawer.type === 'aws_vpc_ipam_pool_cidr') return checkRange(drawer, graph);
    const pool = poolOf(graph, drawer);
    if (!pool) return undefined;
    const ranges = graph.referring('aws_vpc_ipam_pool_cidr', 'ipam_pool_id', pool);
    if (ranges.length === 0) return unknown(`what puts addresses into ${pool.address} is not part of this input`);
    return waitsFor(graph, drawer, ranges)
      ? PASS
      : fail(`it takes its block from ${pool.address}, but does not wait for ${ranges[0]!.address}`);
  },
};

/** A range that a person provisioned is there already, so what puts one into the pool above need not be seen. */
function checkRange(range: Resource, graph: ResourceGraph): Verdict | undefined {
  const { parent } = poolsOfRange(graph, range);
  const above = parent ? graph.referring('aws_vpc_ipam_pool_cidr', 'ipam_pool_id', parent) : [];
  if (!parent || above.length === 0) return undefined;
  return waitsFor(graph, range, above)
    ? PASS
    : fail(`it is a part of ${parent.address}, but does not wait for ${above[0]!.address}`);
}

/** Whether Terraform makes one of the resources first: what it refers to and what it depends on, and so on. */
function waitsFor(graph: ResourceGraph, resource: Resource, others: readonly Resource[]): boolean {
  const before = new Set([resource]);
  for (const one of before) {
    if (others.includes(one)) return true;
    for (const next of [...graph.referencesIn(one.attributes), ...dependenciesOf(graph, one)]) before.add(next);
  }
  return false;
}

function dependenciesOf(graph: ResourceGraph, { dependsOn }: Resource): readonly Resource[] {
  if (dependsOn.length === 0) return [];
  // All instances of a resource, and all resources of a module.
  const isNamed = (address: string): boolean =>
    dependsOn.some((name) => address === name || (address.startsWith(name) && '[.'.includes(address[name.length]!)));
  return graph.resources.filter(({ address }) => isNamed(address));
}

function stack(dependsOn: readonly string[]): ExampleResources {
  return {
    aws_vpc_ipam_pool: { agency: { address_family: 'ipv6', locale: 'ap-southeast-1' } },
    aws_vpc_ipam_pool_cidr: { agency: { ipam_pool_id: '${aws_vpc_ipam_pool.agency.id}', cidr: '2001:db8::/44' } },
    aws_vpc: {
      main: {
        cidr_block: '10.0.0.0/16',
        ipv6_ipam_pool_id: '${aws_vpc_ipam_pool.agency.id}',
        ipv6_netmask_length: 56,
        depends_on: dependsOn,
      },
    },
  };
}
