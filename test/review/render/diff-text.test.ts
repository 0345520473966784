import * as fc from 'fast-check';
import { diffStack } from '../../../review/diff';
import { diffText, section } from '../../../review/render/diff-text';
import type { Diff } from '../../../review/report';
import { MARKED, PLAIN } from '../../helpers/colors';
import { hostileDiff } from '../../helpers/hostile-review';
import { stackWith } from '../../helpers/reviews';
import { resources } from '../../helpers/snapshots';

const diff = (extra: Partial<Diff> = {}): Diff => ({ version: 1, base: 'a', head: 'b', stacks: [], same: 3, ...extra });

test('the line that sums up comes last', () => {
  expect(diffText(diff(), PLAIN)).toBe('No change: 3 stacks the same\n');
  const stack = diffStack(
    resources({ aws_vpc: { v: { cidr_block: '10.0.0.0/20' } } }),
    resources({ aws_vpc: { v: { cidr_block: '10.1.0.0/20' } } }),
  );

  expect(diffText(diff({ stacks: [stack] }), PLAIN)).toBe(
    [
      'hue-production: 1 to replace',
      '',
      '@@ -/+ aws_vpc.v @@',
      '# predicted: cidr_block',
      '- cidr_block = "10.0.0.0/20"',
      '+ cidr_block = "10.1.0.0/20"  # forces replacement',
      '',
      '1 stack changed: 1 to replace; 3 the same',
      '',
    ].join('\n'),
  );
});

test('moves, drift and settings have parts of their own', () => {
  const text = section(
    stackWith({
      by: 'plan',
      presence: 'new',
      changes: [
        {
          address: 'aws_eip.b',
          type: 'aws_eip',
          action: 'replace',
          from: 'aws_eip.a',
          unwritten: true,
          attributes: [],
        },
      ],
      drift: [{ address: 'aws_eip.c', type: 'aws_eip', action: 'delete', attributes: [] }],
      settings: [{ path: 'output.x', after: '1' }],
    }),
    PLAIN,
  );

  expect(text).toMatch(/^hue-production \(new\): 1 to replace, by a plan\n/);
  expect(text).toContain(
    'Add these beside cdk.tf.json, so that these resources move and are not destroyed:\n\nmoved {\n  from = aws_eip.a\n  to   = aws_eip.b\n}',
  );
  expect(text).toContain('Changed outside Terraform\n\n@@ - aws_eip.c @@');
  expect(text).toContain('Beside resources\n+ output.x = "1"');
});

test('colors are those that were given', () => {
  const stack = stackWith({
    changes: [
      { address: 'aws_eip.c', type: 'aws_eip', action: 'create', attributes: [{ path: 'domain', after: 'vpc' }] },
    ],
  });

  expect(diffText(diff({ stacks: [stack] }), MARKED)).toContain(
    '<cyan>@@ + aws_eip.c @@</>\n<green>+ domain = "vpc"</>',
  );
});

test('nothing in a diff steers the terminal or makes the page look like another', () => {
  fc.assert(
    fc.property(hostileDiff, (one) => {
      expect(diffText(one, PLAIN)).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
    }),
    { numRuns: 100 },
  );
});
