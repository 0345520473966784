import { judge } from '../../../policy/check';
import { rule as pol001 } from '../../../policy/rules/v6-pol-001';
import { readStackJson } from '../../../policy/sources/stack-json';
import { production } from '../../helpers/agency';

function saysOf(json: unknown): string[] {
  const { findings, crashes } = judge(readStackJson(json), [pol001]);
  expect(crashes).toEqual([]);
  return findings.map(
    ({ result, severity, resource: { address }, message }) =>
      `${result === 'fail' ? severity : result} ${address}: ${message}`,
  );
}

type Json = Record<string, unknown>;

function policyOf(...statements: readonly Json[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements.length === 1 ? statements[0] : statements });
}

function statement(effect: string, condition: Json): Json {
  return { Sid: 'Office', Effect: effect, Action: '*', Resource: '${aws_s3_bucket.b.arn}/*', Condition: condition };
}

const ofBucket = (policy: unknown) => saysOf({ resource: { aws_s3_bucket_policy: { p: { policy } } } });
const IPV4 = '203.113.1.0/24';
const IPV6 = '2405:4800::/32';
const refused = `warning aws_s3_bucket_policy.p: statement Office names IPv4 ranges alone (${IPV4}): over IPv6 everybody is refused`;
const open = `error aws_s3_bucket_policy.p: statement Office names IPv4 ranges alone (${IPV4}): over IPv6 everybody gets past it`;

test.each<[string, Json, string[]]>([
  ['allows some', statement('Allow', { IpAddress: { 'aws:SourceIp': [IPV4] } }), [refused]],
  ['denies all but some', statement('Deny', { NotIpAddress: { 'aws:SourceIp': IPV4 } }), [refused]],
  ['denies some', statement('Deny', { IpAddress: { 'aws:SourceIp': IPV4 } }), [open]],
  ['allows all but some', statement('Allow', { NotIpAddress: { 'AWS:sourceip': IPV4 } }), [open]],
  ['inside a VPC', statement('Deny', { IpAddressIfExists: { 'aws:VpcSourceIp': IPV4 } }), [open]],
  ['by any value', statement('Deny', { 'ForAnyValue:IpAddress': { 'aws:SourceIp': IPV4 } }), [open]],
  ['names both', statement('Allow', { IpAddress: { 'aws:SourceIp': [IPV4, IPV6] } }), []],
  ['names IPv6 alone', statement('Allow', { IpAddress: { 'aws:SourceIp': IPV6 } }), []],
  ['compares texts', statement('Deny', { StringEquals: { 'aws:SourceIp': IPV4 } }), []],
  ['asks for other addresses', statement('Deny', { IpAddress: { 'aws:PrincipalTag/ip': IPV4 } }), []],
  ['is about something else', statement('Deny', { Bool: { 'aws:SecureTransport': 'false' } }), []],
])('a statement that %s', (_, one, expected) => {
  expect(ofBucket(policyOf(one))).toEqual(expected);
});

test('what is denied to IPv4 and to IPv6 in two statements is denied to both', () => {
  const deny = (range: string) => statement('Deny', { IpAddress: { 'aws:SourceIp': range } });
  const denyOthers = (range: string) => statement('Deny', { NotIpAddress: { 'aws:SourceIp': range } });

  expect(ofBucket(policyOf(deny(IPV4), deny(IPV6)))).toEqual([]);
  // Where the other statement asks for something else, too, the first stays alone.
  const mixed = statement('Deny', { Bool: { x: 'y' }, IpAddress: { 'aws:SourceIp': IPV6 } });
  expect(ofBucket(policyOf(deny(IPV4), mixed))).toEqual([]);
  expect(ofBucket(policyOf(deny(IPV4), statement('Deny', { IpAddress: { other: IPV6 } })))).toEqual([open]);
  expect(ofBucket(policyOf(deny(IPV4), denyOthers(IPV6)))).toEqual([open]);
  expect(ofBucket(policyOf(deny(IPV4), statement('Allow', { IpAddress: { 'aws:SourceIp': IPV6 } })))).toEqual([open]);
  // Two of these deny everybody everything.
  expect(ofBucket(policyOf(denyOthers(IPV4), denyOthers(IPV6)))).toEqual([refused]);
});

test('expressions in a policy may have quotes, and may be addresses', () => {
  const quoted = '"Resource":"${one([for o in aws_x.y : o.name if o.d == "z"])}","Condition":';
  const text = (ranges: string) =>
    `{"Statement":{"Effect":"Deny",${quoted}{"IpAddress":{"aws:SourceIp":[${ranges}]}}}}`;

  expect(ofBucket(text(`"${IPV4}"`))).toEqual([expect.stringMatching(/^error .* a statement names IPv4/)]);
  expect(ofBucket(text(`"${IPV4}","\${var.office}"`))).toEqual([
    'unknown aws_s3_bucket_policy.p: which addresses the policy names is only known after apply',
  ]);
  expect(ofBucket(text(`"${IPV4}","\${var.office}","${IPV6}"`))).toEqual([]);
});

test('a policy that cannot be read is not known where it mentions addresses', () => {
  expect(ofBucket('${jsonencode({ Condition = { IpAddress = { "aws:SourceIp" = var.office } } })}')).toEqual([
    'unknown aws_s3_bucket_policy.p: the policy asks for addresses, but cannot be read before it is applied',
  ]);
  expect(ofBucket('${jsonencode({ Action = "s3:*" })}')).toEqual([]);
  expect(ofBucket('${file("policy.json")}')).toEqual([]);
});

test('documents that are built count, and those that they are built from', () => {
  const condition = { test: 'NotIpAddress', variable: 'aws:SourceIp', values: [IPV4] };
  const documents = {
    office: { statement: [{ sid: 'Office', effect: 'Deny', condition: [condition] }] },
    all: { source_policy_documents: ['${data.aws_iam_policy_document.office.json}'] },
  };
  const policy = '${data.aws_iam_policy_document.all.json}';

  expect(
    saysOf({ resource: { aws_s3_bucket_policy: { p: { policy } } }, data: { aws_iam_policy_document: documents } }),
  ).toEqual([refused]);
});

test.each(['aws_iam_policy', 'aws_api_gateway_rest_api_policy', 'aws_vpc_endpoint', 'aws_kms_key'])(
  '%s has policies, too',
  (type) => {
    const policy = policyOf(statement('Deny', { IpAddress: { 'aws:SourceIp': IPV4 } }));

    expect(saysOf({ resource: { [type]: { p: { policy } } } })).toEqual([expect.stringMatching(/^error/)]);
  },
);

test('the policies of a portal6 stack do not ask for addresses', () => {
  expect(judge(production(), [pol001])).toEqual({ findings: [], crashes: [] });
});
