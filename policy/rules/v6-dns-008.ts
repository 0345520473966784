import { parseAddress } from '../../core/cidr';
import { isGivenByAmazon } from '../facts/address-checks';
import { isOnInternet } from '../facts/internet';
import type { Resource, ResourceGraph } from '../resource-graph';
import { fail, PASS, type Rule, unknown, type Verdict } from '../rule';
import { Unknown } from '../value';

export const rule: Rule = {
  id: 'V6-DNS-008',
  title: 'A health check asks somebody, and somebody whom Route 53 can reach',
  group: 'DNS',
  kind: 'danger',
  severity: 'error',
  hop: 'health',
  types: ['aws_route53_health_check'],
  why: 'Route 53 asks from the Internet: private addresses are refused, and so are settings that do not belong to the type of the check. A plan shows none of that.',
  fix: 'Give checks of endpoints a public `ip_address` or a `fqdn` (TCP: one of them), and checks of alarms or of other checks neither.',
  sources: [
    'https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html',
    'https://github.com/aws/aws-sdk-php/issues/1527',
  ],
  good: { aws_route53_health_check: { portal: { type: 'HTTPS', ip_address: '2406:da18:77::10', port: 443 } } },
  bad: { aws_route53_health_check: { portal: { type: 'HTTPS', ip_address: 'fd00:77::10', port: 443 } } },
  unknown: { aws_route53_health_check: { portal: { type: 'HTTPS', ip_address: '${var.address}', port: 443 } } },

  check(check, graph) {
    const type = check.string('type');
    if (type === undefined) return undefined;
    if (type instanceof Unknown) return unknown('the type of the check is only known after apply');
    const set = ['ip_address', 'fqdn'].filter((name) => check.has(name));
    if (WITHOUT_ENDPOINT.has(type)) {
      if (set.length > 0)
        return fail(`a check of type ${type} asks no endpoint, so it takes no \`${set.join('` or `')}\``);
      return type === 'CLOUDWATCH_METRIC' ? ofAlarm(check) : PASS;
    }
    if (set.length === 0) return fail(`a check of type ${type} needs an \`ip_address\` or a \`fqdn\``);
    if (type === 'TCP' && set.length === 2) return fail('a TCP check takes either `ip_address` or `fqdn`, not both');
    return check.has('ip_address') ? ofAddress(graph, check.string('ip_address')) : PASS;
  },
};

const WITHOUT_ENDPOINT: ReadonlySet<string> = new Set(['CALCULATED', 'CLOUDWATCH_METRIC', 'RECOVERY_CONTROL']);

function ofAlarm(check: Resource): Verdict {
  const missing = ['cloudwatch_alarm_name', 'cloudwatch_alarm_region'].filter((name) => !check.has(name));
  return missing.length === 0 ? PASS : fail(`a check of type CLOUDWATCH_METRIC needs \`${missing.join('` and `')}\``);
}

function ofAddress(graph: ResourceGraph, text: string | Unknown | undefined): Verdict {
  if (text instanceof Unknown && isGivenByAmazon(graph, text)) return PASS;
  if (text === undefined || text instanceof Unknown) return unknown('the address is only known after apply');
  if (!parseAddress(text)) return fail(`${text} is not an address`);
  return isOnInternet(text) ? PASS : fail(`${text} is not an address that the Internet reaches`);
}
