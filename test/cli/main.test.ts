import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { leaveQuietly } from '../../cli/main';
import { ToolError, UserError } from '../../core/errors';
import { portal6, Sink } from '../helpers/cli';

// Stands for any command; what is tested here is what main makes of its outcome.
const schemaCommand = jest.fn();
jest.mock('../../cli/commands/schema', () => ({ schemaCommand: (...args: unknown[]) => schemaCommand(...args) }));

const COMMANDS = ['init', 'validate', 'synth', 'addresses', 'schema'];

test('lists every command in the help, on stdout', async () => {
  const { code, out, err } = await portal6(['--help']);

  expect(code).toBe(0);
  for (const command of COMMANDS) expect(out).toMatch(new RegExp(`^  ${command} `, 'm'));
  expect(err).toBe('');
});

test.each(COMMANDS)('gives an example in the help of %s', async (command) => {
  const { code, out } = await portal6([command, '--help']);

  expect(code).toBe(0);
  expect(out).toMatch(new RegExp(`Examples:\\n  \\$ portal6 ${command}\\b`));
  expect(out).toContain('--config <dir>');
});

test('helps without loading the config schema or the constructs', async () => {
  const loaded = jest.fn();
  await jest.isolateModulesAsync(async () => {
    for (const name of ['zod', 'yaml', 'cdktf', '@inquirer/prompts']) jest.doMock(name, () => loaded(name) as object);
    const { run } = jest.requireActual<typeof import('../../cli/main')>('../../cli/main');

    for (const argv of [['--help'], ['synth', '--help'], ['--version']]) {
      await run(argv, { stdin: process.stdin, stdout: new Sink(), stderr: new Sink(), env: {} });
    }
  });

  expect(loaded).not.toHaveBeenCalled();
});

test('says its version', async () => {
  const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string };

  expect(await portal6(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
});

test('fails with the help when no command is named', async () => {
  const { code, out, err } = await portal6([]);

  expect([code, out]).toEqual([2, '']);
  expect(err).toContain('Usage: portal6');
});

test.each([
  ['a command that there is not', ['validat'], "error: unknown command 'validat'\n(Did you mean validate?)\n"],
  ['an option that there is not', ['schema', '--chek'], "error: unknown option '--chek'\n(Did you mean --check?)\n"],
  [
    'a format that the command has not',
    ['validate', '--format', 'csv'],
    "error: option '--format <format>' argument 'csv' is invalid. Allowed choices are text, json.\n",
  ],
  ['an argument too few', ['init'], "error: missing required argument 'slug'\n"],
  [
    'an argument too many',
    ['addresses', 'hue', 'danang'],
    "error: too many arguments for 'addresses'. Expected 1 argument but got 2.\n",
  ],
])('fails with one line for %s', async (_, argv, message) => {
  expect(await portal6(argv)).toEqual({ code: 2, out: '', err: message });
});

test.each([
  [['check', ''], 'the argument after `check` is empty'],
  [['check', 'hue', '--baseline', ''], 'the argument after `--baseline` is empty'],
  [['', 'check'], 'the first argument is empty'],
])('fails in one line for %j', async (argv, what) => {
  const { code, out, err } = await portal6(argv);

  expect([code, out]).toEqual([2, '']);
  expect(err).toBe(`${what}, as where a variable of the shell is not set; write what it is to be, or leave it out\n`);
});

test('passes on the exit code of the command', async () => {
  schemaCommand.mockResolvedValueOnce(1);

  expect(await portal6(['schema', '--check'])).toEqual({ code: 1, out: '', err: '' });
});

test.each([
  ["the user's mistake", new UserError('No such thing.', 'Try another.'), 2, 'No such thing.\nTry another.\n'],
  ['a tool that failed', new ToolError('terraform: no'), 3, 'terraform: no\n'],
])('fails with the message alone for %s', async (_, error, code, err) => {
  schemaCommand.mockRejectedValueOnce(error);

  expect(await portal6(['schema'])).toEqual({ code, out: '', err });
});

test('fails with the stack and says whose fault it is when portal6 has a bug', async () => {
  schemaCommand.mockRejectedValueOnce(new TypeError('x is not a function'));

  const { code, out, err } = await portal6(['schema']);

  expect([code, out]).toEqual([70, '']);
  expect(err).toMatch(/^TypeError: x is not a function\n {4}at /);
  expect(err).toMatch(/\n\nThis is a bug in portal6 \d.*\n$/);
});

test('leaves quietly when the reader of the results has left, and only then', () => {
  const exit = jest.fn();
  leaveQuietly(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }), exit);

  expect(exit).toHaveBeenCalledTimes(1);
  expect(() => leaveQuietly(Object.assign(new Error('full'), { code: 'ENOSPC' }), exit)).toThrow('full');
});
