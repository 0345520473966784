import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { Agency, Environment, Portal } from '../config/schema';
import { hasEdge, isDistributed, usesCloudFront } from '../config/portal-front';
import { tagsOf } from '../config/stack-tags';
import { AccessLogBucket } from '../constructs/edge/access-log-bucket';
import { DistributionLogBucket } from '../constructs/edge/distribution-log-bucket';
import type { HostedZone } from '../constructs/dns/hosted-zone';
import { Ipv6Probe } from '../constructs/health/ipv6-probe';
import type { DataCenter } from '../constructs/network/data-center-link';
import { gatewayOf } from '../constructs/network/data-center-link';
import { DualStackVpc } from '../constructs/network/dual-stack-vpc';
import { ExistingNetwork } from '../constructs/network/existing-network';
import type { EndpointService } from '../constructs/network/interface-endpoints';
import type { Network } from '../constructs/network/network';
import { stackId } from '../core/names';
import type { Files } from './app';
import { DataKeys } from './data-keys';
import { output } from './output';
import { PortalPart } from './portal-part';
import { Providers } from './providers';
import { defineBackend, requireVersions } from './terraform-settings';

/** Properties for `AgencyStack`. */
export interface AgencyStackProps {
  readonly agency: Agency;

  /** Key of the environment in the agency file. */
  readonly environmentId: string;

  readonly environment: Environment;

  /** Texts that the file names by their files. */
  readonly files: Files;
}

/** One agency's environment: its network, its IPv6 probe and its portals, in one state. */
export class AgencyStack extends TerraformStack {
  constructor(scope: Construct, { agency, environmentId, environment, files }: AgencyStackProps) {
    const id = stackId(agency.id, environmentId);
    super(scope, id);
    const { account, region } = environment;
    const portals = Object.entries(environment.portals).sort(([a], [b]) => (a < b ? -1 : 1));
    const answering = portals.filter(([, portal]) => hasEdge(portal));
    const distributed = answering.filter(([, { hosting }]) => isDistributed(hosting));

    const tags = tagsOf(agency, environmentId, environment);

    const providers = new Providers(this, { region, account, tags });
    const dataKeys = new DataKeys(this, {
      name: id,
      region,
      account,
      distributions: distributed.length > 0,
      providers,
    });
    requireVersions(this, environment.provider);
    defineBackend(this, id, environment.state, region);
    const network = this.defineNetwork(id, environment, answering, dataKeys, agency.contact);
    const probe = answering.some(([, { publish, edge }]) => publish.aaaa !== 'off' && edge !== 'network')
      ? new Ipv6Probe(this, 'probe', { name: id, region, dataKeyArn: dataKeys.arn })
      : undefined;
    const accessLogs =
      answering.length > distributed.length
        ? new AccessLogBucket(this, 'access-logs', {
            name: id,
            account,
            logDelivery: answering.some(([, { edge }]) => edge !== 'load-balancer'),
          })
        : undefined;
    const distributionLogs = answering.some(([, portal]) => usesCloudFront(portal))
      ? new DistributionLogBucket(this, 'distribution-logs', { name: id, region })
      : undefined;

    const scopeOfPortals = new Construct(this, 'portals');
    const parts = portals.map(
      ([portalId, portal]) =>
        new PortalPart(scopeOfPortals, portalId, {
          stack: id,
          agency,
          portal,
          files,
          tags,
          providers,
          dataKeys,
          region,
          account,
          network,
          probe,
          accessLogs,
          distributionLogs,
          protected: environment.protected ?? environmentId === 'production',
        }),
    );
    delegateWithin(parts.flatMap(({ createdZone }) => createdZone ?? []));
    if (network) output(this, 'network', { vpc: network.vpcId, ipv4: network.ipv4Cidr, ipv6: network.ipv6Cidr });
  }

  private defineNetwork(
    id: string,
    environment: Environment,
    portals: readonly [string, Portal][],
    dataKeys: DataKeys,
    email: string,
  ): Network | undefined {
    const { network, region } = environment;
    if (!network) return undefined;
    if ('existing' in network) return new ExistingNetwork(this, 'network', network.existing);
    const vpc = new DualStackVpc(this, 'network', {
      name: id,
      region,
      ipv4: network.ipv4,
      ipv6: network.ipv6,
      zones: network.zones,
      nat: network.nat,
      appSubnets: network.appSubnets,
      endpoints: network.nat === 'none' && network.appSubnets === 'dual-stack' ? endpointsFor(portals) : [],
      dataCenters: dataCentersOf(portals, email),
      dataKeyArn: dataKeys.arn,
    });
    if (vpc.vpns.length > 0)
      output(
        this,
        'vpn',
        vpc.vpns.map(({ address, tunnels }) => ({ address, tunnels })),
      );
    return vpc;
  }
}

/** A created zone below another created one is delegated here; of all the others the parent is somebody else's. */
function delegateWithin(zones: readonly HostedZone[]): void {
  for (const zone of zones) {
    const [parent] = zones
      .filter(({ name }) => zone.name.endsWith(`.${name}`))
      .sort((one, other) => other.name.length - one.name.length);
    if (parent) zone.delegateFrom(parent);
  }
}

/** What tasks need to start and to log where no NAT gateway leads out. */
function endpointsFor(portals: readonly [string, Portal][]): EndpointService[] {
  const containers = portals.flatMap(([, { hosting }]) => (hosting.type === 'container' ? [hosting] : []));
  if (containers.length === 0) return [];
  const services = containers.flatMap(({ secrets }) => Object.values(secrets).map((arn) => arn.split(':')[2]));
  return [
    'ecr.api',
    'ecr.dkr',
    'logs',
    ...(['secretsmanager', 'ssm'] as const).filter((service) => services.includes(service)),
  ];
}

/**
 * The portals' data centers, one for each gateway, with the ranges of all portals behind it.
 *
 * @param email who hears of a VPN of our own that is down
 */
function dataCentersOf(portals: readonly [string, Portal][], email: string): DataCenter[] {
  const merged = new Map<string, DataCenter>();
  for (const [, { hosting }] of portals) {
    if (hosting.type !== 'gateway' || !hosting.connection) continue;
    const { connection } = hosting;
    const dataCenter: DataCenter =
      'vpn' in connection ? { ...connection, vpn: { ...connection.vpn, email } } : connection;
    const id = gatewayOf(dataCenter);
    const routes = new Set([...(merged.get(id)?.routes ?? []), ...dataCenter.routes]);
    merged.set(id, { ...dataCenter, routes: [...routes].sort() });
  }
  return [...merged.values()];
}
