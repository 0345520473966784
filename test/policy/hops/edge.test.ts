import { expectBoth, fail, PASS, unknown } from '../../helpers/hops';
import { type Edit } from '../../helpers/plain-stack';

describe('edge', () => {
  const typed =
    (type: unknown): Edit =>
    ({ aws_lb }) =>
      (aws_lb!.edge!.ip_address_type = type);

  test.each<[unknown, string]>([
    ['ipv4', 'ipv4'],
    // What AWS takes when nothing is written.
    [undefined, 'ipv4'],
    [null, 'ipv4'],
  ])('an address type of %j has no IPv6', (type, said) => {
    expectBoth('edge', typed(type), { ipv4: PASS, ipv6: fail(`make the load balancer dualstack: it is ${said}`) });
  });

  test('without public IPv4 it shuts out those who have nothing else', () => {
    expectBoth('edge', typed('dualstack-without-public-ipv4'), {
      ipv4: fail('make the load balancer dualstack: it is dualstack-without-public-ipv4'),
      ipv6: PASS,
    });
  });

  test('a type that is known only later passes for neither family', () => {
    const finding = unknown("the load balancer's address type is ${var.type}");

    expectBoth('edge', typed('${var.type}'), { ipv4: finding, ipv6: finding });
  });
});
