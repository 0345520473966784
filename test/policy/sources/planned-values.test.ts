import { Configuration } from '../../../policy/sources/plan-configuration';
import { PlannedValues } from '../../../policy/sources/planned-values';
import { Unknown } from '../../../policy/value';

type Json = Readonly<Record<string, unknown>>;

const configuration = new Configuration({}, {}, { addresses: new Set(), modules: new Set(), readData: new Set() });

interface Planned {
  readonly values?: Json;
  readonly unknown?: Json;
  readonly sensitive?: unknown;
  readonly expressions?: Json;
}

function read({ values = {}, unknown = {}, sensitive = {}, expressions = {} }: Planned): Json {
  return shown(
    new PlannedValues(configuration, { module: 'module.a' }).read(values, unknown, sensitive, expressions),
  ) as Json;
}

/** Unknowns as what they come from: `?aws_vpc.main`, and `?` alone where that is hidden. */
function shown(value: unknown): unknown {
  if (value instanceof Unknown) {
    expect(value.module).toBe('module.a');
    const { addresses } = value.references;
    return `${value.text ?? ''}?${addresses.map((one) => one.replace('module.a.', '')).join()}`;
  }
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shown(item)]));
}

const refs = (...references: string[]) => ({ references });
/** As Terraform writes an expression of JSON syntax: the text as it stands, and what it refers to. */
const json = (constant_value: unknown, ...references: string[]) => ({ constant_value, references });

describe('an attribute that is not known', () => {
  test('is unset where the configuration leaves it to the provider', () => {
    expect(
      read({
        values: { name: 'x' },
        unknown: { id: true, vpc_id: true },
        expressions: { name: { constant_value: 'x' }, vpc_id: refs('aws_vpc.main.id', 'aws_vpc.main') },
      }),
    ).toEqual({ name: 'x', vpc_id: '?aws_vpc.main' });
  });

  test('is unset in a block, too', () => {
    expect(
      read({
        values: { options: [{ tokens: 'required' }] },
        unknown: { options: [{ hops: true, ids: true }] },
        expressions: { options: [{ tokens: { constant_value: 'required' }, ids: refs('aws_eip.x') }] },
      }),
    ).toEqual({ options: [{ tokens: 'required', ids: '?aws_eip.x' }] });
  });

  test('is hidden where no plan shows the expression: in dynamic blocks', () => {
    expect(read({ values: { action: [{ type: 'forward' }] }, unknown: { action: [{ arn: true }] } })).toEqual({
      action: [{ type: 'forward', arn: '?' }],
    });
    expect(
      read({
        values: { rule: [{ port: 80 }, { port: 443 }] },
        unknown: { rule: [{ arn: true }, { arn: true }] },
        expressions: { rule: [{ port: { constant_value: 443 }, arn: refs('aws_lb.x') }] },
      }),
    ).toEqual({
      rule: [
        { port: 80, arn: '?' },
        { port: 443, arn: '?aws_lb.x' },
      ],
    });
  });

  test('is hidden where there is no configuration', () => {
    const values = new PlannedValues(configuration, { module: '' }).read({ a: 1 }, { b: true }, {}, undefined);

    expect(values).toEqual({ a: 1, b: expect.any(Unknown) });
    expect((values.b as Unknown).references.opaque).toBe(true);
  });

  test('takes the references of the whole where those of its parts are not written: inline blocks of HCL', () => {
    expect(
      read({
        values: { route: [{ cidr_block: '0.0.0.0/0', nat_gateway_id: '' }] },
        unknown: { route: [{ gateway_id: true }] },
        expressions: { route: refs('aws_internet_gateway.a.id', 'aws_internet_gateway.a', 'aws_nat_gateway.b') },
      }),
    ).toEqual({
      route: [
        {
          cidr_block: '0.0.0.0/0',
          nat_gateway_id: '',
          gateway_id: '?aws_internet_gateway.a,aws_nat_gateway.b',
        },
      ],
    });
  });

  test('may be a whole list of blocks, with all that is in them', () => {
    expect(
      read({
        unknown: { rule: true },
        expressions: { rule: [{ a: refs('aws_lb.x'), deep: [{ b: refs('aws_eip.y') }] }] },
      }),
    ).toEqual({ rule: '?aws_lb.x,aws_eip.y' });
  });

  test('may be some items of a list', () => {
    expect(
      read({
        values: { ids: ['sg-1', null] },
        unknown: { ids: [false, true] },
        expressions: { ids: refs('aws_security_group.x') },
      }),
    ).toEqual({ ids: ['sg-1', '?aws_security_group.x'] });
  });
});

