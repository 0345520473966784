import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { referencePage } from '../../config/reference-page';

test('the reference page in docs/ is the one that the schema makes: else run npm run reference', () => {
  expect(readFileSync(join(__dirname, '..', '..', 'docs', 'agency-file.md'), 'utf8')).toBe(referencePage());
});

test('every row says what its key means', () => {
  const rows = referencePage()
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  const silent = rows.filter((line) => line.split(' | ').at(-1)!.replace('|', '').trim() === '');

  expect(rows.length).toBeGreaterThan(50);
  expect(silent).toEqual([]);
});
