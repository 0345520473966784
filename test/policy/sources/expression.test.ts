import { isTemplate, type Reference, referencesOf, unescapeTemplate } from '../../../policy/sources/expression';

const resource = (address: string, index?: string): Reference => ({
  kind: 'resource',
  address,
  ...(index !== undefined && { index }),
});

describe('an expression refers', () => {
  test.each<[string, string, Reference[]]>([
    ['to an attribute', '${aws_vpc.main.id}', [resource('aws_vpc.main')]],
    ['to a name with hyphens', '${aws_vpc.the-main_one.id}', [resource('aws_vpc.the-main_one')]],
    ['through functions', '${try(cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 0), "")}', [resource('aws_vpc.main')]],
    ['through a splat', '${aws_subnet.public[*].id}', [resource('aws_subnet.public')]],
    ['through the older splat', '${aws_subnet.public.*.id}', [resource('aws_subnet.public')]],
    ['by a number', '${aws_subnet.public[1].id}', [resource('aws_subnet.public', '1')]],
    ['by a key', '${aws_subnet.public["a"].id}', [resource('aws_subnet.public', '"a"')]],
    [
      'by a key with quotes and brackets',
      '${aws_subnet.public["a\\"]b"].id}',
      [resource('aws_subnet.public', '"a\\"]b"')],
    ],
    [
      'by a computed key',
      '${aws_subnet.public[each.key].id}',
      [resource('aws_subnet.public'), { kind: 'iteration', of: 'each.key' }],
    ],
    [
      'by a key that is put together',
      '${aws_subnet.public["zone-${count.index}"].id}',
      [resource('aws_subnet.public'), { kind: 'iteration', of: 'count.index' }],
    ],
    ['twice', '${aws_vpc.a.id}/${aws_vpc.b.id}', [resource('aws_vpc.a'), resource('aws_vpc.b')]],
    ['inside a literal', '${join(",", ["x-${aws_vpc.main.id}"])}', [resource('aws_vpc.main')]],
    ['inside a directive', '%{ if aws_vpc.main.id != "" }yes%{ endif }', [resource('aws_vpc.main')]],
    ['inside an object', '${{ id = aws_vpc.main.id }.id}', [resource('aws_vpc.main')]],
    ['after an escape', '$${x} ${aws_vpc.main.id}', [resource('aws_vpc.main')]],
    ['to a data source', '${data.aws_vpc.main.id}', [{ kind: 'data', address: 'data.aws_vpc.main' }]],
    ['to a local', '${local.vpc_id}', [{ kind: 'local', name: 'vpc_id' }]],
    ['to a part of a variable', '${var.network.vpc.id}', [{ kind: 'variable', name: 'network', path: ['vpc', 'id'] }]],
    [
      'to an output',
      '${module.vpc.subnets.public[0]}',
      [{ kind: 'module', name: 'vpc', output: 'subnets', path: ['public'] }],
    ],
    [
      'to an output of an instance',
      '${module.zone["a"].id}',
      [{ kind: 'module', name: 'zone', index: '"a"', output: 'id', path: [] }],
    ],
    [
      'to an output of some instance',
      '${module.zone[each.key].id}',
      [
        { kind: 'module', name: 'zone', output: 'id', path: [] },
        { kind: 'iteration', of: 'each.key' },
      ],
    ],
    ['to a whole module', '${values(module.zone)[*].id}', [{ kind: 'module', name: 'zone', path: [] }]],
    ['to what is repeated over', '${each.value.id}', [{ kind: 'iteration', of: 'each.value' }]],
  ])('%s', (_, template, expected) => {
    expect(referencesOf(template)).toEqual(expected);
  });

  test.each([
    ['text', 'aws_vpc.main.id'],
    ['an escape', '$${aws_vpc.main.id}'],
    ['an escape after a dollar', '$$${aws_vpc.main.id}'],
    ['an escaped directive', '%%{ if aws_vpc.main.id }'],
    ['a literal', '${lookup(x, "aws_vpc.main.id")}'],
    ['a literal in a list', '${concat(["aws_vpc.main.id"], [])}'],
    ['a key', '${aws_vpc["aws_vpc.main"]}'],
    ['an escape in a literal', '${upper("$${aws_vpc.main.id}")}'],
    ['an escaped quote in a literal', '${upper("\\" aws_vpc.main.id")}'],
    ['a part of another name', '${x.aws_vpc.main}${my-aws_vpc.main}'],
    ['the folder', '${path.module}/${terraform.workspace}'],
    ['an expression that does not end', '${"aws_vpc.main'],
  ])('to nothing by %s', (_, template) => {
    expect(referencesOf(template)).toEqual([]);
  });
});

test.each([
  ['${x}', true],
  ['a ${x} b', true],
  ['%{ if x }', true],
  ['text', false],
  ['{}', false],
  ['$${x}', false],
  ['$$${x}', false],
  ['$$$${x}', false],
  ['%%{x}', false],
  ['$${x} ${y}', true],
])('of %s it is %s that it is a template', (text, expected) => {
  expect(isTemplate(text)).toBe(expected);
});

test('escapes are what Terraform 1.11 makes of them', () => {
  expect(unescapeTemplate('x $${y} %%{z}')).toBe('x ${y} %{z}');
  expect(unescapeTemplate('$$${x}')).toBe('$${x}');
});
