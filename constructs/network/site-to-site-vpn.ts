import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { CustomerGateway } from '@cdktf/provider-aws/lib/customer-gateway';
import { VpnConnection, type VpnConnectionConfig } from '@cdktf/provider-aws/lib/vpn-connection';
import { VpnConnectionRoute } from '@cdktf/provider-aws/lib/vpn-connection-route';
import type { VpnGateway } from '@cdktf/provider-aws/lib/vpn-gateway';
import { Construct } from 'constructs';
import { AlarmTopic } from '../health/alarm-topic';
import { RETENTION_DAYS } from '../retention';

/** Properties for `SiteToSiteVpn`. */
export interface SiteToSiteVpnProps {
  /** Name of the stack; names of alarm, log group and tags begin with it, and no other stack of the account has it. */
  readonly name: string;

  /** The VPC's gateway, attached. It may have other connections. */
  readonly gateway: VpnGateway;

  /** Public IPv4 address of the data center's VPN device. */
  readonly address: string;

  /** Number of the data center's autonomous system. AWS asks for one though the routes are static. */
  readonly asn: number;

  /** IPv4 ranges of the data center. */
  readonly routes: readonly string[];

  /** Who hears when neither tunnel is up. */
  readonly email: string;

  /**
   * Key that encrypts tunnel logs and the alarm's messages at rest.
   *
   * @default - AWS's own key
   */
  readonly dataKeyArn?: string;
}

/**
 * A VPN connection between the VPC and a data center: two tunnels over the Internet, IPv4 inside.
 *
 * One connection carries one family inside, and a virtual private gateway knows IPv4 alone
 * (https://docs.aws.amazon.com/vpn/latest/s2svpn/how_it_works.html). AWS makes the pre-shared keys; they are in the state.
 */
export class SiteToSiteVpn extends Construct {
  /** The data center's end. */
  public readonly address: string;
  /** AWS's ends of the two tunnels, for the data center's device; known after apply. */
  public readonly tunnels: readonly [string, string];

  constructor(scope: Construct, id: string, props: SiteToSiteVpnProps) {
    super(scope, id);
    const { name, gateway, address, asn, routes, dataKeyArn } = props;
    const tags = { Name: `${name}-vpn-${address}` };

    const customerGateway = new CustomerGateway(this, 'customer-gateway', {
      type: 'ipsec.1',
      ipAddress: address,
      bgpAsn: String(asn),
      // Without a name of its own AWS would hand out the one that another stack made for the same device.
      deviceName: name,
      tags,
    });
    const logs = new CloudwatchLogGroup(this, 'log-group', {
      // Under this prefix AWS needs no policy of each log group's own, of which there is room for few.
      name: `/aws/vendedlogs/portal6/${name}/vpn/${address}`,
      retentionInDays: RETENTION_DAYS,
      kmsKeyId: dataKeyArn,
    });
    const connection = new VpnConnection(this, 'Resource', {
      type: 'ipsec.1',
      vpnGatewayId: gateway.id,
      customerGatewayId: customerGateway.id,
      staticRoutesOnly: true,
      tunnelInsideIpVersion: 'ipv4',
      ...tunnelOptions(logs.arn),
      tags,
    });
    for (const range of routes) {
      new VpnConnectionRoute(this, `route-${range}`, {
        vpnConnectionId: connection.id,
        destinationCidrBlock: range,
      });
    }
    this.defineAlarm(props, connection);
    this.address = address;
    this.tunnels = [connection.tunnel1Address, connection.tunnel2Address];
  }

  /** One tunnel alone is how AWS does maintenance, so only the loss of both is worth waking somebody. */
  private defineAlarm({ name, address, email, dataKeyArn }: SiteToSiteVpnProps, { id }: VpnConnection): void {
    const { arn } = new AlarmTopic(this, 'alarms', { name: `${name}-vpn`, email, dataKeyArn });
    new CloudwatchMetricAlarm(this, 'alarm', {
      alarmName: `${name}-vpn-${address}-down`,
      alarmDescription: `Neither tunnel to ${address} is up: what is behind it cannot be reached, over either family.`,
      namespace: 'AWS/VPN',
      metricName: 'TunnelState',
      dimensions: { VpnId: id },
      // Of both tunnels, so that one of them that is up counts.
      statistic: 'Maximum',
      period: 60,
      evaluationPeriods: 5,
      datapointsToAlarm: 5,
      threshold: 1,
      comparisonOperator: 'LessThanThreshold',
      treatMissingData: 'breaching',
      alarmActions: [arn],
      okActions: [arn],
    });
  }
}

const DH_GROUPS = [14, 15, 16, 19, 20, 21];
const ENCRYPTION = ['AES256', 'AES256-GCM-16'];
const INTEGRITY = ['SHA2-256', 'SHA2-384', 'SHA2-512'];

/**
 * IKEv2 with AES-256, SHA-2 and groups from 14 on but those that RFC 8247 (2.4) warns of; AWS's defaults go down to SHA-1
 * and group 2. AWS starts the tunnels and starts them again, whoever sends first.
 */
function tunnelOptions(logGroupArn: string): Partial<VpnConnectionConfig> {
  const cloudwatchLogOptions = { logEnabled: true, logGroupArn, logOutputFormat: 'json' };
  return {
    tunnel1IkeVersions: ['ikev2'],
    tunnel1Phase1DhGroupNumbers: DH_GROUPS,
    tunnel1Phase1EncryptionAlgorithms: ENCRYPTION,
    tunnel1Phase1IntegrityAlgorithms: INTEGRITY,
    tunnel1Phase2DhGroupNumbers: DH_GROUPS,
    tunnel1Phase2EncryptionAlgorithms: ENCRYPTION,
    tunnel1Phase2IntegrityAlgorithms: INTEGRITY,
    tunnel1StartupAction: 'start',
    tunnel1DpdTimeoutAction: 'restart',
    tunnel1LogOptions: { cloudwatchLogOptions },
    tunnel2IkeVersions: ['ikev2'],
    tunnel2Phase1DhGroupNumbers: DH_GROUPS,
    tunnel2Phase1EncryptionAlgorithms: ENCRYPTION,
    tunnel2Phase1IntegrityAlgorithms: INTEGRITY,
    tunnel2Phase2DhGroupNumbers: DH_GROUPS,
    tunnel2Phase2EncryptionAlgorithms: ENCRYPTION,
    tunnel2Phase2IntegrityAlgorithms: INTEGRITY,
    tunnel2StartupAction: 'start',
    tunnel2DpdTimeoutAction: 'restart',
    tunnel2LogOptions: { cloudwatchLogOptions },
  };
}
