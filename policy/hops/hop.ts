import type { Family } from '../../core/cidr';
import type { Cause } from '../rule';
import type { Maybe } from '../value';

/** The hops of a citizen's packet, from the name to the answer. */
export const HOPS = ['dns', 'edge', 'listener', 'firewall', 'route', 'target', 'health'] as const;

export type HopName = (typeof HOPS)[number];

/** Whether a hop is there: known to be, known not to be, or not to be known from this input. */
export type State = 'pass' | 'fail' | 'unknown';

/** What was found at one hop for one family. */
export interface HopResult {
  readonly state: State;
  /** Why it is not a pass, as something to do. */
  readonly reason?: string;
  /** Where the findings are that say why it is closed, where those are not about the hop. */
  readonly causes?: readonly Cause[];
  /** How much it weighs that it is closed, where clients get through all the same, but elsewhere. */
  readonly severity?: 'warning';
}

export const OPEN: HopResult = { state: 'pass' };

export function closed(reason: string): HopResult {
  return { state: 'fail', reason };
}

export function unseen(reason: string): HopResult {
  return { state: 'unknown', reason };
}

/** A hop that is open, closed for a reason, or not seen for another. */
export function hop(is: Maybe, whenClosed: string, whenUnseen: string): HopResult {
  if (is === undefined) return unseen(whenUnseen);
  return is ? OPEN : closed(whenClosed);
}

/** The least of some results: closed before unseen before open. */
export function worst(results: readonly HopResult[]): HopResult {
  return results.find(({ state }) => state === 'fail') ?? results.find(({ state }) => state === 'unknown') ?? OPEN;
}

/** The best of some ways, of which one is enough; undefined where there are none. */
export function best(results: readonly HopResult[]): HopResult | undefined {
  return (
    results.find(({ state }) => state === 'pass') ?? results.find(({ state }) => state === 'unknown') ?? results[0]
  );
}

export const FAMILY_NAME: Readonly<Record<Family, string>> = { ipv4: 'IPv4', ipv6: 'IPv6' };

/** Where all of a family are. */
export const EVERYBODY: Readonly<Record<Family, string>> = { ipv4: '0.0.0.0/0', ipv6: '::/0' };
