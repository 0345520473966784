import * as fc from 'fast-check';
import { renderTable } from '../../../cli/output';
import { reviewText } from '../../../review/render/text';
import { CONTAINER } from '../../helpers/agency';
import { MARKED, PLAIN } from '../../helpers/colors';
import { hostileReview } from '../../helpers/hostile-review';
import { findingWith, reviewWith, stackReview, stackWith } from '../../helpers/reviews';
import { designed } from '../../helpers/snapshots';

const style = { ...PLAIN, table: renderTable };

const manyOf = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

test('the verdict comes last, where the eye is', () => {
  const text = reviewText(reviewWith({ findings: [findingWith()] }), style);

  expect(text.trimEnd().split('\n').at(-1)).toBe('Blocked: 1 new error');
});

test('tells each stack, what is dangerous, the way over both families and the lines that caused it', () => {
  const staged = designed({ portals: { portal: { ...CONTAINER, publish: { aaaa: 'staged' } } } });
  const stack = {
    ...stackReview(designed(), staged)!,
    causes: [
      { path: 'a.b', before: 'live', after: 'staged', source: { file: 'hue.yaml', line: 3 }, counts: { update: 2 } },
    ],
  };
  const text = reviewText(reviewWith({ stacks: [stack], notes: ['made without a plan'] }), style);

  expect(text).toMatch(/^hue-production: \d+ to destroy/);
  expect(text).toContain('\n  portal.hue.gov.vn falls from L3 to L0: IPv6 is now closed at dns.\n');
  expect(text).toMatch(/\n {2}dns +open +open → closed\n/);
  expect(text).toContain('\n  hue.yaml:3:1: a.b: "live" → "staged" (2 to change)\n');
  expect(text).toContain('\nmade without a plan\n');
  expect(text).toMatch(/\n {2}one by one in --format markdown and json: \d+ resources/);
});

test('a real review is read in 100 columns, but for the sentences', () => {
  const stack = stackReview(
    designed(),
    designed({ portals: { portal: { ...CONTAINER, publish: { aaaa: 'staged' } } } }),
  )!;
  const table = reviewText(reviewWith({ stacks: [stack] }), style)
    .split('\n')
    .filter((line) => /^ {2}(dns|edge|listener|firewall|route|target|health) /.test(line));

  expect(table).toHaveLength(7);
  for (const line of table) expect(line.length).toBeLessThanOrEqual(100);
});

test('what is too long is counted', () => {
  const exposure = manyOf(30, (index) => ({
    subject: 's',
    text: `port ${index}`,
    kind: 'opened' as const,
    families: [],
  }));
  const hop = { before: 'open' as const, after: 'open' as const, was: [], is: ['a', 'b', 'c', 'd', 'e', 'f'] };
  const text = reviewText(
    reviewWith({
      stacks: [
        stackWith({
          exposure,
          paths: [
            {
              names: ['a', 'b', 'c', 'd'],
              levelBefore: 'L3',
              levelAfter: 'L3',
              hops: [{ hop: 'route', ipv4: hop, ipv6: {} }],
            },
          ],
        }),
      ],
      findings: manyOf(30, () => findingWith()),
      expiring: manyOf(30, () => ({
        rule: 'r',
        at: 'a',
        owner: 'o',
        reason: 'x',
        expires: '2026-12-01',
        source: { file: 'f' },
      })),
    }),
    style,
  );

  expect(text.match(/^ {2}and 10 more$/gm)).toHaveLength(3);
  expect(text).toContain('a, b, c and 1 more: L3');
  expect(text).toMatch(/\n +and 2 more\n/);
});

test('what only the other formats show one by one is counted', () => {
  const change = { address: 'aws_eip.a', type: 'aws_eip', action: 'update' as const, attributes: [] };
  const stack = stackWith({
    changes: [change],
    drift: [change, change],
    addresses: [{ name: 'VPC', family: 'ipv4', after: '10.0.0.0/20' }],
    settings: [{ path: 'output.x', after: '1' }],
  });

  expect(reviewText(reviewWith({ stacks: [stack] }), style)).toContain(
    '1 resource, 2 changed outside Terraform, 1 block of the address plan, 1 setting beside resources\n',
  );
});

test('colors are those that were given', () => {
  const text = reviewText(reviewWith({ findings: [findingWith()] }), { ...MARKED, table: renderTable });

  expect(text).toContain('<bold>New findings</>');
  expect(text).toContain('<red>error</> V6-SG-001');
  expect(text).toContain('<red>Blocked: 1 new error</>');
});

test('nothing in a review steers the terminal', () => {
  fc.assert(
    fc.property(hostileReview, (review) => {
      const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
        [head, ...rows].map((row) => `${row.join(' ')}\n`).join('');
      expect(reviewText(review, { ...PLAIN, table })).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
    }),
    { numRuns: 150 },
  );
});
