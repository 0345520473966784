import { plural } from '../core/plural';
import { oneLine } from '../core/visible';
import { ACTIONS, type Action, type AttributeChange, type ResourceChange } from './report';

/** What Terraform calls an action in its summaries. */
const TO_DO: Readonly<Record<Action, string>> = {
  delete: 'to destroy',
  replace: 'to replace',
  create: 'to add',
  update: 'to change',
  move: 'to move',
  import: 'to import',
  forget: 'to forget',
};

/** Signs of actions as plans have them. */
export const SIGNS: Readonly<Record<Action, string>> = {
  delete: '-',
  replace: '-/+',
  create: '+',
  update: '~',
  move: '>',
  import: '<',
  forget: '.',
};

/** How many of each there are. */
export type Counts = Readonly<Partial<Record<Action, number>>>;

export function countsOf(changes: readonly Pick<ResourceChange, 'action'>[]): Counts {
  const counts: Partial<Record<Action, number>> = {};
  for (const { action } of changes) counts[action] = (counts[action] ?? 0) + 1;
  return counts;
}

/** `1 to destroy, 4 to replace, 2 to change`; empty where nothing is to be done. */
export function countsText(counts: Counts): string {
  return ACTIONS.flatMap((action) => (counts[action] ? [`${counts[action]} ${TO_DO[action]}`] : [])).join(', ');
}

/** How a resource is called: by its construct below the stack, which is shorter than its address and says more. */
export function nameOf({ construct, address }: Pick<ResourceChange, 'construct' | 'address'>): string {
  if (construct === undefined) return address;
  return construct.slice(construct.indexOf('/') + 1).replace(/\/Resource$/, '');
}

/** Longer values are cut: a review shows what changes, not all of it. */
const MAX_VALUE = 160;

/** A value as a line of a diff has it: `"10.46.0.0/20"`. Expressions are as they are written. */
export function valueText(value: unknown): string {
  const isExpression = typeof value === 'string' && /^\$\{[^]*\}$|^\(.*\)$/.test(value);
  return shortened(isExpression ? value.replace(/\r?\n/g, '\\n') : JSON.stringify(value));
}

/** A value of a configuration in a sentence: of a map its type, or else its keys. */
export function configText(value: unknown): string {
  if (value === undefined) return 'not set';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return valueText(value);
  const { type } = value as { readonly type?: unknown };
  return typeof type === 'string' ? type : shortened(`{ ${Object.keys(value).join(', ')} }`);
}

function shortened(text: string): string {
  return text.length <= MAX_VALUE
    ? text
    : `${text.slice(0, MAX_VALUE)}… (${plural(text.length - MAX_VALUE, 'character')} more)`;
}

/** `80`, `80 and 443`, `22, 80 and 443`. */
export function enumerated(texts: readonly string[]): string {
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)!}`;
}

/** The lines of a diff for one attribute, those before first. */
export function attributeLines({ path, before, after, sensitive, replaces }: AttributeChange): string[] {
  const note = replaces ? '  # forces replacement' : '';
  if (sensitive) return [`! ${path} = (sensitive, changed)${note}`];
  return [
    ...(before === undefined ? [] : [`- ${path} = ${valueText(before)}${after === undefined ? note : ''}`]),
    ...(after === undefined ? [] : [`+ ${path} = ${valueText(after)}${note}`]),
  ];
}

/** The blocks that make moves of what would be destroyed and made anew. */
export function movedBlocks(changes: readonly ResourceChange[]): string {
  return changes
    .filter(({ unwritten }) => unwritten)
    .map(({ from = '', address }) => `moved {\n  from = ${oneLine(from)}\n  to   = ${oneLine(address)}\n}\n`)
    .join('\n');
}
