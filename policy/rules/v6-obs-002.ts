import { isDualStack, isInternetFacing, isOfKind, LOAD_BALANCERS } from '../facts/load-balancers';
import { isHeard } from '../hops/health';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';
import { type Block, every, type Maybe, some, Unknown } from '../value';

export const rule: Rule = {
  id: 'V6-OBS-002',
  title: 'Somebody hears when a load balancer gets no IPv6 any more',
  group: 'observability',
  kind: 'presence',
  severity: 'warning',
  types: LOAD_BALANCERS,
  why: "A load balancer's usual metrics add both families up. When IPv6 breaks, clients fall back to IPv4 and the sums stay as they were: only `IPv6RequestCount` and `IPv6ProcessedBytes` show it.",
  fix: 'Add an `aws_cloudwatch_metric_alarm` with `alarm_actions` on `IPv6RequestCount` of the load balancer, alone or as a share of `RequestCount`.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html',
  ],
  good: stack(['arn:aws:sns:ap-southeast-1:111122223333:alarms']),
  bad: stack([]),
  unknown: { aws_lb: { portal: { ip_address_type: '${var.ip_address_type}' } } },

  check(loadBalancer, graph) {
    const faces = every([
      isOfKind(loadBalancer, 'application'),
      isInternetFacing(loadBalancer),
      isDualStack(loadBalancer),
    ]);
    if (faces === false) return undefined;
    const alarms = graph.ofType('aws_cloudwatch_metric_alarm');
    const own = alarms.filter((alarm) => isAbout(graph, alarm, loadBalancer));
    const heard = own.filter((alarm) => reaches(graph, alarm));
    if (heard.length > 0) return PASS;
    if (faces === undefined) return unknown('whether citizens come to it over IPv6 is only known after apply');
    if (own.length > 0) return fail(`nobody hears ${own.map(({ address }) => address).join(', ')}: it has no actions`);
    return alarms.some((alarm) => isAbout(graph, alarm, loadBalancer) === undefined)
      ? unknown('which load balancers the alarms are about is only known after apply')
      : fail('no alarm is on IPv6RequestCount or IPv6ProcessedBytes of the load balancer');
  },
};

const METRICS: readonly string[] = ['IPv6RequestCount', 'IPv6ProcessedBytes'];

/** Whether an alarm watches IPv6 of a load balancer, by itself or as a part of a sum. */
function isAbout(graph: ResourceGraph, alarm: Resource, loadBalancer: Resource): Maybe {
  const metrics: readonly Block[] = [alarm, ...alarm.blocks('metric_query').flatMap((query) => query.blocks('metric'))];
  return some([
    ...metrics.map((metric) => {
      const name = metric.string('metric_name');
      if (typeof name === 'string' && !METRICS.includes(name)) return false;
      return name === undefined
        ? false
        : every([name instanceof Unknown ? undefined : true, names(graph, metric, loadBalancer)]);
    }),
    alarm.hides('metric_query') ? undefined : false,
  ]);
}

function names(graph: ResourceGraph, metric: Block, loadBalancer: Resource): Maybe {
  const dimensions = metric.value('dimensions');
  if (graph.referencesIn(dimensions).includes(loadBalancer)) return true;
  const name = dimensions instanceof Unknown ? dimensions : metric.block('dimensions').value('LoadBalancer');
  return name instanceof Unknown && name.references.opaque ? undefined : false;
}

/** Whether an alarm tells somebody, itself or by way of another one that is made of it. */
function reaches(graph: ResourceGraph, alarm: Resource): boolean {
  return [alarm, ...graph.referring('aws_cloudwatch_composite_alarm', 'alarm_rule', alarm)].some(isHeard);
}

function stack(actions: readonly string[]): ExampleResources {
  return {
    aws_lb: { portal: { load_balancer_type: 'application', ip_address_type: 'dualstack' } },
    aws_cloudwatch_metric_alarm: {
      portal: {
        alarm_name: 'hue-portal-ipv6',
        namespace: 'AWS/ApplicationELB',
        metric_name: 'IPv6RequestCount',
        dimensions: { LoadBalancer: '${aws_lb.portal.arn_suffix}' },
        comparison_operator: 'LessThanThreshold',
        threshold: 1,
        alarm_actions: actions,
      },
    },
  };
}