describe('JSON syntax', () => {
  const a = '${aws_subnet.a.id}';
  const b = '${aws_subnet.b.id}';

  test('gives the text of what is not known', () => {
    expect(
      read({ unknown: { vpc_id: true }, expressions: { vpc_id: json('${aws_vpc.main.id}', 'aws_vpc.main') } }),
    ).toEqual({ vpc_id: '${aws_vpc.main.id}?aws_vpc.main' });
  });

  test('tells the items of a list that is not known', () => {
    expect(
      read({
        unknown: { subnets: true, tags: true },
        expressions: {
          subnets: json([a, 'subnet-1', b], 'aws_subnet.a', 'aws_subnet.b'),
          tags: json({ Name: a, Plain: '$${x}', Number: 1 }, 'aws_subnet.a'),
        },
      }),
    ).toEqual({
      subnets: [`${a}?aws_subnet.a`, 'subnet-1', `${b}?aws_subnet.b`],
      tags: { Name: `${a}?aws_subnet.a`, Plain: '${x}', Number: 1 },
    });
  });

  test('tells each of several inline blocks its own, although sets are in another order', () => {
    const entry = (rule_no: number, ipv6_cidr_block: string | null, cidr_block: string | null = null) => ({
      rule_no,
      ipv6_cidr_block,
      cidr_block,
      icmp_type: null,
    });
    const ofVpc = '${aws_vpc.main.ipv6_cidr_block}';

    expect(
      read({
        values: {
          ingress: [
            { rule_no: 130, cidr_block: '', ipv6_cidr_block: '::/0', icmp_type: 0 },
            { rule_no: 120, cidr_block: '' },
            { rule_no: 110, cidr_block: '10.0.0.0/8', ipv6_cidr_block: '' },
          ],
        },
        unknown: { ingress: [{}, { ipv6_cidr_block: true, icmp_type: true }, {}] },
        expressions: {
          ingress: json([entry(110, null, '10.0.0.0/8'), entry(120, ofVpc), entry(130, '::/0')], 'aws_vpc.main'),
        },
      }).ingress,
    ).toEqual([
      { rule_no: 130, cidr_block: '', ipv6_cidr_block: '::/0', icmp_type: 0 },
      { rule_no: 120, cidr_block: '', ipv6_cidr_block: `${ofVpc}?aws_vpc.main` },
      { rule_no: 110, cidr_block: '10.0.0.0/8', ipv6_cidr_block: '' },
    ]);
  });

  test('takes blocks in their order where the provider writes them in its own way', () => {
    expect(
      read({
        values: { rule: [{ protocol: '-1' }, { protocol: '6' }] },
        unknown: { rule: [{ group: true }, { group: true }] },
        expressions: {
          rule: [
            { protocol: { constant_value: 'all' }, group: refs('aws_security_group.a') },
            { protocol: { constant_value: 'TCP' }, group: refs('aws_security_group.b') },
          ],
        },
      }).rule,
    ).toEqual([
      { protocol: '-1', group: '?aws_security_group.a' },
      { protocol: '6', group: '?aws_security_group.b' },
    ]);
  });

  test('gives each of two alike one, and none twice', () => {
    const rule = (group: string | string[], port = 80) => ({ port, groups: group });

    expect(
      read({
        values: { rule: [{ port: 80 }, { port: 80 }, { port: 443, groups: ['sg-1', 'sg-2'] }] },
        unknown: { rule: [{ groups: true }, { groups: true }, {}] },
        expressions: {
          rule: json(
            [rule('${aws_security_group.a.id}'), rule(['sg-2', 'sg-1'], 443), rule('${aws_security_group.b.id}')],
            'aws_security_group.a',
            'aws_security_group.b',
          ),
        },
      }).rule,
    ).toEqual([
      { port: 80, groups: '${aws_security_group.a.id}?aws_security_group.a' },
      { port: 80, groups: '${aws_security_group.b.id}?aws_security_group.b' },
      { port: 443, groups: ['sg-1', 'sg-2'] },
    ]);
  });

  test('is not what HCL escapes', () => {
    const list = { constant_value: ['${srcaddr}'] };

    expect(read({ unknown: { list: true }, expressions: { list } })).toEqual({ list: '?' });
    expect(
      read({ values: { format: '${srcaddr}' }, expressions: { format: { constant_value: '${srcaddr}' } } }).format,
    ).toBe('${srcaddr}');
  });
});

