import { isCdnGateway, isDistributed, usesCloudFront } from './portal-front';
import type { AgencyFile, Environment, Portal } from './schema';

/** Something that AWS limits, as an account needs it in one region, or in all of them where it belongs to none. */
export interface Need {
  /** AWS's own words, in which an increase is asked for. */
  readonly what: string;
  readonly count: number;
  /** What a new account may have. */
  readonly quota: number;
}

/** What the environments of one account and region need together. */
export interface AccountNeeds {
  readonly account: string;
  readonly region: string;
  /** As `agency/environment`. */
  readonly environments: readonly string[];
  readonly needs: readonly Need[];
  /**
   * Whether the ECS account setting `dualStackIPv6` has to be on: without it tasks in dual-stack subnets get no IPv6
   * address. It holds for the whole account, so no stack sets it.
   */
  readonly dualStackTasks: boolean;
}

interface Kind {
  readonly what: string;
  readonly quota: number;
  readonly count: (_: Environment) => number;

  /**
   * Whether it belongs to no region, so that all of the account are counted together.
   *
   * @default false
   */
  readonly global?: true;
}

const KINDS: readonly Kind[] = [
  { what: 'VPCs', quota: 5, count: (environment) => managed(environment) + probe(environment) },
  {
    what: 'Elastic IP addresses',
    quota: 5,
    count: (environment) => natGateways(environment) + fixedIpv4Addresses(environment),
  },
  {
    what: 'egress-only internet gateways',
    quota: 5,
    count: (environment) => managed(environment) + probe(environment),
  },
  {
    what: 'Application Load Balancers',
    quota: 50,
    count: (environment) =>
      Object.keys(environment.portals).length - distributed(environment).length - edges(environment, 'network'),
  },
  { what: 'Network Load Balancers', quota: 50, count: (environment) => edges(environment, 'network') },
  { what: 'accelerators', quota: 20, count: (environment) => edges(environment, 'accelerator'), global: true },
  // https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-limits.html
  { what: 'virtual private gateways', quota: 5, count: vpnGateways },
  // https://docs.aws.amazon.com/general/latest/gr/cf_region.html
  {
    what: 'CloudFront distributions',
    quota: 200,
    count: distributions,
    global: true,
  },
  {
    what: 'CloudFront response headers policies',
    quota: 20,
    count: distributions,
    global: true,
  },
  { what: 'CloudFront cache policies', quota: 20, count: cachePolicies, global: true },
  // https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
  { what: 'WAF web ACLs', quota: 100, count: (environment) => webAcls(environment, 'load-balancer').length },
  { what: 'WAF IP sets', quota: 100, count: (environment) => ipSets(webAcls(environment, 'load-balancer')) },
  {
    what: 'WAF web ACLs for CloudFront',
    quota: 100,
    count: (environment) => webAcls(environment, 'distribution').length,
    global: true,
  },
  {
    what: 'WAF IP sets for CloudFront',
    quota: 100,
    count: (environment) => ipSets(webAcls(environment, 'distribution')),
    global: true,
  },
];

/**
 * What the accounts of these agencies must allow, by account and region, because quotas are counted so: two
 * environments in one account share them.
 *
 * Counts what the files ask for, portals that wait for the delegation of their zone included, and knows nothing of what
 * else the account holds.
 */
export function accountNeeds(agencies: readonly AgencyFile[]): AccountNeeds[] {
  const all = agencies.flatMap(({ agency, environments }) =>
    Object.entries(environments).map(([id, environment]) => ({ id: `${agency.id}/${id}`, environment })),
  );
  const accounts = groupBy(all, ({ environment }) => environment.account);
  const regions = groupBy(all, ({ environment }) => `${environment.account} ${environment.region}`);
  return [...regions.values()].map((members) => needsOf(members, accounts.get(members[0]!.environment.account)!));
}

/** One line: `account 111122223333, ap-southeast-1 (hue/production): VPCs 2 of 5, ...`. */
export function formatNeeds({ account, region, environments, needs, dualStackTasks }: AccountNeeds): string {
  const parts = needs
    .filter(({ count }) => count > 0)
    .map(({ what, count, quota }) => `${what} ${count} of ${quota}${count > quota ? ' (ask AWS for more)' : ''}`);
  if (dualStackTasks) parts.push('ECS account setting dualStackIPv6 enabled');
  return `account ${account}, ${region} (${environments.join(', ')}): ${parts.join(', ') || 'nothing that AWS limits'}`;
}

