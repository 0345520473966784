import { Command, CommanderError, Option } from 'commander';
import { ToolError, UserError } from '../core/errors';
import { packageVersion } from '../core/package-root';
import { FAIL_ON } from '../policy/report';
import { LANGUAGES } from '../report/language';
import type { CheckOptions } from './commands/check';
import type { DiffOptions } from './commands/diff';
import type { InitOptions } from './commands/init';
import type { ReviewOptions } from './commands/review';
import type { ReportOptions } from './commands/report';
import { FORMATS } from './formats';
import type { Io } from './io';
import { LIMITED } from '../review/render/limits';
import { PLATFORMS } from './posting';

/** Exit codes, the same for every command. */
export const EXIT = {
  fine: 0,
  /** Findings or differences. */
  findings: 1,
  /** The user's mistake. */
  usage: 2,
  /** A tool outside portal6 failed. */
  tool: 3,
  /** A bug in portal6. */
  bug: 70,
} as const;

/**
 * Runs one command line, without the program's own name in it.
 *
 * @returns the exit code
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let exitCode: number = EXIT.fine;
  const program = createProgram(io, (code) => (exitCode = code));
  try {
    refuseEmpty(argv);
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    return report(error, io);
  }
}

/** An empty text is no file, folder, agency or rule, and would only be seen as a gap in what is said of it. */
function refuseEmpty(argv: readonly string[]): void {
  const index = argv.indexOf('');
  if (index < 0) return;
  const after = index === 0 ? 'the first argument' : `the argument after \`${argv[index - 1]!}\``;
  throw new UserError(
    `${after} is empty, as where a variable of the shell is not set; write what it is to be, or leave it out`,
  );
}

/** Runs the command line of this process. */
export async function main(): Promise<number> {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => leaveQuietly(error, () => process.exit()));
  }
  const { stdin, stdout, stderr, env } = process;
  return run(process.argv.slice(2), { stdin, stdout, stderr, env });
}

/** A reader that has seen enough, such as `head`, is no failure; anything else is. */
export function leaveQuietly(error: NodeJS.ErrnoException, exit: () => void): void {
  if (error.code !== 'EPIPE') throw error;
  exit();
}

type Done = (exitCode: number) => void;

function createProgram(io: Io, done: Done): Command {
  const program = new Command('portal6')
    .description('Dual-stack (IPv4 + IPv6) hosting on AWS for state-agency portals.')
    .version(packageVersion())
    // Before the commands, which inherit both.
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) })
    .addHelpText('after', '\nExit codes: 0 fine, 1 findings, 2 your mistake, 3 another tool failed, 70 a bug.');
  addInit(program, io, done);
  addValidate(program, io, done);
  addSynth(program, io, done);
  addCheck(program, io, done);
  addDiff(program, io, done);
  addReview(program, io, done);
  addReport(program, io, done);
  addRules(program, io, done);
  addAddresses(program, io, done);
  addSchema(program, io, done);
  return program;
}

function addInit(program: Command, io: Io, done: Done): void {
  program
    .command('init')
    .description('write the file of a new agency')
    .argument('<slug>', "the agency's id, such as danang")
    .addOption(configOption())
    .option('--account <digits>', 'AWS account')
    .option('--region <region>', 'AWS region')
    .option('--zone-id <id>', 'id of the hosted zone in Route 53')
    .option('--zone-name <name>', 'name of the hosted zone')
    .option('--ipv4 <range>', 'IPv4 block of the network (default: the first free /20 of 10.0.0.0/8)')
    .option('--image <image>', 'container image')
    .option('--contact <email>', 'who answers for the portals')
    .option('--domain <name>', 'domain of the portal')
    .option('--name-vi <name>', 'name in Vietnamese')
    .option('--name-en <name>', 'name in English')
    .option('--kind <kind>', 'kind of body, such as ministry, city, province or other')
    .option('--force', 'replace a file that is there')
    .option('-y, --yes', 'ask nothing')
    .addHelpText(
      'after',
      `
Knows the provinces, cities and central bodies of Vietnam; of another agency say its names, kind and domain.
At a terminal it asks for what the flags leave open.

Examples:
  $ portal6 init danang
  $ portal6 init danang --yes --account 111122223333 --zone-id Z0123456789ABCDEFGHIJ`,
    )
    .action(async (slug: string, options: InitOptions) => done(await load.init().initCommand(slug, options, io)));
}

