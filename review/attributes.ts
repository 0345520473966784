import type { Attributes } from '../policy/value';
import { SENSITIVE } from '../policy/sources/show-json';
import { type Form, formOf, formText, isList, isObject, type Rename } from './form';
import { isBlock, isSet } from './provider-facts';
import type { AttributeChange } from './report';
import { type SchemaPlace, withoutSecrets } from './secrets';

/** What Terraform itself reads, and no provider sees. */
export const META_ARGUMENTS: readonly string[] = ['depends_on', 'lifecycle', 'provider', 'provisioner', 'connection'];

/** The attributes of one side. */
export interface Attributed {
  readonly type: string;
  readonly attributes: Attributes;
}

/**
 * What changes of a resource, attribute by attribute and as deep as the change goes. The order of sets, and of what names
 * itself, means nothing.
 *
 * @param renameBefore gives the expressions before in the words of the side after; `renameAfter` likewise those after
 */
export function changedAttributes(
  before: Attributed,
  after: Attributed,
  renameBefore?: Rename,
  renameAfter?: Rename,
): AttributeChange[] {
  const names = new Set([...Object.keys(before.attributes), ...Object.keys(after.attributes)]);
  return [...names]
    .filter((name) => !META_ARGUMENTS.includes(name))
    .sort()
    .flatMap((name) => {
      const [one, other] = [before.attributes[name], after.attributes[name]];
      return changed(formOf(one, renameBefore), formOf(other, renameAfter), {
        type: after.type,
        path: name,
        plain: name,
      });
    });
}

/** The changes between two values that are no attributes of a resource, such as a provider's settings. */
export function changedValues(before: unknown, after: unknown, path: string): AttributeChange[] {
  return changed(formOf(before), formOf(after), { type: '', path, plain: path });
}

interface Place extends SchemaPlace {
  /** As people read it: `action[0].type`, where `plain` is `action.type`. */
  readonly path: string;
}

function changed(before: Form, after: Form, place: Place): AttributeChange[] {
  if (formText(before) === formText(after)) return [];
  if (isObject(before) && isObject(after)) return changedIn(before, after, place);
  // A nested block is written as an object, or as a list of them; in a document the two are not the same.
  if (isBlock(place.type, place.plain) !== false) {
    if (isObject(before) && isBlocks(after)) return changed([before], after, place);
    if (isBlocks(before) && isObject(after)) return changed(before, [after], place);
  }
  if (isList(before) && isList(after)) return changedItems(before, after, place);
  return [change(before, after, place)];
}

function change(before: Form, after: Form, place: Place): AttributeChange {
  const [was, is] = [before, after].map((form) => withoutSecrets(form, place));
  if (was !== SENSITIVE && is !== SENSITIVE) return asShown(was, is, place.path);
  // What is secret on one side is on the other, too.
  return asShown(before === undefined ? undefined : SENSITIVE, after === undefined ? undefined : SENSITIVE, place.path);
}

function asShown(was: Form, is: Form, path: string): AttributeChange {
  return {
    path,
    ...(was !== undefined && { before: was }),
    ...(is !== undefined && { after: is }),
    // What differs is in what is left out.
    ...(formText(was) === formText(is) && { sensitive: true }),
  };
}

function isBlocks(form: Form): form is readonly Form[] {
  return isList(form) && form.every(isObject);
}

type Fields = { readonly [name: string]: Form };

