import type { SourceLocation } from '../policy/report';
import { formOf, formText } from './form';
import type { Cause, ResourceChange } from './report';
import { withoutSecrets } from './secrets';
import { countsOf } from './words';

/** A value of the configuration that is not what it was, and where it stands. */
export interface ConfigEdit {
  readonly path: readonly (string | number)[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly source?: SourceLocation;
}

/** The edits with what comes of each, and the changes with the edit that each comes from. */
export interface Explained {
  readonly causes: readonly Cause[];
  readonly changes: readonly ResourceChange[];
}

/**
 * Which edit of the configuration changes which resources: the edit of a key that decides about a construct, or lies
 * below one; what follows from the replacement of another resource comes from the same edit. What no key explains is
 * left out, unless there is but one edit that it can come from.
 *
 * @param keysOf the keys that decide about a construct, by its path
 */
export function explained(changes: readonly ResourceChange[], edits: readonly ConfigEdit[], keysOf: KeysOf): Explained {
  const owners = ownersByAddress(changes, edits, keysOf);
  const ownersOf = ({ address }: ResourceChange): readonly ConfigEdit[] =>
    owners.get(address) ?? (edits.length === 1 ? edits : []);
  return {
    causes: edits.map((edit) => ({
      path: pathText(edit.path),
      ...(edit.source && { source: edit.source }),
      ...sideOf(edit, 'before'),
      ...sideOf(edit, 'after'),
      counts: countsOf(changes.filter((change) => ownersOf(change).includes(edit))),
    })),
    changes: changes.map((change) => {
      const [owner] = ownersOf(change);
      return owner ? { ...change, cause: pathText(owner.path) } : change;
    }),
  };
}

type KeysOf = (construct: string) => Keys | undefined;

/** A secret in a file is as secret as in what is made from it. */
function sideOf(edit: ConfigEdit, side: 'before' | 'after'): Partial<Cause> {
  if (!(side in edit)) return {};
  const form = formOf(edit[side]);
  const shown = withoutSecrets(form, { type: '', plain: pathText(edit.path) });
  return { [side]: formText(shown) === formText(form) ? edit[side] : shown };
}

function ownersByAddress(
  changes: readonly ResourceChange[],
  edits: readonly ConfigEdit[],
  keysOf: KeysOf,
): ReadonlyMap<string, readonly ConfigEdit[]> {
  const owners = new Map<string, readonly ConfigEdit[]>();
  for (const { address, construct, attributes, action, from } of changes) {
    // What changes only because something else is replaced comes from whatever replaces that.
    if (attributes.length === 0 && from === undefined && (action === 'replace' || action === 'update')) continue;
    const keys = construct === undefined ? undefined : keysOf(construct);
    const found = keys ? nearest(edits, keys) : [];
    if (found.length > 0) owners.set(address, found);
  }
  for (let found = true; found;) {
    found = false;
    for (const { address, reasons = [] } of changes) {
      if (owners.has(address)) continue;
      const root = reasons
        .map((reason) => FOLLOWS.exec(reason)?.[1])
        .find((one) => one !== undefined && owners.has(one));
      if (root === undefined) continue;
      owners.set(address, owners.get(root)!);
      found = true;
    }
  }
  return owners;
}

/** As `replacement.ts` words it. */
const FOLLOWS = /: (\S+) is replaced$/;

type Keys = readonly (string | number)[];

/** The edits of a key that decides, or of what it is part of; else the one that is nearest by far, within a portal at least. */
function nearest(edits: readonly ConfigEdit[], keys: Keys): readonly ConfigEdit[] {
  const byNearness = (some: readonly ConfigEdit[]): ConfigEdit[] =>
    [...some].sort((one, other) => common(other.path, keys) - common(one.path, keys));
  const related = edits.filter(({ path }) => isWithin(path, keys) || isWithin(keys, path));
  const most = Math.max(0, ...related.map(({ path }) => common(path, keys)));
  if (related.length > 0) return related.filter(({ path }) => common(path, keys) === most);
  const [first, second] = byNearness(edits);
  const distance = first ? common(first.path, keys) : 0;
  return first && distance >= PORTAL_DEPTH && (!second || common(second.path, keys) < distance) ? [first] : [];
}

/** `environments.production.portals.portal`. */
const PORTAL_DEPTH = 4;

function isWithin(outer: Keys, inner: Keys): boolean {
  return outer.every((key, index) => key === inner[index]);
}

function common(one: Keys, other: Keys): number {
  const differs = one.findIndex((key, index) => key !== other[index]);
  return differs < 0 ? one.length : differs;
}

function pathText(path: Keys): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('');
}
