/** What may vary, each with its levels. */
export type Factors = Readonly<Record<string, readonly string[]>>;

/** One level of every factor. */
export type Row<F extends Factors> = { readonly [name in keyof F]: F[name][number] };

/** Levels of two factors. */
export type Pair<F extends Factors> = Partial<Row<F>>;

/**
 * Few rows in which every pair of levels that may meet does meet.
 *
 * Most mistakes need no more than two things to meet, so this finds nearly what all combinations would. Greedy, from
 * several starting points, because finding the fewest rows is hard; the same rows on every machine.
 */
export function pairwise<F extends Factors>(factors: F, mayMeet: (pair: Pair<F>) => boolean): Row<F>[] {
  const board = new Board(factors, (pair) => mayMeet(pair as Pair<F>));
  const attempts = Array.from({ length: ATTEMPTS }, (_, seed) => cover(board, random(seed + 1)));
  const best = attempts.reduce((one, other) => (other.length < one.length ? other : one));
  return best.map((row) => board.read(row) as Row<F>);
}

/** Every two levels of different factors. */
export function allPairs<F extends Factors>(factors: F): Pair<F>[] {
  const levels = Object.entries(factors).flatMap(([name, own]) => own.map((level) => ({ name, level })));
  return levels.flatMap((one, index) =>
    levels
      .slice(index + 1)
      .filter(({ name }) => name !== one.name)
      .map((other) => ({ [one.name]: one.level, [other.name]: other.level }) as Pair<F>),
  );
}

// More of either finds fewer rows, at best, and takes longer: this is half a second.
const ATTEMPTS = 300;
const CANDIDATES = 10;

/** The levels of all factors under numbers, which is what makes many attempts cheap. */
class Board {
  /** Per factor, the numbers of its levels. */
  public readonly factors: readonly (readonly number[])[];
  /** Pairs of numbers that may meet, the lower first. */
  public readonly pairs: readonly (readonly [number, number])[];

  private readonly levels: readonly { readonly name: string; readonly level: string }[];
  private readonly met: readonly (readonly boolean[])[];

  constructor(factors: Factors, mayMeet: (pair: Readonly<Record<string, string>>) => boolean) {
    this.levels = Object.entries(factors).flatMap(([name, own]) => own.map((level) => ({ name, level })));
    this.factors = Object.keys(factors).map((name) =>
      [...this.levels.keys()].filter((index) => this.levels[index]!.name === name),
    );
    this.met = this.levels.map((one) =>
      this.levels.map(
        (other) => one.name !== other.name && mayMeet({ [one.name]: one.level, [other.name]: other.level }),
      ),
    );
    this.pairs = [...this.levels.keys()].flatMap((one) =>
      [...this.levels.keys()]
        .filter((other) => one < other && this.mayMeet(one, other))
        .map((other) => [one, other] as const),
    );
  }

  public get size(): number {
    return this.levels.length;
  }

  public mayMeet(one: number, other: number): boolean {
    return this.met[one]![other]!;
  }

  /** A row in words, factors in their order. */
  public read(row: readonly number[]): Record<string, string> {
    const chosen = [...row].sort((one, other) => one - other).map((index) => this.levels[index]!);
    return Object.fromEntries(chosen.map(({ name, level }) => [name, level]));
  }
}

/** Takes the best of some candidates, until no pair is left. Each begins with a pair that is left. */
function cover(board: Board, below: Random): number[][] {
  const left = new Left(board);
  const rows: number[][] = [];
  for (let waiting = left.pairs(); waiting.length > 0; waiting = left.pairs()) {
    const candidates = Array.from({ length: CANDIDATES }, () =>
      fill(waiting[below(waiting.length)]!, board, left, below),
    );
    const gains = candidates.map((row) => left.gain(row));
    const best = candidates[gains.indexOf(Math.max(...gains))]!;
    left.remove(best);
    rows.push(best);
  }
  return rows;
}

/** Gives every other factor, in random order, the level that brings most new pairs with those chosen before. */
function fill(start: readonly number[], board: Board, left: Left, below: Random): number[] {
  const row = [...start];
  const open = board.factors.filter((levels) => !levels.some((level) => row.includes(level)));
  for (const levels of shuffle(open, below)) {
    const possible = shuffle(levels, below).filter((level) => row.every((other) => board.mayMeet(level, other)));
    if (possible.length === 0) throw new Error(`nothing goes with ${JSON.stringify(board.read(row))}`);
    const gains = possible.map((level) => row.filter((other) => left.has(level, other)).length);
    row.push(possible[gains.indexOf(Math.max(...gains))]!);
  }
  return row;
}

/** The pairs that no row holds yet. */
class Left {
  private readonly open: boolean[][];

  constructor(private readonly board: Board) {
    this.open = Array.from({ length: board.size }, () => new Array<boolean>(board.size).fill(false));
    for (const [one, other] of board.pairs) this.set(one, other, true);
  }

  public has(one: number, other: number): boolean {
    return this.open[one]![other]!;
  }

  public pairs(): (readonly [number, number])[] {
    return this.board.pairs.filter(([one, other]) => this.has(one, other));
  }

  public gain(row: readonly number[]): number {
    return row.reduce(
      (sum, one, index) => sum + row.slice(index + 1).filter((other) => this.has(one, other)).length,
      0,
    );
  }

  public remove(row: readonly number[]): void {
    for (const one of row) for (const other of row) this.set(one, other, false);
  }

  private set(one: number, other: number, value: boolean): void {
    this.open[one]![other] = value;
    this.open[other]![one] = value;
  }
}

type Random = (below: number) => number;

/** Whole numbers that look random and are the same every time (Park and Miller, 1988). */
function random(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
}

function shuffle<T>(values: readonly T[], below: Random): T[] {
  const shuffled = [...values];
  for (let index = shuffled.length - 1; index > 0; index -= 1) {
    const other = below(index + 1);
    [shuffled[index], shuffled[other]] = [shuffled[other]!, shuffled[index]!];
  }
  return shuffled;
}