function changedIn(before: Fields, after: Fields, place: Place): AttributeChange[] {
  const [was, is] = [before, after].map((fields) => withoutSecrets(fields, place) as Fields);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name) => {
    const path = `${place.path}${/^[\w-]+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`}`;
    const inside = { ...place, path, plain: `${place.plain}.${name}` };
    if (formText(before[name]) === formText(after[name])) return [];
    // A value may be secret by the name that stands beside it.
    if (was![name] === SENSITIVE || is![name] === SENSITIVE) {
      // What is secret on one side is on the other, too.
      const [one, other] = [before[name], after[name]].map((value) => (value === undefined ? undefined : SENSITIVE));
      return [asShown(one, other, path)];
    }
    return changed(before[name], after[name], inside);
  });
}

function changedItems(before: readonly Form[], after: readonly Form[], place: Place): AttributeChange[] {
  if (before.length === 1 && after.length === 1) return changed(before[0], after[0], place);
  const ordered = !isSet(place.type, place.plain) && !isUnordered(before, after);
  const key = keyOf(before, after);
  if (key !== undefined) return changedByKey(before, after, key, place, ordered);
  return ordered ? changedInOrder(before, after, place) : changedMembers(before, after, place);
}

/** Lists of which no provider keeps the order: the actions and resources of a policy document. */
function isUnordered(...lists: readonly (readonly Form[])[]): boolean {
  return lists.flat().every((item) => isObject(item) && 'Effect' in item);
}

/** What members of lists call themselves by, best first. */
const KEYS = ['rule_no', 'Sid', 'name', 'id', 'origin_id', 'path_pattern', 'key', 'zone', 'subnet_id'] as const;

/** A field in which the members of either list differ, and by which they are told apart. */
function keyOf(before: readonly Form[], after: readonly Form[]): string | undefined {
  return KEYS.find((key) => [before, after].every((list) => isKeyed(list, key)));
}

function isKeyed(list: readonly Form[], key: string): boolean {
  const keys = list.map((item) => (isObject(item) ? item[key] : undefined));
  return keys.every((one) => typeof one === 'string') && new Set(keys).size === keys.length;
}

function changedByKey(
  before: readonly Form[],
  after: readonly Form[],
  key: string,
  place: Place,
  ordered: boolean,
): AttributeChange[] {
  const nameOf = (item: Form): string => String((item as Fields)[key]);
  const [old, now] = [before, after].map((list) => new Map(list.map((item) => [nameOf(item), item])));
  const names = [...new Set([...old!.keys(), ...now!.keys()])];
  const changes = names.flatMap((name) =>
    changed(old!.get(name), now!.get(name), { ...place, path: `${place.path}[${name}]` }),
  );
  const stay = (map: ReadonlyMap<string, Form>, other: ReadonlyMap<string, Form>): string[] =>
    [...map.keys()].filter((name) => other.has(name));
  const [was, is] = [stay(old!, now!), stay(now!, old!)];
  const moved = ordered && was.join('\n') !== is.join('\n');
  return moved ? [...changes, { path: `${place.path} (order)`, before: was, after: is }] : changes;
}

/** What is alike at both ends is left out of it. */
function changedInOrder(before: readonly Form[], after: readonly Form[], place: Place): AttributeChange[] {
  const texts = [before, after].map((list) => list.map(formText));
  const least = Math.min(before.length, after.length);
  let start = 0;
  while (start < least && texts[0]![start] === texts[1]![start]) start += 1;
  let end = 0;
  while (end < least - start && texts[0]!.at(-1 - end) === texts[1]!.at(-1 - end)) end += 1;
  const [old, now] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  return Array.from({ length: Math.max(old.length, now.length) }, (_, index) =>
    changed(old[index], now[index], { ...place, path: `${place.path}[${start + index}]` }),
  ).flat();
}

/** The members of a set that went, and those that came. One for one is a change of that member. */
function changedMembers(before: readonly Form[], after: readonly Form[], place: Place): AttributeChange[] {
  const gone = without(before, after);
  const come = without(after, before);
  if (gone.length === 1 && come.length === 1 && isObject(gone[0]) && isObject(come[0])) {
    return changed(gone[0], come[0], place);
  }
  return [
    ...gone.map((member) => change(member, undefined, place)),
    ...come.map((member) => change(undefined, member, place)),
  ];
}

function without(list: readonly Form[], others: readonly Form[]): Form[] {
  const left = others.map(formText);
  return list.filter((item) => {
    const index = left.indexOf(formText(item));
    if (index < 0) return true;
    left.splice(index, 1);
    return false;
  });
}
