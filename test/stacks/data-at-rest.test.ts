import { blocks } from '../helpers/blocks';
import { everything, exampleStacks } from '../helpers/stacks';
import type { Synthesized, SynthesizedResource } from '../helpers/synth';

/** With what a resource encrypts what rests in it. */
type Encryption = (resource: SynthesizedResource, stack: Synthesized) => string;

/** Where data rests: what citizens send, who they are, and what runs. */
const RESTS: Readonly<Record<string, Encryption>> = {
  aws_cloudwatch_log_group: ({ attributes }, stack) => nameOf(attributes.kms_key_id, stack),
  aws_sns_topic: ({ attributes }, stack) => nameOf(attributes.kms_master_key_id, stack),
  aws_s3_bucket: bucketEncryption,
  aws_launch_template: volumeEncryption,
  aws_ecs_service: () => "AWS's key for Fargate",
  aws_lambda_function: () => "AWS's key for Lambda",
  aws_cloudfront_distribution: () => "AWS's key for edge locations",
};

/** What holds settings alone, and nothing that a citizen or an application put there; objects are their bucket's. */
const SETTINGS =
  /^aws_(acm_certificate|appautoscaling_|autoscaling_|customer_gateway|cloudfront_(function|origin_access_control|response_headers_policy)|cloudwatch_(dashboard|metric_alarm)|default_security_group|ec2_transit_gateway_|ecs_cluster|ecs_task_definition|egress_only_|eip|flow_log|globalaccelerator_|iam_|internet_gateway|kms_|lb|nat_gateway|network_acl|route|s3_bucket_|s3_object|scheduler_|security_group|sns_topic_subscription|subnet|vpc|vpn_|wafv2_)/;

const stacks = [...exampleStacks(), ['everything', everything()] as const];

test.each(stacks)('of every type of resource in %s it is known whether data rests in it', (_, { resources }) => {
  const strange = resources.map(({ type }) => type).filter((type) => !(type in RESTS) && !SETTINGS.test(type));

  expect([...new Set(strange)]).toEqual([]);
});

/** What the stack's own key does not encrypt, and why. */
const EXCEPTIONS: readonly (readonly [path: RegExp, encryption: string, reason: string])[] = [
  [/^access-logs\/Resource$/, 'SSE-S3', 'load balancers write with nothing else'],
  [/^distribution-logs\/Resource$/, 'SSE-S3', 'as load balancers do'],
  [/\/edge\/Resource$/, "AWS's key for edge locations", 'there is no other: what is cached there, everybody may see'],
  [/\/failover\/page\/Resource$/, 'SSE-S3', 'a page for everybody, for when all else fails: it rests on no key'],
  [/\/hosting\/Resource$/, "AWS's key for Fargate", 'a task keeps nothing'],
  [/\/hosting\/launch-template$/, "AWS's key for EBS", 'Auto Scaling would need a grant on the key'],
  [/^probe\/Resource$/, "AWS's key for Lambda", 'its code is public, and it has no variables'],
];

test.each(stacks)("in %s the stack's own key encrypts all that rests, but for what is listed", (_, stack) => {
  const others = encryptions(stack).filter(([, encryption]) => !/^data-key(-us-east-1)?$/.test(encryption));
  const listed = EXCEPTIONS.map(([path, encryption]) => ({ path, encryption }));

  expect(
    others.filter(([at, encryption]) => !listed.some((one) => one.path.test(at) && one.encryption === encryption)),
  ).toEqual([]);
  expect(encryptions(stack).length).toBeGreaterThan(others.length);
});

test('all of it but for the topics of alarms, by name', () => {
  const all = encryptions(everything()).filter(([path]) => !path.includes('/alarms/'));

  expect(Object.fromEntries(all)).toEqual({
    'access-logs/Resource': 'SSE-S3',
    'distribution-logs/Resource': 'SSE-S3',
    'network/flow-logs/log-group': 'data-key',
    'portals/accelerated/failover/edge/Resource': "AWS's key for edge locations",
    'portals/accelerated/failover/page/Resource': 'SSE-S3',
    'portals/accelerated/hosting/Resource': "AWS's key for Fargate",
    'portals/accelerated/hosting/log-group': 'data-key',
    'portals/cdn/edge/Resource': "AWS's key for edge locations",
    'portals/container/hosting/Resource': "AWS's key for Fargate",
    'portals/container/hosting/log-group': 'data-key',
    'portals/container/waf/log-group': 'data-key',
    'portals/fixed/hosting/Resource': "AWS's key for Fargate",
    'portals/fixed/hosting/log-group': 'data-key',
    'portals/instances/hosting/launch-template': "AWS's key for EBS",
    'portals/instances/hosting/log-group': 'data-key',
    'portals/signed/hosting/Resource': "AWS's key for Fargate",
    'portals/signed/hosting/log-group': 'data-key',
    'portals/site/edge/Resource': "AWS's key for edge locations",
    'portals/site/hosting/Resource': 'data-key',
    'portals/site/waf-global/log-group': 'data-key-us-east-1',
    'probe/Resource': "AWS's key for Lambda",
    'probe/flow-logs/log-group': 'data-key',
    'probe/log-group': 'data-key',
  });
});

test('the list of exceptions is no longer than it has to be', () => {
  const all = stacks.flatMap(([, stack]) => encryptions(stack));

  expect(EXCEPTIONS.filter(([path]) => !all.some(([at]) => path.test(at)))).toEqual([]);
});

function encryptions(stack: Synthesized): [path: string, encryption: string][] {
  return stack.resources.flatMap((resource): [string, string][] => {
    const encryption = RESTS[resource.type];
    return encryption ? [[resource.path, encryption(resource, stack)]] : [];
  });
}

/** The path of a key of the stack, by its ARN. */
function nameOf(arn: unknown, stack: Synthesized): string {
  const key = stack.resources.find(({ type, address }) => type === 'aws_kms_key' && arn === `\${${address}.arn}`);
  return key ? key.path.replace('/Resource', '') : "AWS's key";
}

function bucketEncryption({ address }: SynthesizedResource, stack: Synthesized): string {
  const [own] = stack
    .ofType('aws_s3_bucket_server_side_encryption_configuration')
    .filter(({ bucket }) => String(bucket).startsWith(`\${${address}.`));
  const [by] = blocks(own?.rule).flatMap((rule) => blocks(rule.apply_server_side_encryption_by_default));
  return by?.sse_algorithm === 'aws:kms' ? nameOf(by.kms_master_key_id, stack) : 'SSE-S3';
}

function volumeEncryption({ attributes }: SynthesizedResource): string {
  const volumes = blocks(attributes.block_device_mappings).flatMap((device) => blocks(device.ebs));
  return volumes.length > 0 && volumes.every(({ encrypted }) => encrypted === true || encrypted === 'true')
    ? "AWS's key for EBS"
    : 'nothing';
}
