import { App } from 'cdktf';
import type { RegistryFile } from '../config/registry-schema';
import type { AgencyFile } from '../config/schema';
import type { StateStackPlan } from '../config/state-buckets';
import { AddressRegistryStack } from './address-registry-stack';
import { AgencyStack } from './agency-stack';
import { StateStack } from './state-stack';

/** Texts that an agency file names by their files: path as the file has it, to text. */
export type Files = ReadonlyMap<string, string>;

/** What to define: an agency and those of its environments that are wanted, or a stack that has no portals. */
export type Selection = AgencySelection | RegistrySelection | StateSelection;

export interface AgencySelection {
  readonly config: AgencyFile;

  /**
   * Keys of the environments.
   *
   * @default - all of them
   */
  readonly environments?: readonly string[];

  /**
   * Texts that the agency file names by their files.
   *
   * @default - none
   */
  readonly files?: Files;
}

/** The pools that agencies get their addresses from. */
export interface RegistrySelection {
  readonly registry: RegistryFile;
}

/** The buckets for states in one account. */
export interface StateSelection {
  readonly state: StateStackPlan;
}

/** A CDKTF app that holds a stack for each selected environment, written to `outdir` by its `synth()`. */
export function defineApp(outdir: string | undefined, selections: readonly Selection[]): App {
  const app = new App({ outdir, skipValidation: false, stackTraces: false });
  for (const selection of selections) {
    if ('registry' in selection) new AddressRegistryStack(app, selection.registry);
    else if ('state' in selection) new StateStack(app, selection.state);
    else defineAgency(app, selection);
  }
  return app;
}

function defineAgency(app: App, { config, files = new Map(), environments }: AgencySelection): void {
  for (const environmentId of [...(environments ?? Object.keys(config.environments))].sort()) {
    const environment = config.environments[environmentId]!;
    new AgencyStack(app, { agency: config.agency, environmentId, environment, files });
  }
}
