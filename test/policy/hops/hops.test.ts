import type { Family } from '../../../core/cidr';
import { edgesOf } from '../../../policy/hops/edges';
import { HOPS } from '../../../policy/hops/hop';
import { hopsOf } from '../../../policy/hops/hops';
import { findAtAccelerator } from '../../helpers/accelerator';
import { fail, find, PASS, type Step, unknown } from '../../helpers/hops';
import { type Edit, plainStack } from '../../helpers/plain-stack';

const FAMILIES: readonly Family[] = ['ipv4', 'ipv6'];

test.each(HOPS.flatMap((hop) => FAMILIES.map((family) => [hop, family] as const)))(
  'with everything in place, %s passes over %s',
  (hop, family) => {
    expect(find(hop, family)).toEqual(PASS);
    expect(findAtAccelerator(hop, family)).toEqual(PASS);
  },
);

describe('behind an accelerator', () => {
  test.each<[...Step, (typeof HOPS)[number], string]>([
    [
      'the security group',
      ({ aws_vpc_security_group_ingress_rule: rules }) => delete rules!.ipv6,
      'firewall',
      'open port 443 to IPv6 in the security group',
    ],
    [
      'the tasks',
      (resources) => void (resources.aws_ecs_service = {}),
      'target',
      'register somebody in the target group',
    ],
    [
      'the probe',
      (resources) => void (resources.aws_scheduler_schedule = {}),
      'health',
      'add a health check over IPv6: the probe',
    ],
  ])('%s is that of the load balancer', (_, edit, hop, reason) => {
    expect(findAtAccelerator(hop, 'ipv6', edit)).toEqual(fail(reason));
  });

  test('the least of several load balancers counts', () => {
    const second: Edit = (resources) => {
      resources.aws_lb!.second = { ...resources.aws_lb!.edge, security_groups: ['${aws_security_group.second.id}'] };
      resources.aws_security_group!.second = { vpc_id: '${aws_vpc.vpc.id}' };
      const [endpoint] = resources.aws_globalaccelerator_endpoint_group!.portal!.endpoint_configuration as object[];
      resources.aws_globalaccelerator_endpoint_group!.portal!.endpoint_configuration = [
        endpoint,
        { ...endpoint, endpoint_id: '${aws_lb.second.arn}' },
      ];
    };

    expect(findAtAccelerator('firewall', 'ipv6', second)).toEqual(fail('open port 443 to IPv6 in the security group'));
  });

  test.each(['listener', 'firewall', 'route', 'target', 'health'] as const)(
    '%s is not known where nothing of this input is',
    (hop) => {
      const elsewhere: Edit = ({ aws_globalaccelerator_endpoint_group: groups }) =>
        (groups!.portal!.endpoint_configuration = [{ endpoint_id: 'arn:aws:1', weight: 128 }]);

      expect(findAtAccelerator(hop, 'ipv6', elsewhere)).toEqual(
        unknown('what is behind aws_globalaccelerator_accelerator.front cannot be seen here'),
      );
    },
  );

  test('port 8443 is the one to open where the accelerator translates to it', () => {
    const translated: Edit = (resources) => {
      resources.aws_globalaccelerator_endpoint_group!.portal!.port_override = [
        { listener_port: 443, endpoint_port: 8443 },
      ];
      resources.aws_lb_listener!.https!.port = 8443;
    };
    const opened: Edit = ({ aws_vpc_security_group_ingress_rule: rules }) => {
      for (const rule of [rules!.ipv4!, rules!.ipv6!]) Object.assign(rule, { from_port: 8443, to_port: 8443 });
    };
    const closedAcl = fail('allow port 8443 in for IPv6 in the NACL');

    expect(findAtAccelerator('firewall', 'ipv6', translated)).toEqual(
      fail('open port 8443 to IPv6 in the security group'),
    );
    expect(findAtAccelerator('firewall', 'ipv6', translated, opened)).toEqual(PASS);
    expect(
      findAtAccelerator('firewall', 'ipv6', translated, opened, ({ aws_network_acl: acls }) => {
        (acls!.public!.ingress as unknown[]).splice(2);
      }),
    ).toEqual(closedAcl);
  });
});

test.each<[string, Edit, string]>([
  [
    'an API',
    (resources) => {
      resources.aws_apigatewayv2_domain_name = { forms: {} };
      resources.aws_route53_record!.a!.alias = { name: '${aws_apigatewayv2_domain_name.forms.arn}' };
    },
    'aws_apigatewayv2_domain_name.forms',
  ],
  [
    'a target outside',
    ({ aws_route53_record }) => (aws_route53_record!.a!.alias = { name: 'd111.cloudfront.net' }),
    'd111.cloudfront.net',
  ],
])('what is behind %s is not known', (_, edit, address) => {
  const graph = plainStack(edit);
  const edge = edgesOf(graph).find((one) => one.address === address);
  const hidden = unknown(`what is behind ${address} cannot be seen here`);

  expect(hopsOf(graph, edge!, 'ipv6')).toMatchObject({
    listener: hidden,
    firewall: hidden,
    route: hidden,
    target: hidden,
    health: hidden,
  });
});
