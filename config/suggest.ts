import { closest, distance } from 'fastest-levenshtein';

/**
 * The candidate that somebody probably meant, if one is near; case counts for nothing.
 */
export function suggest(written: string, candidates: readonly string[]): string | undefined {
  // A long text is no typing error, and measuring it costs time.
  if (candidates.length === 0 || written.length > 60) return undefined;
  const plain = new Map(candidates.map((candidate) => [candidate.toLowerCase(), candidate]));
  const word = written.toLowerCase();
  const nearest = closest(word, [...plain.keys()]);
  const length = Math.max(word.length, nearest.length);
  // Two letters in the wrong order count as two mistakes.
  const tolerated = length < 4 && sortLetters(word) !== sortLetters(nearest) ? 1 : Math.max(2, Math.floor(length / 3));
  return distance(word, nearest) <= tolerated ? plain.get(nearest) : undefined;
}

/** `; did you mean \`zones\`?`, or nothing where no candidate is near. */
export function didYouMean(written: string, candidates: readonly string[]): string {
  const candidate = suggest(written, candidates);
  return candidate === undefined ? '' : `; did you mean \`${candidate}\`?`;
}

function sortLetters(text: string): string {
  return [...text].sort().join('');
}
