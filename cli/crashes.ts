import { packageVersion } from '../core/package-root';
import type { Assembly } from '../policy/assemble';
import type { Io } from './io';
import { plural } from './output';

/** One trace a rule: what breaks on one resource breaks on a thousand. */
export function tellCrashes({ crashes }: Pick<Assembly, 'crashes'>, { stderr }: Io): void {
  for (const id of new Set(crashes.map(({ rule }) => rule))) {
    const own = crashes.filter(({ rule }) => rule === id);
    const { stack, address, error } = own[0]!;
    const more = own.length > 1 ? ` and on ${plural(own.length - 1, 'more resource')}` : '';
    const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
    stderr.write(`${id} broke down on ${address} of ${stack}${more}:\n${trace}\n`);
  }
  if (crashes.length > 0) {
    stderr.write(`\nThis is a bug in portal6 ${packageVersion()}. Please report it with the lines above.\n`);
  }
}
