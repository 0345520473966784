import {
  familyOf,
  forwardedTo,
  getsRequests,
  isBehindEdge,
  isInternetFacing,
  launchTemplateOf,
  listenersOf,
  loadBalancersOf,
  mayBeBehindEdge,
  subnetsOfLoadBalancer,
  targetGroupsOf,
} from '../../../policy/facts/load-balancers';
import type { ResourceGraph } from '../../../policy/resource-graph';
import { readStackJson } from '../../../policy/sources/stack-json';
import type { PlainResources } from '../../helpers/plain-stack';

function graphOf(resource: PlainResources): ResourceGraph {
  return readStackJson({ resource });
}

function addresses(resources: readonly { address: string }[]): string[] {
  return resources.map(({ address }) => address);
}

test.each<[Record<string, unknown>, boolean | undefined]>([
  [{}, true],
  [{ internal: null }, true],
  [{ internal: 'false' }, true],
  [{ internal: true }, false],
  [{ internal: '${var.internal}' }, undefined],
  [{ load_balancer_type: 'gateway' }, false],
])('whether the Internet may come to a load balancer with %j: %s', (portal, facing) => {
  const graph = graphOf({ aws_lb: { portal } });

  expect(isInternetFacing(graph.at('aws_lb.portal')!)).toBe(facing);
});

test.each<[unknown, unknown, string[], boolean]>([
  [['${aws_subnet.a.id}', '${aws_subnet.b.id}'], null, ['aws_subnet.a', 'aws_subnet.b'], true],
  ['${aws_subnet.a[*].id}', [], ['aws_subnet.a'], true],
  [null, { subnet_id: '${aws_subnet.a.id}' }, ['aws_subnet.a'], true],
  [[], [{ subnet_id: '${aws_subnet.a.id}' }, { subnet_id: 'subnet-1' }], ['aws_subnet.a'], false],
  [null, '${var.mapping}', [], false],
  [null, null, [], false],
])('reads the subnets of %j and %j', (subnets, subnet_mapping, found, complete) => {
  const graph = graphOf({ aws_subnet: { a: {}, b: {} }, aws_lb: { portal: { subnets, subnet_mapping } } });
  const resolved = subnetsOfLoadBalancer(graph, graph.at('aws_lb.portal')!);

  expect({ ...resolved, found: addresses(resolved.found) }).toEqual({ found, complete });
});

describe('target groups', () => {
  const arn = (name: string) => `\${aws_lb_target_group.${name}.arn}`;
  const listening = (default_action: unknown, rules: Record<string, Record<string, unknown>> = {}) =>
    graphOf({
      aws_lb: { portal: {}, other: {} },
      aws_lb_listener: { https: { load_balancer_arn: '${aws_lb.portal.arn}', default_action } },
      aws_lb_listener_rule: rules,
      aws_lb_target_group: { one: {}, two: {}, unused: {} },
    });
  const groupsOf = (graph: ResourceGraph) => {
    const { found, complete } = targetGroupsOf(graph, graph.at('aws_lb.portal')!);
    return { found: addresses(found), complete };
  };
  const whole = (...names: string[]) => ({ found: names.map((name) => `aws_lb_target_group.${name}`), complete: true });

  test.each<[string, unknown]>([
    ['an action', { type: 'forward', target_group_arn: arn('one') }],
    ['a list of actions', [{ type: 'authenticate-oidc' }, { type: 'forward', target_group_arn: arn('one') }]],
    ['a weight', [{ type: 'forward', forward: [{ target_group: [{ arn: arn('one'), weight: 1 }] }] }]],
    ['a block that is an object', { type: 'forward', forward: { target_group: { arn: arn('one') } } }],
  ])('are found in %s', (_, action) => {
    expect(groupsOf(listening(action))).toEqual(whole('one'));
  });

  test('are found in rules, each once', () => {
    const action = [{ type: 'forward', forward: [{ target_group: [{ arn: arn('one') }, { arn: arn('two') }] }] }];
    const rule = { listener_arn: '${aws_lb_listener.https.arn}', action };
    const graph = listening([{ type: 'forward', target_group_arn: arn('one') }], { a: rule });

    expect(groupsOf(graph)).toEqual(whole('one', 'two'));
    expect(addresses(loadBalancersOf(graph, graph.at('aws_lb_target_group.two')!))).toEqual(['aws_lb.portal']);
    expect(loadBalancersOf(graph, graph.at('aws_lb_target_group.unused')!)).toEqual([]);
  });

  test('of weight 0 are among them, and get no requests', () => {
    const target_group = [
      { arn: arn('one'), weight: '0' },
      { arn: arn('two'), weight: '${var.weight}' },
    ];
    const graph = listening([{ type: 'forward', forward: { target_group } }]);
    const gets = ['one', 'two', 'unused'].map((name) => getsRequests(graph, graph.at(`aws_lb_target_group.${name}`)!));

    expect(groupsOf(graph)).toEqual(whole('one', 'two'));
    expect(gets).toEqual([false, true, false]);
  });

  test.each<[string, unknown, Record<string, Record<string, unknown>>]>([
    ['an action that is not known', '${var.action}', {}],
    ['an arn of elsewhere', [{ type: 'forward', target_group_arn: 'arn:aws:elasticloadbalancing:x' }], {}],
    ['a forward that is not known', [{ type: 'forward', forward: '${var.forward}' }], {}],
    ['a rule of some listener', [], { a: { listener_arn: '${var.listener}', action: [] }, b: {} }],
  ])('are not all seen beside %s', (_, action, rules) => {
    const graph = graphOf({
      aws_lb: { portal: {} },
      aws_lb_listener: {
        https: { load_balancer_arn: '${aws_lb.portal.arn}', default_action: action },
        other: { load_balancer_arn: 'arn' },
      },
      aws_lb_listener_rule: rules,
      aws_lb_target_group: { one: {}, two: {} },
    });

    expect(groupsOf(graph)).toEqual({ found: [], complete: false });
  });

  test('of a redirect are none, and that is all', () => {
    const graph = listening([{ type: 'redirect', redirect: { protocol: 'HTTPS' } }]);

    expect(forwardedTo(graph, graph.at('aws_lb_listener.https')!)).toEqual({ found: [], complete: true });
  });

  test.each<[Record<string, unknown>, string | undefined]>([
    [{}, 'ipv4'],
    [{ ip_address_type: 'ipv6' }, 'ipv6'],
    [{ ip_address_type: '${var.family}' }, undefined],
  ])('with %j are %s', (group, family) => {
    expect(familyOf(graphOf({ aws_lb_target_group: { x: group } }).at('aws_lb_target_group.x')!)).toBe(family);
  });
});

