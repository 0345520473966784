import fc from 'fast-check';
import { Configuration, type Place, readReferences } from '../../../policy/sources/plan-configuration';

/** An expression as plans have it: with each name, and what leads to it. */
const refs = (...references: string[]) => ({ references });

interface Around {
  readonly variables?: unknown;
  readonly addresses?: readonly string[];
  readonly modules?: readonly string[];
  readonly readData?: readonly string[];
}

function trace(root: unknown, references: readonly string[], place: Partial<Place> = {}, around: Around = {}) {
  const { variables, addresses = [], modules = [], readData = [] } = around;
  const configuration = new Configuration(root, variables, {
    addresses: new Set(addresses),
    modules: new Set(modules),
    readData: new Set(readData),
  });
  const { opaque, lostIn, ...found } = configuration.trace(readReferences(references), { module: '', ...place });
  expect(opaque).toBe(lostIn!.length > 0);
  return { addresses: found.addresses, lostIn };
}

test('of a list of names and what leads to them, the names in full are taken', () => {
  expect(
    readReferences([
      'aws_vpc.a["x"].id',
      'aws_vpc.a["x"]',
      'aws_vpc.a',
      'aws_vpc.a',
      'aws_vpc.ab.id',
      'aws_vpc.ab',
      'each.key',
    ]),
  ).toEqual([
    { kind: 'resource', address: 'aws_vpc.a', index: '"x"' },
    { kind: 'resource', address: 'aws_vpc.a' },
    { kind: 'resource', address: 'aws_vpc.ab' },
    { kind: 'iteration', of: 'each.key' },
  ]);
});

describe('a resource', () => {
  test('is one of the module in which it is named', () => {
    expect(trace({}, ['aws_vpc.main.id', 'aws_vpc.main'])).toEqual({ addresses: ['aws_vpc.main'], lostIn: [] });
    expect(trace({}, ['aws_vpc.main.id', 'aws_vpc.main'], { module: 'module.a["x"].module.b' }).addresses).toEqual([
      'module.a["x"].module.b.aws_vpc.main',
    ]);
  });

  test('is the instance that is written', () => {
    expect(trace({}, ['aws_subnet.a[0].id', 'aws_subnet.a[0]', 'aws_subnet.a']).addresses).toEqual(['aws_subnet.a[0]']);
  });

  test('is the instance of the same key where one is chosen by a key, else any', () => {
    const addresses = ['aws_subnet.a["x"]', 'aws_subnet.a["y"]'];

    expect(trace({}, ['aws_subnet.a', 'each.key'], { key: '["x"]' }, { addresses }).addresses).toEqual([
      'aws_subnet.a["x"]',
    ]);
    expect(trace({}, ['aws_subnet.a', 'each.key'], { key: '["z"]' }, { addresses }).addresses).toEqual([
      'aws_subnet.a',
    ]);
    expect(trace({}, ['aws_subnet.a'], { key: '["x"]' }, { addresses }).addresses).toEqual(['aws_subnet.a']);
  });
});

describe('what is repeated over', () => {
  const addresses = ['aws_subnet.a["x"]', 'aws_subnet.a["y"]'];

  test('gives the instance of the same key', () => {
    const place = { key: '["x"]', each: refs('aws_subnet.a') };

    expect(trace({}, ['each.value.id', 'each.value'], place, { addresses }).addresses).toEqual(['aws_subnet.a["x"]']);
  });

  test('is nothing where it is written out, and hidden where it is not seen', () => {
    expect(trace({}, ['each.value'], { each: { constant_value: ['a'] } })).toEqual({ addresses: [], lostIn: [] });
    expect(trace({}, ['each.value'], { each: {} })).toEqual({ addresses: [], lostIn: [] });
    expect(trace({}, ['each.value'], { each: refs('local.subnets') })).toEqual({ addresses: [], lostIn: [''] });
    expect(trace({}, ['each.value'])).toEqual({ addresses: [], lostIn: [''] });
  });
});

test('what a resource repeats over may be made of what a module repeats over', () => {
  const root = {
    module_calls: {
      m: {
        for_each_expression: refs('aws_eip.x'),
        expressions: { in: refs('each.value') },
        module: { outputs: { out: { expression: refs('var.in') } } },
      },
    },
  };

  expect(trace(root, ['each.value'], { each: refs('module.m.out') })).toEqual({ addresses: ['aws_eip.x'], lostIn: [] });
});

