import { diffStack } from '../../review/diff';
import { follower } from '../../review/follow';
import { resources } from '../helpers/snapshots';

const { graph } = resources({
  aws_vpc: { v: { cidr_block: '10.0.0.0/20', enable_dns_support: true, tags: { Name: 'a' } } },
  aws_sns_topic: { odd: { name: 'say "${hello}"', kms_master_key_id: '${aws_kms_key.k.id}' } },
});

test.each([
  ['${aws_vpc.v.cidr_block}', '10.0.0.0/20'],
  ['to ${aws_vpc.v.cidr_block}, or so', 'to 10.0.0.0/20, or so'],
  ['${aws_vpc.v.enable_dns_support}', 'true'],
  ['{"range": "${aws_vpc.v.cidr_block}"}', '{"range": "10.0.0.0/20"}'],
])('%s is %s', (expression, expected) => {
  expect(follower(graph)(expression)).toBe(expected);
});

test.each([
  '${aws_vpc.v.id}',
  '${aws_vpc.v.tags}',
  '${aws_vpc.other.cidr_block}',
  '${cidrsubnet(aws_vpc.v.cidr_block, 8, 1)}',
  '$${aws_vpc.v.cidr_block}',
  '${aws_sns_topic.odd.kms_master_key_id}',
])('%s stays as it is written', (expression) => {
  expect(follower(graph)(expression)).toBe(expression);
});

test('a value with quotes keeps the document around it whole', () => {
  const { graph: odd } = resources({ aws_sns_topic: { t: { name: 'say "hello"' } } });

  expect(JSON.parse(follower(odd)('{"name": "${aws_sns_topic.t.name}"}'))).toEqual({ name: 'say "hello"' });
});

test('what moves is called by its new address, too', () => {
  expect(follower(graph, (text) => text.replace('aws_vpc.v', 'aws_vpc.w'))('${aws_vpc.v.id}')).toBe('${aws_vpc.w.id}');
});

test('a value, and a reference to it, are no change; and what changes there changes here', () => {
  const of = (cidr_block: string, cidr: string) =>
    resources({ aws_vpc: { v: { cidr_block } }, aws_ec2_managed_prefix_list_entry: { e: { cidr } } });
  const [written, referred, other] = [
    of('10.0.0.0/20', '10.0.0.0/20'),
    of('10.0.0.0/20', '${aws_vpc.v.cidr_block}'),
    of('10.1.0.0/20', '${aws_vpc.v.cidr_block}'),
  ];

  expect(diffStack(written, referred).changes).toEqual([]);
  expect(diffStack(referred, other).changes).toContainEqual(
    expect.objectContaining({
      address: 'aws_ec2_managed_prefix_list_entry.e',
      attributes: [expect.objectContaining({ path: 'cidr', before: '10.0.0.0/20', after: '10.1.0.0/20' })],
    }),
  );
});
