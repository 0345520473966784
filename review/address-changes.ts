import type { Family } from '../core/cidr';
import { subnetRows } from '../policy/facts/subnet-rows';
import type { ResourceGraph } from '../policy/resource-graph';
import type { AddressChange } from './report';

/** The blocks of VPCs and subnets that are not what they were. */
export function addressChanges(before: ResourceGraph | undefined, after: ResourceGraph | undefined): AddressChange[] {
  const [old, now] = [blocksOf(before), blocksOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const [was, is] = [old.get(key), now.get(key)];
    if (was?.block === is?.block) return [];
    const { name, family } = (is ?? was)!;
    return [{ name, family, ...(was && { before: was.block }), ...(is && { after: is.block }) }];
  });
}

interface PlacedBlock {
  readonly name: string;
  readonly family: Family;
  readonly block: string;
}

function blocksOf(graph: ResourceGraph | undefined): Map<string, PlacedBlock> {
  if (!graph) return new Map();
  const vpcs = graph.ofType('aws_vpc').map((vpc) => ({
    name: vpc.block('tags').known('Name') ?? vpc.address,
    ipv4: vpc.known('cidr_block'),
    ipv6: vpc.known('ipv6_cidr_block') ?? ipv6SourceOf(vpc),
  }));
  const all = [...vpcs, ...subnetRows(graph)].flatMap(({ name, ipv4, ipv6 }) => [
    { name, family: 'ipv4' as const, block: ipv4 },
    { name, family: 'ipv6' as const, block: ipv6 },
  ]);
  return new Map(
    all.flatMap(({ name, family, block }) =>
      block === undefined ? [] : [[`${name} ${family}`, { name, family, block }] as const],
    ),
  );
}

/** Where the VPC's block comes from, as long as only apply will know it. */
function ipv6SourceOf(vpc: {
  is(name: string, value: boolean): boolean | undefined;
  known(name: string): string | undefined;
}) {
  if (vpc.is('assign_generated_ipv6_cidr_block', true)) return "a /56 of Amazon's";
  const length = vpc.known('ipv6_netmask_length');
  return length === undefined ? undefined : `a /${length} of a pool`;
}
