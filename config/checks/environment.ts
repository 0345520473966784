import { contains, parseCidr } from '../../core/cidr';
import { GLOBAL_REGION, zonesOf } from '../../core/regions';
import { enumerate, error, type Finding, notice, type Path, warning } from '../finding';
import type { Environment, GatewayHosting, Network, Portal } from '../schema';
import { isAddressGateway, isCdnGateway, isDistributed, portalsInVpc } from '../portal-front';
import { checkContainerIn } from './container';
import { checkCdnGatewayIn, checkDistributionLogs } from './distribution';
import { checkEdgesIn } from './edge';
import { checkFailoverIn } from './failover';
import { checkGatewayIn } from './gateway';
import { checkInstancesIn } from './instances';

/** What an environment has to keep that more than one of its keys decide. */
export function checkEnvironment(environment: Environment, path: Path): Finding[] {
  return [
    ...checkNetwork(environment, path),
    ...checkDistributionLogs(environment, path),
    ...checkDataLocation(environment, path),
    ...checkSecurityLevel(environment, path),
    ...checkEdgesIn(environment, path),
    ...checkFailoverIn(environment, path),
    ...checkConnections(environment, path),
    ...hostings(environment, path).flatMap(({ hosting, path: here }) => checkHosting(hosting, environment, here)),
  ];
}

function checkNetwork(environment: Environment, path: Path): Finding[] {
  const { network, region } = environment;
  if (!network) return needNetwork(environment, path);
  if ('existing' in network) return checkSubnets(network.existing, region, [...path, 'network', 'existing']);
  const letters = zonesOf(region);
  if (network.zones <= letters.length) return [];
  return [
    error(
      [...path, 'network', 'zones'],
      `${region} has ${letters.length} zones, ${enumerate(letters)}, not ${network.zones}`,
    ),
  ];
}

function needNetwork(environment: Environment, path: Path): Finding[] {
  const needy = portalsInVpc(environment);
  if (needy.length === 0) return [];
  const names = enumerate(needy.map((id) => `\`${id}\``));
  const message =
    `has no \`network\`, and ${names} ${needy.length === 1 ? 'needs' : 'need'} a VPC; ` +
    'write network: { ipv4: 10.46.0.0/20 }, or `existing` for one that is there';
  return [{ ...error(path, message), missing: true }];
}

type Existing = Extract<Network, { existing: unknown }>['existing'];

function checkSubnets({ ipv6, subnets }: Existing, region: string, path: Path): Finding[] {
  const letters = zonesOf(region);
  const vpc = parseCidr(ipv6);
  const findings: Finding[] = [];
  const ids = new Set<string>();
  const ranges = new Set<string>();
  for (const tier of ['public', 'app'] as const) {
    const zones = new Set<string>();
    subnets[tier].forEach((subnet, index) => {
      const here = [...path, 'subnets', tier, index];
      const range = parseCidr(subnet.ipv6);
      if (range && range.prefix !== 64) {
        findings.push(error([...here, 'ipv6'], `${subnet.ipv6} is no /64; every subnet has one`));
      } else if (range && vpc && !contains(vpc, range)) {
        findings.push(error([...here, 'ipv6'], `${subnet.ipv6} is not in the VPC's block, ${ipv6}`));
      } else if (ranges.has(subnet.ipv6)) {
        findings.push(error([...here, 'ipv6'], `${subnet.ipv6} is another subnet's already`));
      }
      if (ids.has(subnet.id))
        findings.push(error([...here, 'id'], `${subnet.id} is in use above; each subnet has one place`));
      if (zones.has(subnet.zone)) {
        findings.push(
          error([...here, 'zone'], `zone ${subnet.zone} has a subnet above; name one ${tier} subnet for each zone`),
        );
      } else if (!letters.some((letter) => letter === subnet.zone)) {
        findings.push(error([...here, 'zone'], `${region} has no zone ${subnet.zone}; it has ${enumerate(letters)}`));
      }
      ids.add(subnet.id);
      ranges.add(subnet.ipv6);
      zones.add(subnet.zone);
    });
  }
  return findings;
}

/** State-agency data may have to stay in Vietnam (Decree 163/2024, art. 30.1), so this fails closed. */
function checkDataLocation(environment: Environment, path: Path): Finding[] {
  const { dataLocation, approval, region } = environment;
  if (dataLocation === 'abroad') {
    if (approval) return checkApproval(approval, [...path, 'approval']);
    const message = 'is missing; data abroad needs the decision that allows it: { number, date, signedBy }';
    return [error([...path, 'approval'], message)];
  }
  const placed = hostings(environment, path);
  const abroad = placed.filter(({ hosting }) => hosting.type !== 'gateway');
  const findings = abroad.map(({ hosting, path: here }) =>
    error(
      [...here, 'type'],
      `a ${hosting.type} portal keeps its data in ${region}, and no AWS region is in Vietnam; ` +
        'use `type: gateway`, or say `dataLocation: abroad` with an `approval`',
    ),
  );
  const gateways = placed.flatMap(({ hosting }) => (hosting.type === 'gateway' ? [hosting] : []));
  if (gateways.some(isAddressGateway)) {
    const message = `data at rest stays with the origin, but access logs, and whatever is cached at the edge, are in ${region}`;
    findings.push(notice([...path, 'dataLocation'], message));
  }
  const portals = Object.values(environment.portals);
  if (portals.some((portal) => portal.waf && isDistributed(portal.hosting))) {
    const message = `CloudFront's web ACLs, and so their logs of requests with full addresses, are in ${GLOBAL_REGION}`;
    findings.push(notice([...path, 'dataLocation'], message));
  }
  if (portals.some(({ hosting, failover }) => failover && !isDistributed(hosting))) {
    const message =
      'while a maintenance page answers, requests go to the edge locations of CloudFront, all over the world';
    findings.push(notice([...path, 'dataLocation'], message));
  }
  if (gateways.some(isCdnGateway)) {
    const message =
      `data at rest stays with the origin, but CloudFront's access logs are in ${region}, ` +
      'and what it passes on and caches is at its edge locations, all over the world';
    findings.push(notice([...path, 'dataLocation'], message));
  }
  return findings;
}

