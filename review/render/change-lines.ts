import { plural } from '../../core/plural';
import type { ResourceChange } from '../report';
import { attributeLines, nameOf, SIGNS } from '../words';

/** A resource's change as a diff shows it: what it is, why, and attribute by attribute. */
export function changeText(change: ResourceChange): string {
  const { action, type, from, reasons = [], attributes, address, construct, predicted, unwritten } = change;
  const title = `${SIGNS[action]} ${nameOf(change)}${construct === undefined ? '' : ` (${type})`}`;
  const notes = [
    ...(construct === undefined ? [] : [`# ${address}`]),
    ...(from === undefined ? [] : [`# was ${from}${unwritten ? ', and no moved block says so' : ''}`]),
    ...reasonLines(reasons).map((reason) => `# ${predicted ? 'predicted: ' : ''}${reason}`),
  ];
  // Of what goes, that it goes is all there is to say.
  const lines = action === 'delete' ? [] : attributes.flatMap(attributeLines);
  return [`@@ ${title} @@`, ...notes, ...lines].join('\n');
}

function reasonLines(reasons: readonly string[]): readonly string[] {
  return reasons.length <= 3 ? reasons : [...reasons.slice(0, 3), `and ${plural(reasons.length - 3, 'reason')} more`];
}

/** The first and the last of them, and between them how many there were. */
export function middleCut(items: readonly string[], room: number): readonly string[] {
  if (items.length <= room) return items;
  const ends = Math.floor(room / 2);
  return [
    ...items.slice(0, ends),
    `# ${items.length - 2 * ends} cut here, so that this fits a comment`,
    ...items.slice(items.length - ends),
  ];
}
