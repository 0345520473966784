// Whole processes, medians of several runs, portal6 and its peer in turn so that a busy machine slows both alike.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(HERE);
const BIN = join(ROOT, 'dist', 'cli', 'bin.js');
const CDKTF = join(HERE, 'node_modules', '.bin', 'cdktf');
const RUNS = 7;

const PARSE_ALL = `
  const { readdirSync, readFileSync } = require('node:fs');
  const folder = process.argv[1] + '/stacks/';
  for (const stack of readdirSync(folder)) JSON.parse(readFileSync(folder + stack + '/cdk.tf.json', 'utf8'));
`;

const COMPARE_ALL = `
  const { readdirSync, readFileSync } = require('node:fs');
  const [one, other] = process.argv.slice(1).map((folder) => folder + '/stacks/');
  for (const stack of readdirSync(one)) {
    readFileSync(one + stack + '/cdk.tf.json').equals(readFileSync(other + stack + '/cdk.tf.json'));
  }
`;

const scratch = mkdtempSync(join(tmpdir(), 'portal6-bench-'));
try {
  const groups = { synth, validate, check, diff, review, report, types, suite };
  const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(groups);
  const rows = [];
  for (const name of wanted) rows.push(...(await groups[name]()));
  console.log(table(rows));
} finally {
  rmSync(scratch, { recursive: true });
}

/** One agency with two environments, by portal6 and by `cdktf synth` of the same app. */
function synth() {
  const project = join(scratch, 'one');
  mkdirSync(join(project, 'config', 'agencies'), { recursive: true });
  for (const file of ['defaults.yaml', 'agencies/hue.yaml']) {
    cpSync(join(ROOT, 'config', file), join(project, 'config', file));
  }
  cpSync(join(ROOT, 'cdktf.json'), join(project, 'cdktf.json'));
  symlinkSync(join(ROOT, 'dist'), join(project, 'dist'));

  const ours = () => run(process.execPath, [BIN, 'synth', 'hue'], project);
  const app = () => run(process.execPath, [join(ROOT, 'dist', 'main.js')], project);
  const peer = existsSync(CDKTF) ? () => run(CDKTF, ['synth'], project) : undefined;
  const [own, theirs, plain] = inTurn([ours, peer, app]);
  return [
    row('portal6 synth hue (2 stacks)', own, '0.6 s, 200 MB'),
    row('cdktf synth, the same app', theirs, 'at least 4 x', theirs && ratio(theirs, own)),
    row('node dist/main.js, the same app', plain, '', ratio(plain, own)),
  ];
}

/** 51 agencies: those that the directory knows, as `init` writes them, and copies to fill up. */
function validate() {
  const config = join(scratch, 'fleet', 'config');
  mkdirSync(join(config, 'agencies'), { recursive: true });
  const slugs = [...readFileSync(join(ROOT, 'config', 'directory.yaml'), 'utf8').matchAll(/^\s*(?:- )?slug: (\S+)/gm)];
  for (const [, slug] of slugs.slice(0, 51))
    run(process.execPath, [BIN, 'init', slug, '--config', config, '--yes'], ROOT);

  const ours = () => run(process.execPath, [BIN, 'validate', '--config', config], ROOT);
  const bare = () => run(process.execPath, ['-e', ''], ROOT);
  const [own, floor] = inTurn([ours, bare]);
  return [
    row(`portal6 validate, ${Math.min(51, slugs.length)} agencies`, own, '0.35 s'),
    row('node that does nothing', floor, '', ratio(floor, own)),
  ];
}

/** The example stacks, written 250 times each: a thousand agencies. */
function thousandStacks() {
  const synthesized = join(scratch, 'examples');
  const fleet = join(scratch, 'fleet-stacks');
  run(process.execPath, [BIN, 'synth', '--config', join(ROOT, 'config'), '--out', synthesized], ROOT);
  const stacks = readdirSync(join(synthesized, 'stacks'));
  let resources = 0;
  for (let index = 0; index < 1000; index += 1) {
    const stack = stacks[index % stacks.length];
    const text = readFileSync(join(synthesized, 'stacks', stack, 'cdk.tf.json'), 'utf8');
    resources += Object.values(JSON.parse(text).resource).reduce((sum, named) => sum + Object.keys(named).length, 0);
    const id = `${stack}-${index}`;
    const folder = join(fleet, 'stacks', id);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'cdk.tf.json'), text.replaceAll(stack, id));
  }
  return { synthesized, fleet, resources: resources.toLocaleString('en') };
}

/** The floor reads and parses the same files. */
function check() {
  const { synthesized, fleet, resources } = thousandStacks();
  const config = ['--config', join(ROOT, 'config'), '--fail-on', 'never'];
  const one = () =>
    run(process.execPath, [BIN, 'check', join(synthesized, 'stacks', 'hue-production'), ...config], ROOT);
  const all = () => run(process.execPath, [BIN, 'check', fleet, ...config], ROOT);
  const floor = () => run(process.execPath, ['-e', PARSE_ALL, fleet], ROOT);
  const [single] = inTurn([one]);
  const [thousand, parsed] = inTurn([all, floor], 3);
  return [
    row('portal6 check of one stack', single, '0.35 s'),
    row(`portal6 check of 1,000 stacks (${resources} resources)`, thousand, '4 s for 80,000, 700 MB'),
    row('node that reads and parses them', parsed, '', ratio(parsed, thousand)),
  ];
}

