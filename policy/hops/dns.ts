import type { Family } from '../../core/cidr';
import type { Edge } from './edges';
import { closed, type HopResult, OPEN, unseen } from './hop';

/** Every public name has a record of the family. */
export function dns({ names, records }: Edge, family: Family): HopResult {
  const type = family === 'ipv4' ? 'A' : 'AAAA';
  if (names.length === 0) return unseen('no name leads here: neither a record nor a certificate says one');
  if (records.size === 0) {
    return unseen(`enter the records: the zone is outside, so ${type} records cannot be seen here`);
  }
  const without = names.filter((name) => !records.has(`${name} ${type}`));
  return without.length === 0 ? OPEN : closed(`publish ${type} for ${without.join(', ')}`);
}
