import { parseAddress, parseCidr } from '../../core/cidr';
import { type Condition, type Statement, statementsOf } from '../facts/policy-documents';
import { fail, PASS, type Rule, unknown, type Verdict } from '../rule';
import { Unknown } from '../value';

/** Where each type has its policies. */
const POLICIES: Readonly<Record<string, readonly string[]>> = {
  aws_iam_policy: ['policy'],
  aws_iam_role_policy: ['policy'],
  aws_iam_user_policy: ['policy'],
  aws_iam_group_policy: ['policy'],
  aws_iam_role: ['assume_role_policy'],
  aws_s3_bucket_policy: ['policy'],
  aws_api_gateway_rest_api: ['policy'],
  aws_api_gateway_rest_api_policy: ['policy'],
  aws_vpc_endpoint: ['policy'],
  aws_vpc_endpoint_policy: ['policy'],
  aws_sqs_queue_policy: ['policy'],
  aws_sns_topic_policy: ['policy'],
  aws_kms_key: ['policy'],
  aws_kms_key_policy: ['policy'],
  aws_secretsmanager_secret_policy: ['policy'],
  aws_ecr_repository_policy: ['policy'],
  aws_opensearch_domain_policy: ['access_policies'],
};

export const rule: Rule = {
  id: 'V6-POL-001',
  title: 'Policies that ask where a caller comes from know both families',
  group: 'firewalls',
  kind: 'parity',
  severity: 'error',
  types: Object.keys(POLICIES),
  why: 'Many AWS services answer at dual-stack endpoints, and there a caller has an IPv6 address. A condition with IPv4 ranges alone never matches it: what is allowed to the office is refused, and what is denied to others is open.',
  fix: 'Add the IPv6 ranges of the same networks to the condition.',
  sources: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_dual-stack_endpoint_support.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/ipv6-access.html#ipv6-access-iam',
  ],
  good: bucketPolicy(['203.113.1.0/24', '2405:4800:77::/48']),
  bad: bucketPolicy(['203.113.1.0/24']),
  unknown: bucketPolicy(['203.113.1.0/24', '${var.office_ipv6}']),

  check(resource, graph) {
    const verdicts = (POLICIES[resource.type] ?? []).flatMap((attribute) => {
      if (!resource.has(attribute)) return [];
      const value = resource.value(attribute);
      const statements = statementsOf(graph, value);
      if (statements) return statements.flatMap((statement) => ofStatement(statement, statements));
      const mentions = value instanceof Unknown && value.text?.toLowerCase().includes('sourceip');
      return mentions ? [unknown('the policy asks for addresses, but cannot be read before it is applied')] : [];
    });
    const open = verdicts.filter(({ result }) => result !== 'pass');
    return open.length > 0 ? open : verdicts[0];
  },
};

const KEYS: ReadonlySet<string> = new Set(['aws:sourceip', 'aws:vpcsourceip']);

function ofStatement(statement: Statement, all: readonly Statement[]): Verdict[] {
  const asked = statement.conditions.filter(isAboutAddresses);
  return asked.map((condition) => {
    if (hasFamily(condition, 'ipv6')) return PASS;
    if (!hasFamily(condition, 'ipv4')) return condition.values.includes(undefined) ? HIDDEN : PASS;
    if (condition.values.includes(undefined)) return HIDDEN;
    const isPaired = all.some(
      (other) =>
        other !== statement &&
        condition.operator === 'ipaddress' &&
        other.effect === statement.effect &&
        other.conditions.some((one) => isAboutAddresses(one) && one.operator === 'ipaddress' && hasFamily(one, 'ipv6')),
    );
    return isPaired ? PASS : lone(statement, condition);
  });
}

const HIDDEN = unknown('which addresses the policy names is only known after apply');

function isAboutAddresses({ operator, key }: Condition): boolean {
  return (operator === 'ipaddress' || operator === 'notipaddress') && KEYS.has(key);
}

function hasFamily({ values }: Condition, family: string): boolean {
  return values.some((text) => text !== undefined && (parseCidr(text) ?? parseAddress(text))?.family === family);
}

function lone({ effect, sid }: Statement, { operator, values }: Condition): Verdict {
  const who = sid === undefined ? 'a statement' : `statement ${sid}`;
  // Over IPv6 nobody is in the ranges.
  const matches = operator === 'notipaddress';
  const isOpen = effect === 'allow' ? matches : !matches;
  const effectOverIpv6 = isOpen ? 'over IPv6 everybody gets past it' : 'over IPv6 everybody is refused';
  return fail(`${who} names IPv4 ranges alone (${values.join(', ')}): ${effectOverIpv6}`, {
    severity: isOpen ? 'error' : 'warning',
  });
}

function bucketPolicy(addresses: readonly string[]) {
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'OfficeOnly',
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: '${aws_s3_bucket.documents.arn}/*',
        Condition: { IpAddress: { 'aws:SourceIp': addresses } },
      },
    ],
  };
  return {
    aws_s3_bucket: { documents: { bucket: 'hue-documents' } },
    aws_s3_bucket_policy: {
      documents: { bucket: '${aws_s3_bucket.documents.id}', policy: JSON.stringify(policy) },
    },
  };
}
