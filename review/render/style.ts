type Paint = (text: string) => string;

/** How a terminal shows things; without colors, the same texts as they are. */
export interface Colors {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly yellow: Paint;
  readonly green: Paint;
  readonly cyan: Paint;
}

/** The lines of a diff, in the colors that diffs have. */
export function painted(text: string, colors: Colors): string {
  return text
    .split('\n')
    .map((line) => {
      if (line.startsWith('@@')) return colors.cyan(line);
      if (line.startsWith('+')) return colors.green(line);
      if (line.startsWith('-')) return colors.red(line);
      if (line.startsWith('!')) return colors.yellow(line);
      return line.startsWith('#') ? colors.dim(line) : line;
    })
    .join('\n');
}
