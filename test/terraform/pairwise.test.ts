import { allPairs, pairwise } from './helpers/pairwise';
import { FACTORS, mayMeet, variations } from './helpers/variations';

const rows = variations();

test('20 variations are enough', () => {
  expect(rows.length).toBeLessThanOrEqual(20);
});

test('every two choices that may meet do meet in a variation', () => {
  const missing = allPairs(FACTORS).filter((pair) => mayMeet(pair) && !rows.some((row) => holds(row, pair)));

  expect(missing).toEqual([]);
});

test('no two choices meet that may not', () => {
  const forbidden = allPairs(FACTORS).filter((pair) => !mayMeet(pair));

  expect(forbidden.length).toBeGreaterThan(0);
  expect(forbidden.filter((pair) => rows.some((row) => holds(row, pair)))).toEqual([]);
});

test('the variations are the same every time', () => {
  expect(variations()).toEqual(rows);
});

test('three factors of two levels need four rows', () => {
  const factors = { a: ['1', '2'], b: ['1', '2'], c: ['1', '2'] };

  expect(pairwise(factors, () => true)).toHaveLength(4);
});

test('fails when a pair goes with no level of a third factor', () => {
  const factors = { a: ['1', '2'], b: ['1', '2'], c: ['1'] };

  expect(() => pairwise(factors, ({ a, c }) => a !== '1' || !c)).toThrow('nothing goes with {"a":"1"');
});

function holds(row: Readonly<Record<string, string>>, pair: Readonly<Record<string, string>>): boolean {
  return Object.entries(pair).every(([name, level]) => row[name] === level);
}
