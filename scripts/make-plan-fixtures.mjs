/**
 * Makes test/fixtures/plans/*.json with the real Terraform and AWS provider, without an account:
 *
 *     npm run build && PORTAL6_PLUGIN_DIR=<folder of providers> node scripts/make-plan-fixtures.mjs [--check] [name...]
 *
 * From each example of portal6: its stack (*.cdk.tf.json) and its plan (*.plan.json). From each folder in
 * test/fixtures/plans/src, which is Terraform in other people's style: its plan; and where it has a state.json, which is
 * what a terraform.tfstate holds, a plan against that state and what `terraform show -json` says of it (*.state.json).
 *
 * For each edit of an agency file in stack-edits.mjs: the stack after it, and the plan against what the stack before it
 * would have left (edits/<name>.cdk.tf.json, edits/<name>.plan.json; edits/before.cdk.tf.json, edits/before.state.json, or
 * edits/<name>.before.* where it is an edit of an edit).
 *
 * Running it again changes nothing; `--check` writes nothing and fails where it would. What would differ from run to run, or says nothing of resources, is left out.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { applied } from './made-up-state.mjs';
import { initialize, planned, ROOT, show } from './offline-terraform.mjs';
import { EDITS } from './stack-edits.mjs';

const FIXTURES = join(ROOT, 'test', 'fixtures', 'plans');
const EXAMPLES = ['hue-production', 'langson-production', 'bkhcn-production'];

const sources = readdirSync(join(FIXTURES, 'src')).sort();
const check = process.argv.includes('--check');
const wanted = process.argv.slice(2).filter((one) => one !== '--check');
const isWanted = (name) => wanted.length === 0 || wanted.includes(name);
const names = [...EXAMPLES, ...sources].filter(isWanted);
const edits = Object.keys(EDITS).filter(isWanted);

const scratch = mkdtempSync(join(tmpdir(), 'portal6-fixtures-'));
try {
  if (names.some((name) => EXAMPLES.includes(name))) synth(join(ROOT, 'config'), join(scratch, 'cdktf.out'));
  for (const name of names) {
    if (EXAMPLES.includes(name)) makeExample(name, join(scratch, 'cdktf.out', 'stacks', name));
    else makeSource(name, join(scratch, name));
    console.log(name);
  }
  if (edits.length > 0) makeEdits();
} finally {
  rmSync(scratch, { recursive: true });
}

function makeExample(name, folder) {
  const stack = JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8'));
  write(`${name}.cdk.tf.json`, withoutComments(stack));
  const plan = initialPlanOf(folder);
  // Their size: everything in it is among the changes, too.
  delete plan.planned_values;
  write(`${name}.plan.json`, plan);
}

function makeSource(name, folder) {
  cpSync(join(FIXTURES, 'src', name), folder, { recursive: true });
  const state = join(folder, 'terraform.tfstate');
  const hasState = existsSync(join(folder, 'state.json'));
  if (hasState) renameSync(join(folder, 'state.json'), state);
  write(`${name}.plan.json`, initialPlanOf(folder));
  if (hasState) write(`${name}.state.json`, show(folder, 'terraform.tfstate'));
}

/** Plans of Hue after each edit, against what applying Hue as it was before would leave. */
function makeEdits() {
  mkdirSync(join(FIXTURES, 'edits'), { recursive: true });
  const usual = edits.some((name) => !EDITS[name].before) ? made('before', () => {}) : undefined;
  for (const name of edits) {
    const { before, after } = EDITS[name];
    const state = before ? made(`${name}.before`, before) : usual;
    const folder = editedHue((environment) => {
      before?.(environment);
      after(environment);
    });
    writeStack(name, folder);
    initialize(folder);
    writeFileSync(join(folder, 'terraform.tfstate'), state);
    const plan = planOf(folder);
    // Their size: what they say is among the changes, too.
    delete plan.planned_values;
    delete plan.prior_state;
    write(`edits/${name}.plan.json`, plan);
    console.log(`edits/${name}`);
  }
}

