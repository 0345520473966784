import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { FlowLog } from '@cdktf/provider-aws/lib/flow-log';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import type { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { Construct } from 'constructs';
import { assumeRolePolicy } from '../iam';
import { RETENTION_DAYS } from '../retention';

/** Properties for `FlowLogs`. */
export interface FlowLogsProps {
  readonly vpc: Vpc;

  /** Name of the log group. */
  readonly logGroup: string;

  /**
   * Key that encrypts the log at rest.
   *
   * @default - AWS's own key
   */
  readonly dataKeyArn?: string;
}

/**
 * The fields of a record. `type` tells IPv4 from IPv6; the `pkt-` addresses are those before a gateway translated
 * them (https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html).
 */
const FIELDS = [
  'version',
  'account-id',
  'interface-id',
  'type',
  'srcaddr',
  'dstaddr',
  'pkt-srcaddr',
  'pkt-dstaddr',
  'srcport',
  'dstport',
  'protocol',
  'tcp-flags',
  'flow-direction',
  'packets',
  'bytes',
  'start',
  'end',
  'action',
  'log-status',
];

/** A record of every flow in a VPC, addresses of both families in full, kept for a year. */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, { vpc, logGroup, dataKeyArn }: FlowLogsProps) {
    super(scope, id);

    const group = new CloudwatchLogGroup(this, 'log-group', {
      name: logGroup,
      retentionInDays: RETENTION_DAYS,
      kmsKeyId: dataKeyArn,
    });
    const role = new IamRole(this, 'role', {
      namePrefix: 'portal6-flow-logs-',
      assumeRolePolicy: assumeRolePolicy('vpc-flow-logs.amazonaws.com'),
    });
    new IamRolePolicy(this, 'role-policy', {
      role: role.id,
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
            Resource: [group.arn, `${group.arn}:*`],
          },
          // Asked for by AWS; there is no resource to narrow it to
          // (https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html).
          { Effect: 'Allow', Action: 'logs:DescribeLogGroups', Resource: '*' },
        ],
      }),
    });
    new FlowLog(this, 'Resource', {
      vpcId: vpc.id,
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logDestination: group.arn,
      iamRoleArn: role.arn,
      // "$${" is how Terraform writes a "${" of its own.
      logFormat: FIELDS.map((field) => `$\${${field}}`).join(' '),
    });
  }
}
