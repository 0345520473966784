import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../../core/errors';
import { type Input, inputs, readInputs } from '../../../policy/sources/input';
import { fixtureFile } from '../../helpers/plan-fixture';

const folder = mkdtempSync(join(tmpdir(), 'portal6-input-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: unknown): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  return file;
}

const read = (...paths: string[]) => readInputs(paths).map(({ stack, kind }) => [stack, kind]);
const stackJson = (stackName?: string) => ({
  ...(stackName !== undefined && { '//': { metadata: { stackName } } }),
  resource: { aws_vpc: { main: {} } },
});

describe('a path may be', () => {
  test('a stack that cdktf wrote', () => {
    const file = write('one/cdk.tf.json', stackJson('hue-production'));

    expect(read(file)).toEqual([['hue-production', 'stack']]);
    expect(readInputs([file])[0]!.graph.at('aws_vpc.main')).toBeDefined();
  });

  test('its folder, which names it where the JSON does not', () => {
    write('langson-staging/cdk.tf.json', stackJson());

    expect(read(join(folder, 'langson-staging'))).toEqual([['langson-staging', 'stack']]);
    expect(read(join(folder, 'langson-staging/'))).toEqual([['langson-staging', 'stack']]);
  });

  test('the folder of all stacks, in the order of their names', () => {
    for (const name of ['c', 'a', 'b']) write(`out/stacks/${name}/cdk.tf.json`, stackJson(name));
    write('out/stacks/no-stack/other.txt', '');
    write('out/manifest.json', {});
    const all = [
      ['a', 'stack'],
      ['b', 'stack'],
      ['c', 'stack'],
    ];

    expect(read(join(folder, 'out'))).toEqual(all);
    expect(read(join(folder, 'out', 'stacks'))).toEqual(all);
  });

  test('any configuration in Terraform’s JSON syntax', () => {
    expect(read(write('main.tf.json', { resource: {} }), write('more.tf.json', { locals: { a: 1 } }))).toEqual([
      ['main.tf.json', 'stack'],
      ['more.tf.json', 'stack'],
    ]);
  });

  test('a plan, or a state', () => {
    expect(read(fixtureFile('modular.plan.json'), fixtureFile('changes.state.json'))).toEqual([
      ['modular.plan.json', 'plan'],
      ['changes.state.json', 'state'],
    ]);
  });

  test('an empty state', () => {
    expect(read(write('empty.json', { format_version: '1.0' }))).toEqual([['empty.json', 'state']]);
  });

  test('what shells of Windows write', () => {
    const text = JSON.stringify({ format_version: '1.2', planned_values: {} });

    expect(
      read(write('utf-16.json', Buffer.from(`\uFEFF${text}`, 'utf16le')), write('bom.json', `\uFEFF${text}`)),
    ).toEqual([
      ['utf-16.json', 'plan'],
      ['bom.json', 'plan'],
    ]);
  });
});

test('files of one name are called by their paths', () => {
  const plan = { format_version: '1.2', resource_changes: [] };
  const files = [write('x/plan.json', plan), write('y/plan.json', plan), write('other.json', plan)];

  expect(read(...files)).toEqual([
    [files[0], 'plan'],
    [files[1], 'plan'],
    ['other.json', 'plan'],
  ]);
});

test('of stacks of one id, the second and later ones are called by their files', () => {
  const files = ['base', 'head', 'next'].map((folderName) =>
    write(`${folderName}/stacks/hue-production/cdk.tf.json`, stackJson('hue-production')),
  );
  const bare = write('bare/hue-production/cdk.tf.json', stackJson());

  expect(read(...files, bare)).toEqual([
    ['hue-production', 'stack'],
    [files[1], 'stack'],
    [files[2], 'stack'],
    [bare, 'stack'],
  ]);
});

test('a file that is named twice, as itself and by its folder, is read once', () => {
  const file = write('twice/stacks/hue-production/cdk.tf.json', stackJson('hue-production'));

  expect(read(join(folder, 'twice'), file)).toEqual([['hue-production', 'stack']]);
});

test('inputs are read one at a time', () => {
  const good = write('good.tf.json', stackJson());
  const later = write('later.tf.json', stackJson());
  const iterator = inputs([good, later]);
  const first = iterator.next().value as Input;
  write('later.tf.json', 'broken by now');

  expect(first.file).toBe(good);
  expect(() => iterator.next()).toThrow(UserError);
});

describe('fails, in one line, with', () => {
  const PLAN = { format_version: '1.2', planned_values: {} };

  test.each<[string, string, unknown, string]>([
    [
      'a binary plan',
      'plan.bin',
      Buffer.from('PK\x03\x04...'),
      'is a binary plan: write it as JSON with terraform show -json FILE',
    ],
    [
      'a state as Terraform stores it',
      'x.tfstate',
      { version: 4, resources: [] },
      'is a state as Terraform stores it: write it for reading with terraform show -json',
    ],
    [
      'the log of a run',
      'log.json',
      '{"@level":"info"}\n{"@level":"info"}\n',
      'is the log of a run: write a plan with terraform plan -out=FILE, then terraform show -json FILE',
    ],
    [
      'a plan that failed',
      'failed.json',
      { ...PLAN, errored: true },
      'is a plan that ended with errors, so parts of it are missing',
    ],
    [
      'a format of the future',
      'future.json',
      { ...PLAN, format_version: '2.0' },
      'format_version 2.0 is not known here, only 0 and 1',
    ],
    [
      'JSON of something else',
      'package.json',
      { name: 'x', module: 'index.mjs' },
      'is neither a configuration in JSON (cdk.tf.json) nor what terraform show -json says of a plan or state',
    ],
    [
      'the schema of providers',
      'schema.json',
      { format_version: '1.0', provider_schemas: {} },
      'is neither a configuration in JSON (cdk.tf.json) nor what terraform show -json says of a plan or state',
    ],
    [
      'no object',
      'list.json',
      [1],
      'is neither a configuration in JSON (cdk.tf.json) nor what terraform show -json says of a plan or state',
    ],
  ])('%s', (_, name, content, message) => {
    const file = write(name, content);

    expect(() => readInputs([file])).toThrow(
      new UserError(`${file}: ${message.replace('FILE', name === 'plan.bin' ? file : 'FILE')}`),
    );
  });

  test('no such path', () => {
    const path = join(folder, 'nowhere');

    expect(() => readInputs([path])).toThrow(new UserError(`${path}: there is no such file or folder`));
  });

  test('a folder without stacks', () => {
    const path = join(folder, 'out', 'stacks', 'no-stack');

    expect(() => readInputs([path])).toThrow(
      new UserError(
        `${path}: there is no cdk.tf.json in this folder, nor in stacks/*; run portal6 synth or cdktf synth first, or name the JSON of a plan`,
      ),
    );
  });

  test.each([
    ['where it stops making sense', '{\n  "a": 1,\n}', ':3:1: is no JSON: '],
    ['where it ends too early', '{\n  "a": [', ':2:9: is no JSON: '],
    ['', 'resource "aws_vpc" "main" {\n}\n', ': is no JSON: '],
  ])('text that is no JSON, and says %s', (_, text, expected) => {
    const file = write('text.json', text);
    let message = '';
    try {
      readInputs([file]);
    } catch (error) {
      message = (error as Error).message;
    }

    expect(message).toContain(`${basename(file)}${expected}`);
    expect(message).not.toContain('\n');
  });
});
