import type { HopState } from '../../policy/report';
import { code, escape, grid } from '../../policy/reporters/markdown-text';
import type { FamilyChange, HopChange, PathChange } from '../report';

const HOP_TITLES: Readonly<Record<HopChange['hop'], string>> = {
  dns: 'DNS',
  edge: 'Edge',
  listener: 'Listener',
  firewall: 'Firewall',
  route: 'Route',
  target: 'Target',
  health: 'Health',
};

/** The way to what answers for some names, before and after: a row for each hop, both families beside each other. */
export function wayTable({ names, levelBefore, levelAfter, hops }: PathChange): string {
  const [was, is] = [levelBefore, levelAfter].map((level) => escape(level ?? 'none'));
  const level = levelBefore === levelAfter ? is! : `${was} → **${is}**`;
  const shown = names.slice(0, 3).map(code).join(', ');
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return grid(
    [`${shown}${more}: ${level}`, 'IPv4', 'IPv6', ''],
    hops.map((hop) => [HOP_TITLES[hop.hop], familyCell(hop.ipv4), familyCell(hop.ipv6), markOf(hop)]),
  );
}

function familyCell({ before, after, was = [], is = [] }: FamilyChange): string {
  const state = before === after ? (after ?? 'none') : `${before ?? 'none'} → **${after ?? 'none'}**`;
  // Of a way that is new or gone the state says enough.
  if (before === undefined || after === undefined) return state;
  const gone = was.filter((line) => !is.includes(line));
  const come = is.filter((line) => !was.includes(line));
  if (gone.length + come.length === 0) return state;
  return `${state}<br>${[list(gone), list(come)].join(' → ')}`;
}

function list(lines: readonly string[]): string {
  if (lines.length === 0) return 'nothing';
  return `${lines.slice(0, 2).map(code).join(', ')}${lines.length > 2 ? ` and ${lines.length - 2} more` : ''}`;
}

/** What the two families have in common, once this is applied. */
function markOf({ ipv4, ipv6 }: HopChange): string {
  const [four, six]: readonly (HopState | undefined)[] = [ipv4.after, ipv6.after];
  if (four === undefined || six === undefined) return 'gone';
  if (four === 'unknown' || six === 'unknown') return 'unknown until apply';
  if (four === six) return four === 'open' ? 'same' : '**neither**';
  return four === 'open' ? '**only IPv4**' : '**only IPv6**';
}
