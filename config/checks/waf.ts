import { addressBits, type Cidr, parseCidr } from '../../core/cidr';
import { error, type Finding, notice, type Path, warning } from '../finding';
import type { Portal } from '../schema';

/** What a portal's web ACL has to keep. */
export function checkWaf({ waf, edge }: Pick<Portal, 'waf' | 'edge'>, path: Path): Finding[] {
  if (!waf) return [];
  if (edge === 'network') {
    const message =
      'does not go with `edge: network`: AWS WAF judges requests, and a network load balancer passes bytes on; take it out, ' +
      'or use `edge: load-balancer`';
    return [error(path, message)];
  }
  const unasked =
    edge === 'accelerator' && waf.allow.length > 0
      ? [
          notice(
            [...path, 'allow'],
            'does not let Route 53 in, so the fixed addresses are not asked from outside; the probe is let in',
          ),
        ]
      : [];
  return [
    ...unasked,
    ...checkFamilies(waf.allow, [...path, 'allow'], (family) => `nobody comes over ${family}`),
    ...checkFamilies(waf.block, [...path, 'block'], (family) => `whoever is meant gets by over ${family}`),
    ...checkOverlaps(waf.allow, waf.block, path),
  ];
}

/** Both families of a list are sets of their own, and a set without ranges matches nobody. */
function checkFamilies(ranges: readonly string[], path: Path, follows: (family: string) => string): Finding[] {
  if (ranges.length === 0) return [];
  const missing = [
    ['IPv4', '.'],
    ['IPv6', ':'],
  ].filter(([, mark]) => !ranges.some((text) => text.includes(mark!)));
  return missing.map(([family]) =>
    warning(
      path,
      `holds no ${family} range, so ${follows(family!)} (V6-WAF-001); add the ${family} ranges of the same people`,
    ),
  );
}

/** Two ranges share nothing, or one is in the other. */
function checkOverlaps(allow: readonly string[], block: readonly string[], path: Path): Finding[] {
  const allowed = new Ranges(allow);
  const blocked = new Ranges(block);
  return [
    ...allow.flatMap((text, index) => {
      const around = blocked.around(text);
      if (around === undefined) return [];
      const message = `${text} is in ${around} of \`block\`, which goes first, so nobody of it comes; take one of them out`;
      return [warning([...path, 'allow', index], message)];
    }),
    ...block.flatMap((text, index) => {
      const around = allowed.around(text);
      if (around === undefined || around === text) return [];
      return [notice([...path, 'block', index], `${text} is taken out of ${around} of \`allow\``)];
    }),
  ];
}

/** A list of ranges, asked by prefix: with 10,000 in each of two lists, comparing all with all takes too long. */
class Ranges {
  private readonly texts = new Map<string, string>();
  private readonly prefixes: readonly number[];

  constructor(texts: readonly string[]) {
    const ranges = texts.map((text) => ({ text, range: parseCidr(text)! }));
    for (const { text, range } of ranges) this.texts.set(keyOf(range, range.prefix), text);
    this.prefixes = [...new Set(ranges.map(({ range }) => range.prefix))].sort((one, other) => one - other);
  }

  /** The largest range of the list that a range is in, itself included. */
  public around(text: string): string | undefined {
    const range = parseCidr(text)!;
    const prefix = this.prefixes.find((length) => length <= range.prefix && this.texts.has(keyOf(range, length)));
    return prefix === undefined ? undefined : this.texts.get(keyOf(range, prefix));
  }
}

function keyOf({ family, first }: Cidr, prefix: number): string {
  return `${family} ${prefix} ${first >> BigInt(addressBits(family) - prefix)}`;
}