function addValidate(program: Command, io: Io, done: Done): void {
  program
    .command('validate')
    .description('say what is wrong with the agency files')
    .argument('[agency...]', 'agencies to look at, or address-registry (default: all)')
    .addOption(configOption())
    .addOption(formatOption('text', 'json'))
    .addHelpText(
      'after',
      `
Problems and the summary go to stdout; what the AWS accounts must allow goes to stderr.
Exits with 2 when there are errors; warnings and notices alone are fine.

Examples:
  $ portal6 validate
  $ portal6 validate hue langson --format json`,
    )
    .action(async (agencies: string[], options: { config: string; format: 'text' | 'json' }) =>
      done(await load.validate().validateCommand(agencies, options, io)),
    );
}

function addSynth(program: Command, io: Io, done: Done): void {
  program
    .command('synth')
    .description('write the Terraform stacks of the agencies')
    .argument(
      '[target...]',
      'agency or agency/environment, address-registry, state or agency/state (default: all agencies and the registry)',
    )
    .addOption(configOption())
    .option('--out <dir>', 'folder for the stacks', 'cdktf.out')
    .addOption(formatOption('text', 'json'))
    .addHelpText(
      'after',
      `
Examples:
  $ portal6 synth
  $ portal6 synth hue/production langson --out /tmp/stacks
  $ portal6 synth address-registry   # the pools of config/registry.yaml
  $ portal6 synth hue/state          # the buckets that Hue's states are in`,
    )
    .action(async (targets: string[], options: { config: string; out: string; format: 'text' | 'json' }) =>
      done(await load.synth().synthCommand(targets, options, io)),
    );
}

function addCheck(program: Command, io: Io, done: Done): void {
  program
    .command('check')
    .description('say whether citizens reach the portals over IPv6 as over IPv4, and what is in the way')
    .argument('[path...]', 'folder of stacks, cdk.tf.json, plan or state as JSON, or a target of synth (default: all)')
    .addOption(configOption())
    .option(
      '--format <format[=file]>',
      `how to write the report, and where to: ${FORMATS.join(', ')}; repeatable`,
      collect,
      [],
    )
    .option('--output <file>', 'file for the format that names none')
    .addOption(
      new Option('--fail-on <weight>', 'from which weight on to exit with 1').choices(FAIL_ON).default('error'),
    )
    .option('--rule <id>', 'only this rule; repeatable', collect, [])
    .option('--skip <id>', 'not this rule; repeatable', collect, [])
    .option('--baseline <file>', 'JSON report of an earlier run: only what is new counts')
    .option('--synth <dir>', 'stacks to look up the lines of a plan in', 'cdktf.out')
    .addHelpText(
      'after',
      `
Without a path it synthesizes in memory and checks all agencies.

Examples:
  $ portal6 check
  $ portal6 check hue/production cdktf.out/stacks/langson-production
  $ terraform show -json plan.bin > plan.json && portal6 check plan.json --format github --format sarif=out.sarif`,
    )
    .action(async (paths: string[], options: CheckOptions, command: Command) =>
      done(
        await load
          .check()
          .checkCommand(paths, { ...options, configGiven: command.getOptionValueSource('config') === 'cli' }, io),
      ),
    );
}

