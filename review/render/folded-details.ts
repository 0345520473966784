import { plural } from '../../core/plural';
import { FAMILY_NAME } from '../../policy/hops/hop';
import { code, escape, fenced, folded, grid } from '../../policy/reporters/markdown-text';
import { source } from '../provider-facts';
import type { AddressChange, StackReview } from '../report';
import { countsOf, countsText, movedBlocks } from '../words';
import { changeText, linesOf } from './change-lines';
import { andMore, MAX_SENTENCE, middleCut } from './cut';

/** All that changes in a stack, each kind under a title that opens. */
export function foldedDetails(stack: StackReview, isOneOfMany: boolean, room: number): string[] {
  const of = isOneOfMany ? ` of ${stack.stack}` : '';
  const moved = movedBlocks(stack.changes);
  const diff = (title: string, texts: readonly string[], note = ''): string =>
    texts.length === 0
      ? ''
      : folded(title, fenced(middleCut(texts, room).join('\n\n'), 'diff'), ...(note === '' ? [] : [note]));
  return [
    // Of a stack that nobody asks for any more nothing is done, so there is nothing to look through.
    stack.presence === 'gone'
      ? ''
      : diff(
          `What changes${of}: ${countsText(countsOf(stack.changes))}${stack.by === 'plan' ? ' (by a plan)' : ' (from the configuration alone)'}`,
          stack.changes.map(changeText),
          stack.changes.some(({ predicted }) => predicted) ? `Predictions: ${escape(source())}.` : '',
        ),
    moved === ''
      ? ''
      : folded(
          `\`moved\` blocks to add${of}`,
          'In a file of their own beside `cdk.tf.json`, such as `moved.tf`:',
          fenced(moved, 'hcl'),
        ),
    diff(`Changed outside Terraform${of}: ${countsText(countsOf(stack.drift))}`, stack.drift.map(changeText)),
    stack.addresses.length === 0
      ? ''
      : folded(
          `Address plan${of}: ${plural(stack.addresses.length, 'block')}`,
          ...[addressGrid(stack.addresses.slice(0, room)), andMore(stack.addresses.length - room, 'block')].filter(
            (part) => part !== '',
          ),
        ),
    stack.settings.length === 0
      ? ''
      : folded(`Beside resources${of}`, fenced(middleCut(linesOf(stack.settings), room).join('\n'), 'diff')),
  ];
}

function addressGrid(addresses: readonly AddressChange[]): string {
  return grid(
    ['', 'family', 'before', 'after'],
    addresses.map(({ name, family, before = '', after = '' }) => [
      escape(name, MAX_SENTENCE),
      FAMILY_NAME[family],
      code(before),
      code(after),
    ]),
  );
}
