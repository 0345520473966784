import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { addDays, today } from '../../core/days';
import { RULES } from '../../policy/rules';
import { stackJson } from '../../stacks/synthesize';
import { example, EXAMPLES } from '../helpers/agencies';
import { agencyFile } from '../helpers/agency';
import { configFolder, portal6 } from '../helpers/cli';

const DEFAULTS = readFileSync(join(EXAMPLES, 'defaults.yaml'), 'utf8');

afterEach(() => jest.restoreAllMocks());

test('writes a page about every agency, and says where and what is in it', async () => {
  const config = examples('hue', 'langson');
  const output = beside(config, 'reports/report.html');
  const { code, out, err } = await portal6(['report', '--config', config, '--output', output]);
  const page = readFileSync(output, 'utf8');

  expect([code, out]).toEqual([0, '']);
  expect(err).toMatch(/^Wrote .*report\.html: 2 agencies, 4 portals, \d+ notices\n$/);
  expect(page).toContain('<html lang="en">');
  expect(page).toContain(`<time datetime="${today()}">`);
  for (const text of ['hue-production/hue.gov.vn', 'Tỉnh Lạng Sơn', 'Lang Son Province', 'config/agencies/hue.yaml:']) {
    expect(page).toContain(text);
  }
});

test('takes a target, and the language that it opens in', async () => {
  const config = examples('hue', 'langson');
  const output = beside(config, 'report.html');
  await portal6(['report', 'hue/staging', '--config', config, '--output', output, '--language', 'vi']);
  const page = readFileSync(output, 'utf8');

  expect(page).toContain('<html lang="vi">');
  expect(page).toContain('hue-staging/');
  expect(page).not.toMatch(/hue-production|langson/);
});

test('takes synthesized folders, whose they are by the agencies that there are', async () => {
  const config = examples('hue');
  const stacks = beside(config, 'out/stacks');
  for (const stack of ['hue-production', 'elsewhere']) {
    mkdirSync(join(stacks, stack), { recursive: true });
    const json = stackJson({ config: agencyFile() }) as { '//': { metadata: { stackName: string } } };
    json['//'].metadata.stackName = stack;
    writeFileSync(join(stacks, stack, 'cdk.tf.json'), JSON.stringify(json));
  }
  const output = beside(config, 'report.html');
  const { code, err } = await portal6(['report', dirname(stacks), '--config', config, '--output', output]);
  const page = readFileSync(output, 'utf8');

  expect([code, err]).toEqual([0, expect.stringMatching(/: 1 agency, 2 portals/)]);
  expect(page).toContain('<th scope="row">hue</th>');
  expect(page).toContain('<th scope="row">elsewhere</th>');
});

test('writes over its own page of before, and over nothing else unless it is told to', async () => {
  const config = examples('langson');
  const output = beside(config, 'report.html');
  const write = (...more: string[]) => portal6(['report', '--config', config, '--output', output, ...more]);
  expect((await write()).code).toBe(0);
  expect((await write()).code).toBe(0);

  writeFileSync(output, '<p>my own</p>');
  expect(await write()).toEqual({
    code: 2,
    out: '',
    err: `${output}: is there, and portal6 report did not write it; name another file, or say --force\n`,
  });
  expect(readFileSync(output, 'utf8')).toBe('<p>my own</p>');

  expect((await write('--force')).code).toBe(0);
  expect(readFileSync(output, 'utf8')).toContain('langson.gov.vn');
});

test('fails for a folder, and for an agency that is not there, and writes nothing', async () => {
  const config = examples('hue');
  const output = beside(config, 'report.html');
  const folder = await portal6(['report', '--config', config, '--output', config]);
  const agency = await portal6(['report', 'hui', '--config', config, '--output', output]);

  expect([folder.code, folder.err]).toEqual([2, `${config}: is a folder; name a file, as in --output report.html\n`]);
  expect([agency.code, agency.err]).toEqual([2, expect.stringContaining('did you mean `hue`?')]);
  expect(existsSync(output)).toBe(false);
});

test('lists a file with errors, has all others, and exits with 2', async () => {
  const config = examples('hue', 'langson');
  writeFileSync(join(config, 'agencies', 'langson.yaml'), example('langson').replace('kind:', 'kin:'));
  const output = beside(config, 'report.html');
  const { code, err } = await portal6(['report', '--config', config, '--output', output]);
  const page = readFileSync(output, 'utf8');

  expect(code).toBe(2);
  expect(err).toMatch(/langson\.yaml:\d+:\d+: agency\.kin.*\nWrote .*: 2 agencies, .*, 1 file with errors\n$/s);
  expect(page).toMatch(/<section class="broken".*langson\.yaml:\d+:\d+: agency\.kin/s);
  expect(page).toContain('hue-production/hue.gov.vn');
});

test('shows what a waiver covers, with reason, owner and day', async () => {
  const expires = addDays(today(), 100);
  const waiver = `\nwaivers:\n  - { rule: V6-DNS-009, at: portals/**, reason: 'theo kế hoạch', owner: a@hue.gov.vn, expires: ${expires} }\n`;
  const config = configFolder({ 'defaults.yaml': DEFAULTS, 'agencies/hue.yaml': `${example('hue')}${waiver}` });
  const output = beside(config, 'report.html');
  const { err } = await portal6(['report', '--config', config, '--output', output]);
  const page = readFileSync(output, 'utf8');

  expect(err).toContain('1 waived');
  for (const text of ['<td>theo kế hoạch</td>', '<td>a@hue.gov.vn</td>', `${expires}</td>`]) {
    expect(page).toContain(text);
  }
});

test('a rule that breaks down is named with its trace, in the page too, and exits with 70', async () => {
  const rule = RULES.find(({ id }) => id === 'V6-VPC-001')!;
  jest.spyOn(rule, 'check').mockImplementation(() => {
    throw new Error('out of order');
  });
  const config = examples('hue');
  const output = beside(config, 'report.html');
  const { code, err } = await portal6(['report', 'hue', '--config', config, '--output', output]);

  expect(code).toBe(70);
  expect(err).toContain('V6-VPC-001 broke down on');
  expect(readFileSync(output, 'utf8')).toContain('out of order');
});

function examples(...slugs: string[]): string {
  const agencies = slugs.map((slug) => [`agencies/${slug}.yaml`, example(slug)]);
  return configFolder({ 'defaults.yaml': DEFAULTS, ...Object.fromEntries(agencies) });
}

function beside(config: string, file: string): string {
  return join(dirname(config), file);
}
