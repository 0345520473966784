import { pairwise, type Row } from './pairwise';

/** What of network and hosting varies. An adopted network has no zones, block, NAT or mode of its own to choose. */
export const FACTORS = {
  network: ['built', 'adopted'],
  zones: ['2', '3', '4', 'given'],
  ipv6: ['amazon', '/44', '/48', '/52', '/56', 'given'],
  nat: ['per-zone', 'single', 'none', 'given'],
  tasks: ['dual-stack', 'ipv6-only', 'given'],
  hosting: ['container', 'transit gateway', 'VPN gateway', 'given way'],
  portals: ['one', 'two alike', 'two kinds'],
  zone: ['of Route 53', 'created', 'external'],
  aaaa: ['off', 'staged', 'live'],
  allow: ['everybody', 'few'],
  secrets: ['none', 'some'],
  state: ['local', 's3'],
  environment: ['production', 'staging'],
} as const;

export type Variation = Row<typeof FACTORS>;

export function isAllowed({ network, zones, ipv6, nat, tasks, hosting, secrets }: Variation): boolean {
  const adopted = network === 'adopted';
  return (
    [zones, ipv6, nat, tasks].every((level) => (level === 'given') === adopted) &&
    (hosting === 'container' || (hosting === 'given way') === adopted) &&
    (secrets === 'none' || hosting === 'container')
  );
}

export const variations = (): Variation[] => pairwise(FACTORS, isAllowed);
