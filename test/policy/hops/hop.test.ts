import { best, hop, worst } from '../../../policy/hops/hop';
import { fail, PASS, unknown } from '../../helpers/hops';

test('the worst finding is a failure, then what is not known, then a pass', () => {
  const no = fail('no');
  const perhaps = unknown('perhaps');

  expect(worst([PASS, perhaps, no])).toBe(no);
  expect(worst([PASS, perhaps])).toBe(perhaps);
  expect(worst([PASS])).toEqual(PASS);
  expect(worst([])).toEqual(PASS);
});

test('the best way is a pass, then what is not known, then a failure', () => {
  const no = fail('no');
  const perhaps = unknown('perhaps');

  expect(best([no, perhaps, PASS])).toBe(PASS);
  expect(best([no, perhaps])).toBe(perhaps);
  expect(best([no])).toBe(no);
  expect(best([])).toBeUndefined();
});

test('a hop is open, closed for a reason, or not seen for another', () => {
  expect([true, false, undefined].map((is) => hop(is, 'open it', 'look there'))).toEqual([
    PASS,
    fail('open it'),
    unknown('look there'),
  ]);
});
