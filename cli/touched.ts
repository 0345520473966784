import { realpathSync } from 'node:fs';
import { join, posix } from 'node:path';
import { packageRoot } from '../core/package-root';
import { agencyIdOf } from './config-folder';
import type { WorkingCopy } from './git';

/** What of the fleet a change of files may change. */
export interface Touched {
  /** Ids of the agencies whose stacks may be others; `all` where the registry's may, too. */
  readonly agencies: ReadonlySet<string> | 'all';
  /** Whether portal6 itself has changed, so that the other side has to be made by its own code. */
  readonly code: boolean;
}

/**
 * Tells from the names of files which stacks may have changed.
 *
 * @param files that are not the same, seen from the top of the working copy
 * @param config the config folder, seen from there
 */
export function touchedBy(files: readonly string[], config: string, copy: WorkingCopy): Touched {
  const code = isToolkit(copy) && files.some((file) => CODE.test(file));
  const inside = files.flatMap((file) => {
    const path = posix.relative(config, file);
    return path.startsWith('..') || path.endsWith('.ts') || APART.test(path) ? [] : [path];
  });
  const agencies = inside.flatMap((path) => (AGENCY.test(path) ? [agencyIdOf(path)] : []));
  // Waivers and defaults are everybody's, and so is what some agency may name by its file.
  const isWide = inside.some((path) => !AGENCY.test(path));
  return { agencies: code || isWide ? 'all' : new Set(agencies), code };
}

/** Whether the working copy is that of portal6, as against one that has portal6 among its packages. */
export function isToolkit({ root }: WorkingCopy): boolean {
  return realpathSync(packageRoot()) === realpathSync(join(root));
}

/** What takes part in synthesis. */
const CODE =
  /^(core|config|constructs|stacks)\/.*\.(ts|mjs|js)$|^(main\.ts|package-lock\.json|tsconfig(\.build)?\.json|scripts\/build-probe\.js)$/;

const AGENCY = /^agencies\/[^/]+\.ya?ml$/;

/** What no stack of the fleet is made from. */
const APART = /^reference(\/|\.yaml$)|^directory\.yaml$|\.schema\.json$|\.md$/;
