import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { AccessLogBucket } from '../../../constructs/edge/access-log-bucket';
import { DualStackAccelerator, type DualStackAcceleratorProps } from '../../../constructs/edge/dual-stack-accelerator';
import { anEdge, REGION, type Synthesized, synth } from '../../helpers/synth';

const accelerator = (
  props: Partial<DualStackAcceleratorProps> = {},
  use: (made: DualStackAccelerator) => void = () => {},
): Synthesized =>
  synth((scope) =>
    use(
      new DualStackAccelerator(scope, 'Accelerator', {
        name: 'hue-production--portal',
        region: REGION,
        edge: anEdge(scope),
        accessLogs: new AccessLogBucket(scope, 'logs', { name: 'hue', account: '111122223333', logDelivery: true }),
        accessLogPrefix: 'portal',
        ...props,
      }),
    ),
  );

const stack = accelerator();

test('has addresses of both families, and logs who comes', () => {
  expect(stack.only('aws_globalaccelerator_accelerator')).toEqual({
    name: 'hue-production--portal',
    ip_address_type: 'DUAL_STACK',
    enabled: true,
    attributes: {
      flow_logs_enabled: true,
      flow_logs_s3_bucket: stack.ref('logs/Resource', 'bucket'),
      flow_logs_s3_prefix: 'portal',
    },
    tags: { Name: 'hue-production--portal' },
    depends_on: [stack.addressOf('logs/policy')],
  });
});

test('takes HTTPS, and HTTP for the load balancer to redirect', () => {
  expect(stack.only('aws_globalaccelerator_listener')).toEqual({
    accelerator_arn: stack.ref('Accelerator/Resource'),
    protocol: 'TCP',
    port_range: [
      { from_port: 80, to_port: 80 },
      { from_port: 443, to_port: 443 },
    ],
  });
});

test('leads to the load balancer, which sees the addresses of the clients', () => {
  expect(stack.only('aws_globalaccelerator_endpoint_group')).toEqual({
    listener_arn: stack.ref('Accelerator/listener'),
    endpoint_group_region: REGION,
    endpoint_configuration: [
      { endpoint_id: stack.ref('edge/Resource', 'arn'), client_ip_preservation_enabled: true, weight: 128 },
    ],
  });
});

test('AAAA leads to the name that has IPv6 addresses; the other has IPv4 addresses alone', () => {
  const records = accelerator({}, (made) => {
    new Vpc(made, 'told', { tags: { A: made.aliases.A.dnsName, AAAA: made.aliases.AAAA.dnsName, both: made.dnsName } });
  });
  expect(records.at('Accelerator/told').tags).toEqual({
    A: records.ref('Accelerator/Resource', 'dns_name'),
    AAAA: records.ref('Accelerator/Resource', 'dual_stack_dns_name'),
    both: records.ref('Accelerator/Resource', 'dual_stack_dns_name'),
  });
});

test('two addresses of each family are told apart by what they look like', () => {
  expect.assertions(2);
  accelerator({}, ({ addresses }) => {
    expect(addresses.AAAA.map(({ id }) => id)).toEqual(['1', '2']);
    expect(
      [...addresses.A, ...addresses.AAAA].map(({ address }) => address.replace(/\w+\.\w+\.ip_sets/, 'SETS')),
    ).toEqual([
      '${sort([for address in flatten(SETS[*].ip_addresses) : address if !strcontains(address, ":")])[0]}',
      '${sort([for address in flatten(SETS[*].ip_addresses) : address if !strcontains(address, ":")])[1]}',
      '${sort([for address in flatten(SETS[*].ip_addresses) : address if strcontains(address, ":")])[0]}',
      '${sort([for address in flatten(SETS[*].ip_addresses) : address if strcontains(address, ":")])[1]}',
    ]);
  });
});

test('a long name is cut to the 64 characters that AWS takes', () => {
  const name = `thanh-pho-ho-chi-minh-production--${'x'.repeat(30)}x`;

  expect(accelerator({ name }).only('aws_globalaccelerator_accelerator').name).toMatch(/^.{57}-[0-9a-f]{6}$/);
});
