import { App } from 'cdktf';
import type { AgencyFile } from '../config/schema';
import { AgencyStack } from './agency-stack';

/** Texts that an agency file names by their files: path as the file has it, to text. */
export type Files = ReadonlyMap<string, string>;

/** What to define: an agency and those of its environments that are wanted. */
export interface Selection {
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

/** A CDKTF app that holds a stack for each selected environment, written to `outdir` by its `synth()`. */
export function defineApp(outdir: string | undefined, selections: readonly Selection[]): App {
  const app = new App({ outdir, skipValidation: false, stackTraces: false });
  for (const { config, files = new Map(), environments = Object.keys(config.environments) } of selections) {
    for (const environmentId of [...environments].sort()) {
      const environment = config.environments[environmentId]!;
      new AgencyStack(app, { agency: config.agency, environmentId, environment, files });
    }
  }
  return app;
}
