/**
 * Writes review/provider-facts.json: what a diff of two stacks has to know of the AWS provider, measured with the real one.
 *
 *     npm run build && PORTAL6_PLUGIN_DIR=<folder of providers> node scripts/measure-provider.mjs [--settings] [--check] [type...]
 *
 * Whether a change makes Terraform replace a resource is in no schema, so it is tried. From stacks of ours come settings
 * of every type that portal6 creates (`--settings` writes them anew, to measured/settings.json); each is taken as applied (made-up-state.mjs), then each of its arguments is added,
 * changed and removed (provider-edits.mjs), and the plan says what comes of it. A value that the provider refuses is
 * tried again with one of those that its message names; where that is refused too, the argument is `unmeasured`.
 *
 * Running it again changes nothing, and takes a quarter of an hour. `--check` writes nothing and fails where the file says something else of the types.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applied, stateAfter } from './made-up-state.mjs';
import { diagnosticsOf, initialize, planned, resourceSchemas, ROOT, show } from './offline-terraform.mjs';
import { argumentsOf, basesAmong, learn, learnValues, usable, withValue } from './provider-edits.mjs';
import { factsOfSchema, sensitivePaths, verdictsOf } from './provider-verdicts.mjs';

/** What is Terraform's, not the resource's. */
const META = ['//', 'lifecycle', 'depends_on', 'provider', 'count', 'for_each'];

const FILE = join(ROOT, 'review', 'provider-facts.json');
const SETTINGS = join(ROOT, 'scripts', 'measured', 'settings.json');
const PROVIDER = '5.100.0';

/** Stacks that have every type between them. */
const STACKS = {
  agencies: ['address-registry', 'ipv6-only', 'instances', 'highest-availability', 'fixed-addresses', 'gateway-alb'],
  more: ['gateway-cdn', 'static', 'measured-vpn', 'measured-vpn-gateway'],
};

/** Instances in one plan: Terraform takes longer than in proportion. */
const AT_ONCE = 500;

const PLAN = ['plan', '-json', '-input=false', '-refresh=false', '-out=plan.bin'];

/** How often a value is tried again. */
const TRIES = 6;

const check = process.argv.includes('--check');
const types = process.argv.slice(2).filter((one) => !one.startsWith('--'));
const scratch = mkdtempSync(join(tmpdir(), 'portal6-measure-'));
try {
  const wanted = createdTypes().filter((type) => types.length === 0 || types.includes(type));
  const folder = join(scratch, 'cases');
  mkdirSync(folder);
  writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(settingsOfTerraform()));
  initialize(folder);
  const schemas = resourceSchemas(folder);
  if (process.argv.includes('--settings')) writeFileSync(SETTINGS, renderSettings(settingsOf(synthesized(), schemas)));
  const settings = new Map(Object.entries(JSON.parse(readFileSync(SETTINGS, 'utf8'))));
  const absent = wanted.filter((type) => !settings.has(type));
  if (absent.length > 0) throw new Error(`no stack that is measured has ${absent.join(', ')}: add one to STACKS`);

  const tried = wanted.flatMap((type) => argumentsOf(type, schemas[type].block, settings.get(type)));
  console.error(`${wanted.length} types, ${tried.length} arguments`);
  measure(folder, tried, schemas);
  const facts = {
    source: `measured with AWS provider ${PROVIDER} by scripts/measure-provider.mjs`,
    types: Object.fromEntries(
      wanted.map((type) => [
        type,
        { ...verdictsOf(tried.filter((one) => one.type === type)), ...factsOfSchema(schemas[type].block) },
      ]),
    ),
    sensitive: sensitivePaths(schemas),
  };
  if (check) compare(facts, wanted);
  else writeFileSync(FILE, render(facts));
} finally {
  if (!process.env.PORTAL6_KEEP) rmSync(scratch, { recursive: true });
}

