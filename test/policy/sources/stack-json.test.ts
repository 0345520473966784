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
        aws_lb_listener: { c: { default_action: [{ dynamic: { forward: { for_each: [1], content: {} } } }] } },
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
      resource: { aws_security_group: { a: { dynamic: { ingress: { for_each: ['sg-1'], content } } } } },
    });

    expect(referencesOf(graph.at('aws_security_group.a')!.list('ingress')[0])).toEqual({ addresses: [], opaque: true });
  });

  test('is told from an attribute of its name', () => {
    expect(read({ dynamic: 'yes' })).toEqual({ dynamic: 'yes' });
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
        fc.dictionary(fc.constantFrom('depends_on', 'dynamic', '//', 'for_each'), anything),
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
