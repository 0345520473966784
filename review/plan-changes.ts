import type { Resource, ResourceGraph } from '../policy/resource-graph';
import { readPlanJson } from '../policy/sources/plan';
import { isMarked, type Json, list, part, record, SENSITIVE, texts } from '../policy/sources/show-json';
import { Block, Unknown } from '../policy/value';
import { changedAttributes, changedValues } from './attributes';
import { eitherMarked, secretChanges, withoutMarked } from './plan-marks';
import { plainPath } from './replacement';
import type { Action, AttributeChange, ResourceChange } from './report';

/** What a plan says that Terraform will do, action by action, with its own reasons. */
export function plannedChanges(graph: ResourceGraph, json: unknown): ResourceChange[] {
  return list(record(json).resource_changes).flatMap((entry) => {
    const { address, type, mode, previous_address: previous, deposed } = entry;
    const action = actionOf(entry);
    if (typeof address !== 'string' || typeof type !== 'string' || mode !== 'managed' || !action) return [];
    const resource = deposed === undefined ? graphResource(graph, address) : undefined;
    const reasons = reasonsOf(entry);
    return [
      {
        address,
        type,
        action,
        ...(typeof previous === 'string' && { from: previous }),
        ...(reasons.length > 0 && { reasons }),
        attributes: resource ? attributesOf(resource, entry, action) : [],
      },
    ];
  });
}

/** What a plan found to be otherwise than Terraform had left it. */
export function driftIn(json: unknown): ResourceChange[] {
  // Drift is listed as changes are, from what the state says to what is there.
  const drifted = readPlanJson({ resource_changes: record(json).resource_drift });
  return plannedChanges(drifted, { resource_changes: record(json).resource_drift });
}

function graphResource(graph: ResourceGraph, address: string): Resource | undefined {
  return graph.at(address) ?? graph.resources.find((one) => one.isDeleted && one.address === address);
}

function actionOf({ change, previous_address: previous, deposed }: Json): Action | undefined {
  const actions = texts(part(change, 'actions'));
  if (deposed !== undefined) return actions.includes('delete') ? 'delete' : undefined;
  if (actions.includes('create') && actions.length > 1) return 'replace';
  if (actions.includes('create')) return part(change, 'importing') === undefined ? 'create' : 'import';
  if (actions.includes('delete')) return 'delete';
  if (actions.includes('forget')) return 'forget';
  // What is imported and changed in one go is a change: its reasons say where it comes from.
  if (actions.includes('update')) return 'update';
  if (part(change, 'importing') !== undefined) return 'import';
  return typeof previous === 'string' ? 'move' : undefined;
}

function reasonsOf({ change, action_reason: reason, deposed, address }: Json): string[] {
  const paths = pathsOf(part(change, 'replace_paths'));
  const importing = part(part(change, 'importing'), 'id');
  return [
    ...(deposed === undefined ? [] : [`left over from an earlier replacement of ${String(address)}`]),
    ...paths,
    ...(typeof reason === 'string' && WORDS[reason] !== undefined ? [WORDS[reason]] : []),
    ...(texts(part(change, 'actions')).join() === 'create,forget'
      ? ['the one that is there is let go, not destroyed']
      : []),
    ...(typeof importing === 'string' ? [`imported by its id, ${importing}`] : []),
  ];
}

function pathsOf(paths: unknown): string[] {
  if (!Array.isArray(paths)) return [];
  const named = paths.filter(Array.isArray).map((path) => path.filter((step) => typeof step === 'string').join('.'));
  return [...new Set(named)].sort();
}

/** Terraform's reasons in words; where the provider cannot update, the paths say why. */
const WORDS: Readonly<Record<string, string>> = {
  replace_because_tainted: 'marked as tainted: an earlier run did not finish it',
  replace_by_request: 'asked for with -replace',
  replace_by_triggers: 'by replace_triggered_by',
  delete_because_no_resource_config: 'no longer in the configuration',
  delete_because_no_module: 'its module is no longer in the configuration',
  delete_because_wrong_repetition: 'its count or for_each has changed in kind',
  delete_because_count_index: 'beyond the new count',
  delete_because_each_key: 'its key is no longer in for_each',
  delete_because_no_move_target: 'moved to an address that is not in the configuration',
};

function attributesOf(resource: Resource, { change }: Json, action: Action): AttributeChange[] {
  const marks = eitherMarked(part(change, 'before_sensitive'), part(change, 'after_sensitive'));
  const { before = new Block({}) } = resource.change ?? {};
  const after = action === 'delete' || action === 'forget' ? new Block({}) : resource;
  const [was, is] = [before, after].map(({ attributes }) => ({
    type: resource.type,
    attributes: record(withoutMarked(attributes, marks)),
  }));
  const forcing = pathsOf(part(change, 'replace_paths'));
  const told = changedAttributes(was!, is!)
    .filter(({ path }) => isTold(resource, path))
    .map((one) => (isForced(one, forcing) ? { ...one, replaces: true as const } : one));
  const secrets =
    action === 'update' || action === 'replace' || action === 'import'
      ? secretChanges(part(change, 'before'), part(change, 'after'), marks, '')
          .filter(({ path }) => !told.some((one) => one.path === path))
          .map((one) => (isForced(one, forcing) ? { ...one, replaces: true as const } : one))
      : [];
  // The provider adds its default tags to a resource's own.
  const tags = told.some(({ path }) => path.startsWith('tags.') || path === 'tags');
  return [...told, ...secrets].filter(({ path }) => !tags || !path.startsWith('tags_all'));
}

/** Where something forces a replacement, all that is in it does. */
function isForced({ path }: AttributeChange, forcing: readonly string[]): boolean {
  const plain = plainPath(path);
  return forcing.some((one) => plain === one || plain.startsWith(`${one}.`));
}

/** What AWS works out anew with each change says nothing: only what is written, or known on both sides, is told. */
function isTold(resource: Resource, path: string): boolean {
  const [name] = path.split(/[.[ ]/);
  return resource.configures(name!) || !(resource.value(name!) instanceof Unknown);
}

/** What a plan says beside resources: outputs that change, and what is put off to a later plan. */
export function plannedSettings(json: unknown): AttributeChange[] {
  const { output_changes: outputs, deferred_changes: deferred } = record(json);
  return [
    ...Object.entries(record(outputs)).flatMap(([name, change]) => outputChange(`output.${name}`, change)),
    ...list(deferred).map(({ reason, resource_change: change }): AttributeChange => ({
      path: `deferred.${String(part(change, 'address'))}`,
      after: `(put off to a later plan: ${String(reason)})`,
    })),
  ];
}

function outputChange(path: string, change: unknown): AttributeChange[] {
  const { before, after, after_unknown: unknown } = record(change);
  const actions = texts(part(change, 'actions'));
  if (actions.length === 0 || actions.includes('no-op')) return [];
  const marks = eitherMarked(part(change, 'before_sensitive'), part(change, 'after_sensitive'));
  if (isMarked(marks)) {
    const sides = {
      ...(!actions.includes('create') && { before: SENSITIVE }),
      ...(!actions.includes('delete') && { after: SENSITIVE }),
    };
    return [{ path, ...sides, sensitive: true }];
  }
  return changedValues(before, isMarked(unknown) ? KNOWN_LATER : after, path);
}

const KNOWN_LATER = new Unknown(undefined, '', () => ({ addresses: [], opaque: true }));
