import type { Viz } from '@viz-js/viz' with { 'resolution-mode': 'import' };
import type { Language } from './language';
import { NODE_WORDS, PLACE_WORDS } from './picture-words';
import type { Place, Topology, TopologyLink, TopologyNode } from './topology';

/** What a picture is called, for those who do not see it. */
export interface PictureTitle {
  readonly title: string;
  readonly description: string;
}

/**
 * Draws a topology as SVG, laid out by Graphviz. It has no colours of its own: they come from the page, by class, so
 * that one picture serves light, dark and paper. The same topology gives the same text.
 */
export async function drawTopology(topology: Topology, language: Language, title: PictureTitle): Promise<string> {
  const svg = (await graphviz()).renderString(graphOf(topology, language), { format: 'svg' });
  return accessible(svg, title);
}

let viz: Promise<Viz> | undefined;

/** Graphviz as WebAssembly, started once. `require`, because the package's types know it as an ES module alone. */
function graphviz(): Promise<Viz> {
  const { instance } = require('@viz-js/viz') as { instance(): Promise<Viz> };
  return (viz ??= instance());
}

type VizGraph = Exclude<Parameters<Viz['renderString']>[0], string>;
type Subgraph = NonNullable<VizGraph['subgraphs']>[number];

const FONT = 'Helvetica';

function graphOf(topology: Topology, language: Language): VizGraph {
  const { nodes, links, vpc } = topology;
  const outside = nodes.filter(({ place }) => place === undefined);
  const tiers = (['public', 'app'] as const).flatMap((place) => tierOf(place, topology, language));
  const probe = tierOf('probe', topology, language);
  const inVpc = tiers.length > 0;
  return {
    graphAttributes: { rankdir: 'LR', bgcolor: 'transparent', nodesep: 0.3, ranksep: 0.42, fontname: FONT, pad: 0.1 },
    nodeAttributes: { shape: 'box', style: 'rounded', fontname: FONT, fontsize: 13, margin: '0.14,0.08', class: 'box' },
    edgeAttributes: { fontname: FONT, fontsize: 12, arrowsize: 0.7, penwidth: 1.6 },
    nodes: outside.map((node) => drawn(node, language)),
    subgraphs: [...(inVpc ? [cluster('vpc', ['VPC', ...(vpc ?? [])].join(' · '), [], tiers)] : []), ...probe],
    edges: links.map(drawnLink),
  };
}

function tierOf(place: Place, { nodes, zones }: Topology, language: Language): Subgraph[] {
  const inside = nodes.filter((node) => node.place === place);
  if (inside.length === 0) return [];
  const letters = zones[place] ?? [];
  const label = `${PLACE_WORDS[place][language]}${letters.length > 0 ? ` (${letters.join(', ')})` : ''}`;
  return [
    cluster(
      place,
      label,
      inside.map((node) => drawn(node, language)),
      [],
    ),
  ];
}

function cluster(id: string, label: string, nodes: NonNullable<VizGraph['nodes']>, subgraphs: Subgraph[]): Subgraph {
  return {
    name: `cluster_${id}`,
    graphAttributes: { label, class: 'tier', style: 'rounded', fontname: FONT, fontsize: 12, margin: 12 },
    nodes,
    subgraphs,
  };
}

function drawn({ id, kind, lines }: TopologyNode, language: Language): NonNullable<VizGraph['nodes']>[number] {
  const count = kind === 'nat-gateway' && lines.length > 1 ? ` × ${lines.length}` : '';
  const below = kind.endsWith('-gateway') ? [] : lines;
  const title = `${NODE_WORDS[kind][language]}${count}`.split('\n').map((line) => `<b>${escape(line)}</b>`);
  const text = [...title, ...below.map(escape)];
  return { name: id, attributes: { label: { html: text.join('<br/>') } } };
}

function drawnLink({ from, to, family, state, label }: TopologyLink): NonNullable<VizGraph['edges']>[number] {
  const shut = { pass: '', fail: ' closed', unknown: ' unknown' }[state];
  return {
    tail: from,
    head: to,
    attributes: {
      class: `${family}${shut}`,
      // Told apart without colour, too.
      style: family === 'ipv6' ? 'dashed' : 'solid',
      ...(label === undefined ? {} : { label: ` ${label} ` }),
      ...(state === 'fail' ? { arrowhead: 'tee' } : {}),
    },
  };
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Without what Graphviz says to itself, and with words for those who do not see it. */
function accessible(svg: string, { title, description }: PictureTitle): string {
  const [, viewBox] = /viewBox="([^"]+)"/.exec(svg)!;
  const [, , width] = viewBox!.split(' ');
  const inner = svg
    .slice(svg.indexOf('>', svg.indexOf('<svg')) + 1)
    .replace(/<!--[^]*?-->\n?/g, '')
    .replace(/<title>[^<]*<\/title>\n?/g, '')
    .replace(/<g id="[^"]*" /g, '<g ')
    .replace(/ xml:space="preserve"/g, '')
    .replace(/ (fill|stroke|font-family|font-size)="[^"]*"/g, (whole, name: string) =>
      name === 'font-size' ? whole : '',
    );
  return [
    `<svg class="picture" role="img" viewBox="${viewBox}" style="max-width:${Math.ceil(Number(width))}px" xmlns="http://www.w3.org/2000/svg">`,
    `<title>${escape(title)}</title>`,
    `<desc>${escape(description)}</desc>`,
    inner.trim(),
  ].join('\n');
}
