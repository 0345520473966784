import type { Resource, ResourceGraph } from '../policy/resource-graph';
import { Unknown } from '../policy/value';
import { changedAttributes, META_ARGUMENTS } from './attributes';
import { formOf, formText, type Rename } from './form';
import { replaces } from './replacement';

/** A resource that is called otherwise on the other side. */
export interface Move {
  readonly before: Resource;
  readonly after: Resource;
  /** Whether a `moved` block, or a plan, says so; else it is told by what is in it. */
  readonly written: boolean;
}

/**
 * What moved from one graph to the other: first what is written, then what is alike but for its address, then what stands
 * at the same place below a construct that was renamed. References count as what they lead to, so that a whole portal under
 * another name is found resource by resource.
 *
 * @param written addresses after, by those before
 */
export function movesBetween(
  before: ResourceGraph,
  after: ResourceGraph,
  written: ReadonlyMap<string, string>,
): Move[] {
  const gone = managed(before).filter(({ address }) => !after.at(address));
  const come = managed(after).filter(({ address }) => !before.at(address));
  if (gone.length === 0 || come.length === 0) return [];
  return new Matcher(before, after, gone, come).moves(written);
}

/** A function that calls what moves by its new address wherever an expression refers to it. */
export function renamer(moves: readonly Pick<Move, 'before' | 'after'>[]): Rename | undefined {
  if (moves.length === 0) return undefined;
  const addresses = new Map(moves.map((move) => [move.before.address, move.after.address]));
  return (expression) => expression.replace(ADDRESS, (address) => addresses.get(address) ?? address);
}

const ADDRESS = /\b[a-z][a-z0-9]*_[a-z0-9_]+\.[A-Za-z_][\w-]*/g;

function managed(graph: ResourceGraph): Resource[] {
  return graph.resources.filter(({ mode, isDeleted }) => mode === 'managed' && !isDeleted);
}

class Matcher {
  private readonly found: Move[] = [];

  constructor(
    private readonly before: ResourceGraph,
    private readonly after: ResourceGraph,
    private gone: Resource[],
    private come: Resource[],
  ) {}

  public moves(written: ReadonlyMap<string, string>): Move[] {
    for (const [from, to] of written) {
      const [before, after] = [this.before.at(from), this.after.at(to)];
      if (before && after) this.pair(before, after, true);
    }
    // What refers to what has been found is alike only then.
    while (this.pairAlike()) continue;
    this.pairBelowRenamed();
    return this.withoutReplaced();
  }

  private pair(before: Resource, after: Resource, written = false): void {
    this.found.push({ before, after, written });
    this.gone = this.gone.filter((one) => one !== before);
    this.come = this.come.filter((one) => one !== after);
  }

  /** Pairs what has one counterpart and no other. */
  private pairAlike(): boolean {
    const rename = renamer(this.found);
    const old = byContent(this.gone, (resource) => this.content(resource, this.before, rename));
    const now = byContent(this.come, (resource) => this.content(resource, this.after));
    const pairs = [...old].flatMap(([content, resources]) => {
      const others = now.get(content) ?? [];
      return resources.length === 1 && others.length === 1 ? [[resources[0]!, others[0]!] as const] : [];
    });
    for (const [one, other] of pairs) this.pair(one, other);
    return pairs.length > 0;
  }

  /** Pairs what is called alike below a construct that got another name, as what was alike has shown. */
  private pairBelowRenamed(): void {
    const constructs = renamedConstructs(this.found);
    for (const before of this.gone) {
      const after = this.come.find((one) => one.type === before.type && isBelow(constructs, before, one));
      if (after) this.pair(before, after);
    }
  }

  /** What would be replaced in spite of a `moved` block is no move, nor then what refers to it in such a way. */
  private withoutReplaced(): Move[] {
    let moves = this.found;
    for (;;) {
      const rename = renamer(moves);
      const kept = moves.filter(
        ({ before, after, written }) =>
          written || !changedAttributes(before, after, rename).some((change) => replaces(after.type, change)),
      );
      if (kept.length === moves.length) return moves;
      moves = kept;
    }
  }

  private content(resource: Resource, graph: ResourceGraph, rename?: Rename): string {
    const parts = this.parts(resource, graph, rename);
    return JSON.stringify([resource.type, ...[...parts].map(([name, text]) => `${name}=${text}`).sort()]);
  }

  private parts(resource: Resource, graph: ResourceGraph, rename?: Rename): Map<string, string> {
    const open = new Set((graph === this.before ? this.gone : this.come).map(({ address }) => address));
    const neutral = (expression: string): string =>
      (rename?.(expression) ?? expression).replace(ADDRESS, (address) =>
        open.has(address) ? address.slice(0, address.indexOf('.')) : address,
      );
    return new Map(
      Object.entries(resource.attributes)
        .filter(([name, value]) => !META_ARGUMENTS.includes(name) && !isHidden(value))
        .map(([name, value]) => [name, formText(formOf(value, neutral))]),
    );
  }
}

/** Paths of constructs before, and after, as the moves of what is in them tell. */
function renamedConstructs(moves: readonly Move[]): readonly (readonly [before: string, after: string])[] {
  const votes = new Map<string, readonly [string, string]>();
  for (const { before, after } of moves) {
    const [old, now] = [before, after].map(({ constructPath = '' }) => constructPath.split('/'));
    while (old!.length > 1 && now!.length > 1 && old!.at(-1) === now!.at(-1)) {
      old!.pop();
      now!.pop();
    }
    const pair = [old!.join('/'), now!.join('/')] as const;
    if (pair[0] !== '' && pair[1] !== '') votes.set(JSON.stringify(pair), pair);
  }
  return [...votes.values()];
}

function isBelow(
  constructs: readonly (readonly [before: string, after: string])[],
  { constructPath: old = '' }: Resource,
  { constructPath: now = '' }: Resource,
): boolean {
  return constructs.some(([from, to]) => old.startsWith(`${from}/`) && now === `${to}/${old.slice(from.length + 1)}`);
}

/** What a plan does not know yet says nothing of what a resource is. */
function isHidden(value: unknown): boolean {
  return value instanceof Unknown && value.text === undefined;
}

function byContent(resources: readonly Resource[], contentOf: (resource: Resource) => string): Map<string, Resource[]> {
  const groups = new Map<string, Resource[]>();
  for (const resource of resources) {
    const content = contentOf(resource);
    groups.set(content, [...(groups.get(content) ?? []), resource]);
  }
  return groups;
}
