import { Resource, ResourceGraph, type ResourceInput } from '../../policy/resource-graph';
import { readStackJson } from '../../policy/sources/stack-json';
import { type References, Unknown } from '../../policy/value';

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

/** Values as they come to the graph: with the expressions in them read. */
function valueOf(written: unknown): unknown {
  return readStackJson({ resource: { aws_x: { y: { written } } } })
    .at('aws_x.y')!
    .value('written');
}

function graphOf(...inputs: readonly Partial<ResourceInput>[]): ResourceGraph {
  return new ResourceGraph(
    inputs.map((input) => {
      const address = input.address ?? '';
      const type = /([a-z_0-9]+)\.[\w-]+(\[.*\])?$/.exec(address)![1]!;
      return new Resource({ type, attributes: {}, ...input, address });
    }),
  );
}

function later(references: Partial<References>, module = ''): Unknown {
  return new Unknown(undefined, module, () => ({ addresses: [], opaque: false, ...references }));
}

const addressesOf = (resources: readonly Resource[]) => resources.map(({ address }) => address);

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
  ])('are found: %s', (_, written, expected) => {
    expect(graph.referencesIn(valueOf(written))).toEqual(expected);
  });

  test.each([
    ['text that is no template', 'aws_vpc.vpc.id'],
    ['an escaped template', '$${aws_vpc.vpc.id}'],
    ['a resource of another stack', '${aws_vpc.other.id}'],
    ['a resource whose name begins alike', '${aws_vpc.vpc2.id}'],
    ['a variable', '${var.vpc}'],
    ['a number', 5],
    ['nothing', undefined],
    ['null', null],
  ])('are not found in %s', (_, written) => {
    expect(graph.referencesIn(valueOf(written))).toEqual([]);
  });

  test('there is the one of a type, or none: two are no answer', () => {
    const both = valueOf(['${aws_subnet.a-1.id}', '${aws_vpc.vpc.id}']);

    expect(graph.referenceIn(both, 'aws_vpc')).toBe(vpc);
    expect(graph.referenceIn(both, 'aws_lb', 'aws_vpc')).toBe(vpc);
    expect(graph.referenceIn(both, 'aws_lb')).toBeUndefined();
    expect(graph.referenceIn(valueOf(['${aws_subnet.a-1.id}', '${aws_subnet.b.id}']), 'aws_subnet')).toBeUndefined();
  });

  test('can be followed back', () => {
    expect(graph.referring('aws_subnet', 'vpc_id', vpc!)).toEqual([a, b]);
    expect(graph.referring('aws_subnet', 'ipv6_cidr_block', vpc!)).toEqual([a]);
    expect(graph.referring('aws_lb', 'subnets', b!)).toEqual(graph.ofType('aws_lb'));
    expect(graph.referring('aws_route', 'vpc_id', vpc!)).toEqual([]);
  });

  test('to a resource without its index are to all its instances, and with it to that one', () => {
    const instances = graphOf(
      { address: 'aws_subnet.public["a"]' },
      { address: 'aws_subnet.public["b"]' },
      { address: 'aws_subnet.public2[0]' },
    );

    expect(addressesOf(instances.referencesIn(later({ addresses: ['aws_subnet.public'] })))).toEqual([
      'aws_subnet.public["a"]',
      'aws_subnet.public["b"]',
    ]);
    expect(addressesOf(instances.referencesIn(later({ addresses: ['aws_subnet.public["b"]'] })))).toEqual([
      'aws_subnet.public["b"]',
    ]);
  });
});