/** The state that applying Hue after an edit would leave. Its fixtures get the name. */
function made(name, edit) {
  const folder = editedHue(edit);
  writeStack(name, folder);
  initialize(folder);
  const state = applied(folder);
  write(`edits/${name}.state.json`, sorted(show(folder, 'terraform.tfstate')));
  return state;
}

function editedHue(edit) {
  const folder = mkdtempSync(join(scratch, 'edited-'));
  const config = join(folder, 'config');
  const file = parse(readFileSync(join(ROOT, 'config', 'agencies', 'hue.yaml'), 'utf8'));
  edit(file.environments.production);
  mkdirSync(join(config, 'agencies'), { recursive: true });
  cpSync(join(ROOT, 'config', 'defaults.yaml'), join(config, 'defaults.yaml'));
  writeFileSync(join(config, 'agencies', 'hue.yaml'), stringify(file));
  synth(config, join(folder, 'cdktf.out'), 'hue/production');
  return join(folder, 'cdktf.out', 'stacks', 'hue-production');
}

function writeStack(name, folder) {
  write(`edits/${name}.cdk.tf.json`, withoutComments(JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8'))));
}

function synth(config, out, ...targets) {
  const cli = join(ROOT, 'dist', 'cli', 'bin.js');
  execFileSync(process.execPath, [cli, 'synth', '--config', config, '--out', out, ...targets], { stdio: 'pipe' });
}

function initialPlanOf(folder) {
  initialize(folder);
  return planOf(folder);
}

function planOf(folder) {
  const plan = planned(folder);
  delete plan.timestamp;
  delete plan.relevant_attributes;
  // It holds the override's keys.
  delete plan.configuration.provider_config;
  for (const resource of plan.resource_changes) {
    delete resource.provider_name;
    for (const marks of ['before_sensitive', 'after_sensitive']) {
      if (!marksAny(resource.change[marks])) resource.change[marks] = false;
    }
  }
  return sorted(plan);
}

/** With what Terraform lists in any order in one: modules, and the references of an expression. */
function sorted(value) {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).map(([key, item]) => {
    if (key === 'child_modules') return [key, item.map(sorted).sort(byText(({ address }) => address))];
    return [key, key === 'references' ? sortedReferences(item) : sorted(item)];
  });
  return Object.fromEntries(entries);
}

/** Each name is followed by what leads to it: `aws_vpc.main.id`, `aws_vpc.main`. */
function sortedReferences(references) {
  const chains = [];
  for (const [index, name] of references.entries()) {
    if (index > 0 && references[index - 1] !== name && references[index - 1].startsWith(name)) chains.at(-1).push(name);
    else chains.push([name]);
  }
  return chains.sort(byText(([name]) => name)).flat();
}

function byText(textOf) {
  return (one, other) => (textOf(one) < textOf(other) ? -1 : textOf(one) > textOf(other) ? 1 : 0);
}

/** Whether there is a `true` in marks that have the shape of the attributes. */
function marksAny(marks) {
  return typeof marks === 'object' && marks !== null ? Object.values(marks).some(marksAny) : marks === true;
}

/** cdktf's comments, but for the one that names the stack. */
function withoutComments(stack) {
  const { metadata } = stack['//'];
  const bare = JSON.parse(JSON.stringify(stack, (key, value) => (key === '//' ? undefined : value)));
  return { '//': { metadata: { stackName: metadata.stackName } }, ...bare };
}

function write(file, json) {
  const text = `${render(json)}\n`;
  if (text.includes(scratch)) throw new Error(`${file} would hold a path of this machine`);
  if (!check) writeFileSync(join(FIXTURES, file), text);
  else if (readFileSync(join(FIXTURES, file), 'utf8') !== text) throw new Error(`${file} would be another one`);
}

/** A line for each resource, and for all else that fits in one. */
function render(value, indent = '') {
  const line = JSON.stringify(value);
  const isResource = typeof value?.address === 'string' && typeof value.mode === 'string';
  if (isResource || indent.length + line.length <= 150 || typeof value !== 'object') return line;
  const inner = `${indent} `;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const parts = Array.isArray(value)
    ? value.map((item) => render(item, inner))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${render(item, inner)}`);
  return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`;
}
