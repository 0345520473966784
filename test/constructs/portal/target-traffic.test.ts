import { targetHealthCheck } from '../../../constructs/portal/target-health';
import { targetTraffic } from '../../../constructs/portal/target-traffic';

const HEALTH = { path: '/healthz', codes: '200-299' };

test.each(['HTTP', 'HTTPS'] as const)(
  'behind a load balancer of requests targets speak %s, and are asked in it',
  (protocol) => {
    expect(targetTraffic({ speaks: 'http' }, HEALTH, protocol)).toEqual({
      protocol,
      healthCheck: targetHealthCheck(HEALTH, protocol),
    });
  },
);

test('without a protocol they speak HTTP: TLS ends at the load balancer', () => {
  expect(targetTraffic({ speaks: 'http' }, HEALTH).protocol).toBe('HTTP');
});

test('behind a load balancer of connections the client address comes in a PROXY header, for both families alike', () => {
  expect(targetTraffic({ speaks: 'tcp' }, HEALTH)).toMatchObject({
    protocol: 'TCP',
    proxyProtocolV2: true,
    preserveClientIp: 'false',
  });
});

test('there the health check only connects, because it sends no PROXY header', () => {
  expect(targetTraffic({ speaks: 'tcp' }, HEALTH).healthCheck).toEqual({
    enabled: true,
    protocol: 'TCP',
    interval: 10,
    timeout: 5,
    healthyThreshold: 3,
    unhealthyThreshold: 3,
  });
});
