import { loadBalancersBehind, waysThrough } from '../../../policy/facts/accelerators';
import type { ResourceGraph } from '../../../policy/resource-graph';
import { readStackJson } from '../../../policy/sources/stack-json';
import type { PlainResources } from '../../helpers/plain-stack';

type Attributes = Record<string, unknown>;

const ACCELERATOR = '${aws_globalaccelerator_accelerator.front.id}';
const LISTENER = '${aws_globalaccelerator_listener.https.id}';

function graphOf(listener: Attributes, groups: Record<string, Attributes> = {}, others: PlainResources = {}) {
  return readStackJson({
    resource: {
      aws_lb: { portal: {}, other: {} },
      aws_globalaccelerator_accelerator: { front: {} },
      aws_globalaccelerator_listener: { https: { accelerator_arn: ACCELERATOR, ...listener } },
      aws_globalaccelerator_endpoint_group: Object.fromEntries(
        Object.entries(groups).map(([name, group]) => [name, { listener_arn: LISTENER, ...group }]),
      ),
      ...others,
    },
  });
}

function endpoint(loadBalancer: string, weight?: number): Attributes {
  return { endpoint_id: `\${aws_lb.${loadBalancer}.arn}`, weight };
}

function waysOf(graph: ResourceGraph) {
  const { isTaken, ways, complete } = waysThrough(graph, graph.at('aws_globalaccelerator_accelerator.front')!, 443);
  return { isTaken, complete, ways: ways.map(({ loadBalancer, port }) => `${loadBalancer.address}:${port}`) };
}

const HTTPS = { protocol: 'TCP', port_range: [{ from_port: 443, to_port: 443 }] };

test.each<[string, Attributes, boolean | undefined]>([
  ['the port', HTTPS, true],
  ['a range around it', { protocol: 'TCP', port_range: { from_port: 1, to_port: 1024 } }, true],
  ['one of several ranges', { ...HTTPS, port_range: [{ from_port: 80, to_port: 80 }, ...HTTPS.port_range] }, true],
  ['another port', { protocol: 'TCP', port_range: [{ from_port: 80, to_port: 80 }] }, false],
  ['UDP', { ...HTTPS, protocol: 'UDP' }, false],
  ['a port that is hidden', { protocol: 'TCP', port_range: [{ from_port: '${var.port}', to_port: 443 }] }, undefined],
  ['ranges that are hidden', { protocol: 'TCP', port_range: '${var.ranges}' }, undefined],
  ['a protocol that is hidden', { ...HTTPS, protocol: '${var.protocol}' }, undefined],
  ['no range', { protocol: 'TCP' }, false],
])('a listener for %s takes TCP on port 443: %s', (_, listener, isTaken) => {
  expect(waysOf(graphOf(listener)).isTaken).toBe(isTaken);
});

test('without a listener nobody takes it, unless one is there that is not seen to be of another', () => {
  const without = (listeners: Record<string, Attributes>) =>
    waysOf(graphOf({}, {}, { aws_globalaccelerator_listener: listeners }));

  expect(without({}).isTaken).toBe(false);
  expect(without({ elsewhere: { ...HTTPS, accelerator_arn: 'arn:aws:globalaccelerator::1:accelerator/1' } })).toEqual({
    isTaken: false,
    ways: [],
    complete: true,
  });
  expect(without({ hidden: { ...HTTPS, accelerator_arn: '${var.arn}' } }).isTaken).toBe(true);
  expect(without({ hidden: { ...HTTPS, accelerator_arn: ['${var.arn}'] } })).toMatchObject({
    isTaken: undefined,
    complete: false,
  });
});

test.each<[string, Record<string, Attributes>, string[], boolean]>([
  ['a load balancer', { one: { endpoint_configuration: [endpoint('portal')] } }, ['aws_lb.portal:443'], true],
  [
    'those of several regions',
    {
      one: { endpoint_configuration: [endpoint('portal', 128)] },
      two: { endpoint_configuration: { ...endpoint('other', 128) } },
    },
    ['aws_lb.portal:443', 'aws_lb.other:443'],
    true,
  ],
  [
    'another port of it',
    {
      one: {
        endpoint_configuration: [endpoint('portal')],
        port_override: [
          { listener_port: 80, endpoint_port: 8080 },
          { listener_port: 443, endpoint_port: 8443 },
        ],
      },
    },
    ['aws_lb.portal:8443'],
    true,
  ],
  [
    'a port that is hidden',
    {
      one: {
        endpoint_configuration: [endpoint('portal')],
        port_override: [{ listener_port: 443, endpoint_port: '${var.port}' }],
      },
    },
    [],
    false,
  ],
  [
    'ports that are hidden',
    { one: { endpoint_configuration: [endpoint('portal')], port_override: '${var.ports}' } },
    [],
    false,
  ],
  [
    'the one with a share',
    { one: { endpoint_configuration: [endpoint('portal', 128), endpoint('other', 0)] } },
    ['aws_lb.portal:443'],
    true,
  ],
  [
    'all, where none has a share',
    { one: { endpoint_configuration: [endpoint('portal', 0), endpoint('other', 0)] } },
    ['aws_lb.portal:443', 'aws_lb.other:443'],
    true,
  ],
  [
    'the region with a share',
    {
      one: { endpoint_configuration: [endpoint('portal')], traffic_dial_percentage: 0 },
      two: { endpoint_configuration: [endpoint('other')], traffic_dial_percentage: 100 },
    },
    ['aws_lb.other:443'],
    true,
  ],
  [
    'something else beside it',
    { one: { endpoint_configuration: [endpoint('portal'), { endpoint_id: '${aws_eip.x.id}' }] } },
    ['aws_lb.portal:443'],
    false,
  ],
  ['what is hidden', { one: { endpoint_configuration: '${var.endpoints}' } }, [], false],
  ['nothing', {}, [], true],
])('an accelerator leads to %s', (_, groups, ways, complete) => {
  expect(waysOf(graphOf(HTTPS, groups))).toEqual({ isTaken: true, ways, complete });
});

test('endpoints at other ports are no way, and still behind the accelerator', () => {
  const graph = graphOf(
    { protocol: 'TCP', port_range: [{ from_port: 80, to_port: 80 }] },
    { one: { endpoint_configuration: [endpoint('portal', 0)] } },
  );

  expect(waysOf(graph).ways).toEqual([]);
  expect([...loadBalancersBehind(graph)]).toEqual([graph.at('aws_lb.portal')]);
});

test('an accelerator elsewhere has nothing of this input behind it', () => {
  const graph = graphOf(
    { ...HTTPS, accelerator_arn: 'arn:aws:globalaccelerator::1:accelerator/1' },
    { one: { endpoint_configuration: [endpoint('portal')] } },
  );

  expect([...loadBalancersBehind(graph)]).toEqual([]);
});
