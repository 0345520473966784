import { type Cidr, contains, overlaps, parseCidr, subnetOf } from '../../core/cidr';
import type { Resource, ResourceGraph } from '../resource-graph';
import { Unknown } from '../value';
import { ipv6PrefixOf, vpcNameOf, vpcOf } from './address-blocks';
import { type Cut, parseCidrsubnet } from './cidrsubnet';

/** The IPv6 block of a subnet, where this input shows it. */
export interface SubnetBlock {
  /** What it is a part of: two blocks can only be compared where this is the same. */
  readonly space: string;
  /** Where in the space it is; undefined where it is not in it at all. */
  readonly range: Cidr | undefined;
  /** How it is cut, where `cidrsubnet` cuts it. */
  readonly cut: Cut | undefined;
  /** The VPC or the association whose block is cut, where it is part of this input. */
  readonly owner: Resource | undefined;
  /** Length of the block that is cut, where it is known. */
  readonly parentPrefix: number | undefined;
}

/** Blocks that are written down are all in one space: that of all addresses. */
const ADDRESSES = '';

export function subnetBlockOf(graph: ResourceGraph, subnet: Resource): SubnetBlock | undefined {
  return graph.fact(subnet, subnetBlockOf, () => {
    const value = subnet.string('ipv6_cidr_block');
    if (!(value instanceof Unknown)) {
      const range = parseCidr(value ?? '');
      if (range?.family !== 'ipv6') return undefined;
      return { space: ADDRESSES, range, cut: undefined, owner: undefined, parentPrefix: undefined };
    }
    const cut = parseCidrsubnet(value.text ?? '');
    if (!cut) return undefined;
    const owner = ownerOf(graph, value, cut);
    const parent = parseCidr(owner?.known('ipv6_cidr_block') ?? cut.base.replaceAll('"', ''));
    if (parent?.family === 'ipv4') return undefined;
    return {
      space: parent ? ADDRESSES : `${value.module} ${cut.base}`,
      range: cut.fits ? rangeIn(parent ?? EVERYTHING, cut) : undefined,
      cut,
      owner,
      parentPrefix: parent?.prefix ?? (owner && ipv6PrefixOf(graph, owner)),
    };
  });
}

/** Stands for a block that is not known: what overlaps in the one overlaps in the other. */
const EVERYTHING = parseCidr('::/0')!;

function rangeIn(parent: Cidr, { newbits, netnum }: Cut): Cidr | undefined {
  return parent.prefix + newbits > 128 ? undefined : subnetOf(parent, newbits, netnum);
}

/** Whose block is cut: a VPC's or an association's, where the base is nothing but that. */
function ownerOf(graph: ResourceGraph, value: Unknown, { base }: Cut): Resource | undefined {
  if (!/^[\w.-]+(\[[^\]]*\])?\.ipv6_cidr_block$/.test(base)) return undefined;
  return graph.referenceIn(value, 'aws_vpc', 'aws_vpc_ipv6_cidr_block_association');
}

/** The subnets of the same VPC that come before a subnet in the input and have part of its block. */
export function overlappedBy(graph: ResourceGraph, subnet: Resource): readonly Resource[] {
  const block = subnetBlockOf(graph, subnet);
  const { range } = block ?? {};
  if (!range) return [];
  const others = neighborsOf(graph, subnet);
  return others.slice(0, others.indexOf(subnet)).filter((other) => {
    const its = subnetBlockOf(graph, other);
    return its?.range !== undefined && its.space === block!.space && overlaps(its.range, range);
  });
}

/** The subnets of a subnet's VPC, itself included, in the order of the input; none where the VPC is hidden. */
export function neighborsOf(graph: ResourceGraph, subnet: Resource): readonly Resource[] {
  const name = vpcNameOf(graph, subnet);
  return name === undefined ? [] : (byVpc(graph).get(name) ?? []);
}

function byVpc(graph: ResourceGraph): ReadonlyMap<string, readonly Resource[]> {
  return graph.fact(graph, byVpc, () => {
    const subnets = new Map<string, Resource[]>();
    for (const subnet of graph.ofType('aws_subnet')) {
      const name = vpcNameOf(graph, subnet);
      if (name !== undefined) subnets.set(name, [...(subnets.get(name) ?? []), subnet]);
    }
    return subnets;
  });
}

/** The block of a subnet that is in none of its VPC's blocks, and those; undefined unless all of them are known. */
export function strayFrom(
  graph: ResourceGraph,
  subnet: Resource,
): { readonly range: Cidr; readonly blocks: readonly Cidr[] } | undefined {
  const { space, range } = subnetBlockOf(graph, subnet) ?? {};
  const blocks = blocksOfVpc(graph, subnet);
  if (space !== ADDRESSES || !range || !blocks) return undefined;
  return blocks.some((block) => contains(block, range)) ? undefined : { range, blocks };
}

function blocksOfVpc(graph: ResourceGraph, subnet: Resource): readonly Cidr[] | undefined {
  const vpc = vpcOf(graph, subnet);
  if (!vpc || graph.mayRefer('aws_vpc_ipv6_cidr_block_association', 'vpc_id', 'aws_vpc')) return undefined;
  const associations = graph.referring('aws_vpc_ipv6_cidr_block_association', 'vpc_id', vpc);
  const blocks = [vpc, ...associations].map((owner) => parseCidr(owner.known('ipv6_cidr_block') ?? ''));
  return blocks.every((block) => block !== undefined) ? blocks : undefined;
}
