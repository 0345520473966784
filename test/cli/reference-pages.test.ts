import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { referencePages, references } from '../../cli/reference-pages';
import { judge } from '../../policy/check';
import { portalPaths } from '../../policy/levels';
import { ASKS_VI } from '../../report/words';
import { EXAMPLES } from '../helpers/agencies';

const PAGES = join(__dirname, '../../docs/reference');

const all = references(EXAMPLES);

test('the pages in docs/reference are those that the files make: else run npm run reference', async () => {
  const pages = await referencePages(EXAMPLES);

  expect(readdirSync(PAGES).sort()).toEqual([...pages.keys()].sort());
  for (const [name, text] of pages) {
    expect([name, readFileSync(join(PAGES, name), 'utf8') === text]).toEqual([name, true]);
  }
}, 60_000);

test.each(all)('$id is designed for the level that it states', ({ graph, level }) => {
  expect(portalPaths(graph).map((path) => path.level)).toEqual(portalPaths(graph).map(() => level));
});

test.each(all)('$id passes the policy check, with nothing above a notice', ({ graph }) => {
  const { findings, crashes } = judge(graph);

  expect(crashes).toEqual([]);
  expect(findings.filter(({ result, severity }) => result === 'fail' && severity !== 'notice')).toEqual([]);
});

test.each(all)('what the next level asks of $id can be said in Vietnamese', ({ graph }) => {
  const asked = portalPaths(graph).flatMap(({ missing }) => missing);

  expect(asked.filter((ask) => ASKS_VI[ask] === undefined)).toEqual([]);
});
