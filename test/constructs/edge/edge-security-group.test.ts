import {
  edgeSecurityGroup,
  type EdgeSecurityGroupProps,
  openToTargets,
} from '../../../constructs/edge/edge-security-group';
import { aNetwork, type Synthesized, synth } from '../../helpers/synth';

const group = (props: Partial<EdgeSecurityGroupProps> = {}): Synthesized =>
  synth((scope) =>
    edgeSecurityGroup(scope, { name: 'hue-production-portal', network: aNetwork(), ports: PORTS, ...props }),
  );

const PORTS = [
  [443, 'TLS'],
  [8883, 'MQTT'],
] as const;

const INGRESS = 'aws_vpc_security_group_ingress_rule';

test('opens each port to each range, in the family of the range', () => {
  const stack = group({ allow: ['203.0.113.0/24', '2001:db8::/32'] });

  expect(
    stack
      .ofType(INGRESS)
      .filter(({ ip_protocol }) => ip_protocol === 'tcp')
      .map(({ cidr_ipv4, cidr_ipv6, from_port, to_port, description }) => [
        cidr_ipv4 ?? cidr_ipv6,
        from_port,
        to_port,
        description,
      ]),
  ).toEqual([
    ['203.0.113.0/24', 443, 443, 'TLS'],
    ['2001:db8::/32', 443, 443, 'TLS'],
    ['203.0.113.0/24', 8883, 8883, 'MQTT'],
    ['2001:db8::/32', 8883, 8883, 'MQTT'],
  ]);
});

test('lets everybody in where nobody says who, and tells everybody that a packet was too big', () => {
  expect(group().pathsOf(INGRESS)).toEqual([
    '443-0.0.0.0--0',
    '443-::--0',
    '8883-0.0.0.0--0',
    '8883-::--0',
    'path-mtu-ipv4',
    'path-mtu-ipv6',
  ]);
});

test('lets the probe in beside the list', () => {
  expect(group({ probe: '2001:db8:1::/56' }).at('probe')).toMatchObject({
    cidr_ipv6: '2001:db8:1::/56',
    from_port: 443,
  });
});

test.each([
  [{ securityGroupId: 'sg-tasks' }, ['to-targets']],
  [{ addresses: ['10.1.2.3', '10.1.2.4'] }, ['to-10.1.2.3', 'to-10.1.2.4']],
])('opens the way to targets: %j', (peer, paths) => {
  const stack = synth((scope) => openToTargets(scope, 'sg-edge', peer, 8080));

  expect(stack.pathsOf('aws_vpc_security_group_egress_rule')).toEqual(paths);
  for (const rule of stack.ofType('aws_vpc_security_group_egress_rule')) {
    expect(rule).toMatchObject({ security_group_id: 'sg-edge', ip_protocol: 'tcp', from_port: 8080, to_port: 8080 });
  }
});

test('fails when the list is empty', () => {
  expect(() => group({ allow: [] })).toThrow('test: `allow` must hold a range: nobody could connect, got: []');
});