/** The page about the same thousand stacks, beside the check that it rests on; then that page in a browser. */
async function report() {
  const { fleet, resources } = thousandStacks();
  const page = join(scratch, 'report.html');
  const config = ['--config', join(ROOT, 'config')];
  const write = () => run(process.execPath, [BIN, 'report', fleet, ...config, '--output', page], ROOT);
  const judge = () => run(process.execPath, [BIN, 'check', fleet, ...config, '--fail-on', 'never'], ROOT);
  const [written, judged] = inTurn([write, judge], 3);
  const size = (statSync(page).size / 2 ** 20).toFixed(1);
  return [
    row(`portal6 report of 1,000 stacks (${resources} resources)`, written, ''),
    row('portal6 check of them', judged, '', ratio(judged, written)),
    row(`opening that page (${size} MB) until it can be searched`, await opened(page), '2 s'),
  ];
}

/** Until the load event is over and the table is drawn; undefined where there is no Chromium. */
async function opened(page) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = ['chromium', 'chromium-browser', 'google-chrome'].flatMap((name) =>
    folders.map((folder) => join(folder, name)),
  );
  const executablePath = [process.env.CHROMIUM, ...found].find((file) => file && existsSync(file));
  if (!executablePath) return undefined;
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const seconds = [];
  for (let index = 0; index < RUNS; index += 1) {
    const tab = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const start = process.hrtime.bigint();
    await tab.goto(String(pathToFileURL(page)), { waitUntil: 'load' });
    await tab.locator('#search').waitFor();
    await tab.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
    seconds.push(Number(process.hrtime.bigint() - start) / 1e9);
    await tab.close();
  }
  await browser.close();
  return { seconds: median(seconds) };
}

/** Two folders of the thousand stacks, ten of which keep their logs for another time. The floor compares their bytes. */
function diff() {
  const { fleet } = thousandStacks();
  const changed = join(scratch, 'fleet-changed');
  cpSync(fleet, changed, { recursive: true });
  for (const stack of readdirSync(join(changed, 'stacks')).slice(0, 10)) {
    const file = join(changed, 'stacks', stack, 'cdk.tf.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"retention_in_days": \d+/g, '"retention_in_days": 30'));
  }
  const ours = () => run(process.execPath, [BIN, 'diff', fleet, changed], ROOT);
  const floor = () => run(process.execPath, ['-e', COMPARE_ALL, fleet, changed], ROOT);
  const [own, bytes] = inTurn([ours, floor]);
  return [
    row('portal6 diff of 1,000 stacks, 10 changed', own, '3 s'),
    row('node that compares their bytes', bytes, '', ratio(bytes, own)),
  ];
}

/** One line of one agency's file, on a branch; the code of both sides is the same. */
function review() {
  const project = join(scratch, 'reviewed');
  mkdirSync(project);
  cpSync(join(ROOT, 'config'), join(project, 'config'), { recursive: true });
  const git = (...args) =>
    execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.org', ...args], { cwd: project });
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '--message=before');
  const file = join(project, 'config', 'agencies', 'hue.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('PORTAL_LANGUAGES: vi,en', 'PORTAL_LANGUAGES: vi'));
  const ours = () => run(process.execPath, [BIN, 'review', '--base', 'main'], project);
  const synthesis = () => run(process.execPath, [BIN, 'check', 'hue'], project);
  const [own, once] = inTurn([ours, synthesis]);
  return [
    row('portal6 review of one agency (2 stacks, both sides)', own, '2 s'),
    row('portal6 check of the same agency, one side', once, '', ratio(once, own)),
  ];
}

function types() {
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const [own] = inTurn([() => run(process.execPath, [tsc, '-p', 'tsconfig.json'], ROOT)], 3);
  return [row('tsc over everything', own, '600 MB')];
}

function suite() {
  const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const [own] = inTurn([() => run(process.execPath, [jest, '--silent'], ROOT)], 1);
  return [row('npm test', own, '60 s')];
}

/** Medians of each, run one after the other and not one block after the other. */
function inTurn(programs, runs = RUNS) {
  const taken = programs.map(() => []);
  for (let index = 0; index < runs; index += 1) {
    programs.forEach((program, which) => program && taken[which].push(program()));
  }
  return taken.map((measured) =>
    measured.length === 0
      ? undefined
      : {
          seconds: median(measured.map(({ seconds }) => seconds)),
          megabytes: median(measured.map(({ megabytes }) => megabytes)),
        },
  );
}

/** Wall time and the peak memory of the process itself (its children's is not in it). */
function run(command, args, cwd) {
  const memory = join(scratch, 'memory');
  const hook = join(HERE, 'memory-hook.cjs');
  const env = {
    ...process.env,
    NODE_OPTIONS: `--require ${hook}`,
    PORTAL6_BENCH_MEMORY: memory,
    CHECKPOINT_DISABLE: '1',
    DISABLE_VERSION_CHECK: '1',
    CI: '1',
  };
  rmSync(memory, { force: true });
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stderr}`);
  return { seconds, megabytes: Math.max(...readFileSync(memory, 'utf8').trim().split('\n').map(Number)) / 1024 };
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function ratio(other, own) {
  return `${(other.seconds / own.seconds).toFixed(2)} x`;
}

function row(what, measured, goal, beside = '') {
  if (!measured) return [what, 'not installed here', '', goal, ''];
  const { seconds, megabytes } = measured;
  return [what, `${seconds.toFixed(2)} s`, megabytes === undefined ? '' : `${megabytes.toFixed(0)} MB`, goal, beside];
}

function table(rows) {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
  const machine = `${cpus().length} cores (${cpus()[0].model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  return [
    `Medians of whole processes, ${machine}, commit ${commit}.`,
    '',
    '| What | Time | Peak memory of one process | Goal | Beside the first of its group |',
    '|---|---|---|---|---|',
    ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  ].join('\n');
}
