import * as fc from 'fast-check';
import { diffMarkdown } from '../../../review/render/diff-markdown';
import type { Diff, ResourceChange } from '../../../review/report';
import { hostileDiff } from '../../helpers/hostile-review';
import { htmlOf, tagsIn } from '../../helpers/markdown';
import { stackWith } from '../../helpers/reviews';

const diff = (extra: Partial<Diff> = {}): Diff => ({
  version: 1,
  base: 'main',
  head: 'HEAD',
  stacks: [],
  same: 3,
  ...extra,
});

const changes = (count: number): ResourceChange[] =>
  Array.from({ length: count }, (_, index) => ({
    address: `aws_route.r${index}`,
    type: 'aws_route',
    action: 'update',
    attributes: [{ path: 'destination_cidr_block', before: '10.0.0.0/8', after: '10.0.0.0/9' }],
  }));

test('the first line is the verdict with counts, and what was compared', () => {
  expect(diffMarkdown(diff())).toBe('**No change**, 3 the same · `main` → `HEAD`\n');
  expect(diffMarkdown(diff({ stacks: [stackWith({ changes: changes(2) })] })).split('\n')[0]).toBe(
    '**1 stack changed: 2 to change**, 3 the same · `main` → `HEAD`',
  );
});

test('moves, drift and settings are folded', () => {
  const stack = stackWith({
    presence: 'new',
    by: 'plan',
    changes: [
      { address: 'aws_eip.b', type: 'aws_eip', action: 'replace', from: 'aws_eip.a', unwritten: true, attributes: [] },
    ],
    drift: changes(1),
    settings: [{ path: 'output.x', after: '1' }],
  });
  const text = diffMarkdown(diff({ stacks: [stack] }));

  expect(text).toContain('**hue-production** (new): 1 to replace, by a plan');
  expect(text.match(/<summary>.*<\/summary>/g)).toEqual([
    '<summary><code>moved</code> blocks to add</summary>',
    '<summary>Changed outside Terraform</summary>',
    '<summary>Beside resources</summary>',
  ]);
});

test.each([1, 100, 5000])('fits with %i changes, and says what was cut', (count) => {
  const text = diffMarkdown(diff({ stacks: [stackWith({ changes: changes(count) })] }));

  expect(text.length).toBeLessThanOrEqual(65_000);
  expect(/# \d+ cut here/.test(text)).toBe(count === 5000);
  expect(text.includes('_Cut to fit a comment;')).toBe(count === 5000);
});

test('of 1,000 stacks says how many were cut', () => {
  const stacks = Array.from({ length: 1000 }, (_, index) => stackWith({ stack: `s${index}`, changes: changes(3) }));
  const text = diffMarkdown(diff({ stacks }));

  expect(text.length).toBeLessThanOrEqual(65_000);
  expect(text).toMatch(/And \d+ stacks more, cut here\.\n$/);
});

test('whatever is in it, it stays in its place', () => {
  fc.assert(
    fc.property(hostileDiff, (one) => {
      const text = diffMarkdown(one);
      const tags = tagsIn(text);

      expect(text.length).toBeLessThanOrEqual(65_000);
      expect(tags.filter((tag) => tag === 'details')).toHaveLength(tags.filter((tag) => tag === '/details').length);
      expect(tags.filter((tag) => !/^\/?(details|summary|p|strong|em|code|pre|a)$/.test(tag))).toEqual([]);
      expect(htmlOf(text)).not.toMatch(/<!--|href="(?!https?:|mailto:|ftp:)/);
      expect(text).not.toMatch(/^\s*\//m);
    }),
    { numRuns: 150 },
  );
});
