import { foldedDetails } from '../../../review/render/folded-details';
import type { ResourceChange, StackReview } from '../../../review/report';
import { tablesIn } from '../../helpers/markdown';
import { stackWith } from '../../helpers/reviews';

const moved: ResourceChange = {
  address: 'aws_eip.b',
  type: 'aws_eip',
  action: 'replace',
  from: 'aws_eip.a',
  unwritten: true,
  attributes: [],
};

const ALL: Partial<StackReview> = {
  changes: [moved],
  drift: [{ address: 'aws_eip.c', type: 'aws_eip', action: 'update', attributes: [{ path: 'tags.a', after: 'b' }] }],
  addresses: [
    { name: 'VPC', family: 'ipv4', before: '10.0.0.0/20', after: '10.1.0.0/20' },
    { name: 'a|b', family: 'ipv6', after: '2001:db8::/64' },
  ],
  settings: [{ path: 'output.x', after: '1' }],
};

const shown = (extra: Partial<StackReview>, isOneOfMany = false, room = Infinity): string[] =>
  foldedDetails(stackWith(extra), isOneOfMany, room).filter((part) => part !== '');

const titles = (parts: readonly string[]): string[] => parts.map((part) => /<summary>(.*)<\/summary>/.exec(part)![1]!);

test('each kind of change has its title with a count, and of many stacks their names', () => {
  expect(titles(shown(ALL))).toEqual([
    'What changes: 1 to replace (from the configuration alone)',
    '<code>moved</code> blocks to add',
    'Changed outside Terraform: 1 to change',
    'Address plan: 2 blocks',
    'Beside resources',
  ]);
  expect(titles(shown({ ...ALL, by: 'plan' }, true))[0]).toBe(
    'What changes of hue-production: 1 to replace (by a plan)',
  );
});

test('what there is not is not shown', () => {
  expect(shown({})).toEqual([]);
});

test('moved blocks say where they go', () => {
  expect(shown(ALL)[1]).toContain('```hcl\nmoved {\n  from = aws_eip.a\n  to   = aws_eip.b\n}\n```');
});

test('the address plan is a table, before and after', () => {
  expect(tablesIn(shown(ALL)[3]!)[0]!.rows.map((row) => row.map(({ text }) => text))).toEqual([
    ['VPC', 'IPv4', '`10.0.0.0/20`', '`10.1.0.0/20`'],
    ['a|b', 'IPv6', '', '`2001:db8::/64`'],
  ]);
});

test('without room, says of each how much there was', () => {
  const [changes, , drift, addresses, settings] = shown(ALL, false, 0);

  expect(changes).toContain('# 1 cut here');
  expect(drift).toContain('# 1 cut here');
  expect(addresses).toContain('And 2 blocks more, cut here.');
  expect(settings).toContain('# 1 cut here');
});
