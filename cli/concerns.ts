import type { Problem } from '../config/problem';
import { registryFile } from '../config/registry-file';
import { displayName } from '../config/source';
import { REGISTRY_STACK } from '../core/names';
import { agencyIdOf } from './config-folder';

/**
 * Whether a problem is in an agency's file, in what every agency inherits, or in another's file because of this one:
 * where two collide, the later in the alphabet is told, and the message names the other. The registry's id stands for
 * its file.
 */
export function concerns(id: string, problem: Problem, config: string): boolean {
  const { file, message } = problem;
  if (isAboutRegistry(problem, config)) return id === REGISTRY_STACK;
  return (
    [id, 'defaults'].includes(agencyIdOf(file)) || message.includes(`/${id}.yaml`) || message.includes(`/${id}.yml`)
  );
}

/** Whether a problem is in the registry's file. */
export function isAboutRegistry({ file }: Problem, config: string): boolean {
  return file === displayName(registryFile(config));
}
