import { loadAgency } from '../../config/load';
import { configFolder, edit, HUE, printed } from '../helpers/config-folder';

/** What is said of a portal with a web ACL, without the place in front. */
function said(waf: string, more = ''): string[] {
  const text = edit(HUE, ['        hosting:\n', `        waf: ${waf}\n${more}        hosting:\n`]);
  const folder = configFolder({ 'agencies/hue.yaml': text });
  return printed(folder, loadAgency(folder, 'hue').problems).map((line) =>
    line.replace(/^.*environments\.production\.portals\.portal\.waf\.?/, ''),
  );
}

const office = '[203.0.113.0/24, "2001:db8:100::/48"]';

test.each([
  '{}',
  '{ managedRules: false, rateLimit: off }',
  '{ managedRules: count, rateLimit: 100 }',
  `{ allow: ${office}, block: [198.51.100.0/24, "2001:db8:bad::/48"] }`,
])('%s is fine', (waf) => {
  expect(said(waf)).toEqual([]);
});

test.each<[string, string[]]>([
  ['{ managedRules: maybe }', ['managedRules: write true, false or count']],
  ['{ rateLimit: 99 }', ['rateLimit: write a whole number of requests, 100 to 2000000000, or off']],
  ['{ rateLimit: 2000000001 }', ['rateLimit: write a whole number of requests, 100 to 2000000000, or off']],
  ['{ rateLimit: often }', ['rateLimit: write a whole number of requests, 100 to 2000000000, or off']],
  [
    '{ allow: [0.0.0.0/0, "::/0"] }',
    ['0', '1'].map(
      (index) =>
        `allow[${index}]: is everybody, which AWS WAF takes in no list; leave it out, or write two halves such as ::/1 and 8000::/1`,
    ),
  ],
  ['{ block: [203.0.113.9/24] }', ['block[0]: 203.0.113.9/24 has host bits set; did you mean 203.0.113.0/24?']],
  ['{ block: [203.0.113.0/24, 203.0.113.0/24] }', ['block: name each range once']],
  ['{ block: ["2001:db8::/32", "2001:DB8:0::/32"] }', ['block: name each range once']],
])('fails for %s', (waf, messages) => {
  expect(said(waf)).toEqual(messages);
});

test('fails before a network load balancer, which AWS WAF cannot guard', () => {
  const findings = said('{}', '        edge: network\n').filter((line) => line.includes('AWS WAF'));

  expect(findings).toEqual([
    ': does not go with `edge: network`: AWS WAF judges requests, and a network load balancer passes bytes on; take it out, or use `edge: load-balancer`',
  ]);
});

test('who may come keeps Route 53 out, which asks the addresses of an accelerator', () => {
  expect(said(`{ allow: ${office} }`, '        edge: accelerator\n')).toEqual([
    'allow: notice: does not let Route 53 in, so the fixed addresses are not asked from outside; the probe is let in',
  ]);
  expect(said('{}', '        edge: accelerator\n')).toEqual([]);
});

test('fails for more ranges than one IP set takes', () => {
  const ranges = Array.from({ length: 10_001 }, (_, index) => `"2001:db8:${(index + 1).toString(16)}::/48"`);

  expect(said(`{ block: [203.0.113.0/24, ${ranges.join(', ')}] }`)).toEqual([
    'block: name at most 10,000 ranges of each family, the most that AWS WAF takes in one list',
  ]);
});

test.each<[string, string]>([
  [
    '{ allow: [203.0.113.0/24] }',
    'allow: warning: holds no IPv6 range, so nobody comes over IPv6 (V6-WAF-001); add the IPv6 ranges of the same people',
  ],
  [
    '{ allow: ["2001:db8::/48"] }',
    'allow: warning: holds no IPv4 range, so nobody comes over IPv4 (V6-WAF-001); add the IPv4 ranges of the same people',
  ],
  [
    '{ block: [203.0.113.0/24] }',
    'block: warning: holds no IPv6 range, so whoever is meant gets by over IPv6 (V6-WAF-001); add the IPv6 ranges of the same people',
  ],
])('%s is of one family, which its rule of policy says, too', (waf, message) => {
  expect(said(waf)).toEqual([message]);
});

describe('what is in both lists', () => {
  const lists = (allow: string, block: string) => said(`{ allow: [${allow}], block: [${block}] }`);

  test('is blocked, because that list goes first', () => {
    expect(lists('203.0.113.0/24, "2001:db8:1::/48"', '203.0.113.0/24, "2001:db8::/32"')).toEqual([
      'allow[0]: warning: 203.0.113.0/24 is in 203.0.113.0/24 of `block`, which goes first, so nobody of it comes; take one of them out',
      'allow[1]: warning: 2001:db8:1::/48 is in 2001:db8::/32 of `block`, which goes first, so nobody of it comes; take one of them out',
    ]);
  });

  test('may be a part of whom the other lets in', () => {
    expect(lists('203.0.112.0/23, "2001:db8::/32"', '203.0.113.7/32, "2001:db8:bad::/48"')).toEqual([
      'block[0]: notice: 203.0.113.7/32 is taken out of 203.0.112.0/23 of `allow`',
      'block[1]: notice: 2001:db8:bad::/48 is taken out of 2001:db8::/32 of `allow`',
    ]);
  });

  test('is nothing where they lie side by side', () => {
    expect(lists('203.0.113.0/25, "2001:db8::/48"', '203.0.113.128/25, "2001:db8:1::/48"')).toEqual([]);
  });
});
