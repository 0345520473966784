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
