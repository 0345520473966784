import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../core/package-root';

/** In the order in which they need each other. */
const PARTS = ['dom', 'data', 'detail', 'table', 'page'] as const;

/**
 * The script of the fleet's report, as browsers get it. It is JavaScript as it stands in `browser/`, with its types in
 * comments, which a test has TypeScript check: what runs is what is read, so that no compiler comes between it and the
 * hash that lets it run, and the page of a checkout is, byte for byte, that of the package.
 */
export function fleetScript(): string {
  const folder = join(packageRoot(), 'report', 'browser');
  const parts = PARTS.map((part) => readFileSync(join(folder, `${part}.js`), 'utf8'));
  return `(() => {\n'use strict';\n${parts.join('\n')}\nstartPage();\n})();`;
}
