import { configLocator } from '../config/locator';
import type { Location } from '../config/finding';
import { configPathOf } from '../stacks/config-path';

/** Finds the line of YAML behind a construct; undefined where no agency file is behind it. */
export function sourceLines(config: string): (constructPath: string) => Location | undefined {
  const locator = configLocator(config);
  return (constructPath) => {
    const end = constructPath.indexOf('/');
    const found = locator.ofStack(constructPath.slice(0, end));
    return found?.locate(configPathOf(found.environment, constructPath.slice(end + 1)));
  };
}
