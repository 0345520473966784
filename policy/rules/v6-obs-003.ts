import { isDualStack, isInternetFacing, listenersOf, isOfKind, LOAD_BALANCERS } from '../facts/load-balancers';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';
import { every, type Maybe, some } from '../value';

export const rule: Rule = {
  id: 'V6-OBS-003',
  title: 'What citizens connect to keeps access logs',
  group: 'observability',
  kind: 'presence',
  severity: 'warning',
  types: [...LOAD_BALANCERS, 'aws_cloudfront_distribution'],
  why: "Access logs have each client's address. They alone show how many citizens come over IPv6, and from which providers they do not.",
  fix: 'Set `access_logs` of the load balancer with a bucket and `enabled = true`; of a distribution, set `logging_config` or add an `aws_cloudwatch_log_delivery_source`.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html',
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/AccessLogs.html',
  ],
  good: stack(true),
  bad: stack(false),
  unknown: stack('${var.access_logs}'),

  check(resource, graph) {
    const isAsked = resource.type === 'aws_cloudfront_distribution' ? answers(resource) : faces(graph, resource);
    if (!isAsked) return undefined;
    const delivered = graph.referring('aws_cloudwatch_log_delivery_source', 'resource_arn', resource).length > 0;
    const own = resource.type === 'aws_cloudfront_distribution' ? isLogged(resource) : keepsLogs(resource);
    const logged = some([delivered, own]);
    if (logged) return PASS;
    const hidden = graph.mayRefer('aws_cloudwatch_log_delivery_source', 'resource_arn', resource.type);
    return logged === undefined || hidden
      ? unknown('whether it keeps access logs is only known after apply')
      : fail('it keeps no access logs');
  },
};

function answers(distribution: Resource): Maybe {
  return every([distribution.is('enabled', true, true), distribution.is('is_ipv6_enabled', true, false)]);
}

/** A network load balancer logs TLS connections alone. */
function faces(graph: ResourceGraph, loadBalancer: Resource): Maybe {
  const tls = listenersOf(graph, loadBalancer).found.map((listener) => listener.is('protocol', 'TLS'));
  const logs = some([isOfKind(loadBalancer, 'application'), ...tls]);
  return every([isInternetFacing(loadBalancer), isDualStack(loadBalancer), logs]);
}

function keepsLogs(loadBalancer: Resource): Maybe {
  if (loadBalancer.hides('access_logs')) return undefined;
  return loadBalancer.block('access_logs').is('enabled', true, false);
}

function isLogged(distribution: Resource): Maybe {
  const cache = [distribution.block('default_cache_behavior'), ...distribution.blocks('ordered_cache_behavior')];
  return some([
    distribution.block('logging_config').has('bucket'),
    cache.some((behavior) => behavior.has('realtime_log_config_arn')),
    distribution.hides('logging_config') ? undefined : false,
  ]);
}

function stack(enabled: boolean | string): ExampleResources {
  return {
    aws_lb: { portal: { ip_address_type: 'dualstack', access_logs: { bucket: 'hue-access-logs', enabled } } },
  };
}
