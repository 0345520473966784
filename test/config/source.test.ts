import fc from 'fast-check';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { displayName, readSource } from '../../config/source';
import { configFolder, printed } from '../helpers/config-folder';

const read = (content: string | Uint8Array) => {
  const folder = configFolder({ 'file.yaml': content });
  return { folder, ...readSource(join(folder, 'file.yaml')) };
};

test.each<[string, string | Uint8Array, string]>([
  ['empty', '', 'is empty; `portal6 init <agency>` writes a file to begin with'],
  ['of comments alone', '# nothing\n', 'is empty; `portal6 init <agency>` writes a file to begin with'],
  ['binary', Buffer.from([0x50, 0x4b, 0x03, 0x04, 0x00]), 'is a binary file, not YAML'],
  ['not UTF-8', Buffer.from('name: Hu\xe9', 'latin1'), 'is not UTF-8; save it as UTF-8'],
  ['UTF-16', Buffer.from('\ufeffa: 1', 'utf16le'), 'is UTF-16, not UTF-8; save it as UTF-8'],
  ['5 MB long', Buffer.alloc(5 * 1024 * 1024, '# '), 'is 5.0 MB long; at most 1 MB is read'],
  ['nested without end', '['.repeat(20_000), 'is nested too deeply'],
])('a file that is %s gets one line', (_, content, message) => {
  const { folder, value, problems } = read(content);

  expect(value).toBeUndefined();
  expect(printed(folder, problems).map((line) => line.replace(/^file\.yaml(:1:\d+)?: /, ''))).toEqual([message]);
});

test.each<[string, (path: string) => void, string]>([
  ['a missing file', () => {}, 'does not exist'],
  ['a dangling link', (path) => symlinkSync('gone.yaml', path), 'is a link to gone.yaml, which does not exist'],
  ['a link to itself', (path) => symlinkSync('file.yaml', path), 'is a link that leads back to itself'],
  ['a folder', (path) => mkdirSync(path), 'is a folder, not a file'],
  ['a device', (path) => symlinkSync('/dev/zero', path), 'is not a regular file'],
])('%s gets one line', (_, make, message) => {
  const folder = configFolder({});
  make(join(folder, 'file.yaml'));

  expect(printed(folder, readSource(join(folder, 'file.yaml')).problems)).toEqual([`file.yaml: ${message}`]);
});

test('a byte order mark is no part of the first key', () => {
  expect(read('\ufeffa: 1').value).toEqual({ a: 1 });
});

test('a file that a link leads to is read', () => {
  const folder = configFolder({ 'real.yaml': 'a: 1' });
  symlinkSync('real.yaml', join(folder, 'file.yaml'));

  expect(readSource(join(folder, 'file.yaml')).value).toEqual({ a: 1 });
});

test('anchors and merge keys give the values they name, and what a map says itself wins', () => {
  const { value } = read(`
base: &base { a: 1, b: 1 }
other: &other { b: 2, c: 2 }
alias: *base
one: { <<: *base, b: 3 }
first wins: { <<: [*base, *other] }
`);

  expect(value).toMatchObject({
    alias: { a: 1, b: 1 },
    one: { a: 1, b: 3 },
    'first wins': { a: 1, b: 1, c: 2 },
  });
});

test('a quoted "<<" is a key like any other', () => {
  expect(read('"<<": { a: 1 }').value).toEqual({ '<<': { a: 1 } });
});

test('yes, no and dates stay text, as YAML 1.2 has them, even where a file says it is YAML 1.1', () => {
  expect(read('%YAML 1.1\n---\na: yes\nb: 2026-10-01\nc: 10:30').value).toEqual({
    a: 'yes',
    b: '2026-10-01',
    c: '10:30',
  });
});

test('what is wrong in several lines is said of each of them', () => {
  const { folder, problems } = read('a: @x\nb: `y`\nc: 1\n');

  expect(printed(folder, problems).map((line) => line.split(': ')[0])).toEqual(['file.yaml:1:4', 'file.yaml:2:4']);
});

