import type { Family } from '../../../core/cidr';
import { findAtAccelerator } from '../../helpers/accelerator';
import { expectBoth, fail, find, PASS, unknown } from '../../helpers/hops';
import { type Edit } from '../../helpers/plain-stack';

describe('route', () => {
  test.each<[Family, string]>([
    ['ipv4', 'route 0.0.0.0/0 of aws_subnet.a to the internet gateway'],
    ['ipv6', 'route ::/0 of aws_subnet.a to the internet gateway'],
  ])('fails over %s alone when that default route is missing', (family, reason) => {
    const other = family === 'ipv4' ? 'ipv6' : 'ipv4';
    const edit: Edit = ({ aws_route }) => delete aws_route![family];

    expect(find('route', family, edit)).toEqual(fail(reason));
    expect(find('route', other, edit)).toEqual(PASS);
  });

  test('an egress-only gateway lets nobody in, so it is no way for a request', () => {
    const edit: Edit = (resources) => {
      resources.aws_egress_only_internet_gateway = { out: {} };
      delete resources.aws_route!.ipv6!.gateway_id;
      resources.aws_route!.ipv6!.egress_only_gateway_id = '${aws_egress_only_internet_gateway.out.id}';
    };

    expect(find('route', 'ipv6', edit)).toEqual(fail('route ::/0 of aws_subnet.a to the internet gateway'));
  });

  test('inline routes count as routes of their own do', () => {
    const entry = { gateway_id: '${aws_internet_gateway.internet.id}', cidr_block: null, ipv6_cidr_block: null };
    const inline =
      (...route: unknown[]): Edit =>
      (resources) => {
        resources.aws_route = {};
        resources.aws_route_table!.public!.route = route;
      };
    const ipv4 = { ...entry, cidr_block: '0.0.0.0/0' };

    expectBoth('route', inline(ipv4, { ...entry, ipv6_cidr_block: '0::/0' }), { ipv4: PASS, ipv6: PASS });
    expect(find('route', 'ipv6', inline(ipv4)).state).toBe('fail');
  });

  test('a part of the Internet is not all of it', () => {
    const edit: Edit = ({ aws_route }) => (aws_route!.ipv6!.destination_ipv6_cidr_block = '2001::/16');

    expect(find('route', 'ipv6', edit).state).toBe('fail');
  });

  test('every zone counts', () => {
    const edit: Edit = ({ aws_route_table_association: associations }) => delete associations!.b;

    expectBoth('route', edit, {
      ipv4: fail('route 0.0.0.0/0 of aws_subnet.b to the internet gateway'),
      ipv6: fail('route ::/0 of aws_subnet.b to the internet gateway'),
    });
  });

  test('a subnet without an IPv6 block has no IPv6, whatever its routes', () => {
    expectBoth('route', ({ aws_subnet }) => delete aws_subnet!.b!.ipv6_cidr_block, {
      ipv4: PASS,
      ipv6: fail('give aws_subnet.b an IPv6 block'),
    });
  });

  test.each<[string, unknown]>([
    ['none', []],
    ['all', ['subnet-0a', 'subnet-0b']],
    ['one', ['${aws_subnet.a.id}', 'subnet-0b']],
  ])('passes for neither family when %s of the subnets are known to be somebody else’s', (_, subnets) => {
    const finding = unknown('the subnets and their routes are not part of this stack');

    expectBoth('route', ({ aws_lb }) => (aws_lb!.edge!.subnets = subnets), { ipv4: finding, ipv6: finding });
  });
});

test('routes in the main table of a VPC, named by the VPC alone, are the way of subnets without a table', () => {
  const main = '${aws_vpc.vpc.main_route_table_id}';
  const edit: Edit = (resources) => {
    delete resources.aws_route_table_association!.a;
    delete resources.aws_route_table_association!.b;
    for (const route of Object.values(resources.aws_route!)) route.route_table_id = main;
  };

  expectBoth('route', edit, { ipv4: PASS, ipv6: PASS });
});

test('a route that is made zero times is none', () => {
  const edit: Edit = ({ aws_route }) => (aws_route!.ipv6!.count = 0);

  expect(find('route', 'ipv6', edit).state).toBe('fail');
  expect(find('route', 'ipv4', edit)).toEqual(PASS);
});

describe('route behind an accelerator', () => {
  const both = (...edits: readonly Edit[]) =>
    (['ipv4', 'ipv6'] as const).map((family) => findAtAccelerator('route', family, ...edits));

  test('needs no route: what came by the accelerator goes back by it', () => {
    expect(both((resources) => void (resources.aws_route = {}))).toEqual([PASS, PASS]);
  });

  test('fails for both families without an internet gateway in the VPC', () => {
    const finding = fail('attach an internet gateway to aws_vpc.vpc: an accelerator asks for one');

    expect(both((resources) => void (resources.aws_internet_gateway = {}))).toEqual([finding, finding]);
  });

  test.each<[string, Edit]>([
    [
      'may be attached by a resource of its own',
      (resources) => {
        resources.aws_internet_gateway = { internet: {} };
        resources.aws_internet_gateway_attachment = { internet: { vpc_id: '${aws_vpc.vpc.id}' } };
      },
    ],
    ['may be told by a hidden id', (resources) => (resources.aws_internet_gateway!.internet!.vpc_id = '${var.vpc}')],
  ])('the gateway %s', (_, edit) => {
    expect(both(edit)).toEqual([PASS, PASS]);
  });

  test('fails over IPv6 in a subnet without a block', () => {
    expect(both(({ aws_subnet }) => delete aws_subnet!.a!.ipv6_cidr_block)).toEqual([
      PASS,
      fail('give aws_subnet.a an IPv6 block'),
    ]);
  });

  test('is not known where VPC or subnets are elsewhere', () => {
    const vpc = unknown('whether the VPC of aws_subnet.a has an internet gateway cannot be seen here');
    const subnets = unknown('the subnets and their routes are not part of this stack');

    expect(
      both(({ aws_subnet }) => {
        for (const subnet of Object.values(aws_subnet!)) subnet.vpc_id = 'vpc-1';
      }),
    ).toEqual([vpc, vpc]);
    expect(both(({ aws_lb }) => (aws_lb!.edge!.subnets = ['subnet-1']))).toEqual([subnets, subnets]);
  });
});
