import { loadAgency, type LoadedAgency } from '../config/load';
import { mayHaveOwnWaivers } from '../config/may-have-waivers';
import { formatProblem } from '../config/problem';
import { type PlacedWaiver, readWaivers, type WaiverContext, waiversOf } from '../config/waivers';
import { UserError } from '../core/errors';

/**
 * The waivers of the fleet and of some agencies.
 *
 * @param loaded agencies that are read already
 * @param others ids of agencies whose files are not read; they are where they have waivers
 * @throws UserError when a waiver is wrong: to go on without it would be as wrong as to guess what it was to say
 */
export function waiversFor(
  config: string,
  loaded: readonly LoadedAgency[],
  others: readonly string[],
  context: WaiverContext,
): PlacedWaiver[] {
  // A mistake elsewhere in the file of an agency is none in its waivers.
  const read = others
    .filter((id) => loaded.every((agency) => agency.id !== id) && mayHaveOwnWaivers(config, id))
    .map((id) => loadAgency(config, id));
  const agencies = [...loaded, ...read.flatMap((fleet) => fleet.agencies)];
  const all = [readWaivers(config, context), ...agencies.map((agency) => waiversOf(agency, context))];
  const errors = [...read, ...all].flatMap(({ problems }) => problems).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new UserError(...errors.map(formatProblem));
  return all.flatMap(({ waivers }) => waivers);
}