describe('a value that is known', () => {
  const known = graphOf(
    {
      address: 'aws_vpc.main',
      attributes: { id: 'vpc-1', default_route_table_id: 'rtb-0', default_network_acl_id: 'acl-0' },
    },
    {
      address: 'aws_lb.edge',
      attributes: { arn: 'arn:aws:lb', dns_name: 'edge.elb.example', arn_suffix: 'app/edge/1' },
    },
    { address: 'aws_api_gateway_domain_name.x', attributes: { domain_name: 'portal.gov.example' } },
    { address: 'aws_cloudfront_distribution.cdn', attributes: { domain_name: 'd1.cloudfront.example' } },
    { address: 'aws_s3_bucket.files', attributes: { id: 'files', bucket_regional_domain_name: 'files.s3.example' } },
    { address: 'aws_cloudwatch_metric_alarm.down', attributes: { alarm_name: 'portal-down' } },
    { address: 'data.aws_subnet.old', mode: 'data', type: 'aws_subnet', attributes: { id: 'subnet-9' } },
    { address: 'aws_subnet.gone', attributes: { id: 'subnet-7' }, change: { actions: ['delete'], replacePaths: [] } },
  );

  test.each([
    ['an id', 'vpc-1', ['aws_vpc.main']],
    ['what a VPC brings with it', 'rtb-0', ['aws_vpc.main']],
    ['an ARN', 'arn:aws:lb', ['aws_lb.edge']],
    ['what metrics call a load balancer', 'app/edge/1', ['aws_lb.edge']],
    ['a DNS name', 'edge.elb.example', ['aws_lb.edge']],
    ['the name of a distribution', 'd1.cloudfront.example', ['aws_cloudfront_distribution.cdn']],
    ['the domain of a bucket', 'files.s3.example', ['aws_s3_bucket.files']],
    ['a name that is an id', 'portal-down', ['aws_cloudwatch_metric_alarm.down']],
    ['the id of what a data source has read', 'subnet-9', ['data.aws_subnet.old']],
    ['a name that is not AWS’s but the user’s', 'portal.gov.example', []],
    ['the id of what a plan deletes', 'subnet-7', []],
    ['an id of something else', 'vpc-2', []],
  ])('refers by %s', (_, value, expected) => {
    expect(addressesOf(known.referencesIn([value]))).toEqual(expected);
  });
});

describe('a link that is hidden', () => {
  const hidden = (references: Partial<References> = {}, module = '') => later({ opaque: true, ...references }, module);
  const two = graphOf(
    { address: 'aws_vpc.main' },
    { address: 'aws_subnet.a' },
    { address: 'aws_subnet.b' },
    { address: 'module.net.aws_vpc.inner', module: 'module.net' },
  );

  test('leads to the only candidate in the module in which it is written, unless nothing is to be inferred', () => {
    const subnet = new Resource({ address: 'aws_subnet.x', type: 'aws_subnet', attributes: { vpc_id: hidden() } });
    const other = new Resource({ address: 'aws_subnet.y', type: 'aws_subnet', attributes: { vpc_id: 'vpc-1' } });
    const inferring = new ResourceGraph([...two.resources, subnet, other]);

    expect(inferring.referenceIn(other.value('vpc_id'), 'aws_vpc')).toBeUndefined();
    expect(inferring.hasInferred()).toBe(false);
    expect(inferring.referenceIn(subnet.value('vpc_id'), 'aws_vpc')?.address).toBe('aws_vpc.main');
    expect(inferring.hasInferred()).toBe(true);
    expect(addressesOf(inferring.referring('aws_subnet', 'vpc_id', inferring.at('aws_vpc.main')!))).toEqual([
      'aws_subnet.x',
    ]);
    const sure = inferring.withoutInference();
    expect(sure.referenceIn(subnet.value('vpc_id'), 'aws_vpc')).toBeUndefined();
    expect(sure.referring('aws_subnet', 'vpc_id', sure.at('aws_vpc.main')!)).toEqual([]);
  });

  test('leads to the only candidate in the module in which the trail is lost', () => {
    expect(two.referenceIn(hidden({ lostIn: ['module.net'] }), 'aws_vpc')?.address).toBe('module.net.aws_vpc.inner');
    expect(two.referenceIn(hidden({}, 'module.net'), 'aws_vpc')?.address).toBe('module.net.aws_vpc.inner');
  });

  test.each([
    ['two candidates', hidden(), 'aws_subnet'],
    ['none', hidden(), 'aws_lb'],
    ['a trail that is lost in two modules', hidden({ lostIn: ['', 'module.net'] }), 'aws_vpc'],
    ['a data source, which finds what is elsewhere', hidden({ addresses: ['data.aws_vpc.old'] }), 'aws_vpc'],
    ['a data source of a module', hidden({ addresses: ['module.a["x"].data.aws_vpc.old'] }), 'aws_vpc'],
    ['a value that hides nothing', later({ addresses: ['aws_eip.x'] }), 'aws_vpc'],
    ['a known id', 'vpc-0123456789abcdef0', 'aws_vpc'],
  ])('leads nowhere with %s', (_, value, type) => {
    expect(two.referenceIn(value, type)).toBeUndefined();
  });

  test('may refer to what it is not seen to refer to, alone or in a list', () => {
    const may = (subnet_ids: unknown) =>
      graphOf(
        { address: 'aws_subnet.a' },
        { address: 'aws_subnet.b' },
        { address: 'aws_network_acl.x', attributes: { subnet_ids } },
      ).mayRefer('aws_network_acl', 'subnet_ids', 'aws_subnet');

    expect(may(hidden())).toBe(true);
    expect(may([later({ addresses: ['aws_subnet.a'] }), hidden()])).toBe(true);
    expect(may(hidden({ addresses: ['aws_subnet.a'] }))).toBe(false);
    expect(may(later({ addresses: ['aws_subnet.a', 'aws_subnet.b'] }))).toBe(false);
    expect(may(['subnet-1'])).toBe(false);
    expect(may(undefined)).toBe(false);
  });
});

