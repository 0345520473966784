import { beneath, isFields } from './defaults';
import type { Location, Path } from './finding';
import type { Source } from './source';

/** Where the values of an agency are written. */
export interface Places {
  /** Where a key stands, in the file or in `defaults.yaml`; or else the deepest of its parents that exists. */
  locate(path: Path): Location;
  /** The path as it stands in the file that says it. */
  pathAt(path: Path): Path;
}

/** The places in an agency's file, and of what that leaves out in `defaults.yaml`. */
export function placesOf(source: Source, defaults: Pick<Source, 'value' | 'locate'>): Places {
  /** The path within `defaults.yaml`, where that says the value; what nobody says is missing in the agency's own file. */
  const inherited = (path: Path): Path | undefined => {
    const [top, id, ...rest] = path;
    if (top !== 'environments' || id === undefined) return undefined;
    let own = isFields(source.value) && isFields(source.value.environments) ? source.value.environments[id] : undefined;
    let base: unknown = defaults.value;
    for (const [depth, key] of rest.entries()) {
      if (isFields(own) && Object.hasOwn(own, key)) {
        const inner: unknown = own[key];
        base = isFields(base) ? beneath(key, inner, base[key]) : undefined;
        own = inner;
      } else {
        return isFields(own) && isThere(base, rest.slice(depth)) ? rest : undefined;
      }
    }
    return undefined;
  };
  return {
    locate: (path) => {
      const there = inherited(path);
      return there ? defaults.locate(there) : source.locate(path);
    },
    pathAt: (path) => inherited(path) ?? path,
  };
}

function isThere(value: unknown, path: Path): boolean {
  const [key, ...rest] = path;
  if (key === undefined) return true;
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.hasOwn(value, key) &&
    isThere((value as Readonly<Record<string | number, unknown>>)[key], rest)
  );
}
