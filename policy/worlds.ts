import { type Condition, type Resource, ResourceGraph } from './resource-graph';

/** One way in which a configuration may turn out: with some of what may not be made, and without the rest. */
export interface World {
  readonly graph: ResourceGraph;
  readonly absent: ReadonlySet<Resource>;
}

/** Each test takes a judgement of its own; beyond so many, the others are only tried together. */
const MAX_TESTS = 12;

/**
 * The ways in which a configuration may turn out; none where all of it is made for certain.
 *
 * Resources with the same test are made together or not at all. Tried are: every test holds, one of them does not, none
 * does. What comes out alike in all of these is taken to be so, and all else is not known.
 */
export function worldsOf(graph: ResourceGraph): readonly World[] {
  return graph.fact(graph, worldsOf, () => {
    const tests = new Set(graph.resources.flatMap(({ condition }) => condition?.tests.map(({ text }) => text) ?? []));
    if (tests.size === 0) return [];
    const broken = [[], ...[...tests].slice(0, MAX_TESTS).map((one) => [one]), [...tests]];
    const worlds = broken.map((texts) => absentIn(graph, new Set(texts)));
    const distinct = new Map(worlds.map((absent) => [[...absent].map(({ address }) => address).join(), absent]));
    return [...distinct.values()].map((absent) => ({
      absent,
      graph: new ResourceGraph(
        graph.resources.filter((one) => !absent.has(one)),
        graph.handedOut,
      ),
    }));
  });
}

/** What is not made where some tests do not come out. */
function absentIn(graph: ResourceGraph, broken: ReadonlySet<string>): ReadonlySet<Resource> {
  const known = new Map<Resource, boolean>();
  const isMade = (resource: Resource): boolean => {
    const { condition } = resource;
    if (!condition) return true;
    const before = known.get(resource);
    if (before !== undefined) return before;
    // What is repeated for each of itself ends here.
    known.set(resource, true);
    const is = holds(condition, broken) && some(graph.referencesIn(condition.perEach), isMade);
    known.set(resource, is);
    return is;
  };
  return new Set(graph.resources.filter((one) => !isMade(one)));
}

function holds({ tests }: Condition, broken: ReadonlySet<string>): boolean {
  return tests.every(({ text, negated }) => broken.has(text) === negated);
}

function some<T>(items: readonly T[], is: (item: T) => boolean): boolean {
  return items.length === 0 || items.some(is);
}

/**
 * What decides whether something is so, to be said behind it: `unless aws_x.y is made, which depends on ${var.z ? 1 : 0}`.
 *
 * @param so worlds in which it is so
 * @param other worlds in which it is not
 */
export function decidedBy(so: readonly World[], other: readonly World[]): string {
  const pairs = so.flatMap((one) =>
    other.map((another) => ({
      unless: [...one.absent].filter((resource) => !another.absent.has(resource)),
      where: [...another.absent].filter((resource) => !one.absent.has(resource)),
    })),
  );
  const size = ({ unless, where }: (typeof pairs)[number]): number => unless.length + where.length;
  const [closest] = pairs.sort((one, another) => size(one) - size(another));
  const { unless = [], where = [] } = closest ?? {};
  const parts = [
    ...(unless.length > 0 ? [`unless ${made(unless)}`] : []),
    ...(where.length > 0 ? [`if ${made(where)}`] : []),
  ];
  return parts.join(', or ');
}

/** More than these are counted. */
const MAX_NAMED = 3;

function made(resources: readonly Resource[]): string {
  const named = resources.slice(0, MAX_NAMED).map(({ address }) => address);
  const more = resources.length - named.length;
  const all = [...named, ...(more > 0 ? [`${more} more`] : [])];
  const last = all.pop()!;
  const text = resources[0]!.condition!.text;
  return all.length === 0
    ? `${last} is made, which depends on ${text}`
    : `${all.join(', ')} and ${last} are made, which depend on ${text}`;
}
