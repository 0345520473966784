import { planOf } from '../../policy/plan-example';
import { readPlanJson } from '../../policy/sources/plan';

test('an example of a plan is one to the reader of plans, with what was, what comes and what forces a replacement', () => {
  const { plan } = planOf([
    {
      address: 'aws_subnet.a',
      actions: ['delete', 'create'],
      before: { ipv6_native: false },
      after: { ipv6_native: true },
      replaces: ['ipv6_native'],
    },
    { address: 'aws_route53_record.aaaa', actions: ['delete'], before: { name: 'hue.gov.vn' } },
  ]);
  const graph = readPlanJson(plan);
  const [subnet] = graph.ofType('aws_subnet');

  expect(subnet?.change).toMatchObject({ actions: ['delete', 'create'], replacePaths: ['ipv6_native'] });
  expect(subnet?.change?.before?.boolean('ipv6_native')).toBe(false);
  expect(subnet?.boolean('ipv6_native')).toBe(true);
  expect(subnet?.configures('ipv6_native')).toBe(true);
  expect(graph.deleted('aws_route53_record').map((record) => record.known('name'))).toEqual(['hue.gov.vn']);
});
