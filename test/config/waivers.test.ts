import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { loadAgency } from '../../config/load';
import { readWaivers, waiversOf } from '../../config/waivers';
import { EXAMPLES } from '../helpers/agencies';
import { configFolder, HUE, printed } from '../helpers/config-folder';

const CONTEXT = { knownRules: ['V6-LB-001', 'V6-LB-002', 'V6-SUB-001'], today: '2026-10-01' };

const WAIVER = {
  rule: 'V6-LB-001',
  at: 'hue-production/portals/portal/edge',
  reason: 'The old portal is switched off in March.',
  owner: 'ipv6@hue.gov.vn',
  expires: '2027-03-31',
};

const yaml = (...waivers: readonly Partial<Record<keyof typeof WAIVER, unknown>>[]) =>
  `waivers:\n${waivers
    .map((waiver) =>
      Object.entries(waiver)
        .map(([key, value], index) => `${index === 0 ? '  - ' : '    '}${key}: ${String(value)}\n`)
        .join(''),
    )
    .join('')}`;

const read = (text: string) => {
  const folder = configFolder({ 'waivers.yaml': text });
  const { waivers, problems } = readWaivers(folder, CONTEXT);
  return { waivers, file: join(folder, 'waivers.yaml'), lines: printed(folder, problems) };
};

describe('readWaivers', () => {
  test('gives each waiver with its place; a day needs no quotes', () => {
    const other = { ...WAIVER, rule: 'V6-SUB-001', at: '"module.a.aws_subnet.public[\\"a\\"]"', owner: 'Huế' };
    const { waivers, file, lines } = read(yaml(WAIVER, other));

    expect(lines).toEqual([]);
    expect(waivers).toEqual([
      { ...WAIVER, source: { file, line: 2, column: 5 } },
      { ...other, at: 'module.a.aws_subnet.public["a"]', source: { file, line: 7, column: 5 } },
    ]);
  });

  test('keeps an expired waiver: the check says that it is', () => {
    const { waivers, lines } = read(yaml({ ...WAIVER, expires: '2020-01-01' }));

    expect([waivers.length, lines]).toEqual([1, []]);
  });

  test.each([
    ['nothing but comments', '# none\n'],
    ['an empty list', 'waivers: []\n'],
  ])('finds none in %s', (_, text) => {
    expect(read(text)).toMatchObject({ waivers: [], lines: [] });
  });

  test('finds none where there is no file, or no folder', () => {
    expect(readWaivers(configFolder({}), CONTEXT)).toEqual({ waivers: [], problems: [] });
    expect(readWaivers('/nowhere', CONTEXT)).toEqual({ waivers: [], problems: [] });
  });

  test('finds nothing wrong with the example', () => {
    expect(readWaivers(EXAMPLES, CONTEXT).problems).toEqual([]);
  });

  test.each<[string, Partial<Record<keyof typeof WAIVER | 'until', unknown>>, string]>([
    [
      'a rule that there is not',
      { rule: 'V6-LB-01' },
      '2:5: waivers[0].rule: there is no rule `V6-LB-01`; did you mean `V6-LB-001`?',
    ],
    [
      'a rule like no other',
      { rule: 'CKV_AWS_91_LOGGING' },
      '2:5: waivers[0].rule: there is no rule `CKV_AWS_91_LOGGING`; `portal6 rules` lists them',
    ],
    [
      'a finding about waivers',
      { rule: 'V6-WVR-001' },
      '2:5: waivers[0].rule: what the check says of waivers cannot be waived',
    ],
    [
      'a day more than a year off',
      { expires: '2027-10-02' },
      '6:5: waivers[0].expires: is 366 days off; a waiver lasts at most 365: write 2027-10-01 or an earlier day',
    ],
    ['a day that there is not', { expires: '2027-02-30' }, '6:5: waivers[0].expires: write a day as 2026-10-01'],
    ['a month', { expires: '2027-03' }, '6:5: waivers[0].expires: write a day as 2026-10-01'],
    [
      'a reason that is none',
      { reason: 'legacy' },
      '4:5: waivers[0].reason: say why in a sentence, so that whoever reads it in a year understands it',
    ],
    ['a broken address of its owner', { owner: 'ipv6@' }, '5:5: waivers[0].owner: write a name or an e-mail address'],
    ['an owner of blanks', { owner: '" "' }, '5:5: waivers[0].owner: write a name'],
    [
      'no place',
      { at: '""' },
      '3:5: waivers[0].at: write the address of a resource or the path of a construct, as the finding has it',
    ],
    [
      'a path that ends with /',
      { at: 'hue-production/' },
      '3:5: waivers[0].at: begin and end without /; a path covers all below it',
    ],
    [
      'a place without end',
      { at: 'a'.repeat(301) },
      '3:5: waivers[0].at: use at most 300 characters; ** stands for any',
    ],
    [
      'a key of another name',
      { until: '2027-03-31' },
      '7:5: waivers[0].until: unknown key; use at, expires, owner, reason or rule',
    ],
  ])('refuses %s, and the waiver with it', (_, change, line) => {
    const { waivers, lines } = read(yaml({ ...WAIVER, ...change }, { ...WAIVER, rule: 'V6-LB-002' }));

    expect(lines).toEqual([`waivers.yaml:${line}`]);
    expect(waivers.map(({ rule }) => rule)).toEqual(['V6-LB-002']);
  });

  test('takes a day that is 365 days off', () => {
    expect(read(yaml({ ...WAIVER, expires: '2027-10-01' })).lines).toEqual([]);
  });

  test.each(Object.keys(WAIVER) as (keyof typeof WAIVER)[])('refuses a waiver without %s', (key) => {
    const { [key]: _, ...rest } = WAIVER;
    const { waivers, lines } = read(yaml(rest));

    expect(lines).toEqual([
      expect.stringMatching(new RegExp(`^waivers\\.yaml:2:5: waivers\\[0\\]\\.${key}: is missing`)),
    ]);
    expect(waivers).toEqual([]);
  });

  test('refuses the same waiver twice: the later of the two days would win unseen', () => {
    const { waivers, lines } = read(yaml(WAIVER, { ...WAIVER, expires: '2027-09-30' }));

    expect(lines).toEqual(['waivers.yaml:7:5: waivers[1]: is the same as waivers[0]; keep one']);
    expect(waivers).toHaveLength(1);
  });

  test('says all problems at once, in the order of the file', () => {
    const { lines } = read(
      `${yaml({ ...WAIVER, rule: 'V6-LB-1', owner: 'a@' }, { ...WAIVER, expires: '2099-01-01' })}waiver: []\n`,
    );

    // What breaks the schema comes first to light; the rest of that waiver once it is right.
    expect(lines.map((line) => line.replace(/: [^:]*$/, ''))).toEqual([
      'waivers.yaml:5:5: waivers[0].owner',
      expect.stringMatching(/^waivers\.yaml:11:5: waivers\[1\]\.expires/),
      'waivers.yaml:12:1: waiver',
    ]);
  });

  test.each([
    ['a list', '- rule: V6-LB-001\n', '1:1: is a list, not keys and values; begin with `waivers:`'],
    ['a single value', 'waivers\n', '1:1: is a single value, not keys and values; begin with `waivers:`'],
    ['an alias', '*waivers\n', '1:1: is an alias, not keys and values; begin with `waivers:`'],
    [
      'a waiver that is no item',
      'rule: V6-LB-001\nat: aws_lb.portal\n',
      '1:1: rule: a waiver is an item of a list: write `waivers:` first, and each below it with `- `',
    ],
    [
      'a key that is indented as no neighbor is',
      'waivers:\n- rule: V6-LB-001\n at: aws_lb.portal\n',
      '3:1: indent this as its neighbors are',
    ],
    ['no list', 'waivers: V6-LB-001\n', '1:1: waivers: write a list, got "V6-LB-001"'],
    [
      'nothing to waive',
      'waivers:\n',
      '1:1: waivers: is empty; write the waivers as a list, or [] where there are none',
    ],
    ['an item that is no waiver', 'waivers: [V6-LB-001]\n', '1:11: waivers[0]: write keys and values, got "V6-LB-001"'],
    ['broken YAML', 'waivers: [\n', null],
  ])('refuses %s', (_, text, line) => {
    const { waivers, lines } = read(text);

    expect(waivers).toEqual([]);
    expect(lines).toEqual([line === null ? expect.stringMatching(/^waivers\.yaml:\d/) : `waivers.yaml:${line}`]);
  });

  test('refuses what is no file', () => {
    const folder = configFolder({});
    mkdirSync(join(folder, 'waivers.yaml'));
    const dangling = configFolder({});
    symlinkSync('gone.yaml', join(dangling, 'waivers.yaml'));

    expect(printed(folder, readWaivers(folder, CONTEXT).problems)).toEqual(['waivers.yaml: is a folder, not a file']);
    expect(readWaivers(dangling, CONTEXT).problems).toHaveLength(1);
  });
});

