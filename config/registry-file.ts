import { join } from 'node:path';

/** The file of the address registry, whether or not it is there. */
export function registryFile(configDir: string): string {
  return join(configDir, 'registry.yaml');
}
