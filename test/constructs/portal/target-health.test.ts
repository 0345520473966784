import { targetHealthCheck } from '../../../constructs/portal/target-health';

test.each(['HTTP', 'HTTPS'] as const)(
  'asks the portal for its path by %s, over the family of the target group',
  (protocol) => {
    expect(targetHealthCheck({ path: '/healthz', codes: '200-299' }, protocol)).toEqual({
      enabled: true,
      protocol,
      path: '/healthz',
      matcher: '200-299',
      interval: 15,
      timeout: 5,
      healthyThreshold: 2,
      unhealthyThreshold: 3,
    });
  },
);

test('gives up on an answer before it asks again', () => {
  const { timeout, interval } = targetHealthCheck({ path: '/', codes: '200' }, 'HTTP');

  expect(timeout!).toBeLessThan(interval!);
});