/** Every type of which constructs and stacks import the class. */
function createdTypes() {
  const sources = ['constructs', 'stacks'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(ROOT, folder, name), 'utf8')),
  );
  const modules = sources.flatMap((text) => [...text.matchAll(/'@cdktf\/provider-aws\/lib\/([a-z0-9-]+)'/g)]);
  const names = new Set(modules.map(([, name]) => name).filter((name) => name !== 'provider'));
  return [...names]
    .map((name) =>
      readFileSync(join(ROOT, 'node_modules', '@cdktf', 'provider-aws', 'lib', name, 'index.d.ts'), 'utf8'),
    )
    .map((text) => /static readonly tfResourceType = "(\w+)"/.exec(text)[1])
    .sort();
}

function settingsOfTerraform() {
  return {
    terraform: { required_providers: { aws: { source: 'aws', version: PROVIDER } } },
    provider: { aws: [{ region: 'ap-southeast-1' }] },
  };
}

/** Folders of the stacks, each as if applied, with the plan that changes nothing. */
function synthesized() {
  const config = join(scratch, 'config');
  cpSync(join(ROOT, 'config', 'reference'), join(config, 'agencies'), { recursive: true });
  cpSync(join(ROOT, 'scripts', 'measured'), join(config, 'agencies'), { recursive: true });
  cpSync(join(config, 'agencies', 'registry.yaml'), join(config, 'registry.yaml'));
  rmSync(join(config, 'agencies', 'registry.yaml'));
  const cli = (...args) =>
    execFileSync(process.execPath, [join(ROOT, 'dist', 'cli', 'bin.js'), ...args, '--config', config], {
      stdio: 'pipe',
    });
  cli('synth', '--out', join(scratch, 'out'));
  cli('synth', 'state', '--out', join(scratch, 'state'));
  const names = [...STACKS.agencies, ...STACKS.more].map((name) =>
    name === 'address-registry' ? name : `${name}-production`,
  );
  const folders = names.map((name) => join(scratch, 'out', 'stacks', name));
  const ofState = readdirSync(join(scratch, 'state', 'stacks')).map((name) => join(scratch, 'state', 'stacks', name));
  return [...folders, ...ofState].map((folder) => {
    const stack = JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8'));
    const open = Object.entries(stack.variable ?? {}).filter(([, one]) => one.default === undefined);
    const variables = open.map(([name]) => `${name}=${'x'.repeat(32)}`);
    initialize(folder);
    applied(folder, ...variables);
    console.error(folder.split('/').at(-1));
    return { stack, plan: planned(folder, ...variables) };
  });
}

/** A line for each resource. */
function renderSettings(settings) {
  const types = [...settings].sort(([one], [other]) => (one < other ? -1 : 1));
  const lines = types.map(
    ([type, all]) => `  "${type}": [\n${all.map((one) => `    ${JSON.stringify(one)}`).join(',\n')}\n  ]`,
  );
  return `{\n${lines.join(',\n')}\n}\n`;
}

/** What stacks set, by type: references resolved, and without what the provider adds. */
function settingsOf(stacks, schemas) {
  const settings = new Map();
  for (const { stack, plan } of stacks) {
    for (const { type, name, change } of plan.resource_changes) {
      const configured = completed(configuredIn(change.after, stack.resource[type][name]), schemas[type].block);
      if (!settings.has(type)) settings.set(type, []);
      settings.get(type).push(configured);
    }
  }
  return new Map([...settings].map(([type, all]) => [type, basesAmong(all)]));
}

/** With every key of attributes that are lists of objects: unlike blocks, these need them all. */
function completed(configured, block) {
  const lists = Object.entries(block.attributes ?? {}).filter(
    ([name, { type }]) => configured[name] && type[1]?.[0] === 'object',
  );
  const entries = lists.map(([name, { type }]) => {
    const empty = Object.fromEntries(Object.keys(type[1][1]).map((key) => [key, null]));
    return [name, configured[name].map((item) => ({ ...empty, ...item }))];
  });
  return { ...configured, ...Object.fromEntries(entries) };
}

/**
 * The parts of what is planned whose names are in the configuration, too. Where that is a list its items share their
 * names, so what is empty is taken only where the configuration says so.
 */
