import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Route53HealthCheck, type Route53HealthCheckConfig } from '@cdktf/provider-aws/lib/route53-health-check';
import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import type { Front } from '../edge/front';

/** How Route 53 asks an address: by HTTPS for a path, or whether it takes a connection. */
export type AddressProbe = { readonly host: string; readonly path: string } | 'connect';

/** Properties for `AddressHealth`. */
export interface AddressHealthProps {
  /** Name of the portal; names of alarms and checks begin with it. */
  readonly name: string;

  /** The addresses to ask, each by a check of its own. Route 53 asks from outside, so everybody has to be let in. */
  readonly addresses: NonNullable<Front['addresses']>;

  /** How to ask. `host` is what the certificate is for; any answer of 2xx or 3xx means well. */
  readonly probe: AddressProbe;

  /** Topic in us-east-1 that hears of the alarms and of their ends. */
  readonly alarmTopicArn: string;

  /** Provider for us-east-1, the one region that has the metrics of health checks. */
  readonly provider: TerraformProvider;
}

const FAMILIES = [
  ['ipv4', 'IPv4', 'A'],
  ['ipv6', 'IPv6', 'AAAA'],
] as const;

/**
 * Whether the fixed addresses of a portal answer, asked from outside, over IPv4 and over IPv6: a Route 53 health check for
 * each, and an alarm on it.
 *
 * A check over IPv6 needs a literal address; of a name Route 53 asks the IPv4 addresses alone
 * (https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html). It proves the way to that address
 * and that something behind it answers: of an accelerator, the accelerator and one of its endpoints.
 */
export class AddressHealth extends Construct {
  constructor(scope: Construct, id: string, props: AddressHealthProps) {
    super(scope, id);

    for (const [family, label, type] of FAMILIES) {
      for (const { id: place, address } of props.addresses[type]) {
        const name = `${props.name}-${family}-${place}`;
        const description = `Address ${place} of the portal does not answer over ${label}, asked by Route 53.`;
        this.defineCheck(`${family}-${place}`, { ...props, name, description, address });
      }
    }
  }

  private defineCheck(
    id: string,
    { name, description, address, probe, alarmTopicArn, provider }: AddressHealthProps & Checked,
  ): void {
    const scope = new Construct(this, id);
    // An address cannot be added to a check or taken from it, so it is there from the start.
    const check = new Route53HealthCheck(scope, 'health-check', {
      ipAddress: address,
      port: 443,
      ...questionOf(probe),
      tags: { Name: name },
    });
    new CloudwatchMetricAlarm(scope, 'alarm', {
      alarmName: `${name}-down`,
      alarmDescription: description,
      namespace: 'AWS/Route53',
      metricName: 'HealthCheckStatus',
      dimensions: { HealthCheckId: check.id },
      statistic: 'Minimum',
      period: 60,
      evaluationPeriods: 3,
      datapointsToAlarm: 3,
      threshold: 1,
      comparisonOperator: 'LessThanThreshold',
      treatMissingData: 'breaching',
      alarmActions: [alarmTopicArn],
      okActions: [alarmTopicArn],
      provider,
    });
  }
}

interface Checked {
  readonly address: string;
  readonly description: string;
}

/** With an address, `fqdn` is the name in SNI and Host. A check by TCP takes none. */
function questionOf(
  probe: AddressProbe,
): Pick<Route53HealthCheckConfig, 'type' | 'fqdn' | 'resourcePath' | 'enableSni'> {
  if (probe === 'connect') return { type: 'TCP' };
  return { type: 'HTTPS', fqdn: probe.host, resourcePath: probe.path, enableSni: true };
}
