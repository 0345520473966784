/** A block that `cidrsubnet(base, newbits, netnum)` cuts, with numbers that are written down. */
export interface Cut {
  /** The expression that stands for the whole block, without spaces. */
  readonly base: string;
  /** By how many bits the block is longer than the whole; calls within calls are one. */
  readonly newbits: number;
  readonly netnum: number;
  /** Whether there is such a number: 8 bits have 256. Terraform refuses others. */
  readonly fits: boolean;
}

/** Reads a template that is one call of `cidrsubnet`; undefined for everything else. */
export function parseCidrsubnet(template: string): Cut | undefined {
  const [, expression] = /^\$\{(.*)\}$/s.exec(template.trim()) ?? [];
  return expression === undefined ? undefined : cutOf(expression);
}

function cutOf(expression: string): Cut | undefined {
  const [, inner] = /^cidrsubnet\s*\((.*)\)$/s.exec(withoutParentheses(expression)) ?? [];
  const parts = inner === undefined ? undefined : split(inner);
  if (parts?.length !== 3) return undefined;
  const [whole, newbits, netnum] = [parts[0]!, literal(parts[1]!), literal(parts[2]!)];
  if (newbits === undefined || netnum === undefined) return undefined;
  const fits = newbits <= 128 && netnum < 2 ** newbits;
  const outer = cutOf(whole);
  if (!outer) {
    const base = withoutParentheses(whole).replaceAll(/\s/g, '');
    // `each.value` is another block each time.
    return /\b(each|count)\./.test(base) ? undefined : { base, newbits, netnum, fits };
  }
  return {
    base: outer.base,
    newbits: outer.newbits + newbits,
    netnum: outer.netnum * 2 ** newbits + netnum,
    fits: fits && outer.fits,
  };
}

function literal(text: string): number | undefined {
  const digits = withoutParentheses(text);
  return /^\d{1,9}$/.test(digits) ? Number(digits) : undefined;
}

function withoutParentheses(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith('(')) return trimmed;
  const inner = trimmed.slice(1, -1);
  return trimmed.endsWith(')') && split(inner)?.length === 1 ? withoutParentheses(inner) : trimmed;
}

/** The arguments between commas that are in no parentheses or literals; undefined where those do not match. */
function split(text: string): string[] | undefined {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]!;
    if (char === '"') {
      at = text.indexOf('"', at + 1);
      if (at < 0) return undefined;
    } else if ('([{'.includes(char)) depth += 1;
    else if (')]}'.includes(char)) depth -= 1;
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
    if (depth < 0) return undefined;
  }
  return depth === 0 ? [...parts, text.slice(from)] : undefined;
}
