import { edgesOf } from '../../../policy/hops/edges';
import { HOPS } from '../../../policy/hops/hop';
import { evidenceOf } from '../../../policy/hops/evidence';
import { CONTAINER, GATEWAY, production } from '../../helpers/agency';

function evidence(family: 'ipv4' | 'ipv6', environment: Parameters<typeof production>[0] = {}) {
  const graph = production(environment);
  const [edge] = edgesOf(graph);
  return Object.fromEntries(HOPS.map((hop) => [hop, evidenceOf(graph, edge!, hop, family)]));
}

test('each hop names what makes it, and each family its own', () => {
  expect(evidence('ipv6')).toEqual({
    dns: ['AAAA portal.hue.gov.vn', 'AAAA www.hue.gov.vn'],
    edge: ['aws_lb ip_address_type = dualstack'],
    listener: ['aws_lb_listener HTTP 80', 'aws_lb_listener HTTPS 443', 'aws_acm_certificate portal.hue.gov.vn (+2)'],
    firewall: ['security group: 443 ← ::/0', 'aws_network_acl: 443 in, 1024-65535 out'],
    route: ['aws_route ::/0 → internet-gateway'],
    target: ['aws_lb_target_group ipv4, port 8080', 'aws_ecs_service'],
    health: ['IPv6 probe, alarm Ipv6Available'],
  });
  expect(evidence('ipv4')).toMatchObject({
    dns: ['A portal.hue.gov.vn', 'A www.hue.gov.vn'],
    firewall: ['security group: 443 ← 0.0.0.0/0', 'aws_network_acl: 443 in, 1024-65535 out'],
    route: ['aws_route 0.0.0.0/0 → internet-gateway'],
    health: ['aws_lb_target_group health_check, ipv4'],
  });
});

test('a target group that checks over IPv6 proves it', () => {
  const portal = { ...CONTAINER, hosting: { type: 'instances', ami: 'ami-0123456789abcdef0' } } as const;

  expect(evidence('ipv6', { portals: { portal } }).health).toContain('aws_lb_target_group health_check, ipv6');
});

test('targets outside are named by their addresses, allow lists by their ranges', () => {
  const { target, firewall } = evidence('ipv6', {
    portals: { portal: { ...GATEWAY, allow: ['10.0.0.0/8', '2001:db8:1::/48'] } },
  });

  expect(target).toContain('target 10.1.2.3');
  expect(firewall).toContain('security group: 443 ← 2001:db8:1::/48');
  expect(firewall!.join()).not.toContain('10.0.0.0/8');
});
