/** How much a problem weighs: an error stops the agency, a warning and a notice are only said. */
export type Severity = 'error' | 'warning' | 'notice';

/** Something to say about a file that a person wrote. */
export interface Problem {
  readonly severity: Severity;
  /** The file as the user would name it, relative to the current folder where that is shorter. */
  readonly file: string;
  /** From 1. Absent where the whole file is meant. */
  readonly line?: number;
  /** From 1, in characters. Absent where the whole file is meant. */
  readonly column?: number;
  /** Dotted path of the key, as in `environments.production.network.zones`; empty for the whole file. */
  readonly path: string;
  /** What is wrong and what it should be, without a final full stop. */
  readonly message: string;
}

/** One line, as editors and terminals make a link of: `file:line:column: path: message`. */
export function formatProblem({ severity, file, line, column, path, message }: Problem): string {
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  const label = severity === 'error' ? '' : `${severity}: `;
  return [place, ...(path ? [path] : []), `${label}${message}`].join(': ');
}

/** By place, and each once: what `defaults.yaml` says is found again in every agency. */
export function byPlace(problems: readonly Problem[]): Problem[] {
  const once = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...once.values()].sort(
    (one, other) =>
      compare(one.file, other.file) ||
      (one.line ?? 0) - (other.line ?? 0) ||
      (one.column ?? 0) - (other.column ?? 0) ||
      compare(one.path, other.path) ||
      compare(one.message, other.message),
  );
}

/** Not by the reader's language, so that everybody sees the same order. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
