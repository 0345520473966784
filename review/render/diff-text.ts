import { plural } from '../../core/plural';
import { oneLine } from '../../core/visible';
import type { Diff, StackDiff } from '../report';
import { countsOf, countsText, movedBlocks } from '../words';
import { changeText, linesOf } from './change-lines';
import { type Colors, painted } from './style';

/** What changes, stack by stack, for people at a terminal; the line that sums up comes last. */
export function diffText({ stacks, same }: Diff, colors: Colors): string {
  const counts = countsText(countsOf(stacks.flatMap(({ changes }) => changes)));
  const sum =
    stacks.length === 0
      ? `No change: ${plural(same, 'stack')} the same`
      : `${plural(stacks.length, 'stack')} changed${counts && `: ${counts}`}; ${same} the same`;
  return [...stacks.map((stack) => `${section(stack, colors)}\n`), `${colors.bold(sum)}\n`].join('\n');
}

/** The changes of one stack. */
export function section(stack: StackDiff, colors: Colors): string {
  const { changes, settings, drift, presence, by } = stack;
  const counts = countsText(countsOf(changes)) || 'no resource changes';
  const title = `${oneLine(stack.stack)}${presence === 'both' ? '' : ` (${presence})`}: ${counts}${by === 'plan' ? ', by a plan' : ''}`;
  const moved = movedBlocks(changes);
  return [
    colors.bold(title),
    ...changes.map((change) => painted(changeText(change), colors)),
    ...(moved === ''
      ? []
      : [`Add these beside cdk.tf.json, so that these resources move and are not destroyed:\n\n${moved.trimEnd()}`]),
    ...(drift.length === 0
      ? []
      : [colors.bold('Changed outside Terraform'), ...drift.map((change) => painted(changeText(change), colors))]),
    ...(settings.length === 0 ? [] : [`Beside resources\n${painted(linesOf(settings).join('\n'), colors)}`]),
  ].join('\n\n');
}