describe('a list of ids', () => {
  const subnets = graphOf({ address: 'aws_subnet.a', attributes: { id: 'subnet-a' } }, { address: 'aws_subnet.b' });
  const resolve = (ids: unknown) => {
    const { found, complete } = subnets.resolve(ids, 'aws_subnet');
    return [addressesOf(found), complete];
  };
  const both = later({ addresses: ['aws_subnet.a', 'aws_subnet.b'] });

  test.each([
    ['known ids and expressions', ['subnet-a', later({ addresses: ['aws_subnet.b'] })], true],
    ['one value that is not known', both, true],
  ])('stands for all of them: %s', (_, ids, complete) => {
    expect(resolve(ids)).toEqual([['aws_subnet.a', 'aws_subnet.b'], complete]);
  });

  test.each([
    ['with an id of something else', ['subnet-a', 'subnet-z'], ['aws_subnet.a']],
    ['where a local may add to it', later({ addresses: ['aws_subnet.a'], opaque: true }), ['aws_subnet.a']],
    ['where nothing is seen', later({ opaque: true }), []],
    ['that is empty', [], []],
    ['that is not there', undefined, []],
  ])('is not complete %s', (_, ids, found) => {
    expect(resolve(ids)).toEqual([found, false]);
  });
});

describe('the resources', () => {
  const planned = graphOf(
    { address: 'aws_subnet.b' },
    { address: 'aws_subnet.gone', change: { actions: ['delete'], replacePaths: [] } },
    { address: 'aws_subnet.new', change: { actions: ['delete', 'create'], replacePaths: ['ipv6_native'] } },
    { address: 'data.aws_subnet.old', type: 'aws_subnet', mode: 'data' },
    { address: 'aws_vpc.main' },
  );

  test('of types are in the order of the input, without data sources and what is deleted', () => {
    expect(addressesOf(planned.ofType('aws_subnet'))).toEqual(['aws_subnet.b', 'aws_subnet.new']);
    expect(addressesOf(planned.ofType('aws_vpc', 'aws_subnet'))).toEqual([
      'aws_vpc.main',
      'aws_subnet.b',
      'aws_subnet.new',
    ]);
    expect(planned.ofType('aws_route')).toEqual([]);
    expect(planned.ofType('constructor')).toEqual([]);
  });

  test('that are deleted are only found as such', () => {
    expect(addressesOf(planned.deleted('aws_subnet'))).toEqual(['aws_subnet.gone']);
    expect(planned.deleted('aws_vpc')).toEqual([]);
    expect(planned.at('aws_subnet.gone')).toBeUndefined();
    expect(planned.at('data.aws_subnet.old')).toBeDefined();
  });

  test('tell what the configuration sets from what was there before', () => {
    const attributes = { route: [{}], tags: null };
    const [some, all] = graphOf(
      { address: 'aws_route_table.x', attributes, configured: new Set(['vpc_id']) },
      { address: 'aws_route_table.y', attributes },
    ).ofType('aws_route_table');

    expect([some!.configures('route'), some!.configures('vpc_id')]).toEqual([false, true]);
    expect([all!.configures('route'), all!.configures('tags')]).toEqual([true, false]);
  });
});

test('a fact is worked out once for each resource', () => {
  let asked = 0;
  const name = () => undefined;
  const ask = (resource: Resource) => graph.fact(resource, name, () => (asked += 1));

  expect([ask(a!), ask(a!), ask(b!)]).toEqual([1, 1, 2]);
});
