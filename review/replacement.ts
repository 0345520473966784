import type { Resource, ResourceGraph } from '../policy/resource-graph';
import { Unknown } from '../policy/value';
import { META_ARGUMENTS } from './attributes';
import { replacementBy, whenReplaced } from './provider-facts';
import type { AttributeChange } from './report';

/** What the provider is going to do with a resource that is there before and after. */
export interface Prediction {
  /** Whether it is destroyed and made anew. */
  readonly replaced: boolean;
  /** Why: attributes that the provider cannot change in place, and what is replaced that it refers to. */
  readonly reasons: readonly string[];
}

/** A resource on both sides, and what changes of it. */
export interface Pair {
  readonly after: Resource;
  readonly attributes: readonly AttributeChange[];
}

/**
 * Predicts replacements from what the provider does with each attribute (`provider-facts.json`), and those that follow:
 * what refers to a replaced resource by a value that only apply will know is changed with it, and replaced in turn where the
 * provider cannot change that attribute in place.
 *
 * @param graph the side after
 * @returns by address; nothing for what is neither replaced nor changed by another's replacement
 */
export function predict(graph: ResourceGraph, pairs: readonly Pair[]): ReadonlyMap<string, Prediction> {
  const predictions = new Map<string, Prediction>();
  const replaced = new Set<string>();
  for (const { after, attributes } of pairs) {
    const own = ownReasons(after, attributes);
    if (own.replaced) replaced.add(after.address);
    if (own.reasons.length > 0) predictions.set(after.address, own);
  }
  const referring = referrers(pairs);
  const queue = [...replaced];
  for (let address = queue.shift(); address !== undefined; address = queue.shift()) {
    for (const resource of referring.get(address) ?? []) {
      const paths = pathsTo(resource, address, graph);
      if (paths.length === 0) continue;
      const before = predictions.get(resource.address);
      const forcing = paths.filter((path) => replacementBy(resource.type, path) === 'always');
      const isReplaced = (before?.replaced ?? false) || forcing.length > 0;
      const reasons = (forcing.length > 0 ? forcing : paths).map((path) => `${path}: ${address} is replaced`);
      predictions.set(resource.address, {
        replaced: isReplaced,
        reasons: [...new Set([...(before?.reasons ?? []), ...reasons])],
      });
      if (!isReplaced || replaced.has(resource.address)) continue;
      replaced.add(resource.address);
      queue.push(resource.address);
    }
  }
  return predictions;
}

/** The path of an attribute as the provider's schema has it: `action[0].type` is `action.type`. */
export function plainPath(path: string): string {
  return path.replace(/\[[^\]]*\]/g, '').replace(/ \(order\)$/, '');
}

/** Whether the provider replaces a resource of which an attribute changes. */
export function replaces(type: string, { path }: AttributeChange): boolean {
  return replacementBy(type, plainPath(path)) === 'always';
}

function ownReasons({ type }: Resource, attributes: readonly AttributeChange[]): Prediction {
  const paths = [...new Set(attributes.map(({ path }) => plainPath(path)))];
  const always = paths.filter((path) => replacementBy(type, path) === 'always');
  if (always.length > 0) return { replaced: true, reasons: always };
  const sometimes = paths.filter((path) => replacementBy(type, path) === 'sometimes');
  return {
    replaced: false,
    reasons: sometimes.map((path) => {
      const when = whenReplaced(type, path);
      return `${path} may ask for a replacement${when === undefined ? '' : `: ${when}`}`;
    }),
  };
}

function referrers(pairs: readonly Pair[]): ReadonlyMap<string, readonly Resource[]> {
  const referring = new Map<string, Resource[]>();
  for (const { after } of pairs) {
    for (const address of new Set(attributesOf(after).flatMap(([, value]) => addressesIn(value)))) {
      referring.set(address, [...(referring.get(address) ?? []), after]);
    }
  }
  return referring;
}

function attributesOf(resource: Resource): [string, unknown][] {
  return Object.entries(resource.attributes).filter(([name]) => !META_ARGUMENTS.includes(name));
}

function addressesIn(value: unknown): readonly string[] {
  if (value instanceof Unknown) return value.references.addresses;
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(addressesIn) : [];
}

/** Paths of the attributes that have another value once a resource has been replaced. */
function pathsTo(resource: Resource, address: string, graph: ResourceGraph): string[] {
  const target = graph.at(address);
  return attributesOf(resource).flatMap(([name, value]) => pathsIn(value, name, address, target));
}

function pathsIn(value: unknown, path: string, address: string, target: Resource | undefined): string[] {
  if (value instanceof Unknown) return becomesUnknown(value, address, target) ? [path] : [];
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => pathsIn(item, path, address, target)))];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => pathsIn(part, `${path}.${name}`, address, target));
}

/** What the configuration sets is known whatever becomes of the resource; its id and what AWS adds is not. */
function becomesUnknown(value: Unknown, address: string, target: Resource | undefined): boolean {
  if (!value.references.addresses.includes(address)) return false;
  const text = value.text ?? '';
  const attributes = [...text.matchAll(new RegExp(`${escapeRegExp(address)}(?:\\[[^\\]]*\\])?\\.([a-z_0-9]+)`, 'g'))];
  if (attributes.length === 0 || target === undefined) return true;
  return attributes.some(([, name]) => !target.has(name!) || target.value(name!) instanceof Unknown);
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
