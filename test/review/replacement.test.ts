import { plainPath, predict, replaces } from '../../review/replacement';
import { changedAttributes } from '../../review/attributes';
import { resources } from '../helpers/snapshots';

type Resources = Parameters<typeof resources>[0];

/** What is predicted for each resource that is on both sides: `replace` or `update`, and why. */
function predicted(before: Resources, after: Resources) {
  const [old, now] = [before, after].map((side) => resources(side).graph);
  const pairs = now!.resources.map((resource) => ({
    after: resource,
    attributes: changedAttributes(old!.at(resource.address)!, resource),
  }));
  return Object.fromEntries(
    [...predict(now!, pairs)].map(([address, { replaced, reasons }]) => [
      address,
      [replaced ? 'replace' : 'update', ...reasons],
    ]),
  );
}

const network = (cidr_block: string, extra: Resources = {}): Resources => ({
  aws_vpc: { v: { cidr_block } },
  aws_subnet: { a: { vpc_id: '${aws_vpc.v.id}', cidr_block: '10.0.0.0/24' } },
  aws_lb: { edge: { name: 'portal', subnets: ['${aws_subnet.a.id}'] } },
  ...extra,
});

test('an attribute that the provider cannot change in place replaces the resource', () => {
  expect(
    predicted({ aws_vpc: { v: { cidr_block: '10.0.0.0/20' } } }, { aws_vpc: { v: { cidr_block: '10.1.0.0/20' } } }),
  ).toEqual({
    'aws_vpc.v': ['replace', 'cidr_block'],
  });
});

test('one that it can change in place does not', () => {
  expect(
    predicted({ aws_vpc: { v: { enable_dns_hostnames: true } } }, { aws_vpc: { v: { enable_dns_hostnames: false } } }),
  ).toEqual({});
});

test('what refers to a replaced resource is replaced or changed in turn, and why is told', () => {
  expect(predicted(network('10.0.0.0/20'), network('10.1.0.0/20'))).toEqual({
    'aws_vpc.v': ['replace', 'cidr_block'],
    'aws_subnet.a': ['replace', 'vpc_id: aws_vpc.v is replaced'],
    'aws_lb.edge': ['update', 'subnets: aws_subnet.a is replaced'],
  });
});

test('a value that the configuration sets itself stays known, so that nothing follows from it', () => {
  const output = { aws_flow_log: { f: { log_group_name: '${aws_vpc.v.cidr_block}' } } };

  expect(predicted(network('10.0.0.0/20', output), network('10.1.0.0/20', output))).not.toHaveProperty([
    'aws_flow_log.f',
  ]);
});

test('what depends on it without a value of it is left alone', () => {
  const dependent = { aws_sns_topic: { t: { name: 'alarms', depends_on: ['aws_vpc.v'] } } };

  expect(predicted(network('10.0.0.0/20', dependent), network('10.1.0.0/20', dependent))).not.toHaveProperty([
    'aws_sns_topic.t',
  ]);
});

test('circles come to an end', () => {
  const circle = (name: string): Resources => ({
    aws_security_group: {
      a: { name, description: '${aws_security_group.b.id}' },
      b: { name: 'b', description: '${aws_security_group.a.id}' },
    },
  });

  expect(predicted(circle('a'), circle('c'))).toHaveProperty(['aws_security_group.b']);
});

test('paths are looked up without what stands in brackets', () => {
  expect(plainPath('ingress[110].action')).toBe('ingress.action');
  expect(plainPath('container_definitions (order)')).toBe('container_definitions');
  expect(replaces('aws_ecs_task_definition', { path: 'container_definitions[portal].image' })).toBe(true);
});