test('the older names of the types are the same things', () => {
  const graph = graphOf({
    aws_alb: { portal: {} },
    aws_alb_listener: {
      https: {
        load_balancer_arn: '${aws_alb.portal.arn}',
        default_action: { target_group_arn: '${aws_alb_target_group.tasks.arn}' },
      },
    },
    aws_alb_target_group: { tasks: {} },
  });

  expect(addresses(listenersOf(graph, graph.at('aws_alb.portal')!).found)).toEqual(['aws_alb_listener.https']);
  expect(addresses(loadBalancersOf(graph, graph.at('aws_alb_target_group.tasks')!))).toEqual(['aws_alb.portal']);
});

test('listeners of some load balancer may be of this one', () => {
  const graph = graphOf({
    aws_lb: { portal: {}, other: {} },
    aws_lb_listener: { https: { load_balancer_arn: '${var.load_balancer}' } },
  });

  expect(listenersOf(graph, graph.at('aws_lb.portal')!)).toEqual({ found: [], complete: false });
});

test.each<[string, PlainResources, boolean, boolean]>([
  ['nothing', {}, false, false],
  [
    'a distribution',
    { aws_cloudfront_distribution: { x: { origin: { domain_name: '${aws_lb.portal.dns_name}' } } } },
    true,
    false,
  ],
  [
    'a distribution of a variable',
    { aws_cloudfront_distribution: { x: { origin: { domain_name: '${var.origin}' } } } },
    false,
    true,
  ],
  [
    'an accelerator',
    {
      aws_globalaccelerator_endpoint_group: { x: { endpoint_configuration: { endpoint_id: '${aws_lb.portal.arn}' } } },
    },
    true,
    false,
  ],
])('%s in front of a load balancer', (_, front, isBehind, mayBe) => {
  const graph = graphOf({ aws_lb: { portal: {}, other: {} }, ...front });
  const portal = graph.at('aws_lb.portal')!;

  expect([isBehindEdge(graph, portal), mayBeBehindEdge(graph, portal)]).toEqual([isBehind, mayBe]);
});

test.each<[Record<string, unknown>, string | undefined]>([
  [{ launch_template: { id: '${aws_launch_template.t.id}' } }, 'aws_launch_template.t'],
  [{ launch_template: [{ name: '${aws_launch_template.t.name}' }] }, 'aws_launch_template.t'],
  [
    {
      mixed_instances_policy: {
        launch_template: { launch_template_specification: { launch_template_id: '${aws_launch_template.t.id}' } },
      },
    },
    'aws_launch_template.t',
  ],
  [{ launch_configuration: '${aws_launch_configuration.c.name}' }, 'aws_launch_configuration.c'],
  [{ launch_template: { id: 'lt-0123456789abcdef0' } }, undefined],
  [{}, undefined],
])('what a scaling group with %j launches from: %s', (group, template) => {
  const graph = graphOf({
    aws_launch_template: { t: {} },
    aws_launch_configuration: { c: {} },
    aws_autoscaling_group: { web: group },
  });

  expect(launchTemplateOf(graph, graph.at('aws_autoscaling_group.web')!)?.address).toBe(template);
});
