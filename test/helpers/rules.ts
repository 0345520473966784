import type { Rule, Verdict } from '../../policy/rule';

/** A rule that says what a test has it say. */
export function ruleOf(id: string, types: readonly string[], check: Rule['check'], more: Partial<Rule> = {}): Rule {
  return {
    id,
    types,
    check,
    title: 'A rule of a test',
    group: 'addressing',
    kind: 'presence',
    severity: 'error',
    why: '',
    fix: 'mend it',
    sources: [],
    good: {},
    bad: {},
    ...more,
  };
}

export const says =
  (...verdicts: Verdict[]): Rule['check'] =>
  () =>
    verdicts;