test.each<[string, (string | number)[], string]>([
  ['a key', ['network', 'zones'], '3:3'],
  ['an item of a list', ['allow', 1], '4:14'],
  ['a key in an item of a list', ['list', 0, 'b'], '6:13'],
  ['the parent of a key that is missing', ['network', 'nat'], '1:1'],
  ['the parent of an item that is missing', ['allow', 5], '4:1'],
  ['a key behind an alias', ['copy', 'zones'], '3:3'],
  ['a merged key', ['merged', 'zones'], '3:3'],
  ['a key that wins over the merged one', ['merged', 'ipv4'], '8:25'],
  ['the top', [], '1:1'],
])('locates %s', (_, path, place) => {
  const { locate } = read(`network: &network
  ipv4: 10.0.0.0/20
  zones: 3
allow: [a/1, b/2]
list:
  - { a: 1, b: 2 }
copy: *network
merged: { <<: *network, ipv4: x }
`);
  const { line, column } = locate(path);

  expect(`${line}:${column}`).toBe(place);
});

test.each([
  ['lists', 'a0: &a0 [x, x, x, x, x, x, x, x, x, x]', (n: number) => `[${Array(10).fill(`*a${n}`).join(', ')}]`],
  [
    'maps',
    'a0: &a0 { k: x }',
    (n: number) => `{ ${Array.from({ length: 10 }, (_item, i) => `k${i}: *a${n}`).join(', ')} }`,
  ],
  ['merge keys', 'a0: &a0 { k: x }', (n: number) => `{ <<: [${Array(10).fill(`*a${n}`).join(', ')}] }`],
])('aliases that explode through %s are refused at once', (_, first, next) => {
  const bomb = [first, ...Array.from({ length: 20 }, (_item, n) => `a${n + 1}: &a${n + 1} ${next(n)}`)].join('\n');
  const start = performance.now();

  const { folder, value, problems } = read(bomb);

  expect(value).toBeUndefined();
  expect(printed(folder, problems)).toEqual(['file.yaml:1:1: its aliases grow to more than 100,000 values; use fewer']);
  expect(performance.now() - start).toBeLessThan(1000);
});

test('many aliases of one anchor are no explosion', () => {
  expect(read(`a: &a { b: 1 }\nlist: [${Array(2000).fill('*a').join(', ')}]`).problems).toEqual([]);
});

test('a file is named from the current folder where it lies in it, with forward slashes, and as given elsewhere', () => {
  expect(displayName(join(process.cwd(), 'config', 'agencies', 'hue.yaml'))).toBe('config/agencies/hue.yaml');
  expect(displayName('config/agencies/hue.yaml')).toBe('config/agencies/hue.yaml');
  expect(displayName('../elsewhere/hue.yaml')).toBe('../elsewhere/hue.yaml');
  expect(displayName('/etc/hue.yaml')).toBe('/etc/hue.yaml');
});

test('no text and no bytes make the reader throw', () => {
  const path = join(configFolder({}), 'file.yaml');
  const fragment = fc.constantFrom(
    ...[
      'a: ',
      '- ',
      '&x ',
      '*x',
      '<<: ',
      '!t ',
      '"',
      "'",
      '{',
      '}',
      '[',
      ']',
      ', ',
      '\n',
      '  ',
      '\t',
      '? ',
      '| \n',
      '---\n',
      '%Y',
      '#',
      '\r',
    ],
  );
  const content = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.oneof({ weight: 4, arbitrary: fragment }, fc.string({ maxLength: 3 })), { maxLength: 40 })
      .map((all) => all.join('')),
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  );

  fc.assert(
    fc.property(content, (bytes) => {
      writeFileSync(path, bytes);
      const { value, problems, locate } = readSource(path);
      locate(['a', 0, 'b']);
      return value !== undefined || problems.length > 0;
    }),
    { numRuns: 500 },
  );
});
