import { movesBetween } from '../../review/moves';
import { CONTAINER, productionJson } from '../helpers/agency';
import { resources, snapshot } from '../helpers/snapshots';

type Resources = Parameters<typeof resources>[0];

function moves(before: Resources, after: Resources, written: Record<string, string> = {}) {
  const found = movesBetween(resources(before).graph, resources(after).graph, new Map(Object.entries(written)));
  return Object.fromEntries(found.map((move) => [move.before.address, move.after.address]));
}

const vpc = (name: string) => ({ [name]: { cidr_block: '10.0.0.0/20' } });
const subnet = (name: string, of: string, cidr_block = '10.0.0.0/24') => ({
  [name]: { vpc_id: `\${aws_vpc.${of}.id}`, cidr_block },
});

test('a resource with another name and the same content has moved', () => {
  expect(moves({ aws_vpc: vpc('old') }, { aws_vpc: vpc('new') })).toEqual({ 'aws_vpc.old': 'aws_vpc.new' });
});

test('what refers to it has not changed, and moves with it', () => {
  const one = { aws_vpc: vpc('old'), aws_subnet: { ...subnet('a', 'old'), ...subnet('b', 'old', '10.0.1.0/24') } };
  const other = {
    aws_vpc: vpc('new'),
    aws_subnet: { ...subnet('first', 'new'), ...subnet('second', 'new', '10.0.1.0/24') },
  };

  expect(moves(one, other)).toEqual({
    'aws_vpc.old': 'aws_vpc.new',
    'aws_subnet.a': 'aws_subnet.first',
    'aws_subnet.b': 'aws_subnet.second',
  });
});

test('what could be either of two is told by what it refers to', () => {
  const association = (name: string, of: string) => ({ [name]: { subnet_id: `\${aws_subnet.${of}.id}` } });
  const one = {
    aws_subnet: { ...subnet('a', 'v'), ...subnet('b', 'v', '10.0.1.0/24') },
    aws_route_table_association: { ...association('x', 'a'), ...association('y', 'b') },
  };
  const other = {
    aws_subnet: { ...subnet('c', 'v'), ...subnet('d', 'v', '10.0.1.0/24') },
    aws_route_table_association: { ...association('p', 'd'), ...association('q', 'c') },
  };

  expect(moves(one, other)).toMatchObject({
    'aws_route_table_association.x': 'aws_route_table_association.q',
    'aws_route_table_association.y': 'aws_route_table_association.p',
  });
});

test('two that are alike in every way are no move: nobody can say which is which', () => {
  expect(moves({ aws_vpc: { ...vpc('a'), ...vpc('b') } }, { aws_vpc: { ...vpc('c'), ...vpc('d') } })).toEqual({});
});

test('another content is no move', () => {
  expect(moves({ aws_vpc: vpc('old') }, { aws_vpc: { new: { cidr_block: '10.9.0.0/20' } } })).toEqual({});
});

test('what stays where it is does not move', () => {
  expect(moves({ aws_vpc: vpc('old') }, { aws_vpc: { ...vpc('old'), ...vpc('new') } })).toEqual({});
});

test('a written move holds, whatever has changed', () => {
  const after = { aws_vpc: { new: { cidr_block: '10.9.0.0/20' } } };

  expect(moves({ aws_vpc: vpc('old') }, after, { 'aws_vpc.old': 'aws_vpc.new' })).toEqual({
    'aws_vpc.old': 'aws_vpc.new',
  });
});

describe('a portal under another key', () => {
  const of = (portal: string) => snapshot(productionJson({ portals: { [portal]: CONTAINER } })).graph;
  const found = movesBetween(of('portal'), of('main'), new Map());

  test('moves what has no name in it, and what may get another name in place', () => {
    const types = new Set(found.map(({ before }) => before.type));

    expect([...types]).toEqual(expect.arrayContaining(['aws_acm_certificate', 'aws_route53_record', 'aws_iam_role']));
    for (const { before, after } of found) {
      expect(after.constructPath).toBe(
        before.constructPath!.replace('/portals/portal/', '/portals/main/').replace(/\/portal$/, '/portal'),
      );
    }
  });

  test('does not move what would be replaced all the same, such as a load balancer with its name', () => {
    const types = found.map(({ before }) => before.type);

    expect(types).not.toContain('aws_lb');
    expect(types).not.toContain('aws_lb_listener');
  });
});

test('another portal in the place of one is no move of its rules and names', () => {
  const of = (domain: string) =>
    snapshot(productionJson({ portals: { portal: { ...CONTAINER, domain, aliases: [] } } })).graph;
  const found = movesBetween(of('a.hue.gov.vn'), of('b.hue.gov.vn'), new Map());

  expect(found.filter(({ before }) => before.type === 'aws_route53_record')).toEqual([]);
});
