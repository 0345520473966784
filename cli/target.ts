import { basename } from 'node:path';
import { UserError } from '../core/errors';
import { REGISTRY_STACK } from '../core/names';

/** What a command is about: an agency, one of its environments, or one of that one's portals. */
export interface Target {
  readonly agency: string;
  readonly environment?: string;
  readonly portal?: string;
}

const SLUG = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const FORMS = ['agency', 'agency/environment', 'agency/environment/portal'] as const;

/**
 * Reads `hue`, `hue/production` or `hue/production/portal`.
 *
 * @param depth how many of the three parts the command understands
 * @throws UserError when the text is none of these.
 */
export function parseTarget(text: string, depth: 1 | 2 | 3 = 3): Target {
  const parts = text.split('/');
  if (parts.length <= depth && parts.every((part) => SLUG.test(part))) {
    const [agency, environment, portal] = parts;
    return { agency: agency!, ...(environment && { environment }), ...(portal && { portal }) };
  }
  // Shells complete file names, so this is what people get by pressing Tab.
  const fromFile = /\.ya?ml$/.test(text) ? basename(text).replace(/\.ya?ml$/, '') : '';
  const hint = SLUG.test(fromFile) ? `; did you mean \`${fromFile}\`?` : '';
  throw new UserError(`write ${FORMS.slice(0, depth).join(' or ')}, got: ${text}${hint}`);
}

/** Whether a target is the address registry, which belongs to no agency. */
export function isRegistry(text: string): boolean {
  return text === REGISTRY_STACK;
}

/**
 * Whose buckets for states a target means: `all` for `state`, or `hue` for `hue/state`. No agency and no environment is
 * called `state`.
 *
 * @returns undefined where it means something else
 */
export function stateHolder(text: string): string | undefined {
  if (text === 'state') return 'all';
  const { agency, environment } = /^[^/]+\/state$/.test(text) ? parseTarget(text, 2) : {};
  return environment === undefined ? undefined : agency;
}
