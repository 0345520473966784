import { parseCidrsubnet } from './cidrsubnet';
import type { Resource, ResourceGraph } from '../resource-graph';
import { Unknown } from '../value';

/** One subnet, as an address plan shows it. */
export interface SubnetRow {
  /** Name of the subnet: its `Name` tag. */
  readonly name: string;
  readonly zone: string;
  /** Absent in IPv6-only subnets. */
  readonly ipv4?: string;
  /** The /64, or its number within the VPC's block, which is known after apply: `…10::/64`. */
  readonly ipv6?: string;
}

/** The subnets of a stack, in the order of their names. */
export function subnetRows(graph: ResourceGraph): SubnetRow[] {
  return graph
    .ofType('aws_subnet')
    .map((subnet) => ({
      name: nameOf(subnet),
      zone: subnet.known('availability_zone') ?? '',
      ipv4: subnet.known('cidr_block'),
      ipv6: ipv6Of(subnet),
    }))
    .sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
}

function nameOf(subnet: Resource): string {
  return subnet.block('tags').known('Name') ?? subnet.address;
}

function ipv6Of(subnet: Resource): string | undefined {
  const block = subnet.string('ipv6_cidr_block');
  if (!(block instanceof Unknown)) return block;
  const cut = block.text === undefined ? undefined : parseCidrsubnet(block.text);
  if (!cut) return '?';
  const digits = Math.min(4, Math.ceil(cut.newbits / 4));
  return `…${cut.netnum.toString(16).padStart(digits, '0')}::/64`;
}
