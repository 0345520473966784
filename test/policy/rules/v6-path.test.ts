import { judge } from '../../../policy/check';
import type { ResourceGraph } from '../../../policy/resource-graph';
import type { Rule } from '../../../policy/rule';
import { RULES } from '../../../policy/rules';
import { rule as path001 } from '../../../policy/rules/v6-path-001';
import { acceleratorStack } from '../../helpers/accelerator';
import { type Edit, plainStack } from '../../helpers/plain-stack';

/** What is found beyond what the stack has without the edits: `error V6-PATH-001 aws_lb.edge: why`. */
function addedBy(stack: (...edits: readonly Edit[]) => ResourceGraph, edits: readonly Edit[], rules = RULES): string[] {
  const before = new Set(saysOf(stack(), rules));
  return saysOf(stack(...edits), rules).filter((text) => !before.has(text));
}

function saysOf(graph: ResourceGraph, rules: readonly Rule[]): string[] {
  const { findings, crashes } = judge(graph, rules);
  expect(crashes).toEqual([]);
  return findings.map(
    ({ rule, result, severity, resource: { address }, message }) =>
      `${result === 'fail' ? severity : result} ${rule} ${address}: ${message}`,
  );
}

const FRONT = 'aws_globalaccelerator_accelerator.front';

describe('a break at an accelerator, or behind it, is one finding', () => {
  test.each<[string, Edit, string]>([
    [
      'its address type',
      ({ aws_globalaccelerator_accelerator: accelerators }) => delete accelerators!.front!.ip_address_type,
      `error V6-RES-003 ${FRONT}: the accelerator has IPv4 addresses alone`,
    ],
    [
      'its listener',
      ({ aws_globalaccelerator_listener: listeners }) =>
        (listeners!.https!.port_range = [{ from_port: 80, to_port: 80 }]),
      `error V6-PATH-001 ${FRONT}: closed over both families at listener: add a TCP listener on port 443 to the accelerator`,
    ],
    [
      'its endpoints',
      ({ aws_globalaccelerator_endpoint_group: groups }) => delete groups!.portal!.endpoint_configuration,
      `error V6-PATH-001 ${FRONT}: closed over both families at listener: give the listener of the accelerator an endpoint`,
    ],
    [
      'the name that the AAAA record uses',
      ({ aws_route53_record: records }) =>
        (records!.aaaa!.alias = { name: `\${${FRONT}.dns_name}`, evaluate_target_health: true }),
      'error V6-DNS-005 aws_route53_record.aaaa: the alias uses the name of the accelerator that has IPv4 addresses alone',
    ],
    [
      'the AAAA record',
      ({ aws_route53_record: records }) => delete records!.aaaa,
      `error V6-DNS-001 aws_route53_record.a: hue.gov.vn has no AAAA record, although ${FRONT} has IPv6 addresses`,
    ],
    [
      'the address type of the load balancer',
      ({ aws_lb }) => (aws_lb!.edge!.ip_address_type = 'ipv4'),
      'error V6-LB-001 aws_lb.edge: the address type is ipv4',
    ],
    [
      'the security group',
      ({ aws_vpc_security_group_ingress_rule: rules }) => delete rules!.ipv6,
      'error V6-SG-001 aws_security_group.edge: port 443 is open to everybody over IPv4, but not over IPv6',
    ],
    [
      'the certificate',
      ({ aws_acm_certificate }) => (aws_acm_certificate!.certificate!.subject_alternative_names = ['v6.hue.gov.vn']),
      `error V6-PATH-001 ${FRONT}: closed over both families at listener: put www.hue.gov.vn on the certificate`,
    ],
    [
      'the probe',
      (resources) => void (resources.aws_scheduler_schedule = {}),
      `warning V6-PATH-001 ${FRONT}: closed over IPv6 at health: add a health check over IPv6: the probe`,
    ],
  ])('%s', (_, edit, expected) => {
    expect(addedBy(acceleratorStack, [edit])).toEqual([expected]);
  });
});

test('families that lead to different load balancers are one finding', () => {
  const edit: Edit = (resources) => {
    resources.aws_lb!.other = { ...resources.aws_lb!.edge };
    resources.aws_lb_listener!.other = {
      ...resources.aws_lb_listener!.https,
      load_balancer_arn: '${aws_lb.other.arn}',
    };
    resources.aws_route53_record!.aaaa!.alias = { name: '${aws_lb.other.dns_name}' };
  };
  const found = addedBy(plainStack, [edit]);

  expect(found.filter((text) => !/ V6-(LB-011|OBS-00\d|TLS-002) /.test(text))).toEqual([
    'warning V6-DNS-003 aws_route53_record.aaaa: of hue.gov.vn, A and AAAA lead to different places (aws_lb.edge and aws_lb.other)',
  ]);
});

test('a record that is hidden closes no hop', () => {
  const edit: Edit = ({ aws_route53_record: records }) => (records!.aaaa!.name = '${each.value}');

  expect(addedBy(plainStack, [edit], [path001])).toEqual([]);
});
