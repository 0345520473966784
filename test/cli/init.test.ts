import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { parse } from 'yaml';
import { type AgencyFile } from '../../config/schema';
import type { Io, Question } from '../../cli/io';
import { drafted } from '../helpers/agencies';
import { configFolder, portal6, Sink } from '../helpers/cli';

const at = (config: string, argv: readonly string[], io?: Partial<Io>) =>
  portal6(['init', ...argv, '--config', config], io);
const fileOf = (config: string, slug: string) => join(config, 'agencies', `${slug}.yaml`);
const written = (config: string, slug: string) => parse(readFileSync(fileOf(config, slug), 'utf8')) as AgencyFile;
const production = (config: string, slug: string) => written(config, slug).environments.production!;

test('writes a file that validates, and says what comes next', async () => {
  const config = configFolder();

  expect(await at(config, ['danang'])).toEqual({
    code: 0,
    out: `Wrote ${fileOf(config, 'danang')}\n`,
    err: `
Next:
  1. Replace what the file marks with "replace".
  2. portal6 validate danang
  3. portal6 synth danang
`,
  });
  expect(readFileSync(fileOf(config, 'danang'), 'utf8')).toBe(drafted('danang'));
  expect(readdirSync(join(config, 'agencies'))).toEqual(['danang.yaml']);
  expect(await portal6(['validate', '--config', config])).toMatchObject({
    code: 0,
    out: expect.stringMatching(
      /approval: warning: is still what `portal6 init` wrote.*\n1 agency, 1 environment, 1 portal: valid, with 1 warning\n$/,
    ) as string,
  });
});

test('makes the folder of the agencies when it is not there', async () => {
  const config = join(configFolder(), 'fresh');
  mkdirSync(config);

  expect((await at(config, ['hue'])).code).toBe(0);
});

test('refuses to overwrite a file, unless forced', async () => {
  const config = configFolder({ 'agencies/hue.yaml': 'mine' });
  const file = fileOf(config, 'hue');

  expect(await at(config, ['hue'])).toEqual({
    code: 2,
    out: '',
    err: `${file} is already there; edit it, or replace it with --force\n`,
  });
  expect(readFileSync(file, 'utf8')).toBe('mine');
  expect((await at(config, ['hue', '--force'])).code).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe(drafted('hue'));
});

test('takes a dangling link for a file that is there', async () => {
  const config = configFolder();
  symlinkSync('nowhere', fileOf(config, 'hue'));

  expect((await at(config, ['hue'])).code).toBe(2);
});

test('takes the first block that no agency of the fleet has, broken files aside', async () => {
  const config = configFolder({
    'agencies/hue.yaml': drafted('hue', { ipv4: '10.0.0.0/20' }),
    'agencies/broken.yaml': 'agency: [',
  });
  await at(config, ['danang']);

  expect(production(config, 'danang').network).toMatchObject({ ipv4: '10.0.16.0/20' });
});

test('keeps the block of the file that it replaces', async () => {
  const config = configFolder({ 'agencies/hue.yaml': drafted('hue', { ipv4: '10.0.0.0/20' }) });
  await at(config, ['hue', '--force']);

  expect(production(config, 'hue').network).toMatchObject({ ipv4: '10.0.0.0/20' });
});

test('takes every value by flag', async () => {
  const config = configFolder();
  const flags = {
    '--account': '999988887777',
    '--region': 'ap-southeast-7',
    '--zone-id': 'Z9999999999',
    '--zone-name': 'gov.vn',
    '--ipv4': '172.16.0.0/20',
    '--image': 'registry.example/portal:2',
    '--contact': 'it@hue.gov.vn',
    '--domain': 'portal.hue.gov.vn',
    '--name-vi': 'Huế',
    '--name-en': 'Hue',
    '--kind': 'other',
  };
  expect(await at(config, ['hue', ...Object.entries(flags).flat()])).toMatchObject({ code: 0 });

  expect(written(config, 'hue').agency).toEqual({
    id: 'hue',
    name: { vi: 'Huế', en: 'Hue' },
    kind: 'other',
    contact: 'it@hue.gov.vn',
  });
  expect(production(config, 'hue')).toMatchObject({
    account: '999988887777',
    region: 'ap-southeast-7',
    network: { ipv4: '172.16.0.0/20' },
    portals: {
      portal: {
        domain: 'portal.hue.gov.vn',
        aliases: ['www.portal.hue.gov.vn'],
        zone: { id: 'Z9999999999', name: 'gov.vn' },
        hosting: { image: 'registry.example/portal:2' },
      },
    },
  });
});

test('writes an agency that the directory has not, when it is told what it is', async () => {
  const config = configFolder();
  const name = 'Sở Khoa học và Công nghệ';
  const flags = ['--name-vi', name, '--name-en', 'DOST', '--kind', 'other', '--domain', 'sokhcn.hue.gov.vn'];

  expect(await at(config, ['sokhcn-hue', ...flags])).toMatchObject({ code: 0 });
  expect(written(config, 'sokhcn-hue').agency).toMatchObject({ id: 'sokhcn-hue', name: { vi: name, en: 'DOST' } });
  expect((await portal6(['validate', '--config', config])).code).toBe(0);
});

test.each([
  ['dananng', 'danang'],
  ['Đà Nẵng', 'danang'],
  ['Lang Son Province', 'langson'],
  ['mst', 'bkhcn'],
  ['Ho Chi Minh', 'hochiminhcity'],
])('fails for %s, and asks whether %s was meant', async (typed, meant) => {
  const { code, out, err } = await at(configFolder(), [typed]);

  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(new RegExp(`^${typed} is not in the directory of agencies; did you mean \`${meant}\`\\?\n`));
});

