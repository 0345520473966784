import fc from 'fast-check';
import { testsIn, testsOf } from '../../../policy/sources/condition';

const written = (tests: ReturnType<typeof testsIn>) =>
  tests.map(({ text, negated }) => (negated ? `not ${text}` : text));
const nothingIsEmpty = () => false;

test.each<[string, string[]]>([
  ['var.enabled ? 1 : 0', ['var.enabled']],
  ['var.enabled ? 0 : 1', ['not var.enabled']],
  ['!var.enabled ? 1 : 0', ['not var.enabled']],
  ['!var.enabled ? 0 : 1', ['var.enabled']],
  ['(var.enabled) ? 1 : 0', ['var.enabled']],
  ['(var.enabled ? 1 : 0)', ['var.enabled']],
  ['var.create && var.ipv6 ? 1 : 0', ['var.create', 'var.ipv6']],
  ['var.create && !(var.ipv6) ? 1 : 0', ['var.create', 'not var.ipv6']],
  ['(var.a && var.b) && var.c ? 1 : 0', ['var.a', 'var.b', 'var.c']],
  ['!(var.create && var.ipv6) ? 1 : 0', ['not var.create && var.ipv6']],
  ['var.create && var.ipv6 ? 0 : 1', ['not var.create && var.ipv6']],
  ['var.a || var.b ? 1 : 0', ['var.a || var.b']],
  ['var.a && (var.b || var.c) ? 1 : 0', ['var.a', 'var.b || var.c']],
  ['var.mode  ==   "on" ? 1 : 0', ['var.mode == "on"']],
  ['var.mode != "a ? b : c && d" ? 1 : 0', ['var.mode != "a ? b : c && d"']],
  ['length(var.zones) > 0 ? length(var.zones) : 0', ['length(var.zones) > 0']],
  ['var.enabled ? toset(["a"]) : toset([])', ['var.enabled']],
  ['var.enabled ? { a = 1 } : {}', ['var.enabled']],
  ['var.enabled ? [] : ["x"]', ['not var.enabled']],
  ['var.a ? (var.b ? 1 : 2) : 0', ['var.a']],
  ['var.a ? var.b ? 1 : 2 : 0', ['var.a']],
])('%s makes something where %j', (expression, tests) => {
  expect(written(testsOf(expression, 'count', nothingIsEmpty))).toEqual(tests);
});

test.each([
  ['var.single ? 1 : 3', 'count'],
  ['var.single ? 1 : length(var.zones)', 'count'],
  ['length(var.zones)', 'count'],
  ['length(aws_subnet.public)', 'count'],
  ['aws_subnet.public', 'for_each'],
  ['toset(var.zones)', 'for_each'],
  ['var.zones', 'for_each'],
  ['toset(data.aws_availability_zones.all.names)', 'for_each'],
  ['{ for zone in var.zones : zone => zone }', 'for_each'],
] as const)('%s makes something in any case, as a %s', (expression, repeats) => {
  expect(testsOf(expression, repeats, nothingIsEmpty)).toEqual([]);
});

test.each([
  ['var.number', 'count'],
  ['tonumber(var.enabled)', 'count'],
  ['{ for zone in var.zones : zone => zone if zone.ipv6 }', 'for_each'],
  ['var.a ? 0 : 0', 'count'],
] as const)('%s may make nothing, as a %s, and stands for itself', (expression, repeats) => {
  expect(written(testsOf(expression, repeats, nothingIsEmpty))).toEqual([expression]);
});

test('a collection that is empty as long as nobody fills it may make nothing', () => {
  const isEmpty = (name: string) => name === 'extra';

  expect(written(testsOf('toset(var.extra)', 'for_each', isEmpty))).toEqual(['toset(var.extra)']);
  expect(written(testsOf('length(concat(var.zones, var.extra))', 'count', isEmpty))).toEqual([
    'length(concat(var.zones, var.extra))',
  ]);
  expect(testsOf('var.zones', 'for_each', isEmpty)).toEqual([]);
});

test('any text has tests, which are not empty where there is a text', () => {
  const text = fc
    .array(fc.constantFrom('(', ')', '[', '{', '}', '"', '?', ':', '&&', '||', '!', ' ', 'var.a', '0', '\\'))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (code) => {
      expect(testsIn(code).length).toBeGreaterThan(0);
      testsOf(code, 'count', nothingIsEmpty);
    }),
  );
});
