import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import type { ITerraformDependable } from 'cdktf';
import { AccessLogBucket } from '../../../constructs/edge/access-log-bucket';
import {
  DualStackLoadBalancer,
  type DualStackLoadBalancerProps,
} from '../../../constructs/edge/dual-stack-load-balancer';
import { type Attributes, aNetwork, type Synthesized, synth } from '../../helpers/synth';

const CERTIFICATE = 'arn:aws:acm:ap-southeast-1:111122223333:certificate/1';

const edge = (
  props: Partial<DualStackLoadBalancerProps> = {},
  use: (made: DualStackLoadBalancer) => void = () => {},
): Synthesized =>
  synth((scope) => {
    const accessLogs = new AccessLogBucket(scope, 'logs', { name: 'hue', account: '111122223333' });
    use(
      new DualStackLoadBalancer(scope, 'Edge', {
        name: 'hue-production-portal',
        network: aNetwork(),
        certificateArn: CERTIFICATE,
        accessLogs,
        accessLogPrefix: 'portal',
        ...props,
      }),
    );
  });

const INGRESS = 'aws_vpc_security_group_ingress_rule';
const EGRESS = 'aws_vpc_security_group_egress_rule';

/** Who gets in where, in a few words. */
const opened = (stack: Synthesized): string[] =>
  stack
    .ofType(INGRESS)
    .map(
      ({ cidr_ipv4, cidr_ipv6, ip_protocol, from_port, to_port }) =>
        `${cidr_ipv4 ?? cidr_ipv6} ${ip_protocol} ${from_port}-${to_port}`,
    );

const minimalStack = edge();

test('answers over IPv4 and IPv6, from the public subnets, to the Internet', () => {
  expect(minimalStack.only('aws_lb')).toEqual({
    name: 'hue-production-portal',
    load_balancer_type: 'application',
    internal: false,
    ip_address_type: 'dualstack',
    subnets: ['subnet-public-a', 'subnet-public-b'],
    security_groups: [minimalStack.ref('Edge/security-group')],
    drop_invalid_header_fields: true,
    enable_deletion_protection: true,
    access_logs: { enabled: true, bucket: minimalStack.ref('logs/Resource', 'bucket'), prefix: 'portal' },
    depends_on: [minimalStack.addressOf('logs/policy')],
  });
});

