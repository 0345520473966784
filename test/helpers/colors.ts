import type { Colors } from '../../review/render/style';

const paint =
  (name: string) =>
  (text: string): string =>
    `<${name}>${text}</>`;

/** Colors that can be read. */
export const MARKED: Colors = {
  bold: paint('bold'),
  dim: paint('dim'),
  red: paint('red'),
  yellow: paint('yellow'),
  green: paint('green'),
  cyan: paint('cyan'),
};

const plain = (text: string): string => text;

export const PLAIN: Colors = { bold: plain, dim: plain, red: plain, yellow: plain, green: plain, cyan: plain };
