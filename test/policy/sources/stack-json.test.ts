import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ToolError } from '../../../core/errors';
import { readStackFile, readStackJson } from '../../../policy/sources/stack-json';
import { Unknown } from '../../../policy/value';

/** JSON that fails where it is taken for a text. */
const UNPRINTABLE = { toString: 1, valueOf: 1 };

/** One attribute of one resource, beside what else the JSON has. */
function read(value: unknown, others: object = {}, resource: object = {}): unknown {
  const graph = readStackJson({ resource: { aws_x: { y: { ...resource, value } } }, ...others });
  return graph.at('aws_x.y')!.value('value');
}

function referencesOf(value: unknown) {
  if (!(value instanceof Unknown)) throw new Error(`known: ${JSON.stringify(value)}`);
  return value.references;
}

test('what holds no expression is not copied, and nothing that is read is changed', () => {
  const attributes = {
    list: [{ port: 443 }],
    mixed: [{ id: '${aws_vpc.b.id}', port: 80 }, { port: 81 }],
    own: '$${x}',
  };
  const json = { resource: { aws_x: { y: attributes } } };
  const before = structuredClone(json);
  const y = readStackJson(json).at('aws_x.y')!;

  expect(y.value('list')).toBe(attributes.list);
  expect(y.value('mixed')).toEqual([{ id: expect.any(Unknown), port: 80 }, { port: 81 }]);
  expect(y.value('own')).toBe('${x}');
  expect(json).toEqual(before);
});

describe('reading', () => {
  const graph = readStackJson({
    resource: {
      aws_subnet: { b: { cidr_block: '10.0.0.0/24' }, a: { tags: null } },
      aws_vpc: { main: { '//': { metadata: { path: 'hue/network/Resource' } }, depends_on: ['aws_eip.x'] } },
    },
    data: { aws_vpc: { old: { tags: { Name: 'old' } } } },
  });

  test('keeps the order of the JSON', () => {
    expect(graph.ofType('aws_subnet').map(({ address }) => address)).toEqual(['aws_subnet.b', 'aws_subnet.a']);
  });

  test('takes the construct from cdktf’s comment, which is no attribute', () => {
    expect(graph.at('aws_vpc.main')).toMatchObject({ constructPath: 'hue/network/Resource', dependsOn: ['aws_eip.x'] });
    expect(graph.at('aws_vpc.main')!.has('//')).toBe(false);
  });

  test('tells data sources from resources', () => {
    expect(graph.ofType('aws_vpc').map(({ address }) => address)).toEqual(['aws_vpc.main']);
    expect(graph.at('data.aws_vpc.old')).toMatchObject({ type: 'aws_vpc', mode: 'data' });
  });

  test('takes a list of resources of one type, as hand-written JSON has it', () => {
    const listed = readStackJson({ resource: { aws_vpc: [{ a: {} }, { b: [{ cidr_block: '10.0.0.0/16' }] }] } });

    expect(listed.at('aws_vpc.a')).toBeDefined();
    expect(listed.at('aws_vpc.b')!.known('cidr_block')).toBe('10.0.0.0/16');
  });

  test.each([undefined, null, 5, 'text', [], {}, { resource: null }, { resource: { aws_vpc: null } }])(
    '%j holds no resources',
    (json) => {
      expect(readStackJson(json).resources).toEqual([]);
    },
  );
});

describe('a text', () => {
  test('with expressions is not known, and looks as it is written', () => {
    const value = read('${aws_vpc.main.id}');

    expect(value).toBeInstanceOf(Unknown);
    expect(String(value)).toBe('${aws_vpc.main.id}');
    expect(referencesOf(value)).toEqual({ addresses: ['aws_vpc.main'], opaque: false });
  });

  test('without is what Terraform makes of it', () => {
    expect(read('$${srcaddr} {}')).toBe('${srcaddr} {}');
    expect(read({ deep: ['%%{x}'] })).toEqual({ deep: ['%{x}'] });
  });

  test('refers to a resource whatever the instance: there is one in a configuration', () => {
    expect(referencesOf(read('${aws_subnet.public[0].id}')).addresses).toEqual(['aws_subnet.public']);
    expect(referencesOf(read('${aws_subnet.public[count.index].id}'))).toEqual({
      addresses: ['aws_subnet.public'],
      opaque: false,
    });
  });

  test.each([
    ['a variable', '${var.vpc}', []],
    ['an output of a module', '${module.vpc.id}', []],
    ['a local that is not there', '${local.x}', []],
    ['a data source', '${data.aws_vpc.old.id}', ['data.aws_vpc.old']],
    ['what a loop that is not seen repeats', '${each.value}', []],
  ])('hides what it is made of behind %s', (_, text, addresses) => {
    expect(referencesOf(read(text))).toEqual({ addresses, opaque: true });
  });
});

