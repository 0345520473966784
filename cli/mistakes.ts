import type { Comparison } from './comparison';
import type { Io } from './io';
import { colorsFor, renderProblems } from './output';
import type { DesignedSide } from './ref-side';

/** Says what is wrong in the files of a side, each called as in the working copy. */
export function tellMistakes(
  { problems }: Pick<DesignedSide, 'problems'>,
  { fileName }: Pick<Comparison, 'fileName'>,
  io: Io,
): void {
  const errors = problems
    .filter(({ severity }) => severity === 'error')
    .map((problem) => ({ ...problem, file: fileName(problem.file) }));
  io.stderr.write(renderProblems(errors, colorsFor(io.stderr, io.env)));
}
