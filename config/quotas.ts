import type { AgencyFile, Environment } from './schema';

/** Something that AWS limits, as an account needs it in one region. */
export interface Need {
  /** AWS's own words, in which an increase is asked for. */
  readonly what: string;
  readonly count: number;
  /** What a new account may have in a region. */
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

const KINDS: readonly { readonly what: string; readonly quota: number; readonly count: (_: Environment) => number }[] =
  [
    { what: 'VPCs', quota: 5, count: (environment) => managed(environment) + probe(environment) },
    { what: 'Elastic IP addresses', quota: 5, count: natGateways },
    {
      what: 'egress-only internet gateways',
      quota: 5,
      count: (environment) => managed(environment) + probe(environment),
    },
    { what: 'Application Load Balancers', quota: 50, count: ({ portals }) => Object.keys(portals).length },
  ];

/**
 * What the accounts of these agencies must allow, by account and region, because quotas are counted so: two
 * environments in one account share them.
 *
 * Counts what the files ask for, portals that wait for the delegation of their zone included, and knows nothing of what
 * else the account holds.
 */
export function accountNeeds(agencies: readonly AgencyFile[]): AccountNeeds[] {
  const accounts = new Map<string, { id: string; environment: Environment }[]>();
  for (const { agency, environments } of agencies) {
    for (const [id, environment] of Object.entries(environments)) {
      const key = `${environment.account} ${environment.region}`;
      accounts.set(key, [...(accounts.get(key) ?? []), { id: `${agency.id}/${id}`, environment }]);
    }
  }
  return [...accounts.values()].map((members) => needsOf(members));
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

function needsOf(members: readonly { id: string; environment: Environment }[]): AccountNeeds {
  const { account, region } = members[0]!.environment;
  return {
    account,
    region,
    environments: members.map(({ id }) => id),
    needs: KINDS.map(({ what, quota, count }) => ({
      what,
      count: members.reduce((sum, { environment }) => sum + count(environment), 0),
      quota,
    })),
    dualStackTasks: members.some(({ environment }) => hasDualStackTasks(environment)),
  };
}

function managed({ network }: Environment): number {
  return 'existing' in network ? 0 : 1;
}

/** The IPv6 probe has a VPC of its own, and is there once any portal has an AAAA to ask for. */
function probe({ portals }: Environment): number {
  return Object.values(portals).some(({ publish }) => publish.aaaa !== 'off') ? 1 : 0;
}

function natGateways({ network }: Environment): number {
  if ('existing' in network || network.nat === 'none') return 0;
  return network.nat === 'single' ? 1 : network.zones;
}

function hasDualStackTasks({ network, portals }: Environment): boolean {
  const dualStack = 'existing' in network || network.appSubnets === 'dual-stack';
  return dualStack && Object.values(portals).some(({ hosting }) => hosting.type === 'container');
}
