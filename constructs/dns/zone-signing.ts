import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Route53HostedZoneDnssec } from '@cdktf/provider-aws/lib/route53-hosted-zone-dnssec';
import { Route53KeySigningKey } from '@cdktf/provider-aws/lib/route53-key-signing-key';
import type { ITerraformDependable, TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { AlarmTopic } from '../health/alarm-topic';

/** Properties for `ZoneSigning`. */
export interface ZoneSigningProps {
  /** What names of alarms begin with. */
  readonly name: string;

  /** The zone to sign. */
  readonly zone: { readonly zoneId: string; readonly name: string };

  /** Account of zone and key. */
  readonly account: string;

  /** Who hears when signing fails, which makes the zone's names vanish for every resolver that validates. */
  readonly email: string;

  /** Provider of us-east-1, where the keys and metrics of Route 53 are. */
  readonly provider: TerraformProvider;

  /**
   * Key in us-east-1 that encrypts the alarms' messages at rest.
   *
   * @default - AWS's own key
   */
  readonly dataKeyArn?: string;
}

/** What AWS recommends to watch; each comes once in four hours. */
const ALARMS = [
  ['internal-failure', 'DNSSECInternalFailure', 'Route 53 cannot sign'],
  ['key-needs-action', 'DNSSECKeySigningKeysNeedingAction', 'Route 53 cannot use the key that signs'],
] as const;

const FOUR_HOURS = 4 * 60 * 60;

/**
 * Signs a zone (DNSSEC), with a key of its own in KMS and alarms.
 *
 * Until the parent zone has the DS record nobody asks for signatures, so a zone may be signed at any time. Taking it back
 * goes the other way round: first the DS, then, once its TTL is over, the signing
 * (https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec.html).
 */
export class ZoneSigning extends Construct {
  /** Value of the DS record for the parent zone; known after apply. */
  public readonly dsRecord: string;

  /** The DS record must wait for this: resolvers that see it ask for signatures. */
  public readonly signed: ITerraformDependable;

  constructor(scope: Construct, id: string, props: ZoneSigningProps) {
    super(scope, id);
    const { zone } = props;

    const key = this.defineKey(props);
    const signingKey = new Route53KeySigningKey(this, 'key-signing-key', {
      hostedZoneId: zone.zoneId,
      keyManagementServiceArn: key.arn,
      // A second one, by which a key is replaced, needs another name.
      name: 'portal6_1',
      status: 'ACTIVE',
    });
    this.signed = new Route53HostedZoneDnssec(this, 'Resource', {
      hostedZoneId: zone.zoneId,
      signingStatus: 'SIGNING',
      dependsOn: [signingKey],
    });
    this.dsRecord = signingKey.dsRecord;
    this.defineAlarms(props);
  }

  private defineKey({ zone, account, provider }: ZoneSigningProps): KmsKey {
    return new KmsKey(this, 'key', {
      description: `Signs ${zone.name} (DNSSEC)`,
      customerMasterKeySpec: 'ECC_NIST_P256',
      keyUsage: 'SIGN_VERIFY',
      // The longest there is: a zone whose key is gone cannot be signed, and vanishes for whoever validates.
      deletionWindowInDays: 30,
      policy: JSON.stringify({ Version: '2012-10-17', Statement: statements(zone.zoneId, account) }),
      provider,
    });
  }

  private defineAlarms({ name, zone, email, dataKeyArn, provider }: ZoneSigningProps): void {
    const topic = new AlarmTopic(this, 'alarms', { name, email, dataKeyArn, provider });
    for (const [id, metricName, meaning] of ALARMS) {
      new CloudwatchMetricAlarm(this, id, {
        alarmName: `${name}-dnssec-${id}`,
        alarmDescription: `${meaning}: ${zone.name} is about to vanish for resolvers that validate.`,
        namespace: 'AWS/Route53',
        metricName,
        dimensions: { HostedZoneId: zone.zoneId },
        statistic: 'Sum',
        period: FOUR_HOURS,
        evaluationPeriods: 1,
        threshold: 0,
        comparisonOperator: 'GreaterThanThreshold',
        // A window in which no value came tells nothing.
        treatMissingData: 'ignore',
        alarmActions: [topic.arn],
        okActions: [topic.arn],
        provider,
      });
    }
  }
}

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/access-control-managing-permissions.html#KMS-key-policy-for-DNSSEC */
function statements(zoneId: string, account: string): object[] {
  const route53 = { Effect: 'Allow', Principal: { Service: 'dnssec-route53.amazonaws.com' }, Resource: '*' };
  return [
    {
      Sid: 'Account',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
    {
      Sid: 'Sign',
      ...route53,
      Action: ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:Sign'],
      Condition: {
        StringEquals: { 'aws:SourceAccount': account },
        ArnEquals: { 'aws:SourceArn': `arn:aws:route53:::hostedzone/${zoneId}` },
      },
    },
    {
      Sid: 'Grant',
      ...route53,
      Action: 'kms:CreateGrant',
      Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
  ];
}
