/**
 * A text in which nothing hides: control characters, such as those that steer a terminal, and marks that turn the order of
 * letters are written out, as `\u202e`. Line ends and tabs stay.
 */
export function visible(text: string): string {
  return text.replace(HIDDEN, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const HIDDEN = /(?![\n\t])[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/** The same as one line. */
export function oneLine(text: string): string {
  return visible(text.replace(/\s+/g, ' ').trim());
}

/** The beginning of a text that is too long, which no letter is cut in two by. */
export function shortened(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max).replace(/[\ud800-\udbff]$/, '')}…`;
}
