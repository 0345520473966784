import type { Resource } from '../policy/resource-graph';
import { isRecord, Unknown } from '../policy/value';
import { changedAttributes, META_ARGUMENTS } from './attributes';
import { follower } from './follow';
import { formOf } from './form';
import { holdingOf } from './holdings';
import { type Move, movesBetween, renamer } from './moves';
import { driftIn, plannedChanges, plannedSettings } from './plan-changes';
import { isKept } from './provider-facts';
import { type Pair, predict, replaces } from './replacement';
import { ACTIONS, type AttributeChange, LEFT_AS_IT_IS, type ResourceChange, type StackDiff } from './report';
import { withoutSecrets } from './secrets';
import { changedSettings } from './settings';
import type { Snapshot } from './snapshot';

/**
 * What changes between two sides of a stack, of which one may miss. Where the side after is a plan, it says itself what
 * Terraform will do; else that is told from what the configurations say, and replacements are predicted.
 *
 * @throws Error when both sides miss
 */
export function diffStack(before: Snapshot | undefined, after: Snapshot | undefined): StackDiff {
  const side = after ?? before;
  if (!side) throw new Error('a diff needs a side');
  const presence = before && after ? 'both' : after ? 'new' : 'gone';
  const planned = after?.kind === 'plan';
  const { changes, kept } = planned
    ? { changes: plannedChanges(after.graph, after.json), kept: [] }
    : designedChanges(before, after);
  const settings = planned
    ? plannedSettings(after.json)
    : presence === 'both'
      ? [...changedSettings(before?.json, after?.json), ...kept]
      : [];
  return {
    stack: side.stack,
    presence,
    by: planned ? 'plan' : 'synth',
    changes: inOrder(changes.map(withHolding)),
    settings,
    drift: planned ? inOrder(driftIn(after.json)) : [],
  };
}

/** Whether there is anything to tell. */
export function isEmpty({ changes, settings, drift, presence }: StackDiff): boolean {
  return presence === 'both' && changes.length + settings.length + drift.length === 0;
}

interface Designed {
  readonly changes: readonly ResourceChange[];
  /** Attributes that are no longer set, which changes nothing: what is there stays. */
  readonly kept: readonly AttributeChange[];
}

function designedChanges(before: Snapshot | undefined, after: Snapshot | undefined): Designed {
  if (!before || !after) {
    const { resources } = (before ?? after)!.graph;
    return { changes: resources.flatMap(before ? deletion : creation), kept: [] };
  }
  const moves = movesBetween(before.graph, after.graph, writtenMoves(after.json));
  const moved = new Map(moves.map((move) => [move.after, move]));
  const left = new Set(moves.map((move) => move.before));
  const [was, is] = [follower(before.graph, renamer(moves)), follower(after.graph)];
  const kept: AttributeChange[] = [];
  const pairs = after.graph.resources.flatMap((resource): (Pair & { readonly before: Resource })[] => {
    const old = moved.get(resource)?.before ?? before.graph.at(resource.address);
    if (!old || resource.mode !== 'managed') return [];
    const told = changedAttributes(old, resource, was, is).filter(({ path }) => !isIgnored(resource, path));
    const attributes = told.filter((one) => !isLeftAsItIs(resource, one));
    kept.push(
      ...told
        .filter((one) => isLeftAsItIs(resource, one))
        .map((one) => ({ ...one, path: `${resource.address}.${one.path}`, after: LEFT_AS_IT_IS })),
    );
    return [{ before: old, after: resource, attributes }];
  });
  const predictions = predict(after.graph, pairs);
  const paired = new Set(pairs.map((pair) => pair.after));
  const changes = [
    ...before.graph.resources.filter((one) => !left.has(one) && !after.graph.at(one.address)).flatMap(deletion),
    ...after.graph.resources.filter((one) => !paired.has(one)).flatMap(creation),
    ...pairs.flatMap(({ after: resource, attributes }): ResourceChange[] => {
      const move = moved.get(resource);
      const prediction = predictions.get(resource.address);
      if (!move && attributes.length === 0 && !prediction) return [];
      // Without a `moved` block Terraform sees one resource go and another come.
      const isReplaced = prediction?.replaced || (move && !move.written);
      const action = isReplaced ? 'replace' : attributes.length > 0 || prediction ? 'update' : 'move';
      return [
        {
          ...described(resource),
          action,
          ...fromOf(move),
          ...(prediction && { predicted: true, reasons: prediction.reasons }),
          attributes: attributes.map((one) => (replaces(resource.type, one) ? { ...one, replaces: true } : one)),
        },
      ];
    }),
  ];
  return { changes, kept };
}

/** An attribute that the configuration no longer sets, and that the provider leaves alone then. */
function isLeftAsItIs(resource: Resource, { path, after }: AttributeChange): boolean {
  return after === undefined && !resource.has(path) && isKept(resource.type, path);
}

function described({ address, type, constructPath }: Resource): Pick<ResourceChange, 'address' | 'type' | 'construct'> {
  return { address, type, ...(constructPath !== undefined && { construct: constructPath }) };
}

function fromOf(move: Move | undefined): Pick<ResourceChange, 'from' | 'unwritten'> {
  return move ? { from: move.before.address, ...(!move.written && { unwritten: true as const }) } : {};
}

function creation(resource: Resource): ResourceChange[] {
  if (resource.mode !== 'managed') return [];
  return [{ ...described(resource), action: 'create', attributes: allOf(resource, 'after') }];
}

function deletion(resource: Resource): ResourceChange[] {
  if (resource.mode !== 'managed') return [];
  return [{ ...described(resource), action: 'delete', attributes: allOf(resource, 'before') }];
}

function allOf({ type, attributes }: Resource, side: 'before' | 'after'): AttributeChange[] {
  return Object.keys(attributes)
    .filter((name) => !META_ARGUMENTS.includes(name))
    .sort()
    .flatMap((name) => {
      const shown = withoutSecrets(formOf(attributes[name]), { type, plain: name });
      return shown === undefined ? [] : [{ path: name, [side]: shown }];
    });
}

function withHolding(change: ResourceChange): ResourceChange {
  const isLost = change.action === 'delete' || change.action === 'replace';
  const holds = isLost ? holdingOf(change.type) : undefined;
  return holds === undefined ? change : { ...change, holds };
}

/** What Terraform is told to leave as it is. */
function isIgnored(resource: Resource, path: string): boolean {
  const ignored = resource.block('lifecycle').list('ignore_changes');
  const [name] = path.split(/[.[ ]/);
  return ignored.some((one) => {
    const text = one instanceof Unknown ? one.text : String(one);
    return text === 'all' || text === name || (text !== undefined && path.startsWith(`${text}.`));
  });
}

/** Addresses after by those before, as `moved` blocks have them. */
function writtenMoves(json: unknown): ReadonlyMap<string, string> {
  const blocks = isRecord(json) ? json.moved : undefined;
  const all = Array.isArray(blocks) ? blocks : blocks === undefined ? [] : [blocks];
  return new Map(
    all
      .filter(isRecord)
      .flatMap(({ from, to }): [string, string][] =>
        typeof from === 'string' && typeof to === 'string' ? [[from, to]] : [],
      ),
  );
}

function inOrder(changes: readonly ResourceChange[]): ResourceChange[] {
  return ACTIONS.flatMap((action) =>
    changes
      .filter((change) => change.action === action)
      .sort((one, other) => (one.address < other.address ? -1 : one.address > other.address ? 1 : 0)),
  );
}
