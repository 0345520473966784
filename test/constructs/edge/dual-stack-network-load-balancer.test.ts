import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { AccessLogBucket } from '../../../constructs/edge/access-log-bucket';
import {
  DualStackNetworkLoadBalancer,
  type DualStackNetworkLoadBalancerProps,
} from '../../../constructs/edge/dual-stack-network-load-balancer';
import { fixedHost } from '../../../core/address-plan';
import { contains, parseCidr } from '../../../core/cidr';
import { type Attributes, aNetwork, type Synthesized, synth } from '../../helpers/synth';

const CERTIFICATE = 'arn:aws:acm:ap-southeast-1:111122223333:certificate/1';

const edge = (
  props: Partial<DualStackNetworkLoadBalancerProps> = {},
  use: (made: DualStackNetworkLoadBalancer) => void = () => {},
): Synthesized =>
  synth((scope) => {
    use(
      new DualStackNetworkLoadBalancer(scope, 'Edge', {
        name: 'hue-production-portal',
        network: aNetwork(),
        certificateArn: CERTIFICATE,
        accessLogs: new AccessLogBucket(scope, 'logs', { name: 'hue', account: '111122223333', logDelivery: true }),
        accessLogPrefix: 'portal',
        ...props,
      }),
    );
  });

const minimalStack = edge();
const mappings = (stack: Synthesized) => stack.only('aws_lb').subnet_mapping as Attributes[];

test('answers over IPv4 and IPv6, in every zone by an address of each that stays', () => {
  expect(minimalStack.only('aws_lb')).toEqual({
    name: 'hue-production-portal',
    load_balancer_type: 'network',
    internal: false,
    ip_address_type: 'dualstack',
    subnet_mapping: ['a', 'b'].map((zone, index) => ({
      subnet_id: `subnet-public-${zone}`,
      allocation_id: minimalStack.ref(`Edge/address-${zone}`),
      ipv6_address: expect.stringMatching(new RegExp(`^2001:db8:0:110${index}:`)) as unknown,
    })),
    security_groups: [minimalStack.ref('Edge/security-group')],
    // Both addresses are in DNS, whichever zone has a target.
    enable_cross_zone_load_balancing: true,
    enable_deletion_protection: true,
    access_logs: { enabled: true, bucket: minimalStack.ref('logs/Resource', 'bucket'), prefix: 'portal' },
    depends_on: [minimalStack.addressOf('logs/policy')],
  });
});

describe('IPv6 addresses', () => {
  test('are out of the block of their subnets', () => {
    for (const [index, { ipv6_address }] of mappings(minimalStack).entries()) {
      const block = parseCidr(`2001:db8:0:110${index}::/64`)!;
      expect(contains(block, parseCidr(`${String(ipv6_address)}/128`)!)).toBe(true);
    }
  });

  test('are the same in blocks that only apply will know', () => {
    const stack = synth((scope) => {
      const subnet = new Subnet(scope, 'subnet', { vpcId: 'vpc-1' });
      new DualStackNetworkLoadBalancer(scope, 'Edge', {
        name: 'hue',
        network: aNetwork({ publicSubnets: [{ id: subnet.id, zone: 'a', ipv6Cidr: subnet.ipv6CidrBlock }] }),
        certificateArn: CERTIFICATE,
        accessLogs: new AccessLogBucket(scope, 'logs', { name: 'hue', account: '111122223333' }),
        accessLogPrefix: 'portal',
      });
    });

    expect(mappings(stack)[0]!.ipv6_address).toBe(
      `\${cidrhost(${stack.addressOf('subnet')}.ipv6_cidr_block, ${fixedHost('hue')})}`,
    );
  });

  test('are not those of another portal in the same subnets', () => {
    const [own, other] = [minimalStack, edge({ name: 'hue-production-motcua' })].map(mappings);

    expect(own!.map(({ ipv6_address }) => ipv6_address)).not.toEqual(other!.map(({ ipv6_address }) => ipv6_address));
  });

  test('stay when a zone is added', () => {
    const network = aNetwork();
    const third = { id: 'subnet-public-c', zone: 'c', ipv6Cidr: '2001:db8:0:1102::/64' };
    const more = edge({ network: { ...network, publicSubnets: [...network.publicSubnets, third] } });

    expect(mappings(more).slice(0, 2)).toEqual(mappings(minimalStack));
    expect(more.at('Edge/address-a')).toEqual(minimalStack.at('Edge/address-a'));
  });
});

