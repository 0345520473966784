import { configLocator } from '../config/locator';
import type { Location } from '../config/finding';
import { REGISTRY_STACK } from '../core/names';
import { bucketOf, configPathOf, registryPathOf } from '../stacks/config-path';

/** Finds the line of YAML behind a construct; undefined where no file of the config folder is behind it. */
export function sourceLines(config: string): (constructPath: string) => Location | undefined {
  const locator = configLocator(config);
  return (constructPath) => {
    const end = constructPath.indexOf('/');
    const [stack, construct] = [constructPath.slice(0, end), constructPath.slice(end + 1)];
    if (stack === REGISTRY_STACK) return locator.ofRegistry()?.locate(registryPathOf(construct));
    const found = locator.ofStack(stack);
    if (found) return found.locate(configPathOf(found.environment, construct));
    const bucket = bucketOf(construct);
    return bucket === undefined ? undefined : locator.ofBucket(stack, bucket);
  };
}
