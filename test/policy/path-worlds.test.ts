import { judge } from '../../policy/check';
import { portalPaths } from '../../policy/levels';
import { type Edit, plainStack } from '../helpers/plain-stack';

describe('a portal of which something may not be made', () => {
  const maybe =
    (type: string, name: string, test = 'var.ipv6'): Edit =>
    (resources) =>
      (resources[type]![name]!.count = `\${${test} ? 1 : 0}`);
  const findings = (...edits: readonly Edit[]) =>
    judge(plainStack(...edits)).findings.map(({ rule, result, resource }) => `${result} ${rule} ${resource.address}`);
  const before = findings();
  const news = (...edits: readonly Edit[]) => findings(...edits).filter((one) => !before.includes(one));
  const path = (...edits: readonly Edit[]) => portalPaths(plainStack(...edits))[0]!;

  test.each<[string, Edit, string, string, string]>([
    ['the AAAA record', maybe('aws_route53_record', 'aaaa'), 'unknown V6-DNS-001 aws_route53_record.a', 'dns', 'L0?'],
    ['the IPv6 route', maybe('aws_route', 'ipv6'), 'unknown V6-RT-001 aws_route_table.public', 'route', 'L1?'],
    [
      'the rule of the security group',
      maybe('aws_vpc_security_group_ingress_rule', 'ipv6'),
      'unknown V6-SG-001 aws_security_group.edge',
      'firewall',
      'L1?',
    ],
    ['a listener', maybe('aws_lb_listener', 'https'), 'unknown V6-LB-010 aws_lb.edge', 'listener', 'L1?'],
  ])('%s: its rule and its hop do not know', (_, edit, finding, hop, level) => {
    const found = path(edit);

    expect(news(edit)).toContain(finding);
    expect(news(edit).filter((one) => one.startsWith('fail'))).toEqual([]);
    expect(found.hops.filter(({ ipv6 }) => ipv6.state === 'unknown').map((one) => one.hop)).toContain(hop);
    expect(found.hops.some(({ ipv4, ipv6 }) => ipv4.state === 'fail' || ipv6.state === 'fail')).toBe(false);
    expect(`L${found.level}${found.atLeast ? '?' : ''}`).toBe(level);
  });

  test('the reason says what decides', () => {
    const { hops } = path(maybe('aws_route', 'ipv6'));

    expect(hops.find(({ hop }) => hop === 'route')!.ipv6).toEqual({
      state: 'unknown',
      reason:
        'route ::/0 of aws_subnet.a to the internet gateway, unless aws_route.ipv6 is made, which depends on ${var.ipv6 ? 1 : 0}',
    });
  });

  test('what is closed in any case is closed', () => {
    const none: Edit = ({ aws_route }) => delete aws_route!.ipv6;
    const found = path(none, maybe('aws_route53_record', 'aaaa'));

    expect(found.hops.find(({ hop }) => hop === 'route')!.ipv6.state).toBe('fail');
    expect(found).toMatchObject({ level: 0, atLeast: true });
  });

  test('a family that comes and goes with the other is no finding', () => {
    const both: Edit = (resources) => {
      maybe('aws_route53_record', 'www-a', 'var.public')(resources);
      maybe('aws_route53_record', 'www-aaaa', 'var.public')(resources);
    };

    expect(news(both)).toEqual([]);
    expect(path(both)).toMatchObject({ level: 3, names: ['hue.gov.vn', 'www.hue.gov.vn'] });
  });

  test('a load balancer that may not be made is judged as if it were', () => {
    const edit = maybe('aws_lb', 'edge', 'var.create');

    expect(portalPaths(plainStack(edit)).filter(({ edge }) => edge === 'aws_lb.edge')).toMatchObject([{ level: 3 }]);
  });
});
