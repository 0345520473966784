import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { referencePage, registryReferencePage } from '../../config/reference-page';

describe.each([
  ['agency-file.md', referencePage, 50],
  ['registry-file.md', registryReferencePage, 25],
])('docs/%s', (name, page, rowCount) => {
  test('is the one that the schema makes: else run npm run reference', () => {
    expect(readFileSync(join(__dirname, '..', '..', 'docs', name), 'utf8')).toBe(page());
  });

  test('says in every row what its key means', () => {
    const rows = page()
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    const silent = rows.filter((line) => line.split(' | ').at(-1)!.replace('|', '').trim() === '');

    expect(rows.length).toBeGreaterThan(rowCount);
    expect(silent).toEqual([]);
  });
});
