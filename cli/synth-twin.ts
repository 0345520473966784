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

/** How far a plan is one of a stack as it stands. */
export interface Agreement {
  /** Of the texts that both know, how many are the same, from 0 to 1. */
  readonly share: number;
  /** Addresses of what is in one alone, or is not the same; none where the plan is of this very version. */
  readonly differing: readonly string[];
}

/** Policies are left out, which the provider writes in another order. */
export function agreementOf(plan: ResourceGraph, synthesized: ResourceGraph): Agreement {
  const planned = new Map(managedIn(plan).map((resource) => [resource.address, resource]));
  const differing = [...planned.keys()].filter((address) => !synthesized.at(address));
  let [all, same] = [0, 0];
  for (const twin of managedIn(synthesized)) {
    const resource = planned.get(twin.address);
    const texts = Object.keys(twin.attributes).flatMap((name) => {
      const [one, other] = [twin.known(name), resource?.known(name)];
      return one === undefined || other === undefined || /^[{[]/.test(String(one)) ? [] : [one === other];
    });
    const equal = texts.filter(Boolean).length;
    all += texts.length;
    same += equal;
    if (!resource || equal < texts.length) differing.push(twin.address);
  }
  return { share: all === 0 ? 0 : same / all, differing };
}

const STACK_FILE = 'cdk.tf.json';

function stackIds(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((id) => existsSync(join(folder, id, STACK_FILE)));
}

/** How many values are in both; 0 where too many resources are not. */
function likeness(plan: ResourceGraph, synthesized: ResourceGraph): number {
  const managed = managedIn(plan);
  const pairs = managed.flatMap((resource) => {
    const twin = synthesized.at(resource.address);
    return twin ? [[resource, twin] as const] : [];
  });
  if (pairs.length === 0 || pairs.length < managed.length * MIN_SHARE) return 0;
  return pairs.reduce((sum, [resource, twin]) => sum + equalTexts(resource, twin), 1);
}

function managedIn({ resources }: ResourceGraph): Resource[] {
  return resources.filter(({ mode, isDeleted }) => mode === 'managed' && !isDeleted);
}

function equalTexts(one: Resource, other: Resource): number {
  return Object.keys(other.attributes).filter((name) => {
    const text = other.known(name);
    return text !== undefined && text === one.known(name);
  }).length;
}
