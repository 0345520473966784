import { destinationsOf } from '../../cli/formats';

test.each<[readonly string[], string | undefined, object[]]>([
  [[], undefined, [{ format: 'text' }]],
  [['json'], undefined, [{ format: 'json' }]],
  [['json'], 'out.json', [{ format: 'json', file: 'out.json' }]],
  [[], 'out.txt', [{ format: 'text', file: 'out.txt' }]],
  [
    ['text', 'sarif=a=b.sarif', 'junit=out/j.xml'],
    undefined,
    [{ format: 'text' }, { format: 'sarif', file: 'a=b.sarif' }, { format: 'junit', file: 'out/j.xml' }],
  ],
  [
    ['markdown=m.md', 'json'],
    'out.json',
    [
      { format: 'markdown', file: 'm.md' },
      { format: 'json', file: 'out.json' },
    ],
  ],
])('reads --format %j with --output %s', (formats, output, expected) => {
  expect(destinationsOf(formats, output)).toEqual(expected);
});

test.each<[readonly string[], string | undefined, string]>([
  [['jsn'], undefined, 'no format `jsn`; there are text, json, sarif, junit, markdown, github; did you mean `json`?'],
  [['sarif='], undefined, 'name a file after `sarif=`, or leave the equals sign out'],
  [['text', 'json'], undefined, 'text and json cannot both go to stdout; name a file, as in --format json=FILE'],
  [['text', 'json'], 'x', 'text and json cannot both go to x; name a file, as in --format json=FILE'],
  [['json=a'], 'b', '--output b is for a format that names no file; each of these does'],
  [['json=a', 'sarif=a'], undefined, 'two formats cannot both go to a'],
  [['json=a', 'sarif'], 'a', 'two formats cannot both go to a'],
])('fails for --format %j with --output %s', (formats, output, message) => {
  expect(() => destinationsOf(formats, output)).toThrow(message);
});
