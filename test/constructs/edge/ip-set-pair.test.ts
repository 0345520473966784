import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { IpSetPair, type IpSetPairProps } from '../../../constructs/edge/ip-set-pair';
import { synth, type Synthesized } from '../../helpers/synth';

function pair(ranges: readonly string[], props: Partial<IpSetPairProps> = {}): Synthesized {
  return synth((scope) => {
    const { statement } = new IpSetPair(scope, 'Pair', { name: 'hue-allow', scope: 'REGIONAL', ranges, ...props });
    new Vpc(scope, 'statement', { tags: { statement: JSON.stringify(statement) } });
  });
}

const stack = pair(['203.0.113.0/24', '2001:db8::/48', '198.51.100.7/32']);

test('one list becomes two sets, each with the ranges of its family', () => {
  expect(stack.at('Pair/ipv4')).toEqual({
    name: 'hue-allow-ipv4',
    scope: 'REGIONAL',
    ip_address_version: 'IPV4',
    addresses: ['203.0.113.0/24', '198.51.100.7/32'],
    lifecycle: { create_before_destroy: true },
  });
  expect(stack.at('Pair/ipv6')).toEqual({
    name: 'hue-allow-ipv6',
    scope: 'REGIONAL',
    ip_address_version: 'IPV6',
    addresses: ['2001:db8::/48'],
    lifecycle: { create_before_destroy: true },
  });
});

test('one statement refers to both', () => {
  const { statement } = stack.at('statement').tags as { statement: string };

  expect(JSON.parse(statement)).toEqual({
    or_statement: {
      statement: ['ipv4', 'ipv6'].map((family) => ({
        ip_set_reference_statement: { arn: stack.ref(`Pair/${family}`, 'arn') },
      })),
    },
  });
});

test.each([
  [['203.0.113.0/24'], 'Pair/ipv6'],
  [['2001:db8::/48'], 'Pair/ipv4'],
])('of %j there are two sets, too: the other has nobody', (ranges, empty) => {
  expect(pair(ranges).at(empty)).not.toHaveProperty('addresses');
  expect(pair(ranges).pathsOf('aws_wafv2_ip_set')).toEqual(['Pair/ipv4', 'Pair/ipv6']);
});

test('for a distribution both are in us-east-1', () => {
  const sets = synth((scope) => {
    const provider = new AwsProvider(scope, 'other', { region: 'us-east-1', alias: 'us-east-1' });
    new IpSetPair(scope, 'Pair', { name: 'hue', scope: 'CLOUDFRONT', ranges: ['2001:db8::/48'], provider });
  }).ofType('aws_wafv2_ip_set');

  expect(sets).toMatchObject(Array(2).fill({ provider: 'aws.us-east-1', scope: 'CLOUDFRONT' }));
});

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => `2001:db8:${(index + 1).toString(16)}::/48`);

test('takes 10,000 ranges of a family', () => {
  expect(pair(many(10_000)).at('Pair/ipv6').addresses).toHaveLength(10_000);
});

test.each<[readonly string[], string]>([
  [
    ['2001:DB8::/48'],
    'must hold ranges in canonical text, such as 203.0.113.0/24 or 2001:db8::/32, got: "2001:DB8::/48"',
  ],
  [['203.0.113.1'], 'must hold ranges in canonical text, such as 203.0.113.0/24 or 2001:db8::/32, got: "203.0.113.1"'],
  [
    ['203.0.113.1/24'],
    'must hold ranges in canonical text, such as 203.0.113.0/24 or 2001:db8::/32, got: "203.0.113.1/24"',
  ],
  [['::/0'], 'must not hold everybody, which AWS WAF refuses, got: "::/0"'],
  [['0.0.0.0/0'], 'must not hold everybody, which AWS WAF refuses, got: "0.0.0.0/0"'],
  [many(10_001), 'must hold at most 10,000 ranges a family, got: 10001'],
  [['10.0.0.0/8', '10.0.0.0/8'], 'must name each range once, got: "10.0.0.0/8"'],
])('fails for other ranges', (ranges, message) => {
  expect(() => pair(ranges)).toThrow(`test/Pair: \`ranges\` ${message}`);
});
