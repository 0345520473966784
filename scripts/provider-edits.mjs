/** The arguments of a resource type, and values that can be tried for them. */

/** Bases of a type: more than one only where they differ in what they are, such as kinds of load balancers. */
const MOST_BASES = 5;

/** Attributes that say what a resource is. */
export const KINDS = [
  'load_balancer_type',
  'target_type',
  'ip_address_type',
  'protocol',
  'scope',
  'type',
  'vpc_endpoint_type',
  'ip_protocol',
];

/** Arguments that are about the provider's work, not about the resource. */
const NO_ARGUMENTS = ['id', 'tags_all', 'timeouts'];

/**
 * What can be tried of a type.
 *
 * @param block its schema
 * @param settings of resources in stacks, such as `basesAmong` chooses
 * @returns arguments to try: all in the first base of each kind of load balancer, in others those that they set
 */
export function argumentsOf(type, block, settings) {
  const firstOfKind = ({ load_balancer_type: kind }) => settings.find((one) => one.load_balancer_type === kind);
  return settings.flatMap((base) =>
    argumentsIn(block, base, [], DEEPEST[type])
      .map(({ path, attribute, current }) => ({
        type,
        path,
        base,
        original: base,
        current,
        required: attribute.required === true,
        valueType: attribute.type,
        computed: attribute.computed === true,
        block: attribute.block,
        root: block,
        candidates: [...candidatesFor(path, attribute, current)],
        refused: [],
      }))
      .filter(({ current }) => base === firstOfKind(base) || current !== undefined),
  );
}

/** Settings that differ in what they are, the richest first. */
export function basesAmong(settings) {
  const byKind = new Map();
  for (const one of [...settings].sort((a, b) => JSON.stringify(b).length - JSON.stringify(a).length)) {
    const kind = JSON.stringify([Object.keys(one).sort(), KINDS.map((name) => one[name] ?? null)]);
    if (!byKind.has(kind)) byKind.set(kind, one);
  }
  return [...byKind.values()].slice(0, MOST_BASES);
}

/** How deep in blocks arguments are tried. Web ACLs have thousands below that, and none that is there replaces. */
const DEEPEST = { aws_wafv2_web_acl: 1 };

function argumentsIn(block, base, path, deepest = Infinity) {
  const own = Object.entries(block.attributes ?? {})
    .filter(
      ([name, one]) =>
        (one.optional || one.required) && !one.deprecated && !(path.length === 0 && NO_ARGUMENTS.includes(name)),
    )
    .map(([name, attribute]) => ({ path: [...path, name], attribute, current: base?.[name] }));
  const blocks = Object.entries(block.block_types ?? {}).flatMap(
    ([name, { block: inner, min_items: least, nesting_mode: nesting }]) => {
      if (path.length === 0 && NO_ARGUMENTS.includes(name)) return [];
      const current = base?.[name];
      const whole = { path: [...path, name], attribute: { required: least > 0, block: inner, nesting }, current };
      const first = [current].flat()[0];
      return [
        whole,
        ...(first === undefined || path.length >= deepest ? [] : argumentsIn(inner, first, [...path, name], deepest)),
      ];
    },
  );
  return [...own, ...blocks];
}

/** The configuration with another value at a path; in lists of blocks that of the first. `undefined` takes it away. */
export function withValue(base, [name, ...rest], value) {
  const copy = { ...base };
  if (rest.length === 0) {
    if (value === undefined) delete copy[name];
    else copy[name] = value;
  } else if (Array.isArray(copy[name])) copy[name] = [withValue(copy[name][0], rest, value), ...copy[name].slice(1)];
  else copy[name] = withValue(copy[name], rest, value);
  return copy;
}

/** Values that nobody has refused yet, other than the one that is set. */
export function usable({ candidates, current, refused }) {
  const seen = new Set([...refused, JSON.stringify(current)]);
  return candidates.filter((one) => !seen.has(JSON.stringify(one)) && seen.add(JSON.stringify(one)));
}

function candidatesFor(path, attribute, current) {
  const name = path.at(-1);
  if (attribute.block) {
    if (current !== undefined) {
      const items = [current].flat();
      return items.length > 1 ? [items.slice(1)] : [];
    }
    const made = ['A', 'B'].map((variant) => blockWith(attribute.block, path, variant));
    return attribute.nesting === 'single' ? made : made.map((one) => [one]);
  }
  return valuesOf(attribute.type, name, current);
}

/** What a block has to have, or something of what it may have. */
function blockWith(block, path, variant) {
  const all = Object.entries(block.attributes ?? {});
  const required = all.filter(([, one]) => one.required);
  const blocks = Object.entries(block.block_types ?? {}).filter(([, one]) => one.min_items > 0);
  const optional = all.filter(([, one]) => one.optional && !one.deprecated).slice(0, 1);
  const attributes = required.length + blocks.length > 0 ? required : optional;
  return Object.fromEntries([
    ...attributes.map(([name, one]) => [name, valuesOf(one.type, name)[variant === 'A' ? 0 : 1]]),
    ...blocks.map(([name, one]) => [name, [blockWith(one.block, [...path, name], variant)]]),
  ]);
}

