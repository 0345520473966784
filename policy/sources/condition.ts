import { referencesOf } from './expression';

/** Something that has to hold, or must not hold, for a resource to be made. */
export interface Test {
  /** As it is written, such as `var.enabled`. */
  readonly text: string;
  readonly negated: boolean;
}

/**
 * The tests by which a `count` or `for_each` that only Terraform will know makes something at all: each has to come out.
 * None where it is made in any case, though perhaps several times.
 *
 * @param expression without the `${` and `}` around it
 * @param isEmpty whether a variable is an empty collection as long as nobody says otherwise
 */
export function testsOf(
  expression: string,
  repeats: 'count' | 'for_each',
  isEmpty: (variable: string) => boolean,
): readonly Test[] {
  const code = withoutParentheses(expression);
  const whole = [{ text: code, negated: false }];
  const ternary = partsOf(code);
  if (ternary) {
    const isNone = ternary.branches.map((branch) => NONE.test(withoutParentheses(branch)));
    if (isNone[0] && isNone[1]) return whole;
    if (isNone[1]) return testsIn(ternary.test);
    return isNone[0] ? negate(testsIn(ternary.test), ternary.test) : [];
  }
  // A number may be 0. A collection holds something, or the stack would make no sense: there are no portals without zones.
  const isNumber = repeats === 'count' && !/\blength\s*\(/.test(code);
  const references = referencesOf(`\${${code}}`);
  const isOff = references.some((one) => one.kind === 'variable' && isEmpty(one.name));
  const isFiltered = /\sif\s/.test(code);
  const isFollowing = references.length > 0 && references.every(({ kind }) => kind === 'resource');
  return (isNumber && !isFollowing) || isOff || isFiltered ? whole : [];
}

/** The tests that a condition is made of. */
export function testsIn(condition: string): readonly Test[] {
  const code = withoutParentheses(condition);
  const parts = splitAt(code, '||').length > 1 ? [code] : splitAt(code, '&&');
  if (parts.length > 1) return parts.flatMap(testsIn);
  if (/^!(?!=)/.test(code)) return negate(testsIn(code.slice(1)), code.slice(1));
  return [{ text: code.replace(/\s+/g, ' '), negated: false }];
}

/** That one of several tests does not come out is a test of its own. */
function negate(tests: readonly Test[], condition: string): readonly Test[] {
  const [one, ...more] = tests;
  if (one && more.length === 0) return [{ ...one, negated: !one.negated }];
  return [{ text: withoutParentheses(condition).replace(/\s+/g, ' '), negated: true }];
}

/** What a `count` or `for_each` is that makes nothing. */
const NONE = /^(0|"0?"|\[\s*\]|\{\s*\}|to(set|map|list)\(\s*(\[\s*\]|\{\s*\})\s*\)|null)$/;

/** `test ? one : other`; undefined where it is none. */
function partsOf(code: string): { readonly test: string; readonly branches: readonly [string, string] } | undefined {
  const [test, ...rest] = splitAt(code, '?');
  if (rest.length === 0) return undefined;
  const branches = rest.join('?');
  // The branch in the middle has a colon for each question mark of its own.
  const colons = splitAt(branches, ':');
  const inner = splitAt(colons[0]!, '?').length - 1;
  return { test: test!, branches: [colons.slice(0, inner + 1).join(':'), colons.slice(inner + 1).join(':')] };
}

function withoutParentheses(code: string): string {
  const text = code.trim();
  if (!text.startsWith('(') || !text.endsWith(')')) return text;
  const inner = text.slice(1, -1);
  return isBalanced(inner) ? withoutParentheses(inner) : text;
}

function isBalanced(code: string): boolean {
  let depth = 0;
  for (const char of code.replace(STRING, '')) {
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

const STRING = /"(?:[^"\\]|\\.)*"/g;

/** The parts between separators that are in no brackets and no literal. */
function splitAt(code: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of code.matchAll(/"(?:[^"\\]|\\.)*"|&&|\|\||[^]/g)) {
    if ('([{'.includes(token)) depth += 1;
    else if (')]}'.includes(token)) depth -= 1;
    else if (token === separator && depth === 0) {
      parts.push(code.slice(start, index));
      start = index + token.length;
    }
  }
  return [...parts, code.slice(start)];
}
