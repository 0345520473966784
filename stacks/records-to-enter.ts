import type { Portal } from '../config/schema';
import type { ValidationRecord } from '../constructs/dns/validated-certificate';
import type { Front } from '../constructs/edge/front';
import { stagedName } from '../core/names';

/** A record for a person to enter in a zone that is not in Route 53. */
export interface RecordToEnter {
  readonly name: string;
  readonly type: 'A' | 'AAAA' | 'CNAME';
  readonly value: string;
}

/**
 * What somebody has to enter for a portal whose zone is not in Route 53: what proves control of its names, and what leads
 * to it.
 */
export function recordsToEnter(
  portal: Portal,
  front: Front,
  validationRecords: readonly ValidationRecord[],
): RecordToEnter[] {
  const proofs = validationRecords.map(({ name, value }) => ({ name, type: 'CNAME' as const, value }));
  return [...proofs, ...(front.addresses ? byAddress(portal, front.addresses) : byName(portal, front.dnsName))];
}

/** A CNAME answers for both families at once: what is published over IPv6 is decided by which names are entered. */
function byName({ domain, aliases, publish }: Portal, dnsName: string): RecordToEnter[] {
  const staged = publish.aaaa === 'off' ? [] : [stagedName(domain)];
  return [...staged, domain, ...aliases].map((name) => ({ name, type: 'CNAME', value: dnsName }));
}

/** Addresses that stay are entered as they are, which an apex needs, and for each family apart. */
function byAddress({ domain, aliases, publish }: Portal, addresses: NonNullable<Front['addresses']>): RecordToEnter[] {
  const records = (name: string, type: 'A' | 'AAAA'): RecordToEnter[] =>
    addresses[type].map(({ address }) => ({ name, type, value: address }));
  const types = publish.aaaa === 'live' ? (['A', 'AAAA'] as const) : (['A'] as const);
  return [
    ...(publish.aaaa === 'off' ? [] : records(stagedName(domain), 'AAAA')),
    ...[domain, ...aliases].flatMap((name) => types.flatMap((type) => records(name, type))),
  ];
}
