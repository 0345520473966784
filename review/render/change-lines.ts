import { plural } from '../../core/plural';
import { shortened, visible } from '../../core/visible';
import type { ResourceChange } from '../report';
import { attributeLines, nameOf, SIGNS } from '../words';

/** More lines than these tell nobody more of one resource. */
const MAX_LINES = 100;

/** Longer ones are cut: a value is short by now, but what it is called by need not be. */
const MAX_LINE = 500;

/** A resource's change as a diff shows it: what it is, why, and attribute by attribute. */
export function changeText(change: ResourceChange): string {
  const { action, type, from, reasons = [], attributes, address, construct, cause, predicted, unwritten } = change;
  const title = `${SIGNS[action]} ${nameOf(change)}${construct === undefined ? '' : ` (${type})`}`;
  const notes = [
    ...(construct === undefined ? [] : [`# ${address}`]),
    ...(from === undefined ? [] : [`# was ${from}${unwritten ? ', and no moved block says so' : ''}`]),
    ...(cause ? [`# by ${cause}`] : []),
    ...reasonLines(reasons).map((reason) => `# ${predicted ? 'predicted: ' : ''}${reason}`),
  ];
  // Of what goes, that it goes is all there is to say.
  const lines = action === 'delete' ? [] : linesOf(attributes);
  return [...[`@@ ${title} @@`, ...notes].map(line), ...lines].join('\n');
}

/** The lines of attributes, each of them one line whatever is in it; of many, the first and how many more there are. */
export function linesOf(attributes: ResourceChange['attributes']): readonly string[] {
  const lines = attributes.flatMap(attributeLines);
  const rest = lines.length - MAX_LINES;
  return [...lines.slice(0, MAX_LINES).map(line), ...(rest > 0 ? [`# and ${plural(rest, 'line')} more`] : [])];
}

function line(text: string): string {
  return shortened(visible(text.replace(/\r?\n/g, '\\n').replaceAll('\t', '\\t')), MAX_LINE);
}

function reasonLines(reasons: readonly string[]): readonly string[] {
  return reasons.length <= 3 ? reasons : [...reasons.slice(0, 3), `and ${plural(reasons.length - 3, 'reason')} more`];
}