describe('who gets in', () => {
  const PATH_MTU = ['0.0.0.0/0 icmp 3-4', '::/0 icmpv6 2-0'];

  test('by default everybody, over both families, on 443 and on 80', () => {
    expect(opened(minimalStack)).toEqual([
      '0.0.0.0/0 tcp 443-443',
      '::/0 tcp 443-443',
      '0.0.0.0/0 tcp 80-80',
      '::/0 tcp 80-80',
      ...PATH_MTU,
    ]);
  });

  test('each allowed range opens both ports in its own family, and nobody else gets in', () => {
    const stack = edge({ allow: ['203.0.113.0/24', '198.51.100.0/24', '2001:db8::/32'] });

    expect(opened(stack)).toEqual([
      '203.0.113.0/24 tcp 443-443',
      '198.51.100.0/24 tcp 443-443',
      '2001:db8::/32 tcp 443-443',
      '203.0.113.0/24 tcp 80-80',
      '198.51.100.0/24 tcp 80-80',
      '2001:db8::/32 tcp 80-80',
      // Any router on the way may say that a packet was too big, so these stay open to everybody.
      ...PATH_MTU,
    ]);
  });

  test('a rule has one family, and belongs to the group of the load balancer', () => {
    for (const rule of minimalStack.ofType(INGRESS)) {
      expect('cidr_ipv4' in rule).not.toBe('cidr_ipv6' in rule);
      expect(rule.security_group_id).toBe(minimalStack.ref('Edge/security-group'));
    }
  });

  test('the probe gets in over IPv6, by HTTPS, whoever else may', () => {
    const stack = edge({
      allow: ['203.0.113.0/24', '2001:db8::/32'],
      probe: '${aws_vpc.probe.ipv6_cidr_block}',
    });

    expect(stack.at('Edge/probe')).toEqual({
      security_group_id: stack.ref('Edge/security-group'),
      ip_protocol: 'tcp',
      from_port: 443,
      to_port: 443,
      cidr_ipv6: '${aws_vpc.probe.ipv6_cidr_block}',
      description: 'IPv6 probe',
    });
  });

  test('without a probe there is no rule for one', () => {
    expect(minimalStack.pathsOf(INGRESS)).not.toContain('Edge/probe');
  });

  test('29 ranges of each family, with probe and ICMP, keep within the 60 rules a family that AWS takes', () => {
    const allow = Array.from({ length: 29 }, (_, index) => [`10.0.${index}.0/24`, `2001:db8:${index + 1}::/48`]).flat();
    const rules = edge({ allow, probe: '2001:db8:ffff::/56' }).ofType(INGRESS);

    for (const family of ['cidr_ipv4', 'cidr_ipv6']) {
      expect(rules.filter((rule) => family in rule).length).toBeLessThanOrEqual(60);
    }
  });

  test('the group lies in the network, and a new one is there before the old one goes', () => {
    expect(minimalStack.only('aws_security_group')).toMatchObject({
      vpc_id: 'vpc-1',
      tags: { Name: 'hue-production-portal-edge' },
      lifecycle: { create_before_destroy: true },
    });
  });

  // Thành phố Hồ Chí Minh is "sg" to many; AWS keeps names that begin so for ids.
  test('the name of the group never begins with sg-', () => {
    const prefix = edge({ name: 'sg-production-portal' }).only('aws_security_group').name_prefix;

    expect(prefix).not.toMatch(/^sg-/);
    expect(prefix).toContain('sg-production-portal-edge-');
  });
});

