import { type HopResult, unseen } from './hops/hop';
import type { Hop, PortalPath } from './levels';
import { decidedBy, type World } from './worlds';

/** The way to a portal, as a configuration may turn out. */
interface Outcome<T> {
  readonly world: World;
  readonly one: T;
}

/** The portals of all ways in which a configuration may turn out; of each what holds wherever it is made. */
export function agreedPaths(worlds: readonly World[], pathsIn: (world: World) => readonly PortalPath[]): PortalPath[] {
  const byEdge = new Map<string, Outcome<PortalPath>[]>();
  for (const world of worlds) {
    for (const one of pathsIn(world)) byEdge.set(one.edge, [...(byEdge.get(one.edge) ?? []), { world, one }]);
  }
  return [...byEdge.values()].map(agreedPath);
}

function agreedPath(outcomes: readonly Outcome<PortalPath>[]): PortalPath {
  const paths = outcomes.map(({ one }) => one);
  const names = [...new Set(paths.flatMap((path) => path.names))];
  const level = paths.map((path) => path.level).reduce((least, one) => (one < least ? one : least));
  const lowest = paths.filter((path) => path.level === level);
  return {
    name: names[0],
    names,
    edge: paths[0]!.edge,
    hops: paths[0]!.hops.map(({ hop }) => agreedHop(hop, outcomes)),
    level,
    atLeast: paths.some((path) => path.level > level || path.atLeast),
    missing: [...new Set(lowest.flatMap(({ missing }) => missing))],
  };
}

function agreedHop(name: Hop['hop'], outcomes: readonly Outcome<PortalPath>[]): Hop {
  const of = (family: 'ipv4' | 'ipv6'): HopResult =>
    agreed(outcomes.map(({ world, one }) => ({ world, one: one.hops.find(({ hop }) => hop === name)![family] })));
  return { hop: name, ipv4: of('ipv4'), ipv6: of('ipv6') };
}

function agreed(outcomes: readonly Outcome<HopResult>[]): HopResult {
  const [first] = outcomes;
  if (outcomes.every(({ one }) => one.state === first!.one.state)) return first!.one;
  const worst =
    outcomes.find(({ one }) => one.state === 'fail') ?? outcomes.find(({ one }) => one.state === 'unknown')!;
  const worldsWhere = (so: boolean): World[] =>
    outcomes.filter(({ one }) => (one.state === worst.one.state) === so).map(({ world }) => world);
  return unseen(`${worst.one.reason ?? ''}, ${decidedBy(worldsWhere(true), worldsWhere(false))}`);
}
