import { vpcOf } from '../../policy/facts/address-blocks';
import { judge } from '../../policy/check';
import type { ResourceGraph } from '../../policy/resource-graph';
import { fail, PASS, type Rule, unknown } from '../../policy/rule';
import { readStackJson } from '../../policy/sources/stack-json';
import { ruleOf, says } from '../helpers/rules';

const graph = readStackJson({
  resource: {
    aws_vpc: { b: {}, a: {} },
    aws_subnet: { s: { vpc_id: '${aws_vpc.a.id}' } },
  },
});

test('findings come by rule, address and message, with what the rule says of itself', () => {
  const rules = [
    ruleOf('V6-B', ['aws_vpc'], says(fail('z'), fail('y'))),
    ruleOf('V6-A', ['aws_subnet'], says(fail('x'))),
  ];

  expect(
    judge(graph, rules).findings.map(({ rule: id, resource, message }) => [id, resource.address, message]),
  ).toEqual([
    ['V6-A', 'aws_subnet.s', 'x'],
    ['V6-B', 'aws_vpc.a', 'y'],
    ['V6-B', 'aws_vpc.a', 'z'],
    ['V6-B', 'aws_vpc.b', 'y'],
    ['V6-B', 'aws_vpc.b', 'z'],
  ]);
  expect(judge(graph, rules).findings[0]).toMatchObject({ severity: 'error', fix: 'mend it', result: 'fail' });
});

test('a pass is no finding, and neither is having nothing to say', () => {
  const silent = ruleOf('V6-A', ['aws_vpc'], () => undefined);

  expect(judge(graph, [silent, ruleOf('V6-B', ['aws_vpc'], says(PASS))])).toEqual({ findings: [], crashes: [] });
});

test('a verdict may weigh less than its rule, and say another way out', () => {
  const mild = ruleOf('V6-A', ['aws_subnet'], says(fail('x', { severity: 'notice', fix: 'or leave it' })));

  expect(judge(graph, [mild]).findings).toMatchObject([{ severity: 'notice', fix: 'or leave it' }]);
});

test('what is not known is a finding of its own kind', () => {
  expect(judge(graph, [ruleOf('V6-A', ['aws_subnet'], says(unknown('who knows')))]).findings).toMatchObject([
    { result: 'unknown', message: 'who knows' },
  ]);
});

test('a rule that breaks down is told, and the others go on', () => {
  const broken = ruleOf('V6-A', ['aws_subnet'], () => {
    throw new RangeError('ours');
  });
  const { findings, crashes } = judge(graph, [broken, ruleOf('V6-B', ['aws_subnet'], says(fail('x')))]);

  expect(findings).toHaveLength(1);
  expect(crashes).toEqual([{ rule: 'V6-A', address: 'aws_subnet.s', error: new RangeError('ours') }]);
});

test('a finding rests on a guess where the link was the only candidate', () => {
  const hidden = readStackJson({ resource: { aws_vpc: { one: {} }, aws_subnet: { s: { vpc_id: '${var.vpc_id}' } } } });
  const guess = ruleOf('V6-A', ['aws_subnet'], (subnet, all) =>
    all.referenceIn(subnet.value('vpc_id'), 'aws_vpc') ? fail('x') : undefined,
  );

  expect(judge(hidden, [guess]).findings).toMatchObject([{ inferred: true }]);
  expect(judge(graph, [guess]).findings).toMatchObject([{ inferred: false }]);
});

describe('where a link is guessed', () => {
  const hidden = readStackJson({
    resource: {
      aws_vpc: { one: { cidr_block: '10.0.0.0/16' } },
      aws_subnet: { s: { vpc_id: '${var.vpc_id}' }, t: { vpc_id: '${aws_vpc.one.id}' } },
    },
  });
  const vpcs = (all: ResourceGraph) =>
    all.fact(all, vpcs, () => new Map(all.ofType('aws_subnet').map((one) => [one, vpcOf(all, one)])));
  const guessed = (...rules: readonly Rule[]) =>
    judge(hidden, rules)
      .findings.filter(({ inferred }) => inferred)
      .map(({ rule, resource }) => `${rule} ${resource.address}`);

  test('a finding of a rule that does not need it is sure', () => {
    const needs = ruleOf('V6-A', ['aws_subnet'], (subnet, all) => (vpcOf(all, subnet) ? fail('x') : undefined));
    const asksNothing = ruleOf('V6-B', ['aws_subnet'], says(fail('x')));
    const asksInVain = ruleOf('V6-C', ['aws_subnet'], (subnet, all) => fail(vpcOf(all, subnet) ? 'x' : 'x'));

    expect(guessed(needs, asksNothing, asksInVain)).toEqual(['V6-A aws_subnet.s']);
  });

  test('a finding rests on what another rule has guessed in a fact, where the fact says it of the same resource', () => {
    const first = ruleOf('V6-A', ['aws_vpc'], (_, all) => (vpcs(all).size > 0 ? undefined : PASS));
    const second = ruleOf('V6-B', ['aws_subnet'], (subnet, all) => (vpcs(all).get(subnet) ? fail('x') : undefined));

    expect(guessed(first, second)).toEqual(['V6-B aws_subnet.s']);
  });

  test('so does one of the resource at the other end', () => {
    const inhabited = ruleOf('V6-A', ['aws_vpc'], (vpc, all) =>
      fail(`${all.referring('aws_subnet', 'vpc_id', vpc).length} subnets`),
    );
    const named = ruleOf('V6-B', ['aws_vpc'], (vpc) => fail(`is ${vpc.known('cidr_block')}`));

    expect(guessed(inhabited, named)).toEqual(['V6-A aws_vpc.one']);
  });

  test('a failure that would be an unknown rests on it, too', () => {
    const doubts = ruleOf('V6-A', ['aws_subnet'], (subnet, all) => (vpcOf(all, subnet) ? fail('x') : unknown('x')));

    expect(guessed(doubts)).toEqual(['V6-A aws_subnet.s']);
  });
});
