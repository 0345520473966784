import { inlineBlocks, isWritten } from '../../../policy/facts/inline';
import { Resource, ResourceGraph, type ResourceInput } from '../../../policy/resource-graph';

const SEPARATE = { type: ['aws_route'], attribute: 'route_table_id' };
const REPORTED = [{ cidr_block: '0.0.0.0/0', gateway_id: 'igw-1' }];
const NO_OP = { actions: ['no-op'], replacePaths: [] };
const DELETE = { actions: ['delete'], replacePaths: [] };

function table(input: Partial<ResourceInput> = {}): Resource {
  const attributes = { id: 'rtb-1', route: REPORTED };
  return new Resource({ address: 'aws_route_table.main', type: 'aws_route_table', attributes, ...input });
}

function route(input: Partial<ResourceInput> = {}): Resource {
  const attributes = { route_table_id: 'rtb-1' };
  return new Resource({ address: 'aws_route.default', type: 'aws_route', attributes, ...input });
}

function blocksIn(resource: Resource, ...others: readonly Resource[]): number {
  return inlineBlocks(new ResourceGraph([resource, ...others]), resource, 'route', SEPARATE).length;
}

describe('inline blocks', () => {
  test('that a configuration writes count, whatever else there is', () => {
    expect(blocksIn(table())).toBe(1);
    expect(blocksIn(table(), route())).toBe(1);
    expect(blocksIn(table({ configured: new Set(['route']), change: NO_OP }), route({ change: NO_OP }))).toBe(1);
  });

  test('that AWS reported count where nothing says them separately', () => {
    expect(blocksIn(table({ configured: new Set(), change: NO_OP }))).toBe(1);
  });

  test('that AWS reported are what separate resources were, also those that the plan deletes', () => {
    const reported = table({ configured: new Set(), change: NO_OP });

    expect(blocksIn(reported, route({ change: NO_OP }))).toBe(0);
    expect(blocksIn(reported, route({ change: DELETE }))).toBe(0);
    expect(blocksIn(reported, route({ change: DELETE, attributes: { route_table_id: 'rtb-2' } }))).toBe(1);
  });
});

test.each<[string, boolean, Partial<ResourceInput>]>([
  ['a configuration', true, { attributes: { route: REPORTED } }],
  ['a configuration with an empty list', false, { attributes: { route: [] } }],
  ['a plan for what the configuration sets', true, { change: NO_OP, configured: new Set(['route']) }],
  ['a plan for what AWS reported', false, { change: NO_OP, configured: new Set() }],
  ['a state, which does not say who wrote it', false, {}],
])('in %s, the routes of a table are written: %s', (_, expected, input) => {
  expect(isWritten(table(input), 'route')).toBe(expected);
});
