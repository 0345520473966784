import { statementsOf } from '../../../policy/facts/policy-documents';
import { readStackJson } from '../../../policy/sources/stack-json';

type Json = Record<string, unknown>;

function read(policy: unknown, documents: Record<string, Json> = {}) {
  const graph = readStackJson({
    resource: { aws_iam_policy: { p: { policy } } },
    data: { aws_iam_policy_document: documents },
  });
  return statementsOf(graph, graph.at('aws_iam_policy.p')!.value('policy'));
}

const CONDITION = { IpAddress: { 'aws:SourceIp': '203.113.1.0/24' } };
const ASKED = { operator: 'ipaddress', key: 'aws:sourceip', values: ['203.113.1.0/24'] };

test.each<[string, unknown]>([
  ['text', JSON.stringify({ Statement: [{ Sid: 'A', Effect: 'Deny', Condition: CONDITION }] })],
  ['one statement', JSON.stringify({ Statement: { Sid: 'A', Effect: 'Deny', Condition: CONDITION } })],
  ['an object', { Statement: { Sid: 'A', Effect: 'Deny', Condition: CONDITION } }],
  ['other cases', JSON.stringify({ statement: { sid: 'A', effect: 'deny', condition: CONDITION } })],
  [
    'text with expressions',
    '{"Statement":{"Sid":"A","Effect":"Deny","Resource":"${f("${aws_x.y.arn}")}","Condition":{"IpAddress":{"aws:SourceIp":["203.113.1.0/24"]}}}}',
  ],
  [
    'text with variables of IAM',
    '{"Statement":{"Sid":"A","Effect":"Deny","Resource":"$${aws:username}${aws_x.y.arn}","Condition":{"IpAddress":{"aws:SourceIp":["203.113.1.0/24"]}}}}',
  ],
])('a policy as %s', (_, policy) => {
  expect(read(policy)).toEqual([{ effect: 'deny', sid: 'A', conditions: [ASKED] }]);
});

test.each<[string, string]>([
  ['ForAllValues:IpAddressIfExists', 'ipaddress'],
  ['forAnyValue:NotIpAddress', 'notipaddress'],
  ['StringEquals', 'stringequals'],
])('%s is %s', (operator, expected) => {
  const policy = JSON.stringify({ Statement: { Effect: 'Allow', Condition: { [operator]: { 'aws:SourceIp': 'x' } } } });

  expect(read(policy)![0]!.conditions[0]!.operator).toBe(expected);
});

test('an address that only apply will know is not known', () => {
  const text = (value: string) =>
    `{"Statement":{"Effect":"Allow","Condition":{"IpAddress":{"aws:SourceIp":[${value}]}}}}`;

  expect(read(text('"${var.a}","::1/128"'))![0]!.conditions[0]!.values).toEqual([undefined, '::1/128']);
  expect(read(text('"${join("", var.a)}"'))![0]!.conditions[0]!.values).toEqual([undefined]);
});

test.each<[unknown]>([['${jsonencode({ Statement = {} })}'], ['no JSON'], ['[]'], ['${var.policy}'], [7], [undefined]])(
  'nothing is read in %j',
  (policy) => {
    expect(read(policy)).toBeUndefined();
  },
);

test('documents are read with those that they are made of, also in circles', () => {
  const condition = [{ test: 'IpAddress', variable: 'aws:SourceIp', values: ['203.113.1.0/24'] }];
  const all = '${data.aws_iam_policy_document.all.json}';
  const office = '${data.aws_iam_policy_document.office.json}';

  expect(
    read(all, {
      all: { source_policy_documents: [office], statement: [{ effect: 'Deny' }] },
      office: { statement: [{ sid: 'A', condition }], override_policy_documents: [all] },
    }),
  ).toEqual([
    { effect: 'deny', sid: undefined, conditions: [] },
    { effect: 'allow', sid: 'A', conditions: [ASKED] },
  ]);
});