/** Whether a new account's quotas do not suffice. */
export function exceedsQuota({ needs }: AccountNeeds): boolean {
  return needs.some(({ count, quota }) => count > quota);
}

interface Member {
  readonly id: string;
  readonly environment: Environment;
}

function groupBy(members: readonly Member[], key: (member: Member) => string): Map<string, Member[]> {
  const groups = new Map<string, Member[]>();
  for (const member of members) {
    const group = groups.get(key(member));
    if (group) group.push(member);
    else groups.set(key(member), [member]);
  }
  return groups;
}

/** @param everywhere those of the same account, in all regions */
function needsOf(members: readonly Member[], everywhere: readonly Member[]): AccountNeeds {
  const { account, region } = members[0]!.environment;
  return {
    account,
    region,
    environments: members.map(({ id }) => id),
    needs: KINDS.map(({ what, quota, count, global }) => ({
      what,
      count: (global ? everywhere : members).reduce((sum, { environment }) => sum + count(environment), 0),
      quota,
    })),
    dualStackTasks: members.some(({ environment }) => hasDualStackTasks(environment)),
  };
}

function managed({ network }: Environment): number {
  return !network || 'existing' in network ? 0 : 1;
}

/** The IPv6 probe has a VPC of its own, and is there once any portal that speaks HTTP has an AAAA to ask for. */
function probe({ portals }: Environment): number {
  return Object.values(portals).some(({ publish, edge }) => publish.aaaa !== 'off' && edge !== 'network') ? 1 : 0;
}

function edges({ portals }: Environment, kind: Portal['edge']): number {
  return Object.values(portals).filter(({ edge }) => edge === kind).length;
}

/** A network load balancer has one in each zone. */
function fixedIpv4Addresses(environment: Environment): number {
  const { network } = environment;
  if (!network) return 0;
  const zones = 'existing' in network ? network.existing.subnets.public.length : network.zones;
  return zones * edges(environment, 'network');
}

/** All VPNs of an environment share one. */
function vpnGateways({ portals }: Environment): number {
  return Object.values(portals).some(
    ({ hosting }) => hosting.type === 'gateway' && hosting.connection && 'vpn' in hosting.connection,
  )
    ? 1
    : 0;
}

function distributed({ portals }: Environment): Portal[] {
  return Object.values(portals).filter(({ hosting }) => isDistributed(hosting));
}

/** One in front of a portal, or one that shows its maintenance page. */
function distributions({ portals }: Environment): number {
  return Object.values(portals).filter(usesCloudFront).length;
}

/** One for each time that a gateway caches for. */
function cachePolicies({ portals }: Environment): number {
  return Object.values(portals).reduce((sum, { hosting }) => {
    const caches = hosting.type === 'gateway' && isCdnGateway(hosting) ? hosting.origin.cache : [];
    return sum + new Set(caches.map(({ seconds }) => seconds)).size;
  }, 0);
}

function webAcls({ portals }: Environment, guarded: 'load-balancer' | 'distribution'): Portal[] {
  return Object.values(portals).filter(
    ({ waf, hosting }) => waf && isDistributed(hosting) === (guarded === 'distribution'),
  );
}

/** One of each family for each list, and one for the probe. */
function ipSets(portals: readonly Portal[]): number {
  return portals.reduce((sum, { waf, publish }) => {
    const lists = [waf?.allow ?? [], waf?.block ?? []].filter(({ length }) => length > 0);
    return sum + 2 * lists.length + (publish.aaaa === 'off' ? 0 : 1);
  }, 0);
}

function natGateways({ network }: Environment): number {
  if (!network || 'existing' in network || network.nat === 'none') return 0;
  return network.nat === 'single' ? 1 : network.zones;
}

function hasDualStackTasks({ network, portals }: Environment): boolean {
  const dualStack = network !== undefined && ('existing' in network || network.appSubnets === 'dual-stack');
  return dualStack && Object.values(portals).some(({ hosting }) => hosting.type === 'container');
}
