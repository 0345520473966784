import fc from 'fast-check';
import { readStateJson } from '../../../policy/sources/state';
import { fixtureJson, fixtureText } from '../../helpers/plan-fixture';

/** JSON that fails where it is taken for a text. */
const UNPRINTABLE = { toString: 1, valueOf: 1 };

describe('a state of real Terraform', () => {
  const graph = readStateJson(fixtureJson('changes.state.json'));
  const at = (address: string) => graph.at(address)!;

  test('is known, and its ids are its links', () => {
    expect(at('aws_subnet.public["b"]').known('ipv6_cidr_block')).toBe('2406:da18:1234:5601::/64');
    expect(graph.referenceIn(at('aws_subnet.public["b"]').value('vpc_id'), 'aws_vpc')).toBe(at('aws_vpc.main'));
    expect(graph.resolve(at('aws_lb.edge').value('subnets'), 'aws_subnet')).toEqual({
      found: [at('aws_subnet.public["a"]'), at('aws_subnet.public["b"]')],
      complete: true,
    });
    expect(graph.referenceIn(at('aws_route53_record.www').block('alias').value('name'), 'aws_lb')).toBe(
      at('aws_lb.edge'),
    );
  });

  test('says what depends on what', () => {
    expect(at('aws_internet_gateway.main').dependsOn).toEqual(['aws_vpc.main']);
  });

  test('keeps its secrets', () => {
    expect(fixtureText('changes.state.json')).toContain('not-for-anybody-s-eyes');
    expect(JSON.stringify(graph.resources)).not.toContain('not-for-anybody-s-eyes');
    expect(String(at('aws_ssm_parameter.api_key').value('value'))).toBe('(sensitive)');
  });
});

test('modules and data sources are told', () => {
  const resource = {
    address: 'module.a.data.aws_vpc.x',
    mode: 'data',
    type: 'aws_vpc',
    name: 'x',
    values: { id: 'vpc-1' },
  };
  const graph = readStateJson({
    values: { root_module: { child_modules: [{ address: 'module.a', resources: [resource] }] } },
  });

  expect(graph.at('module.a.data.aws_vpc.x')).toMatchObject({ module: 'module.a', mode: 'data' });
  expect(graph.ofType('aws_vpc')).toEqual([]);
});

test('an empty state has no resources', () => {
  expect(readStateJson({ format_version: '1.0' }).resources).toEqual([]);
});

test('any JSON is read', () => {
  const anything = fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>(UNPRINTABLE, [UNPRINTABLE]));
  const resource = fc.record({
    address: fc.constantFrom('aws_vpc.a', 'module.b.aws_vpc.a[0]'),
    mode: fc.constantFrom('managed', 'data'),
    type: fc.constant('aws_vpc'),
    values: anything,
    sensitive_values: anything,
    depends_on: anything,
  });
  const module = fc.record({ resources: fc.array(fc.oneof(resource, anything)), child_modules: anything });
  fc.assert(
    fc.property(fc.oneof(anything, fc.record({ values: fc.record({ root_module: module }) })), (json) => {
      const graph = readStateJson(json);
      for (const { attributes } of graph.resources) graph.referencesIn(attributes);
    }),
  );
});
