import { edgesOf } from '../policy/hops/edges';
import { evidenceOf } from '../policy/hops/evidence';
import { HOPS, type HopName, type State } from '../policy/hops/hop';
import { type PortalPath, portalPaths } from '../policy/levels';
import type { HopState } from '../policy/report';
import { levelText } from '../policy/reporters/paths';
import type { ResourceGraph } from '../policy/resource-graph';
import type { FamilyChange, HopChange, PathChange } from './report';

/**
 * The ways to public names that are not what they were, hop by hop, both families. Names whose ways are the same on both
 * sides are told together.
 */
export function pathChanges(before: ResourceGraph | undefined, after: ResourceGraph | undefined): PathChange[] {
  const old = waysOf(before);
  const now = waysOf(after);
  const groups = new Map<string, PathChange & { names: string[] }>();
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    const [was, is] = [old.get(name), now.get(name)];
    const key = `${was?.edge ?? ''} ${is?.edge ?? ''}`;
    const group = groups.get(key);
    if (group) group.names.push(name);
    else groups.set(key, { names: [name], ...changeOf(was, is) });
  }
  return [...groups.values()].filter(isChange);
}

const FAMILIES = ['ipv4', 'ipv6'] as const;

/** The way to one name. */
interface Way {
  readonly edge: string;
  readonly level: string;
  readonly hops: ReadonlyMap<HopName, Readonly<Record<'ipv4' | 'ipv6', Look>>>;
}

interface Look {
  readonly state: HopState;
  readonly evidence: readonly string[];
}

const STATES: Readonly<Record<State, HopState>> = { pass: 'open', fail: 'closed', unknown: 'unknown' };

function waysOf(graph: ResourceGraph | undefined): Map<string, Way> {
  if (!graph) return new Map();
  return new Map(
    portalPaths(graph).flatMap((path) => {
      const way = wayOf(graph, path);
      const names = path.names.length > 0 ? path.names : [`(${path.edge})`];
      return names.map((name) => [name, way] as const);
    }),
  );
}

function wayOf(graph: ResourceGraph, path: PortalPath): Way {
  const edge = edgesOf(graph).find(({ address }) => address === path.edge);
  return {
    edge: path.edge,
    level: levelText(path),
    hops: new Map(
      path.hops.map(({ hop, ipv4, ipv6 }) => {
        const look = (family: 'ipv4' | 'ipv6', state: State): Look => ({
          state: STATES[state],
          evidence: edge ? evidenceOf(graph, edge, hop, family) : [],
        });
        return [hop, { ipv4: look('ipv4', ipv4.state), ipv6: look('ipv6', ipv6.state) }];
      }),
    ),
  };
}

function changeOf(before: Way | undefined, after: Way | undefined): Omit<PathChange, 'names'> {
  return {
    ...(before && { levelBefore: before.level }),
    ...(after && { levelAfter: after.level }),
    hops: HOPS.map((hop): HopChange => {
      const [ipv4, ipv6] = FAMILIES.map((family) =>
        familyChange(before?.hops.get(hop)?.[family], after?.hops.get(hop)?.[family]),
      );
      return { hop, ipv4: ipv4!, ipv6: ipv6! };
    }),
  };
}

function familyChange(before: Look | undefined, after: Look | undefined): FamilyChange {
  const differs = before?.evidence.join('\n') !== after?.evidence.join('\n');
  return {
    ...(before && { before: before.state }),
    ...(after && { after: after.state }),
    ...(differs && before && { was: before.evidence }),
    ...(differs && after && { is: after.evidence }),
  };
}

function isChange({ levelBefore, levelAfter, hops }: PathChange): boolean {
  return (
    levelBefore !== levelAfter ||
    hops.some((hop) =>
      FAMILIES.some((family) => {
        const { before, after, was, is } = hop[family];
        return before !== after || was !== undefined || is !== undefined;
      }),
    )
  );
}
