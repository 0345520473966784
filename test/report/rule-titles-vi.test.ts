import { RULES } from '../../policy/rules';
import { WAIVER_RULES } from '../../policy/waivers';
import { RULE_TITLES_VI } from '../../report/rule-titles-vi';

const ids = [...RULES, ...WAIVER_RULES].map(({ id }) => id);

test('every rule has its title in Vietnamese, and no title is of a rule that is gone', () => {
  expect(Object.keys(RULE_TITLES_VI).sort()).toEqual([...ids].sort());
});

test('titles are sentences without a full stop, as in English, and none stands for two rules', () => {
  const titles = Object.values(RULE_TITLES_VI);

  expect(titles.filter((title) => !/^\p{Lu}.*[^.\s]$/u.test(title))).toEqual([]);
  expect(new Set(titles).size).toBe(titles.length);
});
