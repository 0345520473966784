/** What follows from the outcomes of the cases of a type, and from its schema. */
import { KINDS } from './provider-edits.mjs';

/** Conditions that no single edit shows, by what the provider's source says (elbv2/load_balancer.go). */
const DOCUMENTED = {
  aws_lb: {
    security_groups: 'where load_balancer_type is "network" and the first is added or the last is removed',
    subnet_mapping: 'where load_balancer_type is "network" and a subnet is removed or another one is taken',
    subnets: 'where load_balancer_type is "network" and one is removed',
  },
};

/**
 * Paths by what a change of them does.
 *
 * @param tried arguments, with `outcomes` of `added`, `changed`, `removed` and `switched`: `replace`, `update`, `no-op`
 */
export function verdictsOf(tried) {
  const verdicts = { always: [], sometimes: {}, never: [], kept: [], unmeasured: [] };
  const byPath = Map.groupBy ? Map.groupBy(tried, ({ path }) => path.join('.')) : groupBy(tried);
  for (const [path, those] of [...byPath].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const outcomes = those.flatMap((one) =>
      Object.entries(one.outcomes ?? {}).map(([edit, outcome]) => ({ edit, outcome, base: one.base })),
    );
    const effective = outcomes.filter(({ outcome }) => outcome !== 'no-op');
    const replaced = effective.filter(({ outcome }) => outcome === 'replace');
    const removed = outcomes.filter(({ edit }) => edit === 'removed');
    if (
      (those[0].computed || those[0].block) &&
      removed.length > 0 &&
      removed.every(({ outcome }) => outcome === 'no-op')
    )
      verdicts.kept.push(path);
    if (effective.length === 0) verdicts.unmeasured.push(path);
    else if (replaced.length === effective.length) verdicts.always.push(path);
    else if (replaced.length === 0) verdicts.never.push(path);
    else verdicts.sometimes[path] = whenOf(effective, replaced);
  }
  Object.assign(verdicts.sometimes, DOCUMENTED[tried[0]?.type]);
  const isDocumented = (path) => verdicts.sometimes[path] !== undefined;
  verdicts.always = verdicts.always.filter((path) => !isDocumented(path));
  verdicts.never = verdicts.never.filter((path) => !isDocumented(path));
  for (const path of verdicts.unmeasured) deriveFromInner(path, verdicts);
  const known = new Set([...verdicts.always, ...verdicts.never, ...Object.keys(verdicts.sometimes)]);
  return {
    ...verdicts,
    always: verdicts.always.sort(),
    never: verdicts.never.sort(),
    unmeasured: verdicts.unmeasured.filter((path) => !known.has(path)),
  };
}

/** A block of which only the arguments could be changed is as these are, where they are all alike. */
function deriveFromInner(path, { always, never, sometimes }) {
  const isInner = (other) => other.startsWith(`${path}.`);
  const inner = [always, never, Object.keys(sometimes)].map((paths) => paths.filter(isInner).length);
  if (inner[0] > 0 && inner[1] + inner[2] === 0) always.push(path);
  if (inner[1] > 0 && inner[0] + inner[2] === 0) never.push(path);
}

function groupBy(tried) {
  const groups = new Map();
  for (const one of tried) {
    const path = one.path.join('.');
    groups.set(path, [...(groups.get(path) ?? []), one]);
  }
  return groups;
}

const EDITS = {
  added: 'it is added',
  changed: 'its value changes',
  removed: 'it is removed',
  switched: 'it takes the place of another argument',
};

/** In words, what tells the cases with a replacement from those without. */
function whenOf(effective, replaced) {
  const others = effective.filter((one) => !replaced.includes(one));
  const edits = [...new Set(replaced.map(({ edit }) => edit))].sort();
  if (!others.some(({ edit }) => edits.includes(edit))) return `when ${edits.map((edit) => EDITS[edit]).join(' or ')}`;
  const names = Object.keys(replaced[0].base)
    .filter((name) => typeof replaced[0].base[name] !== 'object')
    .sort();
  const telling = [...KINDS.filter((name) => names.includes(name)), ...names.sort()].find((name) => {
    const values = new Set(replaced.map(({ base }) => base[name]));
    return values.size === 1 && !others.some(({ base }) => values.has(base[name]));
  });
  return telling
    ? `where ${telling} is ${JSON.stringify(replaced[0].base[telling])}`
    : `when ${edits.map((edit) => EDITS[edit]).join(' or ')}, not in all settings`;
}

/** Blocks below which there are more than these are told by their last name alone: statements of web ACLs are nested. */
const MOST_BLOCKS = 150;

/** Which paths are sets, and which are nested blocks. */
export function factsOfSchema(block) {
  const sets = [];
  const blocks = [];
  walk(block, [], (path, { isSet, isBlock }) => {
    if (isSet) sets.push(path.join('.'));
    if (isBlock) blocks.push(path.join('.'));
  });
  return { sets: shortened(sets), blocks: shortened(blocks) };
}

function shortened(paths) {
  if (paths.length <= MOST_BLOCKS) return paths.sort();
  return [...new Set(paths.map((path) => `**.${path.split('.').at(-1)}`))].sort();
}

function walk(block, path, visit) {
  for (const [name, { type }] of Object.entries(block.attributes ?? {})) {
    visit([...path, name], { isSet: type?.[0] === 'set', isBlock: false });
  }
  for (const [name, { block: inner, nesting_mode: nesting }] of Object.entries(block.block_types ?? {})) {
    visit([...path, name], { isSet: nesting === 'set', isBlock: true });
    walk(inner, [...path, name], visit);
  }
}

/** Paths that hold secrets, by type, of the whole provider. */
export function sensitivePaths(schemas) {
  const entries = Object.keys(schemas)
    .sort()
    .map((type) => [type, sensitiveIn(schemas[type].block, [])]);
  return Object.fromEntries(entries.filter(([, paths]) => paths.length > 0));
}

function sensitiveIn(block, path) {
  const own = Object.entries(block.attributes ?? {}).filter(([, { sensitive }]) => sensitive);
  const inner = Object.entries(block.block_types ?? {});
  return [
    ...own.map(([name]) => [...path, name].join('.')),
    ...inner.flatMap(([name, { block: below }]) => sensitiveIn(below, [...path, name])),
  ].sort();
}
