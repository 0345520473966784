import { judge } from '../../policy/check';
import { fail, PASS, type Rule, unknown, type Verdict } from '../../policy/rule';
import { readStackJson } from '../../policy/sources/stack-json';
import { decidedBy, worldsOf } from '../../policy/worlds';

const graphOf = (aws_x: Record<string, object>) => readStackJson({ resource: { aws_x } });
const when = (test: string, more: object = {}) => ({ count: `\${${test} ? 1 : 0}`, ...more });

/** What is there in each way in which a configuration may turn out. */
function worlds(aws_x: Record<string, object>): string[] {
  return worldsOf(graphOf(aws_x)).map(({ graph }) => graph.resources.map(({ address }) => address.slice(6)).join(' '));
}

describe('ways in which a configuration may turn out', () => {
  test('are none where all is made for certain', () => {
    expect(worlds({ a: {}, b: { count: 2 }, c: { for_each: '${var.zones}' } })).toEqual([]);
  });

  test('are with and without what may not be made', () => {
    expect(worlds({ a: {}, b: when('var.b') })).toEqual(['a b', 'a']);
  });

  test('have what is made by one test together, and what is made by its opposite instead', () => {
    expect(worlds({ a: when('var.x'), b: when('var.x'), c: when('!var.x'), d: { count: '${var.x ? 0 : 1}' } })).toEqual(
      ['a b', 'c d'],
    );
  });

  test('are with all tests, without each, and without any', () => {
    expect(worlds({ a: when('var.a'), b: when('var.b'), both: when('var.a && var.b') })).toEqual([
      'a b both',
      'b',
      'a',
      '',
    ]);
  });

  test('have what is made for each of something only where that is made', () => {
    const each = (of: string) => ({ for_each: `\${aws_x.${of}}` });

    expect(worlds({ a: when('var.a'), b: each('a'), c: each('b'), self: each('self'), other: each('z') })).toEqual([
      'a b c self other',
      'self other',
    ]);
  });

  test('are no more than people wait for', () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`r${index}`, when(`var.v${index}`)]));
    const found = worlds(many);

    expect(found.length).toBe(14);
    expect([found[0]!.split(' ').length, found.at(-1)]).toEqual([40, '']);
  });
});

test('what decides is named, the least of it', () => {
  const [all, withoutA, withoutB, none] = worldsOf(graphOf({ a: when('var.a'), b: when('var.b'), c: when('var.b') }));

  expect(decidedBy([withoutA!], [all!])).toBe('unless aws_x.a is made, which depends on ${var.a ? 1 : 0}');
  expect(decidedBy([all!], [withoutB!])).toBe('if aws_x.b and aws_x.c are made, which depend on ${var.b ? 1 : 0}');
  const many = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, when('var.x')]));
  const [made, absent] = worldsOf(graphOf(many));

  expect(decidedBy([absent!], [made!])).toBe(
    'unless aws_x.a, aws_x.b, aws_x.c and 2 more are made, which depend on ${var.x ? 1 : 0}',
  );
  expect(decidedBy([withoutA!, none!], [all!, withoutB!])).toMatch(/^unless aws_x\.a is made/);
  expect(decidedBy([withoutA!], [withoutB!])).toBe(
    'unless aws_x.a is made, which depends on ${var.a ? 1 : 0}, or if aws_x.b and aws_x.c are made, which depend on ${var.b ? 1 : 0}',
  );
});

describe('a judgement', () => {
  /** A rule about `aws_x.a` that says what depends on which others are there. */
  const rule = (says: (others: string) => readonly Verdict[] | Verdict | undefined): Rule => ({
    id: 'V6-X',
    types: ['aws_x'],
    title: '',
    group: 'addressing',
    kind: 'presence',
    severity: 'error',
    why: '',
    fix: '',
    sources: [],
    good: {},
    bad: {},
    check: ({ address }, graph) => {
      const others = graph.resources.map((one) => one.address.slice(6)).filter((name) => name !== 'a');
      return address === 'aws_x.a' ? says(others.join(' ')) : undefined;
    },
  });
  const judged = (says: Parameters<typeof rule>[0], others: Record<string, object>, a: object = {}) =>
    judge(graphOf({ a, ...others }), [rule(says)]).findings.map(({ result, message }) => `${result}: ${message}`);
  const B = { b: when('var.b') };
  const UNLESS = ', unless aws_x.b is made, which depends on ${var.b ? 1 : 0}';
  const IF = ', if aws_x.b is made, which depends on ${var.b ? 1 : 0}';

  test('that is the same in any case is certain', () => {
    expect(judged(() => fail('no'), B)).toEqual(['fail: no']);
    expect(judged(() => [unknown('who knows'), unknown('who else')], B)).toEqual([
      'unknown: who else',
      'unknown: who knows',
    ]);
    expect(judged(() => PASS, B)).toEqual([]);
  });

  test('that rests on what may not be made is not known', () => {
    expect(judged((others) => (others === 'b' ? PASS : fail('no b')), B)).toEqual([`unknown: no b${UNLESS}`]);
    expect(judged((others) => (others === 'b' ? fail('b is bad') : undefined), B)).toEqual([`unknown: b is bad${IF}`]);
    expect(judged((others) => (others === 'b' ? PASS : unknown('hidden')), B)).toEqual([`unknown: hidden${UNLESS}`]);
    expect(judged((others) => (others === 'b' ? fail('b is bad') : unknown('hidden')), B)).toEqual([
      `unknown: b is bad${IF}`,
    ]);
  });

  test('that does not hold in any case does not hold, in the words of the first', () => {
    expect(judged((others) => fail(others === 'b' ? 'b is bad' : 'no b'), B)).toEqual(['fail: b is bad']);
    expect(judged((others) => (others === 'b' ? [fail('b is bad'), fail('no')] : fail('no')), B)).toEqual(['fail: no']);
  });

  test('is said of a resource where that is there', () => {
    expect(judged((others) => (others === 'b' ? PASS : fail('no b')), B, when('var.b'))).toEqual([]);
    expect(judged((others) => (others === 'b' ? fail('b is bad') : PASS), B, when('var.b'))).toEqual([
      'fail: b is bad',
    ]);
  });

  test('breaks down once', () => {
    const broken = rule(() => {
      throw new RangeError('ours');
    });

    expect(judge(graphOf({ a: {}, ...B }), [broken]).crashes).toMatchObject([{ rule: 'V6-X', address: 'aws_x.a' }]);
  });
});