describe('a local', () => {
  test('is what it holds', () => {
    expect(read('${local.name}', { locals: { name: 'portal' } })).toBe('portal');
    expect(read('${local.a}', { locals: [{ a: '${local.b}' }, { b: ['x', '${aws_vpc.main.id}'] }] })).toEqual([
      'x',
      expect.any(Unknown),
    ]);
  });

  test('is followed inside a larger expression', () => {
    const locals = { a: { id: '${local.b}' }, b: '${aws_vpc.main.id}${aws_eip.x.id}' };

    expect(referencesOf(read('${try(local.a.id, local.b)}', { locals }))).toEqual({
      addresses: ['aws_vpc.main', 'aws_eip.x'],
      opaque: false,
    });
  });

  test('that refers to itself ends', () => {
    const locals = { a: '${local.b}', b: '${upper(local.a)}${aws_vpc.main.id}', self: '${local.self}' };

    expect(referencesOf(read('${local.a}', { locals })).addresses).toEqual(['aws_vpc.main']);
    expect(referencesOf(read('${local.self}', { locals }))).toEqual({ addresses: [], opaque: false });
  });

  test('may have the name of something that every object has', () => {
    expect(referencesOf(read('${local.constructor}', { locals: {} })).opaque).toBe(true);
  });
});

describe('a loop', () => {
  test('gives its values what it repeats over', () => {
    expect(referencesOf(read('${each.value.id}', {}, { for_each: '${aws_subnet.public}' }))).toEqual({
      addresses: ['aws_subnet.public'],
      opaque: false,
    });
    expect(referencesOf(read('${each.value}', {}, { for_each: '${each.value}' })).addresses).toEqual([]);
  });

  test('of blocks hides them, beside those that are written', () => {
    const dynamic = {
      ingress: { for_each: '${var.ports}', content: { security_groups: ['${aws_security_group.x.id}'] } },
    };
    const group = readStackJson({
      resource: {
        aws_security_group: { a: { ingress: { from_port: 80 }, dynamic }, b: { dynamic: [dynamic] }, x: {} },
        aws_lb_listener: {
          c: { default_action: [{ dynamic: { forward: { for_each: '${var.groups}', content: {} } } }] },
        },
      },
    });
    const [a, b, x] = group.ofType('aws_security_group');

    expect(a!.blocks('ingress').map((block) => block.known('from_port'))).toEqual(['80']);
    expect([a!, b!, x!].map((one) => one.hides('ingress'))).toEqual([true, true, false]);
    expect(group.referencesIn(b!.value('ingress'))).toEqual([x]);
    expect(group.at('aws_lb_listener.c')!.block('default_action').hides('forward')).toBe(true);
  });

  test('of blocks may be over anything', () => {
    const content = { security_groups: ['${ingress.value}'] };
    const graph = readStackJson({
      resource: { aws_security_group: { a: { dynamic: { ingress: { for_each: '${var.groups}', content } } } } },
    });

    expect(referencesOf(graph.at('aws_security_group.a')!.list('ingress')[0])).toEqual({ addresses: [], opaque: true });
  });

  test('is told from an attribute of its name', () => {
    expect(read({ dynamic: 'yes' })).toEqual({ dynamic: 'yes' });
  });
});

