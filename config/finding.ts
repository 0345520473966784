import type { Severity } from './problem';

/** Keys from the top of a file down to a value. */
export type Path = readonly (string | number)[];

/** Something to say about a value of a file, before it is known where in which file that value stands. */
export interface Finding {
  readonly severity: Severity;
  readonly path: Path;
  readonly message: string;
  /** Whether it is that a key is not there at all, which `defaults.yaml` might have said. */
  readonly missing?: true;
}

/** A place in a file, counted from 1 as editors do. Line and column are absent where the whole file is meant. */
export interface Location {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

export function error(path: Path, message: string): Finding {
  return { severity: 'error', path, message };
}

export function warning(path: Path, message: string): Finding {
  return { severity: 'warning', path, message };
}

export function notice(path: Path, message: string): Finding {
  return { severity: 'notice', path, message };
}

/** A path as people write it: `environments.production.network.zones`, `allow[0]`. */
export function formatPath(path: Path): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`;
      // Keys that would break the line or the dots are shown quoted.
      const text = /^[\w-]{1,60}$/.test(key) ? key : shorten(JSON.stringify(key), 60);
      return index === 0 ? text : `.${text}`;
    })
    .join('');
}

/** Where a message points to, in text: `config/agencies/hue.yaml:12`. */
export function formatLocation({ file, line }: Location): string {
  return line === undefined ? file : `${file}:${line}`;
}

/** At most `max` characters of a text, for messages that show what somebody wrote. */
export function shorten(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 3)}...`;
}

/** `a`, `b` and `c`. */
export function enumerate(words: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words[words.length - 1]}`;
}