function configuredIn(value, configuration) {
  const sides = [configuration].flat();
  if (Array.isArray(value)) return value.map((item) => configuredIn(item, configuration));
  if (typeof value !== 'object' || value === null || !sides.some((side) => typeof side === 'object')) return value;
  const entries = Object.entries(value)
    .map(([name, item]) => [name, item, sides.map((side) => side?.[name]).filter((inner) => inner !== undefined)])
    .filter(([name, , inner]) => inner.length > 0 && !META.includes(name))
    .filter(([, item, inner]) => (item === null || item === '' ? inner.includes(item) : true))
    .map(([name, item, inner]) => [name, configuredIn(item, inner.flat())])
    .filter(([, item]) => !(Array.isArray(item) && item.length === 0));
  return Object.fromEntries(entries);
}

/** Gives each argument its `outcomes`, or the `reason` why there is none. */
function measure(folder, tried, schemas) {
  // With a value first: what the provider refuses there may take away from what is beside it.
  const present = tried.filter(({ current }) => current !== undefined);
  const absent = tried.filter(({ current }) => current === undefined);
  const added = absent
    .map((argument) => ({ argument, value: () => usable(argument)[0], learn }))
    .filter(({ value }) => value() !== undefined);
  const stateWith = statesOf(folder, added, schemas);
  const originals = tried.map((argument) => ({ ...argument, base: argument.original }));
  const bare = [
    ...new Map(
      [...originals, ...tried].map((argument) => [baseKey(argument), { argument, value: () => argument.current }]),
    ).values(),
  ];
  const stateOfBase = new Map(
    [...statesOf(folder, bare, schemas)].map(([argument, state]) => [baseKey(argument), state]),
  );

  const edits = [];
  const edit = (name, argument, state, value) => {
    const isPossible = state !== undefined && (name === 'removed' || value() !== undefined);
    if (isPossible) edits.push({ name, argument, state, value, learn: name === 'changed' ? learnValues : undefined });
  };
  for (const argument of present) {
    const state = stateOfBase.get(baseKey(argument));
    edit('changed', argument, state, () => usable(argument)[0]);
    if (!argument.required) edit('removed', argument, state, () => undefined);
  }
  for (const { argument } of added) {
    const state = stateWith.get(argument);
    if (argument.required || state === undefined) continue;
    const [value] = usable(argument);
    edit('added', argument, stateOfBase.get(baseKey(argument)), () => value);
    if (argument.displaced) {
      edit('switched', argument, stateOfBase.get(baseKey({ ...argument, base: argument.original })), () => value);
    }
    edit('changed', argument, state, () =>
      usable(argument).find((one) => JSON.stringify(one) !== JSON.stringify(value)),
    );
    edit('removed', argument, state, () => undefined);
  }
  for (const some of chunks(edits)) {
    for (const [one, { change }] of plan(folder, some)) {
      const outcome = change.actions.length > 1 ? 'replace' : change.actions[0];
      (one.argument.outcomes ??= {})[one.name] = outcome;
    }
  }
}

function baseKey({ type, base }) {
  return `${type} ${JSON.stringify(base)}`;
}

/** States of what can be created, by instance. */
function statesOf(folder, instances, schemas) {
  const states = new Map();
  for (const some of chunks(instances)) {
    const left = plan(folder, some).map(([one]) => one);
    const state = stateAfter(JSON.parse(readFileSync(join(folder, 'last.json'), 'utf8')), schemas);
    const byName = new Map(state.resources.map((resource) => [`${resource.type}.${resource.name}`, resource]));
    for (const one of left) {
      const made = byName.get(`${one.argument.type}.${one.id}`);
      states.set(one.argument, made);
    }
  }
  return states;
}

function chunks(all) {
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, index) =>
    all.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  );
}

/**
 * The change of each instance; what the provider refuses is tried with another value or left out.
 *
 * @param some instances: an argument, the value that it gets and, where there are, its state and how it learns
 * @returns pairs of an instance and its change
 */
