import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The Lambda package of the IPv6 probe. */
export interface ProbeZip {
  /** Absolute path of the file. */
  readonly path: string;

  /** First 32 hex digits of the SHA-256 of its bytes: the same for the same sources on every machine. */
  readonly hash: string;
}

/**
 * The zip that `npm run build` made from `handler.ts`; its Lambda handler is `index.handler`.
 *
 * It is found from the package's root, so that the sources (in tests) and `dist/` use the one file.
 */
export function probeZip(root: string = packageRoot(__dirname)): ProbeZip {
  const path = join(root, 'dist', 'constructs', 'health', 'probe', 'probe.zip');
  if (!existsSync(path)) throw new Error(`The IPv6 probe is not built: ${path} is missing. Run: npm run build`);
  return { path, hash: createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 32) };
}

function packageRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error(`No package.json above ${__dirname}`);
  return packageRoot(parent);
}
