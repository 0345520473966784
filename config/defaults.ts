/**
 * A value with the defaults under it. Maps merge key by key; all else, lists included, the value replaces.
 */
export function mergeUnder(value: unknown, defaults: unknown): unknown {
  if (!isFields(value) || !isFields(defaults)) return value;
  const inherited = Object.entries(defaults).filter(
    ([key, inner]) => !Object.hasOwn(value, key) && isWhole(key, inner),
  );
  const own = Object.entries(value).map(
    ([key, inner]) =>
      [key, mergeUnder(inner, beneath(key, inner, Object.hasOwn(defaults, key) ? defaults[key] : undefined))] as const,
  );
  return Object.fromEntries([...inherited, ...own]);
}

/**
 * What of the defaults lies under a value: nothing where the two are alternatives, as an adopted network and one to
 * build are.
 */
export function beneath(key: string | number, value: unknown, defaults: unknown): unknown {
  const adopts = (fields: unknown): boolean => isFields(fields) && Object.hasOwn(fields, 'existing');
  return key === 'network' && (adopts(value) || adopts(defaults)) ? undefined : defaults;
}

/** Whether defaults stand for themselves: what only completes a network is none where an environment has no other. */
function isWhole(key: string, defaults: unknown): boolean {
  return key !== 'network' || !isFields(defaults) || ['ipv4', 'existing'].some((one) => Object.hasOwn(defaults, one));
}

/** Whether a value is a map of keys to values. */
export function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
