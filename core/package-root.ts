import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder of this package, where its data files lie: the same from the sources and from `dist/`.
 *
 * Looked up by name, because the folder above may be a package too.
 */
export function packageRoot(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    if (nameOf(join(folder, 'package.json')) === 'portal6') return folder;
  }
  throw new Error(`no package.json of portal6 above ${__dirname}`);
}

/** Version of this package, as in its package.json. */
export function packageVersion(): string {
  return String(readPackage(join(packageRoot(), 'package.json')).version);
}

function nameOf(file: string): unknown {
  return existsSync(file) ? readPackage(file).name : undefined;
}

function readPackage(file: string): { readonly name?: unknown; readonly version?: unknown } {
  return JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown; version?: unknown };
}