function valuesOf(type, name, current) {
  if (type === 'bool') return typeof current === 'boolean' ? [!current] : [true, false];
  if (type === 'number') return typeof current === 'number' ? [current + 1, current - 1, current * 2] : [1, 2];
  if (type === 'string') return textsFor(name, current);
  const [collection, inner] = type;
  if (collection === 'map') return [{ one: valuesOf(inner, name)[0] }, { other: valuesOf(inner, name)[1] }];
  if (collection === 'object') {
    const object = (index) =>
      Object.fromEntries(Object.entries(inner).map(([key, one]) => [key, valuesOf(one, key)[index] ?? null]));
    return [object(0), object(1)];
  }
  const values = valuesOf(inner, singular(name), current?.[0]);
  const lists = values.map((one) => [one]);
  return current?.length > 1 ? [current.slice(0, -1), ...lists] : lists;
}

function singular(name) {
  return name.replace(/ies$/, 'y').replace(/(?<=x|ss)es$|s$/, '');
}

const PREFIXES = {
  vpc: 'vpc',
  subnet: 'subnet',
  security_group: 'sg',
  route_table: 'rtb',
  network_acl: 'acl',
  gateway: 'igw',
  allocation: 'eipalloc',
  network_interface: 'eni',
};

function textsFor(name, current) {
  if (typeof current === 'string' && current !== '') return othersThan(current);
  if (/arn$|_action$|^kms_(master_)?key_id$/.test(name)) return ARNS;
  if (/ipv6_cidr|cidr_ipv6/.test(name)) return IPV6_RANGES;
  if (/cidr/.test(name)) return IPV4_RANGES;
  if (/ipv6_address/.test(name)) return ['2001:db8::a', '2001:db8::b'];
  if (/(^|_)ip$|ip_address$|ipv4_address/.test(name)) return ['192.0.2.7', '192.0.2.8'];
  if (/policy|document|definition/.test(name)) return POLICIES;
  const prefix = Object.entries(PREFIXES).find(([part]) => name.includes(part) && name.endsWith('_id'))?.[1];
  if (prefix) return [`${prefix}-0123456789abcdef0`, `${prefix}-0123456789abcdef1`];
  if (/availability_zone/.test(name)) return ['ap-southeast-1a', 'ap-southeast-1b'];
  if (/port$/.test(name)) return ['443', '8443'];
  return ['one-value', 'other-value'];
}

const ARNS = ['arn:aws:iam::111122223333:role/one', 'arn:aws:iam::111122223333:role/other'];
const IPV4_RANGES = ['10.77.0.0/24', '10.78.0.0/24'];
const IPV6_RANGES = ['2001:db8:77::/56', '2001:db8:78::/56', '2001:db8:77::/64', '2001:db8:78::/64'];
const POLICIES = ['one', 'other'].map((Sid) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid, Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }],
  }),
);