describe('what is sensitive', () => {
  /** As Terraform plans a set of blocks: one secret in it hides all. */
  const origin = {
    values: { origin: [{ name: 'a.vn', header: [{ name: 'x', value: 's3cret' }], config: [{ port: 443 }] }] },
    sensitive: { origin: true },
  };

  test('hides a set of blocks as a whole, but not what is written in it beside the secret', () => {
    const header = [{ name: { constant_value: 'x' }, value: json('${aws_kms_key.x}', 'aws_kms_key.x') }];
    const expressions = {
      origin: [
        {
          name: { constant_value: 'a.vn' },
          header,
          config: [{ port: { constant_value: 443 } }],
          id: refs('aws_vpc.x'),
        },
      ],
    };

    expect(read({ ...origin, expressions })).toEqual({
      origin: [
        {
          name: 'a.vn',
          header: [{ name: 'x', value: '(sensitive)?aws_kms_key.x' }],
          config: [{ port: 443 }],
          id: '(sensitive)?aws_vpc.x',
        },
      ],
    });
  });

  test('hides all of it where nothing in it refers to a secret: what is written may be one', () => {
    const expressions = { origin: [{ name: { constant_value: 's3cret' } }] };

    expect(read({ ...origin, expressions })).toEqual({ origin: '(sensitive)?' });
  });

  const expressions = { key: refs('aws_kms_key.x'), deep: [{ key: refs('var.key') }] };

  test.each<[string, Planned, Json]>([
    ['known', { values: { key: 's3cret' }, sensitive: { key: true } }, { key: '(sensitive)?aws_kms_key.x' }],
    ['not known', { unknown: { key: true }, sensitive: { key: true } }, { key: '(sensitive)?aws_kms_key.x' }],
    [
      'deep inside',
      { values: { deep: [{ key: 's3cret', name: 'x' }] }, sensitive: { deep: [{ key: true }] } },
      { deep: [{ key: '(sensitive)?', name: 'x' }] },
    ],
    [
      'everything',
      { values: { key: 's3cret', other: 's3cret' }, sensitive: true },
      {
        key: '(sensitive)?aws_kms_key.x',
        other: '(sensitive)?',
      },
    ],
    ['not set', { values: { key: null }, sensitive: { key: true } }, { key: null }],
    ['left to the provider', { unknown: { other: true }, sensitive: { other: true } }, {}],
  ])('cannot be read: %s', (_, planned, expected) => {
    expect(read({ ...planned, expressions })).toEqual(expected);
  });

  test('is not written out where JSON syntax would show it', () => {
    const text = { constant_value: '${"s3cret"}${aws_kms_key.x.id}', references: ['aws_kms_key.x'] };
    const values = new PlannedValues(configuration, { module: '' }).read(
      {},
      { key: true },
      { key: true },
      { key: text },
    );

    expect(JSON.stringify(values)).toBe('{"key":"(sensitive)"}');
  });
});
