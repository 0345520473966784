import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { FlowLogs } from '../../../constructs/network/flow-logs';
import { synth } from '../../helpers/synth';

const stack = synth((scope) => {
  const vpc = new Vpc(scope, 'vpc', { cidrBlock: '10.0.0.0/20' });
  new FlowLogs(scope, 'FlowLogs', { vpc, logGroup: '/portal6/hue/flow-logs' });
});

/** Terraform reads "$${" as "${" of the text's own; anything else would be a reference of its own making. */
const fields = String(stack.only('aws_flow_log').log_format).split(' ');

test('every field is escaped, so that Terraform leaves it to AWS', () => {
  for (const field of fields) expect(field).toMatch(/^\$\$\{[a-z-]+\}$/);
});

test.each(['type', 'srcaddr', 'dstaddr', 'pkt-srcaddr', 'pkt-dstaddr', 'flow-direction'])(
  'a record has %s, to tell the families and their addresses apart',
  (field) => {
    expect(fields).toContain(`$\${${field}}`);
  },
);

test('the first field says which version the others are of', () => {
  expect(fields[0]).toBe('$${version}');
  expect(new Set(fields).size).toBe(fields.length);
});

test('refused packets are recorded too: they show what one family lacks', () => {
  expect(stack.only('aws_flow_log')).toMatchObject({
    vpc_id: stack.ref('vpc'),
    traffic_type: 'ALL',
    log_destination_type: 'cloud-watch-logs',
    log_destination: stack.ref('FlowLogs/log-group', 'arn'),
    iam_role_arn: stack.ref('FlowLogs/role', 'arn'),
  });
});

test('records are kept for the 12 months that the law asks for', () => {
  expect(stack.only('aws_cloudwatch_log_group')).toEqual({ name: '/portal6/hue/flow-logs', retention_in_days: 400 });
});

test('records are encrypted with the key that the stack has for its data', () => {
  const encrypted = synth((scope) => {
    const vpc = new Vpc(scope, 'vpc', { cidrBlock: '10.0.0.0/20' });
    new FlowLogs(scope, 'FlowLogs', { vpc, logGroup: '/portal6/hue/flow-logs', dataKeyArn: 'arn:aws:kms:key' });
  });

  expect(encrypted.only('aws_cloudwatch_log_group').kms_key_id).toBe('arn:aws:kms:key');
});

test('the role writes to this group and to no other', () => {
  const arn = stack.ref('FlowLogs/log-group', 'arn');

  expect(stack.only('aws_iam_role').assume_role_policy).toContain('"Service":"vpc-flow-logs.amazonaws.com"');
  expect(stack.only('aws_iam_role_policy').role).toBe(stack.ref('FlowLogs/role'));
  expect(JSON.parse(String(stack.only('aws_iam_role_policy').policy))).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        Resource: [arn, `${arn}:*`],
      },
      // Without it AWS takes the flow log and delivers nothing.
      { Effect: 'Allow', Action: 'logs:DescribeLogGroups', Resource: '*' },
    ],
  });
});
