import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../core/errors';
import { REGISTRY_STACK, stackId, stateStackId } from '../core/names';
import { agencyFiles, idOf } from './agency-files';
import { isFields, mergeUnder } from './defaults';
import type { Location, Path } from './finding';
import { placesOf } from './places';
import { registryFile } from './registry-file';
import { readSource, type Source } from './source';

/** Where an agency's configuration is written, whether or not it is right. */
export interface AgencyLocator {
  /** Key of the environment that a stack is made from, if it is one of the agency's. */
  environmentOf(stack: string): string | undefined;
  /** Key of the first environment whose state is in a bucket, if there is one. */
  environmentWithBucket(bucket: string): string | undefined;
  /** As of a `LoadedAgency`. Where the file cannot be read, the file. */
  locate(path: Path): Location;
}

/** Where the configuration of one stack is written. */
export interface StackLocator {
  readonly agency: string;
  readonly environment: string;
  locate(path: Path): Location;
}

/**
 * Finds lines of an agency's file without checking it: the schema alone takes longer to load than a check of one
 * stack. Undefined where the agency has no file.
 */
export function agencyLocator(configDir: string, agency: string): AgencyLocator | undefined {
  return configLocator(configDir).ofAgency(agency);
}

/** Finds the files behind any number of stacks. Lists the folder once, and holds the file of the last agency alone. */
export function configLocator(configDir: string): {
  ofAgency(agency: string): AgencyLocator | undefined;
  ofStack(stack: string): StackLocator | undefined;
  /** The registry's file, if there is one. */
  ofRegistry(): Pick<Source, 'locate'> | undefined;
  /** Where a bucket is named that is part of a stack for states. */
  ofBucket(stack: string, bucket: string): Location | undefined;
} {
  const files = new Map(filesIn(configDir).map((file) => [idOf(file), file]));
  let defaults: Source | undefined;
  let agencyBefore: { readonly agency: string; readonly locator: AgencyLocator } | undefined;
  let stackBefore: { readonly stack: string; readonly locator: StackLocator | undefined } | undefined;

  const ofAgency = (agency: string): AgencyLocator | undefined => {
    const file = files.get(agency);
    if (file === undefined) return undefined;
    if (agencyBefore?.agency !== agency) {
      defaults ??= readSource(join(configDir, 'defaults.yaml'));
      agencyBefore = { agency, locator: locatorOf(agency, readSource(file), defaults) };
    }
    return agencyBefore.locator;
  };
  const find = (stack: string): StackLocator | undefined => {
    // Ids of agencies and of environments have hyphens, too.
    for (let end = stack.indexOf('-'); end >= 0; end = stack.indexOf('-', end + 1)) {
      const agency = stack.slice(0, end);
      const locator = ofAgency(agency);
      const environment = locator?.environmentOf(stack);
      if (locator && environment !== undefined) return { agency, environment, locate: locator.locate };
    }
    return undefined;
  };
  let registry: Source | undefined;
  const ofRegistry = (): Source | undefined => {
    const file = registryFile(configDir);
    return existsSync(file) ? (registry ??= readSource(file)) : undefined;
  };
  const ofBucket = (stack: string, bucket: string): Location | undefined => {
    if (stack === stateStackId(REGISTRY_STACK)) return ofRegistry()?.locate(['state', 'bucket']);
    for (const agency of files.keys()) {
      if (stack !== stateStackId(agency) && !stack.startsWith(stateStackId(agency, ''))) continue;
      const locator = ofAgency(agency);
      const environment = locator?.environmentWithBucket(bucket);
      if (locator && environment !== undefined) {
        return locator.locate(['environments', environment, 'state', 'bucket']);
      }
    }
    return undefined;
  };
  return {
    ofAgency,
    ofRegistry,
    ofBucket,
    ofStack: (stack) => {
      if (stackBefore?.stack !== stack) stackBefore = { stack, locator: find(stack) };
      return stackBefore.locator;
    },
  };
}

function locatorOf(agency: string, source: Source, defaults: Source): AgencyLocator {
  const environments = isFields(source.value) ? source.value.environments : undefined;
  return {
    environmentOf: (stack) => {
      const prefix = stackId(agency, '');
      if (!stack.startsWith(prefix)) return undefined;
      const environment = stack.slice(prefix.length);
      // A file that cannot be read may well have it.
      const there = source.value === undefined || (isFields(environments) && Object.hasOwn(environments, environment));
      return there ? environment : undefined;
    },
    environmentWithBucket: (bucket) => {
      const entries = isFields(environments) ? Object.entries(environments) : [];
      return entries.find(([, environment]) => bucketIn(environment, defaults.value) === bucket)?.[0];
    },
    locate: placesOf(source, defaults).locate,
  };
}

function bucketIn(environment: unknown, defaults: unknown): unknown {
  const merged = mergeUnder(environment, defaults);
  const state = isFields(merged) ? merged.state : undefined;
  return isFields(state) ? state.bucket : undefined;
}

function filesIn(configDir: string): readonly string[] {
  try {
    return agencyFiles(configDir);
  } catch (thrown) {
    if (thrown instanceof UserError) return [];
    throw thrown;
  }
}
