import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../core/package-root';

/** What a change of an attribute makes of its resource. */
export type Replacement = 'always' | 'sometimes' | 'never' | 'unknown';

/** `review/provider-facts.json`: paths are dotted and have no indexes. `**.name` is that name at any depth. */
const typeFacts = z.object({
  always: z.array(z.string()),
  sometimes: z.record(z.string(), z.string()),
  never: z.array(z.string()),
  kept: z.array(z.string()),
  unmeasured: z.array(z.string()),
  sets: z.array(z.string()),
  blocks: z.array(z.string()),
});

const providerFacts = z.object({
  source: z.string(),
  types: z.record(z.string(), typeFacts),
  sensitive: z.record(z.string(), z.array(z.string())),
});

type ProviderFacts = z.output<typeof providerFacts>;

let facts: ProviderFacts | undefined;

/**
 * Read once, when it is first asked for. It is data of the package, made by scripts/measure-provider.mjs, so a mistake in
 * it is a bug and throws as one.
 */
function read(): ProviderFacts {
  facts ??= providerFacts.parse(JSON.parse(readFileSync(join(packageRoot(), 'review', 'provider-facts.json'), 'utf8')));
  return facts;
}

/** Where the facts come from, with the version of the provider, as a sentence says it: `measured with ...`. */
export function source(): string {
  return read().source;
}

/** Resource types of which there are facts, all that portal6 creates, sorted. */
export function knownTypes(): readonly string[] {
  return Object.keys(read().types);
}

/** Whether the order of what is at a path means nothing. False for types of which there are no facts. */
export function isSet(type: string, path: string): boolean {
  return isAmong(read().types[type]?.sets, path);
}

/**
 * Whether there is a nested block at a path: JSON may have one object in the place of a list with one. Undefined for types of
 * which there are no facts.
 */
export function isBlock(type: string, path: string): boolean | undefined {
  const known = read().types[type];
  return known && isAmong(known.blocks, path);
}

/** Whether a path holds a secret, or is within one. Known of every type of the provider. */
export function isSensitive(type: string, path: string): boolean {
  const sensitive = read().sensitive[type] ?? [];
  return [path, ...ancestorsOf(path)].some((one) => sensitive.includes(one));
}

/** Whether taking an attribute out of the configuration changes nothing: the provider keeps what is there. */
export function isKept(type: string, path: string): boolean {
  return read().types[type]?.kept.includes(path) ?? false;
}

/**
 * Whether a change of an attribute makes Terraform replace the resource.
 *
 * What is within an attribute that was measured is as this is. Unknown where neither it nor anything around it was.
 */
export function replacementBy(type: string, path: string): Replacement {
  const known = read().types[type];
  if (known === undefined) return 'unknown';
  for (const one of [path, ...ancestorsOf(path)]) {
    if (known.always.includes(one)) return 'always';
    if (known.sometimes[one] !== undefined) return 'sometimes';
    if (known.never.includes(one)) return 'never';
  }
  return 'unknown';
}

/** When a change replaces that sometimes does, as the end of a sentence: `when it is added`. */
export function whenReplaced(type: string, path: string): string | undefined {
  const sometimes = read().types[type]?.sometimes ?? {};
  const nearest = [path, ...ancestorsOf(path)].find((one) => sometimes[one] !== undefined);
  return nearest === undefined || replacementBy(type, path) !== 'sometimes' ? undefined : sometimes[nearest];
}

/** From the nearest. */
function ancestorsOf(path: string): string[] {
  const names = path.split('.');
  return names.slice(1).map((_, index) => names.slice(0, names.length - 1 - index).join('.'));
}

function isAmong(paths: readonly string[] = [], path: string): boolean {
  return paths.includes(path) || paths.includes(`**.${path.slice(path.lastIndexOf('.') + 1)}`);
}