test('fails for an unknown agency with the flags that would describe it', async () => {
  const { code, err } = await at(configFolder(), ['something-else', '--kind', 'other']);

  expect(code).toBe(2);
  expect(err).toMatch(/^something-else is not in the directory of agencies\n/);
  expect(err).toContain('(missing: --name-vi, --name-en, --domain)');
  expect(err).toContain('  portal6 init sokhcn-hue --name-vi ');
});

test.each([
  ['--account', '12', 'write the 12 digits of the AWS account in quotes, such as "111122223333", got: 12'],
  ['--region', 'ap-southeast-9', /"ap-southeast-9" is not known here; did you mean `ap-southeast-\d`\?$/m],
  ['--zone-id', 'x', 'write the id of a hosted zone, such as Z0123456789ABCDEFGHIJ, got: x'],
  ['--zone-name', 'x', /write a full host name/],
  ['--ipv4', '10.0.0.0/8', /use a block from \/16 to \/22/],
  ['--ipv4', '10.0.0.1/20', /did you mean 10\.0\.0\.0\/20\?/],
  ['--image', '?', /write an image/],
  ['--contact', 'nobody', 'write an e-mail address, got: nobody'],
  ['--domain', 'https://hue.gov.vn', /write a full host name/],
  ['--name-vi', ' ', /write a name/],
  ['--kind', 'minstry', /got: minstry; did you mean `ministry`\?/],
])('fails when %s is %s, and writes nothing', async (flag, value, message) => {
  const config = configFolder();

  const { code, out, err } = await at(config, ['hue', flag, value]);

  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(message);
  expect(err.startsWith(`${flag}: `)).toBe(true);
  expect(readdirSync(join(config, 'agencies'))).toEqual([]);
});

test('fails for an id that cannot be a file name', async () => {
  const flags = ['--name-vi', 'x', '--name-en', 'x', '--kind', 'other', '--domain', 'x.gov.vn'];

  expect(await at(configFolder(), ['../evil', ...flags])).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^slug: use lower-case letters/),
  });
});

test('fails when there is no config folder, rather than making one by a typing error', async () => {
  expect(await at(join(configFolder(), 'cofnig'), ['hue'])).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^no folder /),
  });
});

describe('at a terminal', () => {
  const terminal = (answers: Readonly<Record<string, string>>) => {
    const questions: Question[] = [];
    const io = {
      stdin: Object.assign(new PassThrough(), { isTTY: true }),
      stdout: new Sink(true),
      ask: async (question: Question) => {
        questions.push(question);
        return answers[question.message] ?? question.default;
      },
    };
    return { io, questions };
  };

  test('asks for what the flags leave open, with defaults that follow from earlier answers', async () => {
    const config = configFolder({ 'agencies/danang.yaml': drafted('danang', { ipv4: '10.0.0.0/20' }) });
    const { io, questions } = terminal({ 'AWS account': '999988887777', 'AWS region': 'ap-southeast-7' });

    const { code } = await at(config, ['hue', '--zone-name', 'gov.vn'], io);

    expect(code).toBe(0);
    expect(questions.map((question) => [question.message, question.default])).toEqual([
      ['AWS account', '111122223333'],
      ['AWS region', 'ap-southeast-1'],
      ['Id of the hosted zone in Route 53', 'Z0123456789ABCDEFGHIJ'],
      ['IPv4 block of the network', '10.0.16.0/20'],
      ['Container image', '999988887777.dkr.ecr.ap-southeast-7.amazonaws.com/hue/portal:1.0.0'],
    ]);
    expect(questions[1]!.choices).toContain('ap-southeast-5');
    expect(production(config, 'hue')).toMatchObject({ account: '999988887777', region: 'ap-southeast-7' });
  });

  test('marks placeholders that were only confirmed, and no value that was given', async () => {
    const config = configFolder();
    await at(config, ['hue'], terminal({ 'AWS account': '999988887777' }).io);
    const text = readFileSync(fileOf(config, 'hue'), 'utf8');

    expect(text).toMatch(/account: "999988887777"\n/);
    expect(text).toMatch(/id: Z0123456789ABCDEFGHIJ # replace: /);
  });

  test('checks each answer by the rules of the file', async () => {
    const { io, questions } = terminal({});
    await at(configFolder(), ['hue'], io);
    const check = (message: string, answer: string) =>
      questions.find((question) => question.message === message)!.check(answer);

    for (const question of questions) expect(question.check(question.default)).toBeUndefined();
    expect(check('AWS account', '1')).toMatch(/12 digits/);
    expect(check('IPv4 block of the network', '10.0.0.0/28')).toMatch(/from \/16 to \/22/);
    expect(check('Id of the hosted zone in Route 53', 'hue')).toMatch(/id of a hosted zone/);
  });

  test('asks nothing with --yes, nor when the results go elsewhere', async () => {
    const { io, questions } = terminal({});
    await at(configFolder(), ['hue', '--yes'], io);
    await at(configFolder(), ['hue'], { ...io, stdout: new Sink() });

    expect(questions).toEqual([]);
  });

  test('refuses to overwrite before it asks, and a file that came meanwhile', async () => {
    const { io, questions } = terminal({});
    expect((await at(configFolder({ 'agencies/hue.yaml': '' }), ['hue'], io)).code).toBe(2);
    expect(questions).toEqual([]);

    const config = configFolder();
    const slow = async (question: Question) => {
      mkdirSync(fileOf(config, 'hue'), { recursive: true });
      return question.default;
    };
    expect((await at(config, ['hue'], { ...io, ask: slow })).err).toContain('is already there');
  });
});
