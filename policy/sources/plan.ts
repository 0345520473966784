import { Resource, ResourceGraph } from '../resource-graph';
import { Block, Unknown } from '../value';
import { PlannedValues } from './planned-values';
import { Configuration, readReferences } from './plan-configuration';
import {
  below,
  listed,
  type ListedResource,
  list,
  part,
  record,
  resourcesOf,
  texts,
  withoutSecrets,
} from './show-json';

/**
 * Reads what `terraform show -json` says of a plan: the resources as they will be, with what only apply will know as
 * unknowns that refer to what their expressions refer to; and what will change.
 */
export function readPlanJson(json: unknown): ResourceGraph {
  const { configuration, variables } = record(json);
  const { changed, unchanged } = resourcesIn(record(json));
  const all = [...changed, ...unchanged];
  const readData = unchanged.filter(({ mode }) => mode === 'data');
  const root = record(record(configuration).root_module);
  const traced = new Configuration(root, variables, {
    addresses: new Set(all.map(({ address }) => address)),
    modules: new Set(all.flatMap(({ module }) => withAncestors(module))),
    readData: new Set(readData.map(({ module, name }) => below(module, name))),
  });
  const reader = new Reader(traced);
  return new ResourceGraph(
    [
      ...changed.map((resource) => reader.changed(resource)),
      ...unchanged.map((resource) => reader.unchanged(resource)),
    ],
    Object.values(record(root.outputs)).map((output) => {
      const references = readReferences(texts(part(part(output, 'expression'), 'references')));
      return new Unknown(undefined, '', () => traced.trace(references, { module: '' }));
    }),
  );
}

/** Resources by the change that is listed for them, which may be none at all; the others are data sources that are read. */
function resourcesIn(json: ReturnType<typeof record>): {
  readonly changed: readonly ListedResource[];
  readonly unchanged: readonly ListedResource[];
} {
  const { resource_changes: changes, planned_values: planned, prior_state: prior } = json;
  const changed = list(changes)
    .filter(isOfFuture)
    .flatMap((one) => listed(one, moduleOf(one)));
  const seen = new Set(changed.map(({ address }) => address));
  const before = resourcesOf(record(record(prior).values).root_module).filter(({ mode }) => mode === 'data');
  const unchanged = [...resourcesOf(record(planned).root_module), ...before].filter(({ address }) => {
    const isNew = !seen.has(address);
    seen.add(address);
    return isNew;
  });
  return { changed, unchanged };
}

/** Neither what an interrupted replacement has left behind, nor what Terraform lets go of. */
function isOfFuture({ deposed, change }: ReturnType<typeof record>): boolean {
  return deposed === undefined && !actionsOf(change).includes('forget');
}

class Reader {
  constructor(private readonly configuration: Configuration) {}

  public changed(resource: ListedResource): Resource {
    const { module, json } = resource;
    const change = record(json.change);
    const actions = actionsOf(change);
    const before = withoutSecrets(change.before, change.before_sensitive, module);
    const input = {
      ...this.describe(resource),
      change: {
        actions,
        replacePaths: pathsOf(change.replace_paths),
        ...(Object.keys(before).length > 0 && { before: new Block(before) }),
      },
    };
    if (actions.join() === 'delete') return new Resource({ ...input, attributes: before });
    return new Resource({ ...input, attributes: this.planned(resource) });
  }

  public unchanged(resource: ListedResource): Resource {
    const { module, json } = resource;
    const attributes = withoutSecrets(json.values, json.sensitive_values, module);
    return new Resource({ ...this.describe(resource), attributes });
  }

  private planned({ module, name, key, json }: ListedResource): ReturnType<typeof record> {
    const { after, after_unknown: unknown, after_sensitive: sensitive } = record(json.change);
    const settings = this.configuration.resource(module, name);
    const place = { module, key, each: settings?.each };
    return new PlannedValues(this.configuration, place).read(after, unknown, sensitive, settings?.expressions);
  }

  private describe({ address, type, module, name, mode }: ListedResource) {
    const settings = this.configuration.resource(module, name);
    const configured =
      settings && new Set(Object.keys(settings.expressions).filter((one) => !isNull(settings.expressions[one])));
    const dependsOn = settings?.dependsOn.map((one) => below(module, one)) ?? [];
    return { address, type, module, mode, configured, dependsOn };
  }
}

function isNull(expression: unknown): boolean {
  return part(expression, 'constant_value') === null;
}

function moduleOf({ module_address: address }: ReturnType<typeof record>): string {
  return typeof address === 'string' ? address : '';
}

function actionsOf(change: unknown): readonly string[] {
  return texts(record(change).actions);
}

function pathsOf(paths: unknown): string[] {
  if (!Array.isArray(paths)) return [];
  return paths.filter(Array.isArray).map((path) => path.filter((step) => typeof step !== 'object').join('.'));
}

/** `module.a.module.b` is in `module.a`. */
function withAncestors(module: string): string[] {
  if (module === '') return [];
  const parent = /^(.*)\.module\.[\w-]+(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?$/s.exec(module)?.[1] ?? '';
  return [...withAncestors(parent), module];
}