function addDiff(program: Command, io: Io, done: Done): void {
  program
    .command('diff')
    .description('say what changes between two folders of stacks, plans or git refs')
    .argument('<base>', 'folder of stacks, JSON of a plan, or a branch, tag or commit')
    .argument('[head]', 'the same; only a plan needs none, which has both sides in it')
    .addOption(configOption())
    .addOption(formatOption('text', 'markdown', 'json'))
    .option('--output <file>', 'file to write to')
    .option('--exit-code', 'exit with 1 when something changes')
    .addHelpText(
      'after',
      `
Order, comments and what cdktf writes beside are no change. What Terraform would replace is predicted, unless a plan says.

Examples:
  $ portal6 diff main HEAD
  $ portal6 diff /tmp/before cdktf.out --format json
  $ portal6 diff plan.json`,
    )
    .action(async (base: string, head: string | undefined, options: DiffOptions) =>
      done(await load.diff().diffCommand(base, head, options, io)),
    );
}

function addReview(program: Command, io: Io, done: Done): void {
  program
    .command('review')
    .description('say what a change means for citizens, both families side by side, for a pull request')
    .argument('[target...]', 'agency or agency/environment to look at (default: all that may have changed)')
    .option('--base <ref>', 'branch, tag or commit that the change is held against')
    .option('--head <ref>', 'what is changed (default: the working copy, with what is not committed)')
    .addOption(configOption())
    .addOption(formatOption('text', 'markdown', 'json'))
    .option('--output <file>', 'file to write to')
    .option('--plan <file>', 'JSON of the plan of a stack, which says what will be done; repeatable', collect, [])
    .option(
      '--allow-replace <address>',
      'resource that may be replaced, or stack of which any may; repeatable',
      collect,
      [],
    )
    .addOption(new Option('--post <platform>', 'keep one comment of a pull request up to date').choices(PLATFORMS))
    .option('--pull-request <number>', 'which one (default: what the environment of the job says)')
    .option('--from <file>', 'post or show a review that is there, as JSON')
    .addOption(new Option('--for <platform>', 'whose limit a comment has to keep').choices(LIMITED).default('github'))
    .option('--artifact-url <url>', 'where the whole of it is, for a comment that had to be cut')
    .addHelpText(
      'after',
      `
Exits with 1 for new errors, and when something that holds addresses, names or data would be replaced.

Examples:
  $ portal6 review --base main
  $ portal6 review --base origin/main --format json --output review.json
  $ portal6 review --from review.json --post github`,
    )
    .action(async (targets: string[], options: ReviewOptions) =>
      done(await load.review().reviewCommand(targets, options, io)),
    );
}

function addReport(program: Command, io: Io, done: Done): void {
  program
    .command('report')
    .description('write a page about all portals, to open in a browser')
    .argument('[path...]', 'folder of stacks, cdk.tf.json, plan or state as JSON, or a target of synth (default: all)')
    .addOption(configOption())
    .option('--output <file>', 'file to write', 'report.html')
    .addOption(new Option('--language <language>', 'what it opens in; both are in it').choices(LANGUAGES).default('en'))
    .option('--force', 'replace a file that is no such page')
    .option('--synth <dir>', 'stacks to look up the lines of a plan in', 'cdktf.out')
    .addHelpText(
      'after',
      `
One file that asks nobody for anything: every portal with its level, the way to it over both families, its picture,
addresses, findings and waivers. Exits with 2 when agency files have errors; the page lists them.

Examples:
  $ portal6 report
  $ portal6 report hue langson/production --language vi --output bao-cao.html`,
    )
    .action(async (paths: string[], options: ReportOptions, command: Command) =>
      done(
        await load
          .report()
          .reportCommand(paths, { ...options, configGiven: command.getOptionValueSource('config') === 'cli' }, io),
      ),
    );
}

function addRules(program: Command, io: Io, done: Done): void {
  program
    .command('rules')
    .description('list the rules of the check, or explain one')
    .argument('[id]', 'rule to explain, such as V6-RT-001')
    .addOption(formatOption('text', 'json'))
    .addHelpText(
      'after',
      `
Examples:
  $ portal6 rules
  $ portal6 rules V6-RT-001`,
    )
    .action(async (id: string | undefined, options: { format: 'text' | 'json' }) =>
      done(await load.rules().rulesCommand(id, options, io)),
    );
}