describe('what is repeated', () => {
  const graphOf = (resource: object, others: object = {}) => readStackJson({ resource, ...others });
  const addresses = (graph: ReturnType<typeof graphOf>) => graph.resources.map(({ address }) => address);
  const zones = { a: { cidr: '10.0.0.0/24', slot: 0 }, b: { cidr: '10.0.1.0/24', slot: 1 } };

  test('has the keys of the map, without their escapes', () => {
    const graph = graphOf({
      aws_subnet: { x: { for_each: { '$${a} "b"': 1 }, name: '${each.key}' } },
    });

    expect(graph.resources.map((one) => [one.address, one.known('name')])).toEqual([
      ['aws_subnet.x["${a} \\"b\\""]', '${a} "b"'],
    ]);
  });

  test('over a map that is written is a resource for each key', () => {
    const graph = graphOf({
      aws_subnet: {
        public: {
          for_each: zones,
          cidr_block: '${each.value.cidr}',
          ipv6_cidr_block: '${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, each.value.slot)}',
          tags: { Name: 'public-${each.key}' },
        },
      },
      aws_vpc: { main: {} },
    });
    const [a, b] = graph.ofType('aws_subnet');

    expect(addresses(graph)).toEqual(['aws_subnet.public["a"]', 'aws_subnet.public["b"]', 'aws_vpc.main']);
    expect([a!, b!].map((one) => one.known('cidr_block'))).toEqual(['10.0.0.0/24', '10.0.1.0/24']);
    expect(b!.value('tags')).toEqual({ Name: 'public-b' });
    expect(String(b!.value('ipv6_cidr_block'))).toBe('${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 1)}');
    expect(graph.referencesIn(b!.value('ipv6_cidr_block'))).toEqual([graph.at('aws_vpc.main')]);
    expect([a!.condition, a!.has('for_each')]).toEqual([undefined, false]);
  });

  test.each<[string, unknown, object?]>([
    ['a set', '${toset(["a", "b"])}'],
    ['a set in a local', '${toset(local.zones)}', { locals: { zones: ['a', 'b', 'a'] } }],
    ['a local that is a set', '${local.zones}', { locals: { zones: '${toset(["a","b",])}' } }],
    ['a local that is a map', '${local.zones}', { locals: { zones: { a: 'a', b: 'b' } } }],
  ])('over %s likewise', (_, for_each, others = {}) => {
    const graph = graphOf({ aws_subnet: { x: { for_each, name: '${each.value}' } } }, others);

    expect(graph.resources.map((one) => [one.address, one.known('name')])).toEqual([
      ['aws_subnet.x["a"]', 'a'],
      ['aws_subnet.x["b"]', 'b'],
    ]);
  });

  test.each<[unknown]>([[2], ['2'], ['${local.count}']])('a number of times, %j, has numbers', (count) => {
    const graph = graphOf({ aws_subnet: { x: { count, slot: '${count.index}' } } }, { locals: { count: 2 } });

    expect(graph.resources.map((one) => [one.address, one.number('slot')])).toEqual([
      ['aws_subnet.x[0]', 0],
      ['aws_subnet.x[1]', 1],
    ]);
  });

  test.each<[object]>([
    [{ count: 0 }],
    [{ count: '0' }],
    [{ for_each: {} }],
    [{ for_each: '${toset([])}' }],
    [{ count: '${local.none}' }],
  ])('no time, %j, is not there', (repeats) => {
    expect(addresses(graphOf({ aws_subnet: { x: repeats } }, { locals: { none: 0 } }))).toEqual([]);
  });

  test.each<[object]>([
    [{ for_each: '${var.zones}' }],
    [{ for_each: { '${var.zone}': 'x' } }],
    [{ for_each: '${toset(["${var.zone}"])}' }],
    [{ for_each: '${toset(local.zones)}' }],
    [{ for_each: ['a'] }],
    [{ count: -1 }],
    [{ count: 1e21 }],
    [{ count: true }],
    [{ count: null, for_each: null }],
  ])('as %j says is one resource: nobody knows how many there are', (repeats) => {
    expect(addresses(graphOf({ aws_subnet: { x: repeats } }, { locals: { zones: ['${var.x}'] } }))).toEqual([
      'aws_subnet.x',
    ]);
  });

  test('refers to the instance that it names, or to all', () => {
    const graph = graphOf({
      aws_subnet: { x: { for_each: zones }, y: { count: 2 }, z: { for_each: '${var.zones}' } },
      aws_route_table_association: {
        x: { for_each: zones, subnet_id: '${aws_subnet.x[each.key].id}' },
        y: { count: 2, subnet_id: '${aws_subnet.y[count.index].id}' },
        z: { subnet_id: '${aws_subnet.z["a"].id}' },
        all: { subnet_id: '${values(aws_subnet.x)[*].id}' },
        none: { subnet_id: '${aws_subnet.x["c"].id}' },
        value: { for_each: { k: '${aws_subnet.y[1].id}' }, subnet_id: '${each.value}' },
        inside: { for_each: { k: { id: '${aws_subnet.y[1].id}' } }, subnet_id: '${lookup(each.value, "id", null)}' },
      },
    });
    const seen = graph
      .ofType('aws_route_table_association')
      .map((one) => [
        one.address.slice(28),
        ...graph.referencesIn(one.value('subnet_id')).map(({ address }) => address),
      ]);

    expect(seen).toEqual([
      ['x["a"]', 'aws_subnet.x["a"]'],
      ['x["b"]', 'aws_subnet.x["b"]'],
      ['y[0]', 'aws_subnet.y[0]'],
      ['y[1]', 'aws_subnet.y[1]'],
      ['z', 'aws_subnet.z'],
      ['all', 'aws_subnet.x["a"]', 'aws_subnet.x["b"]'],
      ['none'],
      ['value["k"]', 'aws_subnet.y[1]'],
      ['inside["k"]', 'aws_subnet.y[1]'],
    ]);
  });

  test('in blocks over what is written is blocks, among those of the resource', () => {
    const rule = (from: string) => ({ cidr_blocks: [from], description: '${each.key}' });
    const graph = graphOf({
      aws_security_group: {
        x: {
          for_each: { k: 'v' },
          ingress: { cidr_blocks: ['10.0.0.0/8'] },
          dynamic: {
            ingress: [
              { for_each: ['192.0.2.0/24', '198.51.100.0/24'], content: rule('${ingress.value}') },
              { for_each: { office: '203.0.113.0/24' }, iterator: 'it', content: [rule('${it.value}')] },
              { for_each: '${var.more}', content: rule('${ingress.value}') },
            ],
          },
        },
      },
    });
    const [group] = graph.resources;

    expect(group!.blocks('ingress').map((block) => [block.list('cidr_blocks')[0], block.known('description')])).toEqual(
      [
        ['10.0.0.0/8', undefined],
        ['192.0.2.0/24', 'k'],
        ['198.51.100.0/24', 'k'],
        ['203.0.113.0/24', 'k'],
      ],
    );
    expect(group!.hides('ingress')).toBe(true);
  });

  test('in blocks that say nothing without it stays hidden', () => {
    const graph = graphOf({
      aws_security_group: {
        x: {
          dynamic: { ingress: { for_each: [{}], content: { cidr_blocks: '${lookup(ingress.value, "from", [])}' } } },
        },
      },
    });

    expect([graph.resources[0]!.hides('ingress'), graph.resources[0]!.blocks('ingress')]).toEqual([true, []]);
  });

  test('in blocks in blocks is repeated in each', () => {
    const outer = {
      for_each: { one: [80], two: [443, 8443] },
      content: {
        name: '${rule.key}',
        dynamic: { port: { for_each: '${rule.value}', content: { number: '${port.value}' } } },
      },
    };
    const [group] = graphOf({ aws_x: { x: { dynamic: { rule: outer } } } }).resources;

    expect(
      group!
        .blocks('rule')
        .map((rule) => [rule.known('name'), ...rule.blocks('port').map((port) => port.number('number'))]),
    ).toEqual([
      ['one', 80],
      ['two', 443, 8443],
    ]);
  });
});