function plan(folder, some) {
  some.forEach((one, index) => {
    one.id = `x${index}`;
  });
  let left = some;
  let pending = some;
  for (let round = 0; ; round++) {
    // What is refused is tried again by itself: the schema first, of which all is told at once.
    let errors = refusalsBy(folder, pending, 'validate', '-json');
    if (errors.size === 0 && pending.length < left.length) errors = refusalsBy(folder, pending, ...PLAN);
    if (errors.size === 0) errors = refusalsBy(folder, left, ...PLAN);
    if (errors.size === 0) break;
    console.error(`  ${left.length} instances, ${errors.size} refused`);
    for (const [one, reasons] of errors) {
      const canLearn = round < TRIES && one.learn?.(one.argument, one.value(), reasons);
      if (canLearn && one.value() !== undefined) continue;
      one.refused = true;
      one.argument.reason = reasons.join(' ').replace(/\s+/g, ' ').trim();
    }
    left = left.filter((one) => !one.refused);
    pending = [...errors.keys()].filter((one) => !one.refused);
  }
  const shown = show(folder, 'plan.bin');
  writeFileSync(join(folder, 'last.json'), JSON.stringify(shown));
  const changes = new Map(shown.resource_changes.map((change) => [change.address, change]));
  return left.map((one) => [one, changes.get(`${one.argument.type}.${one.id}`)]);
}

/** JSON in which nothing is an expression. */
function escaped(json) {
  return json.replaceAll('${', () => '$${').replaceAll('%{', '%%{');
}

/** A line for each instance, by which diagnostics lead back to it. */
function write(folder, instances) {
  const lines = instances.map(({ argument, id, value }) => {
    const resource = withValue(argument.base, argument.path, value());
    return `{"${argument.type}":{"${id}":${escaped(JSON.stringify(resource))}}}`;
  });
  const { terraform, provider } = settingsOfTerraform();
  const head = `"terraform":${JSON.stringify(terraform)},"provider":${JSON.stringify(provider)}`;
  writeFileSync(join(folder, 'main.tf.json'), `{${head},"resource":[\n${lines.join(',\n')}\n]}`);
  const stateFile = join(folder, 'terraform.tfstate');
  rmSync(stateFile, { force: true });
  if (instances[0]?.state === undefined) return;
  const resources = instances.map(({ id, state }) => ({ ...state, name: id }));
  const lineage = '00000000-0000-4000-8000-000000000000';
  writeFileSync(
    stateFile,
    JSON.stringify({ version: 4, terraform_version: '1.11.0', serial: 1, lineage, outputs: {}, resources }),
  );
}

/** What a command says against instances, by instance. */
function refusalsBy(folder, instances, ...command) {
  const refused = new Map();
  if (instances.length === 0) return refused;
  write(folder, instances);
  for (const error of diagnosticsOf(folder, ...command).filter(({ severity }) => severity === 'error')) {
    // What the provider itself gets wrong is told in words alone.
    const address = error.address ?? /aws_\w+\.x\d+/.exec(error.detail)?.[0];
    const byAddress = instances.find(({ argument, id }) => address === `${argument.type}.${id}`);
    const one = byAddress ?? instances[(error.range?.start.line ?? 0) - 2];
    if (!one) throw new Error(JSON.stringify(error));
    refused.set(one, [...(refused.get(one) ?? []), `${error.summary}: ${error.detail}`]);
  }
  return refused;
}

function compare(facts, types) {
  const there = JSON.parse(readFileSync(FILE, 'utf8'));
  const other = types.filter((type) => JSON.stringify(there.types[type]) !== JSON.stringify(facts.types[type]));
  for (const type of other)
    console.log(`${type}: measured ${JSON.stringify(facts.types[type])}, written ${JSON.stringify(there.types[type])}`);
  process.exitCode = other.length > 0 ? 1 : 0;
}

/** A line for each list of a type. */
function render({ source, types, sensitive }) {
  const entries = (object, indent, line) =>
    Object.entries(object)
      .map(([key, value]) => `${indent}${JSON.stringify(key)}: ${line(value)}`)
      .join(',\n');
  const ofType = (facts) => `{\n${entries(facts, '      ', JSON.stringify)}\n    }`;
  return `{\n  "source": ${JSON.stringify(source)},\n  "types": {\n${entries(types, '    ', ofType)}\n  },\n  "sensitive": {\n${entries(sensitive, '    ', JSON.stringify)}\n  }\n}\n`;
}
