import type { Topology, TopologyNode } from './topology';

/**
 * A topology without what tells one stack from another: names, addresses, blocks, how far it scales, ids. Stacks that are
 * built alike have the same, byte for byte, and need one picture. Where there are several names each has a number, by
 * which the text beside the picture can say whose it is.
 */
export function neutralTopology({ nodes, links, vpc, zones }: Topology): Topology {
  const numbers = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const names = nodes.filter(({ kind }) => kind === 'name');
  return {
    nodes: nodes.map((node) => ({
      id: numbers.get(node.id)!,
      kind: node.kind,
      lines: linesOf(node, names),
      ...(node.place && { place: node.place }),
    })),
    links: links.map((link) => ({ ...link, from: numbers.get(link.from)!, to: numbers.get(link.to)! })),
    vpc: vpc && [],
    zones,
  };
}

function linesOf(node: TopologyNode, names: readonly TopologyNode[]): readonly string[] {
  switch (node.kind) {
    case 'name':
      return names.length > 1 ? [`(${names.indexOf(node) + 1})`] : [];
    case 'application-load-balancer':
    case 'network-load-balancer':
      return node.lines;
    case 'nat-gateway':
      return node.lines.map((_, index) => String(index));
    default:
      return [];
  }
}