test('the IPv4 addresses are Elastic IP addresses, named after their zones', () => {
  expect(minimalStack.pathsOf('aws_eip')).toEqual(['Edge/address-a', 'Edge/address-b']);
  expect(minimalStack.at('Edge/address-b')).toMatchObject({
    domain: 'vpc',
    tags: { Name: 'hue-production-portal-edge-b' },
  });
});

test('one list opens port 443 to both families, and port 80 to nobody', () => {
  const stack = edge({ allow: ['203.0.113.0/24', '2001:db8::/32'] });

  expect(stack.pathsOf('aws_vpc_security_group_ingress_rule')).toEqual([
    'Edge/443-2001:db8::--32',
    'Edge/443-203.0.113.0--24',
    'Edge/path-mtu-ipv4',
    'Edge/path-mtu-ipv6',
  ]);
});

test('it ends TLS by 1.2 and 1.3 alone, with the certificate, and hands on to the targets', () => {
  const stack = edge({}, (made) => {
    const listener = made.serve(new LbTargetGroup(made, 'targets', { port: 8883, protocol: 'TCP', vpcId: 'vpc-1' }));
    new Vpc(made, 'waiting', { cidrBlock: '10.0.0.0/20', dependsOn: [listener] });
  });

  expect(stack.only('aws_lb_listener')).toEqual({
    load_balancer_arn: stack.ref('Edge/Resource', 'arn'),
    port: 443,
    protocol: 'TLS',
    ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
    certificate_arn: CERTIFICATE,
    default_action: [{ type: 'forward', target_group_arn: stack.ref('Edge/targets', 'arn') }],
  });
  expect(stack.at('Edge/waiting').depends_on).toEqual([stack.addressOf('Edge/tls')]);
});

test('it may speak to its targets', () => {
  const stack = edge({}, (made) => made.allowTo({ securityGroupId: 'sg-tasks' }, 8883));

  expect(stack.at('Edge/to-targets')).toMatchObject({
    security_group_id: stack.ref('Edge/security-group'),
    referenced_security_group_id: 'sg-tasks',
    from_port: 8883,
  });
});

test('it hands on bytes, and tells records and checks where it is', () => {
  const stack = edge({}, (made) => {
    const { dnsName, aliases, addresses, speaks } = made;
    const tags = {
      speaks,
      dnsName,
      zone: aliases.AAAA.zoneId,
      ipv4: `${addresses.A[1]!.id} ${addresses.A[1]!.address}`,
      ipv6: `${addresses.AAAA[1]!.id} ${addresses.AAAA[1]!.address}`,
    };
    new Vpc(made, 'told', { tags });
  });

  expect(stack.at('Edge/told').tags).toEqual({
    speaks: 'tcp',
    dnsName: stack.ref('Edge/Resource', 'dns_name'),
    zone: stack.ref('Edge/Resource', 'zone_id'),
    ipv4: `b ${stack.ref('Edge/address-b', 'public_ip')}`,
    ipv6: `b ${String(mappings(stack)[1]!.ipv6_address)}`,
  });
});

test('network gives routes to wait for: without an internet gateway there is no Elastic IP address', () => {
  const stack = synth((scope) => {
    const route = new Vpc(scope, 'route', { cidrBlock: '10.0.0.0/20' });
    new DualStackNetworkLoadBalancer(scope, 'Edge', {
      name: 'thanh-pho-ho-chi-minh-production-portal',
      network: aNetwork({ routes: [route] }),
      certificateArn: CERTIFICATE,
      accessLogs: new AccessLogBucket(scope, 'logs', { name: 'hue', account: '111122223333' }),
      accessLogPrefix: 'portal',
      deletionProtection: false,
    });
  });

  expect(stack.at('Edge/address-a').depends_on).toEqual([stack.addressOf('route')]);
  expect(stack.only('aws_lb')).toMatchObject({
    depends_on: [stack.addressOf('logs/policy'), stack.addressOf('route')],
    enable_deletion_protection: false,
    name: expect.stringMatching(/^thanh-pho-ho-chi-minh-pro-[0-9a-f]{6}$/) as unknown,
  });
});