/** A file that `init` wrote validates as it stands, but nobody has decided anything yet. */
function checkApproval(approval: NonNullable<Environment['approval']>, path: Path): Finding[] {
  if (![approval.number, approval.signedBy].some((text) => /^replace[- ]me\b/i.test(text))) return [];
  return [warning(path, 'is still what `portal6 init` wrote; data abroad needs a decision')];
}

function checkSecurityLevel({ securityLevel, portals }: Environment, path: Path): Finding[] {
  if (securityLevel >= 3) return [];
  const handling = Object.entries(portals).filter(([, { service }]) => service !== 'information');
  if (handling.length === 0) return [];
  const names = enumerate(handling.map(([id, { service }]) => `\`${id}\` (${service})`));
  const message =
    `is ${securityLevel}, but systems that handle administrative procedures, such as ${names}, ` +
    'are level 3 (Decree 331/2026, art. 13.2.b, as secondary sources quote it)';
  return [warning([...path, 'securityLevel'], message)];
}

/** What all gateway portals of an environment share: one VPC, with one table of routes. */
function checkConnections(environment: Environment, path: Path): Finding[] {
  const findings: Finding[] = [];
  const targets = new Map<string, string>();
  const numbers = new Map<string, number>();
  let vpnGateway: string | undefined;
  for (const { hosting, path: here } of hostings(environment, path)) {
    if (hosting.type !== 'gateway' || !hosting.connection) continue;
    const { connection } = hosting;
    const target = gatewayOf(connection);
    if (!('transitGateway' in connection)) {
      // Connections of our own share one gateway.
      const gateway = 'vpn' in connection ? OWN_GATEWAY : connection.vpnGateway;
      if (vpnGateway !== undefined && vpnGateway !== gateway) {
        const message = `a VPC takes one VPN gateway, and ${vpnGateway} is attached for another portal`;
        findings.push(error([...here, 'connection', 'vpn' in connection ? 'vpn' : 'vpnGateway'], message));
      }
      vpnGateway ??= gateway;
    }
    if ('vpn' in connection) {
      const { address, asn } = connection.vpn;
      findings.push(
        ...checkNumber(asn, numbers.get(address), environment.region, [...here, 'connection', 'vpn', 'asn']),
      );
      numbers.set(address, numbers.get(address) ?? asn);
    }
    connection.routes.forEach((route, index) => {
      const other = targets.get(route);
      if (other !== undefined && other !== target) {
        findings.push(error([...here, 'connection', 'routes', index], `${route} leads to ${other} for another portal`));
      }
      targets.set(route, other ?? target);
    });
  }
  return findings;
}

type Connection = NonNullable<GatewayHosting['connection']>;

function gatewayOf(connection: Connection): string {
  if ('vpn' in connection) return connection.vpn.address;
  return 'vpnGateway' in connection ? connection.vpnGateway : connection.transitGateway;
}

const OWN_GATEWAY = 'one made here';

/** Numbers that AWS keeps for itself (https://docs.aws.amazon.com/vpn/latest/s2svpn/cgw-options.html). */
const RESERVED_NUMBERS: Readonly<Record<number, string | undefined>> = {
  9059: 'eu-west-1',
  10124: 'ap-northeast-1',
  17943: 'ap-southeast-1',
};

function checkNumber(asn: number, other: number | undefined, region: string, path: Path): Finding[] {
  if (other !== undefined && other !== asn) {
    return [error(path, `is ${asn}, but ${other} for another portal behind the same address; a device has one`)];
  }
  if (asn !== 7224 && RESERVED_NUMBERS[asn] !== region) return [];
  return [error(path, `${asn} is AWS's own in ${region}; use that of the data center, or leave it out`)];
}

function checkHosting(hosting: Portal['hosting'], environment: Environment, path: Path): Finding[] {
  switch (hosting.type) {
    case 'container':
      return checkContainerIn(hosting, environment, path);
    case 'instances':
      return checkInstancesIn(hosting, environment, path);
    case 'gateway':
      if (isCdnGateway(hosting)) return checkCdnGatewayIn(hosting, environment, path);
      return environment.network && isAddressGateway(hosting) ? checkGatewayIn(hosting, environment.network, path) : [];
    case 'static':
      return [];
  }
}

function hostings(
  { portals }: Environment,
  path: Path,
): { readonly hosting: Portal['hosting']; readonly path: Path }[] {
  return Object.entries(portals).map(([id, { hosting }]) => ({ hosting, path: [...path, 'portals', id, 'hosting'] }));
}