describe('what is elsewhere', () => {
  test.each<[string, string, Around, string[]]>([
    ['a local is hidden', 'local.x', {}, ['']],
    ['a variable that has a value is not', 'var.x', { variables: { x: { value: 'ten' } } }, []],
    [
      'a variable with an id in it is',
      'var.x',
      { variables: { x: { value: { ids: ['subnet-0123456789abcdef0'] } } } },
      [''],
    ],
    ['a variable with an ARN in it is', 'var.x', { variables: { x: { value: 'arn:aws:x' } } }, ['']],
    ['a variable that is not listed is', 'var.x', {}, ['']],
    ['the folder is not', 'path.module', {}, []],
    ['a name that every object has is no variable', 'var.constructor', { variables: {} }, ['']],
  ])('%s', (_, reference, around, lostIn) => {
    expect(trace({}, [reference], {}, around)).toEqual({ addresses: [], lostIn });
  });

  test('is what a data source finds, unless it is read', () => {
    const address = 'module.a.data.aws_vpc.old';
    const place = { module: 'module.a' };

    expect(trace({}, ['data.aws_vpc.old.id', 'data.aws_vpc.old'], place)).toEqual({
      addresses: [address],
      lostIn: ['module.a'],
    });
    expect(trace({}, ['data.aws_vpc.old.id', 'data.aws_vpc.old'], place, { readData: [address] })).toEqual({
      addresses: [address],
      lostIn: [],
    });
  });
});

describe('a variable of a module', () => {
  const root = {
    module_calls: {
      net: {
        for_each_expression: refs('aws_eip.a'),
        expressions: {
          vpc: refs('aws_vpc.main.id', 'aws_vpc.main'),
          mine: refs('aws_eip.b', 'each.key'),
          value: refs('each.value.id', 'each.value'),
          list: refs('aws_subnet.a'),
          number: { constant_value: 8 },
          id: { constant_value: 'vpc-0123456789abcdef0' },
          outer: refs('local.x'),
          root: refs('var.given'),
        },
        module: { variables: { fallback: { default: true }, fallback_id: { default: 'sg-01234567' }, none: {} } },
      },
    },
  };
  const module = 'module.net["x"]';
  const addresses = ['aws_eip.a["x"]', 'aws_eip.a["y"]', 'aws_eip.b["x"]', 'aws_subnet.a["k"]', 'aws_subnet.a["x"]'];
  const of = (name: string, place: Partial<Place> = {}) =>
    trace(
      root,
      [`var.${name}`, ...(place.key ? ['each.key'] : [])],
      { module, ...place },
      {
        addresses,
        modules: [module],
        variables: { given: { value: 1 } },
      },
    );

  test.each<[string, string, string[], string[]]>([
    ['is what the call gives it', 'vpc', ['aws_vpc.main'], []],
    ['is chosen by the key of the module’s instance', 'mine', ['aws_eip.b["x"]'], []],
    ['is what the call repeats over', 'value', ['aws_eip.a["x"]'], []],
    ['is nothing where the call writes it out', 'number', [], []],
    ['is elsewhere where the call writes an id', 'id', [], ['']],
    ['is hidden where the call takes a local: in the caller', 'outer', [], ['']],
    ['is what the root is given', 'root', [], []],
    ['is its default', 'fallback', [], []],
    ['is elsewhere where its default is an id', 'fallback_id', [], [module]],
    ['is nothing where it is not set', 'none', [], []],
    ['is hidden where there is none', 'constructor', [], [module]],
  ])('%s', (_, name, found, lostIn) => {
    expect(of(name)).toEqual({ addresses: found, lostIn });
  });

  test('keeps the key that chooses out of it inside', () => {
    expect(of('list', { key: '["k"]' }).addresses).toEqual(['aws_subnet.a["k"]']);
  });
});