describe('what may not be made', () => {
  const conditionOf = (repeats: object, others: object = {}) => {
    const graph = readStackJson({ resource: { aws_x: { y: repeats }, aws_vpc: { v: {} } }, ...others });
    const one = graph.at('aws_x.y');
    if (!one) return 'not there';
    const { tests = [], perEach } = one.condition ?? {};
    return [
      ...tests.map(({ text, negated }) => (negated ? `not ${text}` : text)),
      ...graph.referencesIn(perEach).map(({ address }) => `per ${address}`),
    ];
  };

  test.each<[object, string[]]>([
    [{ count: '${var.enabled ? 1 : 0}' }, ['var.enabled']],
    [{ for_each: '${var.enabled ? toset(["a"]) : toset([])}' }, ['var.enabled']],
    [{ count: '${length(aws_vpc.v)}' }, ['per aws_vpc.v']],
    [{ for_each: '${aws_vpc.v}' }, ['per aws_vpc.v']],
    [{ count: '${data.aws_x.y.found ? 1 : 0}' }, ['data.aws_x.y.found']],
    [{ count: '${aws_vpc.v.ipv6 ? 1 : 0}' }, ['aws_vpc.v.ipv6', 'per aws_vpc.v']],
    [{}, []],
  ])('%j is told by %j', (repeats, expected) => {
    expect(conditionOf(repeats)).toEqual(expected);
  });

  test('is told by what a local holds', () => {
    const locals = {
      on: '${var.create && !var.single}',
      off: '${!local.on}',
      yes: true,
      no: false,
      none: '${var.zones}',
      self: '${local.self}',
    };
    const told = (test: string) => conditionOf({ count: `\${${test} ? 1 : 0}` }, { locals });

    expect(told('local.on')).toEqual(['var.create', 'not var.single']);
    expect(told('!local.on')).toEqual(['not local.on']);
    expect(told('local.off')).toEqual(['not local.on']);
    expect(told('local.yes')).toEqual([]);
    expect(told('local.yes && var.x')).toEqual(['var.x']);
    expect(told('local.no')).toBe('not there');
    expect(told('!local.yes')).toBe('not there');
    expect(told('local.self')).toEqual(['local.self']);
    expect(told('local.elsewhere')).toEqual(['local.elsewhere']);
  });

  test('goes by the variable where that is empty as long as nobody fills it', () => {
    const repeats = { for_each: '${toset(var.names)}' };
    const variable = (value: unknown) => ({ variable: { names: { default: value } } });

    expect(conditionOf(repeats)).toEqual([]);
    expect(conditionOf(repeats, variable(['x']))).toEqual([]);
    expect(conditionOf(repeats, variable([]))).toEqual(['toset(var.names)']);
    expect(conditionOf({ count: '${length(var.names)}' }, variable([]))).toEqual(['length(var.names)']);
  });
});

