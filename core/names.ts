import { createHash } from 'node:crypto';

/**
 * A name of at most `max` characters: the text itself, or its beginning and 6 hex digits of its SHA-256, so that two
 * long names that begin alike stay apart.
 */
export function shortName(text: string, max: number): string {
  if (text.length <= max) return text;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 6);
  return `${text.slice(0, max - 7).replace(/-+$/, '')}-${hash}`;
}

/** Id of the stack of one agency's environment; also the name of its folder in the synth output. */
export function stackId(agency: string, environment: string): string {
  return `${agency}-${environment}`;
}

/** Id of the stack that holds the address pools; it belongs to no agency. */
export const REGISTRY_STACK = 'address-registry';

/**
 * Id of the stack that holds the buckets for an agency's states.
 *
 * @param environment where the agency has several such stacks, one for each account: an environment of this one
 */
export function stateStackId(agency: string, environment?: string): string {
  return stackId(agency, environment === undefined ? 'state' : `state-${environment}`);
}

/**
 * Name of what belongs to one portal of a stack. Two hyphens, which no id has, so that no two portals of an account
 * share a name: portal `b-c` of stack `hue-a`, and portal `c` of stack `hue-a-b`.
 */
export function portalName(stack: string, portal: string): string {
  return `${stack}--${portal}`;
}

/** The name that gets the AAAA first, and keeps it: what `verify` looks at before citizens get it. */
export function stagedName(domain: string): string {
  return `v6.${domain}`;
}