describe('an output of a module', () => {
  const zone = {
    outputs: {
      subnet: { expression: refs('aws_subnet.own.id', 'aws_subnet.own') },
      table: { expression: refs('aws_route_table.own') },
      hidden: { expression: refs('local.x') },
      given: { expression: refs('var.given') },
      literal: { expression: { constant_value: 'x' } },
      deep: { expression: refs('module.inner') },
    },
    variables: { given: {} },
    module_calls: {
      inner: {
        module: { outputs: { vpc: { expression: refs('aws_vpc.main') }, eip: { expression: refs('aws_eip.x') } } },
      },
    },
  };
  const root = {
    module_calls: { zone: { module: zone, expressions: { given: refs('aws_eip.outer') } } },
  };
  const modules = [
    'module.zone["a"]',
    'module.zone["a"].module.inner',
    'module.zone["b"]',
    'module.zone["b"].module.inner',
  ];
  const of = (references: string[], place: Partial<Place> = {}, body: unknown = root) =>
    trace(body, references, place, { modules });

  test.each<[string, string[], Partial<Place>, string[], string[]]>([
    [
      'of an instance',
      ['module.zone["a"].subnet', 'module.zone["a"]', 'module.zone'],
      {},
      ['module.zone["a"].aws_subnet.own'],
      [],
    ],
    [
      'of the instance of the same key',
      ['module.zone', 'each.key'],
      { key: '["b"]' },
      [
        'module.zone["b"].aws_subnet.own',
        'module.zone["b"].aws_route_table.own',
        'aws_eip.outer',
        'module.zone["b"].module.inner.aws_vpc.main',
        'module.zone["b"].module.inner.aws_eip.x',
      ],
      ['module.zone["b"]'],
    ],
    ['that a local hides', ['module.zone["a"].hidden'], {}, [], ['module.zone["a"]']],
    ['that is given to it', ['module.zone["a"].given'], {}, ['aws_eip.outer'], []],
    ['that is written out', ['module.zone["a"].literal'], {}, [], []],
    [
      'that is a module, by what is taken out of it',
      ['module.zone["a"].deep.vpc'],
      {},
      ['module.zone["a"].module.inner.aws_vpc.main'],
      [],
    ],
  ])('%s', (_, references, place, addresses, lostIn) => {
    expect(of(references, place)).toEqual({ addresses, lostIn });
  });

  test('of the instance of the same key is all that it holds', () => {
    const addresses = ['module.zone["b"].aws_subnet.own["a"]', 'module.zone["b"].aws_subnet.own["b"]'];
    const small = { module_calls: { zone: { module: { outputs: { subnet: zone.outputs.subnet } } } } };

    expect(trace(small, ['module.zone', 'each.key'], { key: '["b"]' }, { modules, addresses }).addresses).toEqual([
      'module.zone["b"].aws_subnet.own',
    ]);
  });

  test('of any instance is one of all', () => {
    const small = {
      module_calls: { zone: { module: { outputs: { subnet: zone.outputs.subnet, table: zone.outputs.table } } } },
    };

    expect(of(['module.zone'], {}, small)).toEqual({
      addresses: ['a', 'b'].flatMap((key) => [
        `module.zone["${key}"].aws_subnet.own`,
        `module.zone["${key}"].aws_route_table.own`,
      ]),
      lostIn: [],
    });
  });

  test('that is not named may be either of two that hold the same type', () => {
    const two = {
      module_calls: {
        vpc: {
          module: {
            outputs: { public: { expression: refs('aws_subnet.a') }, private: { expression: refs('aws_subnet.b') } },
          },
        },
      },
    };

    expect(trace(two, ['module.vpc'])).toEqual({
      addresses: ['module.vpc.aws_subnet.a', 'module.vpc.aws_subnet.b'],
      lostIn: ['module.vpc'],
    });
  });

  test('taken from an object that holds the module is found by its name', () => {
    const caller = {
      module_calls: {
        ...root.module_calls,
        app: { expressions: { zone: refs('module.zone["a"]', 'module.zone') }, module: {} },
      },
    };

    expect(of(['var.zone.subnet', 'var.zone'], { module: 'module.app' }, caller).addresses).toEqual([
      'module.zone["a"].aws_subnet.own',
    ]);
  });
});

test.each([
  ['what they were handed', refs('var.in', 'aws_vpc.a')],
  ['a part of it', refs('var.in.part', 'var.in', 'aws_vpc.a')],
])('modules that hand each other %s come to an end', (_, expression) => {
  const root = {
    module_calls: {
      a: {
        expressions: { in: refs('module.b.out') },
        module: { outputs: { out: { expression } } },
      },
      b: { expressions: { in: refs('module.a.out') }, module: { outputs: { out: { expression: refs('var.in') } } } },
    },
  };

  expect(trace(root, ['module.a.out'])).toEqual({ addresses: ['module.a.aws_vpc.a'], lostIn: [] });
});

test('any configuration is followed', () => {
  const name = fc.constantFrom('a', 'b');
  const expression = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.record({
      references: fc.array(
        fc.constantFrom(
          'var.a.a',
          'var.b',
          'module.a',
          'module.a.b',
          'module.b["x"].a',
          'local.a',
          'each.value',
          'aws_vpc.a',
        ),
      ),
    }),
  );
  const moduleOf = (inner: fc.Arbitrary<unknown>) =>
    fc.record(
      {
        outputs: fc.dictionary(name, fc.record({ expression }), { maxKeys: 2 }),
        variables: fc.dictionary(name, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 2 }),
        module_calls: fc.dictionary(
          name,
          fc.record({
            expressions: fc.dictionary(name, expression, { maxKeys: 2 }),
            for_each_expression: expression,
            module: inner,
          }),
          { maxKeys: 2 },
        ),
      },
      { requiredKeys: [] },
    );
  const module = moduleOf(moduleOf(moduleOf(fc.jsonValue({ maxDepth: 1 }))));
  fc.assert(
    fc.property(module, expression, (root, each) => {
      trace(root, ['module.a', 'var.a', 'each.value'], { module: 'module.a.module.b["x"]', key: '["x"]', each });
    }),
  );
});