describe('waiversOf', () => {
  const load = (text: string) => {
    const folder = configFolder({ 'agencies/hue.yaml': HUE + text });
    const { agencies, problems } = loadAgency(folder, 'hue');
    return { folder, agency: agencies[0], lines: printed(folder, problems) };
  };
  const at = { ...WAIVER, at: 'portals/portal/edge' };

  test("gives the waivers of an agency's file, for its own stacks, with their places", () => {
    const { folder, agency } = load(yaml(at));
    const line = HUE.split('\n').length + 1;

    expect(waiversOf(agency!, CONTEXT)).toEqual({
      waivers: [
        { ...at, stacks: ['hue-production'], source: { file: join(folder, 'agencies/hue.yaml'), line, column: 5 } },
      ],
      problems: [],
    });
  });

  test('finds none in a file without them', () => {
    expect(waiversOf(load('').agency!, CONTEXT)).toEqual({ waivers: [], problems: [] });
  });

  test('leaves to the check what has expired, and refuses a day too far off and rules that there are not', () => {
    const { folder, agency, lines } = load(
      yaml(
        { ...at, expires: '2020-01-01' },
        { ...at, at: 'network', expires: '2028-01-01' },
        { ...at, rule: 'V6-LB-9' },
      ),
    );
    const { waivers, problems } = waiversOf(agency!, CONTEXT);

    expect(lines).toEqual([]);
    expect(waivers.map(({ expires }) => expires)).toEqual(['2020-01-01']);
    expect(printed(folder, problems)).toEqual([
      expect.stringMatching(/^agencies\/hue\.yaml:\d+:5: waivers\[1\]\.expires: is 457 days off/),
      expect.stringMatching(
        /^agencies\/hue\.yaml:\d+:5: waivers\[2\]\.rule: there is no rule `V6-LB-9`; did you mean /,
      ),
    ]);
  });

  test('a waiver that breaks the schema keeps the agency out, as any mistake in its file does', () => {
    const { agency, lines } = load(yaml({ ...at, reason: 'no' }));

    expect(agency).toBeUndefined();
    expect(lines).toEqual([expect.stringMatching(/^agencies\/hue\.yaml:\d+:5: waivers\[0\]\.reason: say why/)]);
  });
});
