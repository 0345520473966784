import fc from 'fast-check';
import { judge } from '../../policy/check';
import { portalPaths } from '../../policy/levels';
import { RULES } from '../../policy/rules';
import { readStackJson } from '../../policy/sources/stack-json';

/** Names of attributes and types that rules look at, as far as their examples show them. */
const EXAMPLES = RULES.flatMap(({ good, bad, unknown }) => [good, bad, ...(unknown ? [unknown] : [])]);
const types = [...new Set([...RULES.flatMap((rule) => rule.types), ...EXAMPLES.flatMap(Object.keys)])].sort();
const names = [...new Set(keysIn(EXAMPLES))].sort();

const scalar = fc.oneof(
  fc.constantFrom(
    null,
    true,
    false,
    '',
    0,
    -1,
    443,
    1e21,
    '0',
    'true',
    '::/0',
    '0.0.0.0/0',
    '2001:db8::/129',
    '10.0.0.0/8',
  ),
  fc.constantFrom(
    '${',
    '${}',
    '${var.x}',
    '${local.y[0]}',
    '${aws_vpc.a.ipv6_cidr_block}',
    '$${x}',
    '${"}',
    '{"Statement":1}',
  ),
  fc.constantFrom(...types).map((type) => `\${${type}.a.id}`),
  fc.constantFrom(...types).map((type) => `\${cidrsubnet(${type}.b.ipv6_cidr_block, 8, 1)}`),
  fc.string(),
  fc.double(),
);

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

const resource = fc.oneof(
  fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 8, noNullPrototype: true }),
  value,
);

test('whatever stands in a stack, no rule and no path breaks down', () => {
  const stack = fc.dictionary(
    fc.constantFrom(...types),
    fc.oneof({ weight: 9, arbitrary: fc.record({ a: resource, b: resource }) }, { weight: 1, arbitrary: value }),
    { minKeys: 4, maxKeys: 12, noNullPrototype: true },
  );

  fc.assert(
    fc.property(stack, (json) => {
      const graph = readStackJson({ resource: json });
      expect(judge(graph).crashes).toEqual([]);
      expect(() => portalPaths(graph)).not.toThrow();
    }),
    { numRuns: 400 },
  );
});

test('an attribute of any shape breaks no rule on its own examples', () => {
  const rules = RULES.filter(({ good }) => !('plan' in good));
  const broken = fc.constantFrom(...rules).chain((rule) => {
    const resources = rule.good as Record<string, Record<string, Record<string, unknown>>>;
    const places = Object.entries(resources).flatMap(([type, named]) =>
      Object.entries(named).flatMap(([name, attributes]) =>
        Object.keys(attributes).map((attribute) => ({ type, name, attribute })),
      ),
    );
    return fc.tuple(fc.constant(rule), fc.constantFrom(...places), value);
  });

  fc.assert(
    fc.property(broken, ([rule, { type, name, attribute }, odd]) => {
      const copy = structuredClone(rule.good) as Record<string, Record<string, Record<string, unknown>>>;
      copy[type]![name]![attribute] = odd;
      expect(judge(readStackJson({ resource: copy })).crashes).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

function keysIn(thing: unknown): string[] {
  if (typeof thing !== 'object' || thing === null) return [];
  if (Array.isArray(thing)) return thing.flatMap(keysIn);
  return Object.entries(thing).flatMap(([key, inner]) => [key, ...keysIn(inner)]);
}