describe('what it serves', () => {
  const serve = (made: DualStackLoadBalancer): ITerraformDependable =>
    made.serve(new LbTargetGroup(made, 'targets', { port: 8080, protocol: 'HTTP', vpcId: 'vpc-1' }));
  const stack = edge({}, serve);

  test('HTTPS by TLS 1.2 and 1.3 alone, with the certificate, to the targets', () => {
    expect(stack.at('Edge/https')).toEqual({
      load_balancer_arn: stack.ref('Edge/Resource', 'arn'),
      port: 443,
      protocol: 'HTTPS',
      // Not 1.3 alone: Route 53's HTTPS checks end at 1.2.
      ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
      certificate_arn: CERTIFICATE,
      default_action: [{ type: 'forward', target_group_arn: stack.ref('Edge/targets', 'arn') }],
    });
  });

  test('HTTP is redirected to HTTPS for good', () => {
    expect(stack.at('Edge/http')).toEqual({
      load_balancer_arn: stack.ref('Edge/Resource', 'arn'),
      port: 80,
      protocol: 'HTTP',
      default_action: [{ type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', status_code: 'HTTP_301' } }],
    });
  });

  test('a listener has no family of its own: it answers over all that the load balancer has', () => {
    expect(stack.pathsOf('aws_lb_listener')).toEqual(['Edge/http', 'Edge/https']);
  });

  test('a service waits for the HTTPS listener, which gives the target group its load balancer', () => {
    const waiting = edge({}, (made) => {
      const listener = serve(made);
      new Vpc(made, 'waiting', { cidrBlock: '10.0.0.0/20', dependsOn: [listener] });
    });

    expect(waiting.at('Edge/waiting').depends_on).toEqual([waiting.addressOf('Edge/https')]);
  });
});

describe('whom it speaks to', () => {
  test('nobody by itself', () => {
    expect(minimalStack.ofType(EGRESS)).toEqual([]);
  });

  test('the members of a security group, whatever their family', () => {
    const stack = edge({}, (made) => made.allowTo({ securityGroupId: 'sg-tasks' }, 8080));

    expect(stack.only(EGRESS)).toEqual({
      security_group_id: stack.ref('Edge/security-group'),
      ip_protocol: 'tcp',
      from_port: 8080,
      to_port: 8080,
      referenced_security_group_id: 'sg-tasks',
      description: 'Requests and health checks',
    });
  });

  test('each address of an origin', () => {
    const stack = edge({}, (made) => made.allowTo({ addresses: ['10.1.2.3', '10.1.2.4'] }, 443));

    expect(stack.ofType(EGRESS).map(({ cidr_ipv4, from_port, to_port }) => [cidr_ipv4, from_port, to_port])).toEqual([
      ['10.1.2.3/32', 443, 443],
      ['10.1.2.4/32', 443, 443],
    ]);
  });
});

describe('props', () => {
  test('a long name is cut to 32 characters', () => {
    const { name } = edge({ name: 'thanh-pho-ho-chi-minh-production-portal' }).only('aws_lb');

    expect(name).toMatch(/^thanh-pho-ho-chi-minh-pro-[0-9a-f]{6}$/);
  });

  test('deletionProtection can be taken off', () => {
    expect(edge({ deletionProtection: false }).only('aws_lb').enable_deletion_protection).toBe(false);
  });

  test('network gives subnets, and routes to wait for: an address without a way back answers nobody', () => {
    const stack = synth((scope) => {
      const route = new Vpc(scope, 'route', { cidrBlock: '10.0.0.0/20' });
      new DualStackLoadBalancer(scope, 'Edge', {
        name: 'hue',
        network: aNetwork({ publicSubnetIds: ['subnet-1', 'subnet-2', 'subnet-3'], routes: [route] }),
        certificateArn: CERTIFICATE,
        accessLogs: new AccessLogBucket(scope, 'logs', { name: 'hue', account: '111122223333' }),
        accessLogPrefix: 'other',
      });
    });

    expect(stack.only('aws_lb')).toMatchObject({
      subnets: ['subnet-1', 'subnet-2', 'subnet-3'],
      access_logs: { prefix: 'other' },
      depends_on: [stack.addressOf('logs/policy'), stack.addressOf('route')],
    });
  });

  test('tells records and alarms how to find it', () => {
    const stack = edge({}, (made) => {
      const tags = {
        name: made.dnsName,
        zone: made.aliases.AAAA.zoneId,
        metric: made.metricName,
        group: made.securityGroupId,
      };
      new Vpc(made, 'told', { tags });
    });

    expect(stack.at('Edge/told').tags).toEqual({
      name: stack.ref('Edge/Resource', 'dns_name'),
      zone: stack.ref('Edge/Resource', 'zone_id'),
      metric: stack.ref('Edge/Resource', 'arn_suffix'),
      group: stack.ref('Edge/security-group'),
    } satisfies Attributes);
  });
});

describe('refusals', () => {
  test.each(['everybody', '10.0.0.1', '10.0.0.0/33', '2001:db8::', '', '10.0.0.1/24', '2001:DB8::/32', '0::/0'])(
    'fails when allow holds %j',
    (range) => {
      expect(() => edge({ allow: ['0.0.0.0/0', range] })).toThrow(
        `test/Edge: \`allow\` must hold ranges in canonical text, such as 203.0.113.0/24 or 2001:db8::/32, got: ${JSON.stringify(range)}`,
      );
    },
  );

  test('fails when allow is empty', () => {
    expect(() => edge({ allow: [] })).toThrow('test/Edge: `allow` must hold a range: nobody could connect, got: []');
  });

  test.each([
    ['IPv4', (index: number) => `10.0.${index}.0/24`],
    ['IPv6', (index: number) => `2001:db8:${(index + 1).toString(16)}::/48`],
  ])('fails when allow holds more than 29 ranges of %s', (_, range) => {
    const allow = Array.from({ length: 30 }, (__, index) => range(index));

    expect(() => edge({ allow })).toThrow('test/Edge: `allow` must hold at most 29 ranges a family, got: 30');
  });

  test('fails when allow names a range twice', () => {
    expect(() => edge({ allow: ['::/0', '10.0.0.0/8', '::/0'] })).toThrow(
      'test/Edge: `allow` must name each range once, got: "::/0"',
    );
  });
});
