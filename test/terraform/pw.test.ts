import { FACTORS, isAllowed, variations } from './helpers/variations';
import { allRows } from './helpers/pairwise';
test('x', () => {
  console.time('all'); console.log(allRows(FACTORS).filter(isAllowed).length); console.timeEnd('all');
  console.time('v'); const v = variations(); console.timeEnd('v');
  console.log(v.length, v.map((r) => Object.values(r).join(' | ')).join('\n'));
});
