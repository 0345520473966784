/**
 * Makes test/fixtures/plans/*.json with the real Terraform and AWS provider, without an account:
 *
 *     npm run build && PORTAL6_PLUGIN_DIR=<folder of providers> node scripts/make-plan-fixtures.mjs [name...]
 *
 * From each example of portal6: its stack (*.cdk.tf.json) and its plan (*.plan.json). From each folder in
 * test/fixtures/plans/src, which is Terraform in other people's style: its plan; and where it has a state.json, which is
 * what a terraform.tfstate holds, a plan against that state and what `terraform show -json` says of it (*.state.json).
 *
 * Running it again changes nothing. What would differ from run to run, or says nothing of resources, is left out.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const FIXTURES = join(ROOT, 'test', 'fixtures', 'plans');
const EXAMPLES = ['hue-production', 'langson-production', 'bkhcn-production'];

/** Lets the provider plan without an account. */
const OVERRIDE = {
  terraform: { backend: { local: {} } },
  provider: {
    aws: [
      {
        access_key: 'none',
        secret_key: 'none',
        skip_credentials_validation: true,
        skip_requesting_account_id: true,
        skip_metadata_api_check: 'true',
        allowed_account_ids: [],
      },
    ],
  },
};

const pluginDir = process.env.PORTAL6_PLUGIN_DIR;
if (!pluginDir) {
  console.error('PORTAL6_PLUGIN_DIR is not set to a folder of Terraform providers');
  process.exit(2);
}

const sources = readdirSync(join(FIXTURES, 'src')).sort();
const wanted = process.argv.slice(2);
const names = [...EXAMPLES, ...sources].filter((name) => wanted.length === 0 || wanted.includes(name));

const scratch = mkdtempSync(join(tmpdir(), 'portal6-fixtures-'));
try {
  if (names.some((name) => EXAMPLES.includes(name))) {
    const cli = join(ROOT, 'dist', 'cli', 'bin.js');
    execFileSync(process.execPath, [cli, 'synth', '--out', join(scratch, 'cdktf.out')], { cwd: ROOT });
  }
  for (const name of names) {
    if (EXAMPLES.includes(name)) makeExample(name, join(scratch, 'cdktf.out', 'stacks', name));
    else makeSource(name, join(scratch, name));
    console.log(name);
  }
} finally {
  rmSync(scratch, { recursive: true });
}

function makeExample(name, folder) {
  const stack = JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8'));
  write(`${name}.cdk.tf.json`, withoutComments(stack));
  const plan = planOf(folder);
  // Their size: everything in it is among the changes, too.
  delete plan.planned_values;
  write(`${name}.plan.json`, plan);
}

function makeSource(name, folder) {
  cpSync(join(FIXTURES, 'src', name), folder, { recursive: true });
  const state = join(folder, 'terraform.tfstate');
  const hasState = existsSync(join(folder, 'state.json'));
  if (hasState) renameSync(join(folder, 'state.json'), state);
  write(`${name}.plan.json`, planOf(folder));
  if (hasState) write(`${name}.state.json`, show(folder, 'terraform.tfstate'));
}

function planOf(folder) {
  writeFileSync(join(folder, 'portal6_override.tf.json'), JSON.stringify(OVERRIDE));
  writeFileSync(join(folder, 'empty.tfrc'), '');
  cpSync(join(ROOT, 'config', 'terraform.lock.hcl'), join(folder, '.terraform.lock.hcl'));
  terraform(folder, 'init', '-input=false', `-plugin-dir=${pluginDir}`);
  terraform(folder, 'plan', '-input=false', '-refresh=false', '-out=plan.bin');
  const plan = show(folder, 'plan.bin');
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

function show(folder, file) {
  return JSON.parse(terraform(folder, 'show', '-json', file));
}

/** Without what is the user's, which could change a plan, or reach an AWS account. */
function terraform(folder, ...args) {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS_|TF_)/.test(name));
  const env = { ...Object.fromEntries(kept), CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: join(folder, 'empty.tfrc') };
  return execFileSync('terraform', args, { cwd: folder, env, encoding: 'utf8', maxBuffer: 2 ** 28 });
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
  writeFileSync(join(FIXTURES, file), text);
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