/** Values of the same form. */
function othersThan(text) {
  if (/^(true|false)$/.test(text)) return [text === 'true' ? 'false' : 'true'];
  if (/^\d+$/.test(text)) return [String(Number(text) + 1), String(Number(text) * 2)];
  if (/^[[{]/.test(text)) return jsonOtherThan(text);
  if (/^\d+\.\d+\.\d+\.\d+\/\d+$/.test(text))
    return [text.replace(/^(\d+)\.(\d+)/, (_, a, b) => `${a}.${(Number(b) + 16) % 256}`), ...IPV4_RANGES];
  if (/^\d+\.\d+\.\d+\.\d+$/.test(text)) return ['192.0.2.7', '192.0.2.8'];
  if (/^[0-9a-f:]+\/\d+$/.test(text)) return [text.replace(/:[0-9a-f]+(?=:)/, ':db9'), ...IPV6_RANGES];
  if (/-[1-9][a-d]$/.test(text)) return [text.replace(/[a-d]$/, (zone) => (zone === 'a' ? 'b' : 'a'))];
  if (/^\w+-[0-9a-f]{8,17}$/.test(text)) return [`${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`];
  if (/^Z[0-9A-Z]+$/.test(text)) return [`${text.slice(0, -1)}${text.endsWith('X') ? 'Y' : 'X'}`];
  if (/^[\w.-]+\.[a-z]+\.?$/.test(text)) return [`other.${text}`];
  if (/^\d+\.\d+\.\d+\.\d+|^[0-9a-f:]*::[0-9a-f:]*$/.test(text)) return ['2001:db8::a'];
  return [`${text}x`, `x${text}`, 'one-value'];
}

function jsonOtherThan(text) {
  const value = JSON.parse(text);
  if (Array.isArray(value))
    return [JSON.stringify([{ ...value[0], name: 'other', image: 'other:1', essential: true }])];
  if (value.Statement)
    return [JSON.stringify({ ...value, Statement: [{ ...[value.Statement].flat()[0], Sid: 'Other' }] })];
  return [JSON.stringify({ ...value, other: true })];
}

/**
 * Looks in what the provider says for an argument that has to be beside this one, or may not be, or for other values.
 *
 * @returns whether there is something else to try
 */
export function learn(argument, tried, reasons) {
  const text = textOf(reasons);
  return movesAside(argument, text) || getsCompany(argument, text) || learnValues(argument, tried, reasons);
}

/** Looks in what the provider says for other values alone. */
export function learnValues(argument, tried, reasons) {
  argument.refused.push(JSON.stringify(tried));
  if (argument.block) {
    for (const index of [0, 1])
      argument.candidates.push(reasons.reduce((block, reason) => mended(block, reason, index), tried));
  } else {
    const isList = Array.isArray(argument.valueType) && ['set', 'list'].includes(argument.valueType[0]);
    argument.candidates.push(...valuesIn(textOf(reasons)).map((one) => (isList ? [one] : one)));
  }
  return usable(argument).length > 0;
}

/** A block in which what a reason is about has the value that it names. */
function mended(value, reason, index) {
  const text = textOf([reason]);
  const name = /(?:expected|value for|length of|") ?"?([\w.]+)/
    .exec(text)?.[1]
    .split('.')
    .findLast((one) => !/^\d+$/.test(one));
  const values = valuesIn(text);
  const mend = (one) => {
    if (Array.isArray(one)) return one.map(mend);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(
      Object.entries(one).map(([key, item]) => [
        key,
        key === name && typeof item !== 'object' ? values[index] : mend(item),
      ]),
    );
  };
  return values.length > index ? mend(value) : value;
}

function textOf(reasons) {
  return reasons.join('\n').replace(/\s+/g, ' ');
}

/** Takes away what may not be beside the argument. */
function movesAside(argument, text) {
  const alternatives =
    /only one of `([^`]+)`/.exec(text) ?? /Exactly one of these attributes must be configured: \[([^\]]+)\]/.exec(text);
  const conflict = /"([\w.]+)": conflicts with ([\w.]+)/.exec(text)?.slice(1) ?? alternatives?.[1].split(',');
  const names = (conflict ?? []).map((name) => name.trim().split('.')[0]);
  const other = names.find((name) => name !== argument.path[0] && argument.base[name] !== undefined);
  if (other === undefined) return false;
  argument.displaced = true;
  argument.base = withValue(argument.base, [other], undefined);
  return true;
}

/** Adds what has to be beside the argument. */
function getsCompany(argument, text) {
  const names = /all of `([^`]+)` must be specified/.exec(text)?.[1].split(',') ?? [];
  if (argument.path.length > 1 || !names.includes(argument.path[0])) return false;
  const missing = names.filter(
    (name) => name !== argument.path[0] && argument.base[name] === undefined && argument.root.attributes[name],
  );
  for (const name of missing)
    argument.base = withValue(argument.base, [name], valuesOf(argument.root.attributes[name].type, name)[0]);
  return missing.length > 0;
}

function valuesIn(text) {
  const listed = /one of:? \[([^\]]*)\]/.exec(text)?.[1];
  if (listed !== undefined) {
    const quoted = [...listed.matchAll(/"([^"]*)"/g)].map(([, one]) => one);
    const all = quoted.length > 0 ? quoted : listed.split(/,? /).filter((one) => one);
    return text.includes('got: number') || /^[\d ]+$/.test(listed) ? all.map(Number) : all;
  }
  const range = /range \((-?\d+) - (-?\d+)\)/.exec(text) ?? /between (-?\d+) and (-?\d+)/.exec(text);
  if (range) return [Number(range[1]), Number(range[2]), Number(range[1]) + 1];
  const least = /at least \((-?\d+)\)/.exec(text);
  if (least) return [Number(least[1]), Number(least[1]) + 1];
  const longest = /longer than (\d+)/.exec(text);
  if (longest) return ['abcdefghijkl', 'bcdefghijklm'].map((one) => `${one.slice(0, Number(longest[1]) - 1)}-`);
  const prefix = /to have prefix (\S+),/.exec(text)?.[1];
  if (prefix) return [`${prefix}one`, `${prefix}other`];
  const start = /start with '([^']+)'/.exec(text)?.[1];
  if (start) return [`${start}one`, `${start}other`];
  if (/account id/i.test(text)) return ['111122223333', '444455556666'];
  if (/ARN|arn:/.test(text)) return ARNS;
  if (/IPv6 CIDR/.test(text)) return IPV6_RANGES;
  if (/CIDR/.test(text)) return [...IPV4_RANGES, ...IPV6_RANGES];
  if (/JSON/i.test(text)) return POLICIES;
  if (/RFC ?3339|timestamp/i.test(text)) return ['2027-01-01T00:00:00Z', '2027-02-01T00:00:00Z'];
  if (/IP address|IPv4/.test(text)) return ['192.0.2.7', '192.0.2.8'];
  if (/alphanumeric|characters|must begin/i.test(text)) return ['abcdefghijkl', 'bcdefghijklm', 'ABCDEFGH', 'BCDEFGHI'];
  return [];
}
