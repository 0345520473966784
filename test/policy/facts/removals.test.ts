import { LOSERS, removalOf } from '../../../policy/facts/removals';
import { type ExampleChange, planOf } from '../../../policy/plan-example';
import { readPlanJson } from '../../../policy/sources/plan';

/** What a plan says is lost, by address. */
function lost(...changes: readonly ExampleChange[]): Record<string, string> {
  const graph = readPlanJson(planOf(changes).plan);
  const resources = [...graph.ofType(...LOSERS), ...graph.deleted(...LOSERS)];
  return Object.fromEntries(
    resources.flatMap((resource) => {
      const removal = removalOf(graph, resource);
      return removal ? [[resource.address, removal.message]] : [];
    }),
  );
}

const update = (address: string, before: Record<string, unknown>, after: Record<string, unknown>): ExampleChange => ({
  address,
  actions: ['update'],
  before,
  after,
});

test('a load balancer that stays and loses its IPv6 addresses is a loss', () => {
  const type = (value: string) => ({ internal: false, ip_address_type: value });

  expect(lost(update('aws_lb.portal', type('dualstack'), type('ipv4')))).toEqual({
    'aws_lb.portal': 'ip_address_type goes from dualstack to ipv4',
  });
  expect(lost(update('aws_lb.portal', type('ipv4'), type('dualstack')))).toEqual({});
  expect(lost(update('aws_lb.portal', type('dualstack'), { ...type('dualstack'), idle_timeout: 90 }))).toEqual({});
});

test('a subnet that stays and loses its block is a loss', () => {
  expect(lost(update('aws_subnet.a', { ipv6_cidr_block: '2001:db8:0:100::/64' }, { ipv6_cidr_block: '' }))).toEqual({
    'aws_subnet.a': expect.stringMatching(/2001:db8:0:100::\/64/),
  });
});

test('an AAAA record that goes while its A record stays is a loss; both together are a portal that is taken down', () => {
  const record = (type: string) => ({
    zone_id: 'Z0123456789ABCDEFGHIJ',
    name: 'hue.gov.vn',
    type,
    alias: [{ name: 'portal.elb.amazonaws.com', zone_id: 'Z1', evaluate_target_health: true }],
  });
  const gone: ExampleChange = { address: 'aws_route53_record.aaaa', actions: ['delete'], before: record('AAAA') };
  const a = { address: 'aws_route53_record.a', before: record('A') };

  expect(lost(gone, { ...a, actions: ['no-op'], after: record('A') })).toEqual({
    'aws_route53_record.aaaa': expect.stringMatching(/hue\.gov\.vn/),
  });
  expect(lost(gone, { ...a, actions: ['delete'] })).toEqual({});
});

test('what is new loses nothing', () => {
  expect(lost({ address: 'aws_lb.portal', actions: ['create'], after: { ip_address_type: 'ipv4' } })).toEqual({});
});
