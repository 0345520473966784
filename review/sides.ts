import { readFileSync } from 'node:fs';
import { inputFiles, nameOf, readInput } from '../policy/sources/input';
import type { Snapshot } from './snapshot';

/** One stack of a side, read when it is asked for. */
export interface StackSource {
  read(): Snapshot;
  /** File that it is in; absent where it is in none. */
  readonly file?: string;
}

/** One side of a diff: a stack for each name. */
export type Side = ReadonlyMap<string, StackSource>;

/** A stack with its two sides, of which one may miss. */
export interface Sides {
  readonly stack: string;
  readonly before?: Snapshot;
  readonly after?: Snapshot;
}

/**
 * The stacks in a folder that was synthesized, or the one in a file: a stack, or a plan.
 *
 * @throws UserError where there is none
 */
export function sideOf(path: string): Side {
  return new Map(inputFiles(path).map((file) => [nameOf(file), { file, read: () => readInput(file) }]));
}

/**
 * The stacks that are not the same byte for byte, by name, read one after the other.
 *
 * @param byName whether a stack is known by its name alone; else two files are two sides of one stack, whatever they are
 *   called
 * @param onSame is called for each stack that is the same
 */
export function* pairSides(before: Side, after: Side, byName: boolean, onSame: () => void): Generator<Sides> {
  if (!byName && before.size === 1 && after.size === 1) {
    const [[[, old]], [[, now]]] = [[...before], [...after]] as [[[string, StackSource]], [[string, StackSource]]];
    if (areSame(old, now)) onSame();
    else yield named(old.read(), now.read());
    return;
  }
  for (const stack of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [old, now] = [before.get(stack), after.get(stack)];
    if (old && now && areSame(old, now)) onSame();
    else yield { stack, before: old?.read(), after: now?.read() };
  }
}

/** Only a stack's own JSON says how it is called. */
function named(before: Snapshot, after: Snapshot): Sides {
  const { stack } = after.kind === 'stack' || before.kind !== 'stack' ? after : before;
  return { stack, before: { ...before, stack }, after: { ...after, stack } };
}

/** What is the same byte for byte need not be read, which is most of it where there are many. */
function areSame({ file: one }: StackSource, { file: other }: StackSource): boolean {
  return one !== undefined && other !== undefined && readFileSync(one).equals(readFileSync(other));
}