function addAddresses(program: Command, io: Io, done: Done): void {
  program
    .command('addresses')
    .description('show the address plan')
    .argument('[target]', 'agency or agency/environment (default: all)')
    .addOption(configOption())
    .addOption(formatOption('table', 'json', 'csv'))
    .option('--ipv6-prefix <range>', 'IPv6 block that the network got, to write whole /64s')
    .option('--registry', 'show the pools of the registry instead: whose blocks they hold, and what is free')
    .addHelpText(
      'after',
      `
The IPv6 block is known once the network is there; until then …10::/64 stands for the end of a /64.

Examples:
  $ portal6 addresses hue
  $ portal6 addresses hue/production --ipv6-prefix 2001:db8:0:100::/56 --format csv
  $ portal6 addresses --registry`,
    )
    .action(
      async (
        target: string | undefined,
        options: { config: string; format: 'table' | 'json' | 'csv'; ipv6Prefix?: string; registry?: boolean },
      ) =>
        done(
          await (options.registry
            ? load.addressPools().addressPoolsCommand(target, options, io)
            : load.addresses().addressesCommand(target, options, io)),
        ),
    );
}

function addSchema(program: Command, io: Io, done: Done): void {
  program
    .command('schema')
    .description('write the JSON Schemas of agency files and of the registry, for editors')
    .addOption(configOption())
    .option('--check', 'write nothing; exit with 1 when a file is not up to date')
    .addHelpText(
      'after',
      `
Examples:
  $ portal6 schema
  $ portal6 schema --check`,
    )
    .action(async (options: { config: string; check?: boolean }) =>
      done(await load.schema().schemaCommand(options, io)),
    );
}

function collect(value: string, previous: readonly string[]): string[] {
  return [...previous, value];
}

function configOption(): Option {
  return new Option('--config <dir>', 'folder of the agency files').default('config');
}

function formatOption(...formats: readonly [string, ...string[]]): Option {
  return new Option('--format <format>', 'how to write the result').choices(formats).default(formats[0]);
}

/** Says what happened; a person's mistake without a stack trace, which would only hide it. */
function report(error: unknown, { stderr }: Io): number {
  // commander has written its message already; help and version are errors to it, too.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
  if (error instanceof UserError || error instanceof ToolError) {
    stderr.write(`${error.message}\n`);
    return error instanceof UserError ? EXIT.usage : EXIT.tool;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  stderr.write(`${stack}\n\nThis is a bug in portal6 ${packageVersion()}. Please report it with the lines above.\n`);
  return EXIT.bug;
}

/**
 * The commands' modules, loaded when called for: the config schema costs 60 ms and the constructs more, which --help
 * need not wait for.
 *
 * `require`, because TypeScript leaves `import()` in CommonJS output to Node, which then asks for file names that jest
 * does not have.
 */
const load = {
  init: () => require('./commands/init') as typeof import('./commands/init'),
  validate: () => require('./commands/validate') as typeof import('./commands/validate'),
  synth: () => require('./commands/synth') as typeof import('./commands/synth'),
  check: () => require('./commands/check') as typeof import('./commands/check'),
  diff: () => require('./commands/diff') as typeof import('./commands/diff'),
  review: () => require('./commands/review') as typeof import('./commands/review'),
  report: () => require('./commands/report') as typeof import('./commands/report'),
  rules: () => require('./commands/rules') as typeof import('./commands/rules'),
  addresses: () => require('./commands/addresses') as typeof import('./commands/addresses'),
  addressPools: () => require('./commands/address-pools') as typeof import('./commands/address-pools'),
  schema: () => require('./commands/schema') as typeof import('./commands/schema'),
};
