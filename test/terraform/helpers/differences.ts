import { isDeepStrictEqual } from 'node:util';
import type { Plan } from './terraform';

/** The parts of a `cdk.tf.json` that a plan is held against. */
export interface SynthesizedJson {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Fields>>>>;
  readonly data?: unknown;
  readonly output?: Fields;
  readonly provider: { readonly aws: readonly { readonly default_tags: readonly { readonly tags: Fields }[] }[] };
}

type Fields = Readonly<Record<string, unknown>>;

/** What belongs to Terraform rather than to the resource, and is in no planned value. */
const META_ARGUMENTS = new Set(['//', 'depends_on', 'lifecycle', 'provider', 'provisioner', 'connection']);

/**
 * Where a first plan is not what was synthesized, one line each: another set of resources or outputs, a change that is
 * no creation, something read from AWS, or a literal that was planned otherwise.
 *
 * Values with references are left out, because only apply knows them.
 */
export function differences(synthesized: SynthesizedJson, plan: Plan): string[] {
  const planned = new Map(
    (plan.planned_values.root_module.resources ?? []).map(({ address, values }) => [address, values]),
  );
  const designed = Object.entries(synthesized.resource ?? {}).flatMap(([type, named]) =>
    Object.entries(named).map(([name, attributes]) => ({ type, address: `${type}.${name}`, attributes })),
  );
  const defaultTags = synthesized.provider.aws[0]?.default_tags[0]?.tags ?? {};

  return [
    ...compareNames(
      'resource',
      designed.map(({ address }) => address),
      [...planned.keys()],
    ),
    ...compareNames('output', Object.keys(synthesized.output ?? {}), Object.keys(plan.planned_values.outputs ?? {})),
    ...(synthesized.data ? ['data sources are synthesized'] : []),
    ...(plan.prior_state?.values?.root_module?.resources ?? []).map(({ address }) => `${address}: read while planning`),
    ...(plan.resource_changes ?? []).flatMap(({ address, mode, change }) =>
      mode === 'managed' && isDeepStrictEqual(change.actions, ['create'])
        ? []
        : [`${address}: ${mode} ${change.actions}`],
    ),
    ...designed.flatMap(({ type, address, attributes }) => {
      const values = planned.get(address);
      return values ? compareFields(address, expectedValues(type, attributes, values, defaultTags), values) : [];
    }),
  ];
}

function compareNames(what: string, designed: readonly string[], planned: readonly string[]): string[] {
  return [
    ...designed.filter((name) => !planned.includes(name)).map((name) => `${what} ${name}: not planned`),
    ...planned.filter((name) => !designed.includes(name)).map((name) => `${what} ${name}: not synthesized`),
  ];
}

function expectedValues(type: string, attributes: Fields, values: Fields, defaultTags: Fields): Fields {
  const expected: Record<string, unknown> = Object.fromEntries(
    Object.entries(attributes).filter(([name]) => !META_ARGUMENTS.has(name)),
  );
  if ('tags_all' in values) expected.tags_all = { ...defaultTags, ...(attributes.tags as Fields | undefined) };
  if (type === 'aws_acm_certificate') {
    // The provider plans what AWS answers: the first name is among the others.
    expected.subject_alternative_names = [
      attributes.domain_name,
      ...(attributes.subject_alternative_names as unknown[]),
    ];
  }
  return expected;
}

function compareFields(path: string, expected: Fields, actual: Fields): string[] {
  return Object.entries(expected).flatMap(([name, value]) => compareValue(`${path}.${name}`, value, actual[name]));
}

function compareValue(path: string, expected: unknown, actual: unknown): string[] {
  if (expected === null) return [];
  if (typeof expected === 'string') return compareText(path, expected, actual);
  if (isFields(expected)) {
    // A block that may come once is an object here and a list of one there.
    const block: unknown = Array.isArray(actual) && actual.length === 1 ? actual[0] : actual;
    if (isFields(block)) return compareFields(path, expected, block);
  } else if (Array.isArray(expected)) {
    if (Array.isArray(actual)) return compareLists(path, expected, actual);
  } else if (actual !== undefined && String(expected) === String(actual)) {
    // As Terraform converts literals: "1" is 1, and "true" is true.
    return [];
  }
  return containsReference(expected) && actual === undefined ? [] : [difference(path, expected, actual)];
}

/** Documents may differ in spaces, in the order of their keys, and in what the provider adds. */
function compareText(path: string, expected: string, actual: unknown): string[] {
  const designed = parseDocument(expected);
  const planned = typeof actual === 'string' ? parseDocument(actual) : undefined;
  if (designed !== undefined && planned !== undefined) return compareValue(path, designed, planned);
  if (containsReference(expected)) return [];
  const text = expected.replaceAll('$${', '${').replaceAll('%%{', '%{');
  return actual !== undefined && actual !== null && text === String(actual) ? [] : [difference(path, expected, actual)];
}

/** In any order, because sets are planned in an order of their own. */
function compareLists(path: string, expected: readonly unknown[], actual: readonly unknown[]): string[] {
  if (expected.length !== actual.length) return [difference(path, expected, actual)];
  const left = new Set(actual.keys());
  const candidates = expected.map((value) => ({
    value,
    fitting: [...actual.keys()].filter((index) => compareValue(path, value, actual[index]).length === 0),
  }));
  // Those that fit few places choose first.
  candidates.sort((one, other) => one.fitting.length - other.fitting.length);
  return candidates.flatMap(({ value, fitting }) => {
    const place = fitting.find((index) => left.has(index));
    if (place === undefined) return [difference(`${path}[]`, value, actual)];
    left.delete(place);
    return [];
  });
}

function parseDocument(text: string): unknown {
  if (!/^[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `${` begins a reference, `$${` is text. */
function containsReference(value: unknown): boolean {
  if (typeof value === 'string') return /(?<!\$)\$\{/.test(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(containsReference);
}

function difference(path: string, expected: unknown, actual: unknown): string {
  const planned = actual === undefined ? 'nothing, or something unknown' : JSON.stringify(actual);
  return `${path}: synthesized ${JSON.stringify(expected)}, planned ${planned}`;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