test('any JSON is read', () => {
  const anything = fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>(UNPRINTABLE, [UNPRINTABLE]));
  const blocks = fc.dictionary(
    fc.constantFrom('aws_vpc', 'aws_subnet', '__proto__'),
    fc.oneof(
      anything,
      fc.dictionary(
        fc.constant('a'),
        fc.dictionary(fc.constantFrom('depends_on', 'dynamic', '//', 'for_each', 'count'), anything),
      ),
    ),
  );
  const json = fc.record(
    { resource: fc.oneof(blocks, anything), data: anything, locals: anything },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(anything, json), (value) => {
      const graph = readStackJson(value);
      for (const resource of graph.resources) graph.referencesIn(resource.attributes);
    }),
  );
});

test('any text is read', () => {
  const text = fc
    .array(fc.constantFrom('${', '}', '"', '\\', '$${', '%{', 'aws_vpc.x', 'local.a', '[', ']', ' '))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, text, (value, local) => {
      const found = read(value, { locals: { a: local } });
      if (found instanceof Unknown)
        expect(found.references.addresses.every((one) => one.startsWith('aws_vpc.x'))).toBe(true);
    }),
  );
});

describe('a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portal6-stack-'));
  const file = join(folder, 'cdk.tf.json');

  afterAll(() => rmSync(folder, { recursive: true }));

  test('is read', () => {
    writeFileSync(file, '{"resource":{"aws_vpc":{"vpc":{}}}}');

    expect(readStackFile(file).ofType('aws_vpc')).toHaveLength(1);
  });

  test('fails when there is none', () => {
    expect(() => readStackFile(join(folder, 'none.json'))).toThrow(ToolError);
    expect(() => readStackFile(join(folder, 'none.json'))).toThrow(
      `${join(folder, 'none.json')}: cannot be read as a synthesized stack: ENOENT`,
    );
  });

  test('fails when it holds no JSON', () => {
    writeFileSync(file, 'resource "aws_vpc" "vpc" {}');

    expect(() => readStackFile(file)).toThrow(`${file}: cannot be read as a synthesized stack: Unexpected token`);
  });
});
