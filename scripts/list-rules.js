// Writes policy/rules/index.ts: the list of the rules that are there, which a test holds against the folder.
const { readdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const folder = join(__dirname, '..', 'policy', 'rules');
const files = readdirSync(folder)
  .filter((name) => /^v6-.*\.ts$/.test(name))
  .map((name) => name.replace(/\.ts$/, ''))
  .sort();
const identifier = (file) => file.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

writeFileSync(
  join(folder, 'index.ts'),
  [
    "import type { Rule } from '../rule';",
    ...files.map((file) => `import { rule as ${identifier(file)} } from './${file}';`),
    '',
    '/** Every rule, by id. Written by scripts/list-rules.js. */',
    'export const RULES: readonly Rule[] = [',
    ...files.map((file) => `  ${identifier(file)},`),
    '];',
    '',
  ].join('\n'),
);
