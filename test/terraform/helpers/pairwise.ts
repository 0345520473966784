/** What may vary, each with its levels. */
export type Factors = Readonly<Record<string, readonly string[]>>;

/** One level of every factor. */
export type Row<F extends Factors> = { readonly [name in keyof F]: F[name][number] };

/**
 * Few rows in which every pair of levels of two factors comes up, where a row may hold that pair at all.
 *
 * Most mistakes need no more than two things to meet, so this finds what all combinations would. Greedy, from several
 * starting points, because finding the fewest rows is hard; the same rows on every machine.
 */
export function pairwise<F extends Factors>(factors: F, isAllowed: (row: Row<F>) => boolean): Row<F>[] {
  const rows = allRows(factors).filter(isAllowed);
  const pairs = rows.map(pairsOf);
  const attempts = Array.from({ length: ATTEMPTS }, (_, seed) => cover(pairs, random(seed + 1)));
  const best = attempts.reduce((one, other) => (other.length < one.length ? other : one));
  return best.map((index) => rows[index]!);
}

/** Every row, allowed or not. */
export function allRows<F extends Factors>(factors: F): Row<F>[] {
  return Object.entries(factors).reduce<Record<string, string>[]>(
    (rows, [name, levels]) => rows.flatMap((row) => levels.map((level) => ({ ...row, [name]: level }))),
    [{}],
  ) as Row<F>[];
}

/** The pairs of a row, such as `nat=none & zones=3`. */
export function pairsOf(row: Readonly<Record<string, string>>): string[] {
  const levels = Object.entries(row).map(([name, level]) => `${name}=${level}`);
  return levels.flatMap((one, index) => levels.slice(index + 1).map((other) => `${one} & ${other}`));
}

const ATTEMPTS = 50;
const CANDIDATES = 500;

/** Takes the best of some random rows, until no pair is left. */
function cover(pairs: readonly (readonly string[])[], next: () => number): number[] {
  const left = new Set(pairs.flat());
  const chosen: number[] = [];
  while (left.size > 0) {
    const candidates = Array.from({ length: CANDIDATES }, () => Math.floor(next() * pairs.length));
    let best = pairs.findIndex((own) => own.some((pair) => left.has(pair)));
    let most = 0;
    for (const index of candidates) {
      const gain = pairs[index]!.filter((pair) => left.has(pair)).length;
      if (gain > most) [best, most] = [index, gain];
    }
    for (const pair of pairs[best]!) left.delete(pair);
    chosen.push(best);
  }
  return chosen;
}

/** Numbers from 0 to 1 that look random and are the same every time (Park and Miller, 1988). */
function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}
