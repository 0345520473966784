import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ToolError } from '../../core/errors';
import { blocks, readStackFile, readStackJson } from '../../policy/resource-graph';

const graph = readStackJson({
  resource: {
    aws_vpc: { vpc: { cidr_block: '10.0.0.0/16' } },
    aws_subnet: {
      'a-1': { vpc_id: '${aws_vpc.vpc.id}', ipv6_cidr_block: '${cidrsubnet(aws_vpc.vpc.ipv6_cidr_block, 8, 0)}' },
      b: { vpc_id: '${aws_vpc.vpc.id}' },
    },
    aws_lb: { edge: { subnets: ['${aws_subnet.a-1.id}', '${aws_subnet.b.id}'] } },
  },
});
const [vpc] = graph.ofType('aws_vpc');
const [a, b] = graph.ofType('aws_subnet');

describe('references', () => {
  test.each([
    ['an attribute', '${aws_vpc.vpc.id}', [vpc]],
    ['inside functions', '${cidrsubnet(aws_vpc.vpc.ipv6_cidr_block, 8, 0)}', [vpc]],
    ['of a name with a hyphen', '${aws_subnet.a-1.id}', [a]],
    ['two in one text', 'from ${aws_subnet.a-1.id} to ${aws_subnet.b.id}', [a, b]],
    ['in a list', ['${aws_subnet.b.id}', 'subnet-1'], [b]],
    ['deep inside', [{ blocks: [{ ids: ['${aws_subnet.b.id}'] }] }], [b]],
    ['one twice', ['${aws_vpc.vpc.id}', '${aws_vpc.vpc.arn}'], [vpc]],
    ['with an index', '${aws_vpc.vpc[0].id}', [vpc]],
    ['in a for expression', '${one([for option in aws_vpc.vpc.options : option.id])}', [vpc]],
  ])('are found: %s', (_, value, expected) => {
    expect(graph.referencesIn(value)).toEqual(expected);
  });

  test.each([
    ['text that is no template', 'aws_vpc.vpc.id'],
    ['a resource of another stack', '${aws_vpc.other.id}'],
    ['a resource whose name begins alike', '${aws_vpc.vpc2.id}'],
    ['a variable', '${var.vpc}'],
    ['a number', 5],
    ['nothing', undefined],
    ['null', null],
  ])('are not found in %s', (_, value) => {
    expect(graph.referencesIn(value)).toEqual([]);
  });

  test('there is the one of a type, or none: two are no answer', () => {
    const both = ['${aws_subnet.a-1.id}', '${aws_vpc.vpc.id}'];

    expect(graph.referenceIn(both, 'aws_vpc')).toBe(vpc);
    expect(graph.referenceIn(both, 'aws_lb')).toBeUndefined();
    expect(graph.referenceIn(['${aws_subnet.a-1.id}', '${aws_subnet.b.id}'], 'aws_subnet')).toBeUndefined();
  });

  test('can be followed back', () => {
    expect(graph.referring('aws_subnet', 'vpc_id', vpc!)).toEqual([a, b]);
    expect(graph.referring('aws_subnet', 'ipv6_cidr_block', vpc!)).toEqual([a]);
    expect(graph.referring('aws_lb', 'subnets', b!)).toEqual(graph.ofType('aws_lb'));
    expect(graph.referring('aws_route', 'vpc_id', vpc!)).toEqual([]);
  });
});

describe('reading', () => {
  test('keeps the order of the JSON, and tells each resource’s address, type and attributes', () => {
    expect(graph.ofType('aws_subnet').map(({ address }) => address)).toEqual(['aws_subnet.a-1', 'aws_subnet.b']);
    expect(a).toEqual({
      address: 'aws_subnet.a-1',
      type: 'aws_subnet',
      attributes: { vpc_id: '${aws_vpc.vpc.id}', ipv6_cidr_block: '${cidrsubnet(aws_vpc.vpc.ipv6_cidr_block, 8, 0)}' },
      constructPath: undefined,
    });
  });

  test('takes the construct from cdktf’s comment, which is no attribute', () => {
    const comment = { metadata: { path: 'hue-production/network/Resource', uniqueId: 'x' } };
    const [resource] = readStackJson({ resource: { aws_vpc: { x: { '//': comment, cidr_block: '' } } } }).ofType(
      'aws_vpc',
    );

    expect(resource).toMatchObject({
      constructPath: 'hue-production/network/Resource',
      attributes: { cidr_block: '' },
    });
    expect(resource!.attributes).not.toHaveProperty('//');
  });

  test.each([undefined, null, 5, 'text', [], {}, { resource: null }, { resource: { aws_vpc: null } }])(
    '%j holds no resources',
    (json) => {
      expect(readStackJson(json).ofType('aws_vpc')).toEqual([]);
    },
  );

  test('a type that is not there has no resources', () => {
    expect(graph.ofType('aws_route')).toEqual([]);
    expect(graph.ofType('constructor')).toEqual([]);
  });
});

describe('a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portal6-graph-'));
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

test.each([
  [undefined, []],
  [null, []],
  [{ a: 1 }, [{ a: 1 }]],
  [
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { a: 2 }],
  ],
  [['text'], [{}]],
])('blocks come as an object or as a list of them: %j', (value, expected) => {
  expect(blocks(value)).toEqual(expected);
});
