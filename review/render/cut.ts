import { plural } from '../../core/plural';

/** How many of each kind there may be, from the first that makes a page short enough. */
export const ROOM: readonly number[] = [Infinity, 2000, 400, 100, 40, 15, 5, 0];

/** Sentences of ours are shorter, but for names that are very long. */
export const MAX_SENTENCE = 500;

/** Says how many were left out; nothing where none was. */
export function andMore(count: number, what: string): string {
  return count > 0 ? `And ${plural(count, what)} more, cut here.` : '';
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
