import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Resource, ResourceGraph } from '../policy/resource-graph';
import { readStackFile } from '../policy/sources/stack-json';

/** The synthesized stack that a plan or state is of. */
export interface SynthTwin {
  /** Id of the stack. */
  readonly stack: string;
  /** The path of the construct behind a resource of the plan. */
  constructOf(resource: Resource): string | undefined;
}

/** So much of a plan has to be in its stack: the stack may have been synthesized anew since, with a few changes. */
const MIN_SHARE = 0.8;

/**
 * Finds the stack that a plan was made from. All stacks of portal6 have the same addresses, so it is told by the values
 * that are in both: names, ranges and domains. Undefined where none fits, or two fit alike.
 *
 * @param file the plan's, which may be named as the stack
 */
export function synthTwin(graph: ResourceGraph, file: string, synthDir: string): SynthTwin | undefined {
  const folder = join(synthDir, 'stacks');
  return twinAmong(graph, file, stackIds(folder), (stack) => readStackFile(join(folder, stack, STACK_FILE)));
}

/** As `synthTwin`, among stacks that need not be on disk. */
export function twinAmong(
  graph: ResourceGraph,
  file: string,
  ids: readonly string[],
  graphOf: (stack: string) => ResourceGraph,
): SynthTwin | undefined {
  const named = ids.filter((id) => new RegExp(`(^|[^\\w-])${id}([^\\w-]|$)`).test(file));
  const scored = (named.length === 1 ? named : ids)
    .map((stack) => {
      const synthesized = graphOf(stack);
      return { stack, synthesized, score: likeness(graph, synthesized) };
    })
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score);
  const [best, second] = scored;
  if (!best || best.score === second?.score) return undefined;
  return { stack: best.stack, constructOf: ({ address }) => best.synthesized.at(address)?.constructPath };
}

const STACK_FILE = 'cdk.tf.json';

function stackIds(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((id) => existsSync(join(folder, id, STACK_FILE)));
}

/** How many values are in both; 0 where too many resources are not. */
function likeness(plan: ResourceGraph, synthesized: ResourceGraph): number {
  const managed = plan.resources.filter(({ mode, isDeleted }) => mode === 'managed' && !isDeleted);
  const pairs = managed.flatMap((resource) => {
    const twin = synthesized.at(resource.address);
    return twin ? [[resource, twin] as const] : [];
  });
  if (pairs.length === 0 || pairs.length < managed.length * MIN_SHARE) return 0;
  return pairs.reduce((sum, [resource, twin]) => sum + equalTexts(resource, twin), 1);
}

function equalTexts(one: Resource, other: Resource): number {
  return Object.keys(other.attributes).filter((name) => {
    const text = other.known(name);
    return text !== undefined && text === one.known(name);
  }).length;
}
