import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';
import { Unknown } from '../value';

export const rule: Rule = {
  id: 'V6-DNS-013',
  title: 'A health check by alarm rests on one metric with a standard statistic',
  group: 'DNS',
  kind: 'danger',
  severity: 'error',
  hop: 'health',
  types: ['aws_route53_health_check'],
  why: 'The usual health check over IPv6 is the alarm of a probe. Route 53 reads the metric of that alarm itself, and can read but one: it refuses metric math, percentiles and periods below a minute.',
  fix: 'Point the check to an alarm with `metric_name`, `period = 60` or more and a `statistic` of Average, Minimum, Maximum, Sum or SampleCount.',
  sources: ['https://docs.aws.amazon.com/Route53/latest/APIReference/API_AlarmIdentifier.html'],
  good: stack({ metric_name: 'Ipv6Available', namespace: 'portal6', period: 60, statistic: 'Minimum' }),
  bad: stack({ metric_name: 'Ipv6Available', namespace: 'portal6', period: 60, extended_statistic: 'p50' }),
  unknown: stack({ metric_name: 'Ipv6Available', namespace: 'portal6', period: '${var.period}', statistic: 'Minimum' }),

  check(check, graph) {
    if (!check.is('type', 'CLOUDWATCH_METRIC') || !check.has('cloudwatch_alarm_name')) return undefined;
    const alarm = alarmOf(graph, check);
    if (!alarm) return unknown('the alarm is not part of this input');
    const problem = problemOf(alarm);
    if (problem !== undefined) return fail(`${alarm.address} ${problem}`);
    const uncertain = ['metric_query', 'period', 'statistic'].filter((name) => alarm.hides(name));
    return uncertain.length > 0
      ? unknown(`\`${uncertain.join('`, `')}\` of ${alarm.address} is only known after apply`)
      : PASS;
  },
};

/** The alarm by its name, which is no id of it. */
function alarmOf(graph: ResourceGraph, check: Resource): Resource | undefined {
  const name = check.string('cloudwatch_alarm_name');
  if (name instanceof Unknown) return graph.referenceIn(name, ...ALARMS);
  return graph.ofType(...ALARMS).find((alarm) => alarm.known('alarm_name') === name);
}

const ALARMS = ['aws_cloudwatch_metric_alarm', 'aws_cloudwatch_composite_alarm'] as const;

function problemOf(alarm: Resource): string | undefined {
  if (alarm.type === 'aws_cloudwatch_composite_alarm') return 'combines other alarms';
  if (alarm.blocks('metric_query').length > 0) return 'has metric queries';
  if (alarm.has('extended_statistic')) return `has an extended statistic, ${String(alarm.value('extended_statistic'))}`;
  const period = alarm.number('period');
  return typeof period === 'number' && period < 60 ? `has a period of ${period} seconds` : undefined;
}

function stack(alarm: Readonly<Record<string, unknown>>): ExampleResources {
  return {
    aws_cloudwatch_metric_alarm: { ipv6: { alarm_name: 'portal-ipv6-down', ...alarm } },
    aws_route53_health_check: {
      ipv6: {
        type: 'CLOUDWATCH_METRIC',
        cloudwatch_alarm_name: '${aws_cloudwatch_metric_alarm.ipv6.alarm_name}',
        cloudwatch_alarm_region: 'ap-southeast-1',
      },
    },
  };
}
