import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../../policy/rules';

test('the crosswalk points to rules that there are', () => {
  const page = readFileSync(join(__dirname, '..', '..', 'docs', 'crosswalk.md'), 'utf8');
  const ids = [...page.matchAll(/V6-[A-Z]+-\d{3}/g)].map(([id]) => id);

  expect(ids.length).toBeGreaterThan(10);
  expect(ids.filter((id) => !RULES.some((rule) => rule.id === id))).toEqual([]);
});
