import { exposureBetween } from '../../review/exposure';
import type { PlainResources } from '../helpers/plain-stack';
import { plainStack } from '../helpers/plain-stack';
import { CONTAINER, production, STATIC } from '../helpers/agency';

type Edit = (resources: PlainResources) => void;

const said = (before: readonly Edit[], after: readonly Edit[]): string[] =>
  exposureBetween(plainStack(...before), plainStack(...after)).map(({ kind, text }) => `${kind}: ${text}`);

const ingress =
  (name: string, rule: Record<string, unknown>): Edit =>
  (resources) => {
    resources.aws_vpc_security_group_ingress_rule![name] = {
      security_group_id: '${aws_security_group.edge.id}',
      ip_protocol: 'tcp',
      from_port: 443,
      to_port: 443,
      ...rule,
    };
  };

const without =
  (...names: string[]): Edit =>
  (resources) => {
    for (const name of names) delete resources.aws_vpc_security_group_ingress_rule![name];
  };

test('what is the same, however it is written, is no change', () => {
  const halves: Edit[] = [
    without('ipv4'),
    ingress('low', { cidr_ipv4: '0.0.0.0/1' }),
    ingress('high', { cidr_ipv4: '128.0.0.0/1' }),
  ];

  expect(said([], halves)).toEqual([]);
});

test('a port that is opened for one family says how the other is', () => {
  expect(said([without('ipv6')], [])).toEqual([
    'opened: 443 of hue.gov.vn is now open to ::/0 on IPv6 (was closed), and stays open to 0.0.0.0/0 on IPv4',
  ]);
});

test('a port that is closed for one family says so', () => {
  expect(said([], [without('ipv6')])).toEqual([
    'closed: 443 of hue.gov.vn is now closed on IPv6 (was open to ::/0), and stays open to 0.0.0.0/0 on IPv4',
  ]);
});

test('ports that are opened alike are told together, and both families in one sentence', () => {
  const open: Edit[] = [];
  for (const port of [8080, 8443]) {
    open.push(ingress(`a${port}`, { cidr_ipv4: '0.0.0.0/0', from_port: port, to_port: port }));
    open.push(ingress(`b${port}`, { cidr_ipv6: '::/0', from_port: port, to_port: port }));
  }
  // The ACL lets web traffic and answers through, and nothing below 1024 beside.
  expect(said([], open)).toEqual(['opened: 8080 and 8443 of hue.gov.vn are now open to 0.0.0.0/0 and ::/0']);
});

test('a port that the ACL keeps closed is not open', () => {
  expect(said([], [ingress('ssh', { cidr_ipv6: '::/0', from_port: 22, to_port: 22 })])).toEqual([]);
});

test('an ACL that lets less through closes what the group leaves open', () => {
  const shut: Edit = (resources) => {
    const acl = resources.aws_network_acl!.public as { ingress: { rule_no: number }[] };
    acl.ingress = acl.ingress.filter(({ rule_no }) => rule_no !== 101);
  };

  expect(said([], [shut])).toEqual([
    'closed: 443 of hue.gov.vn is now closed on IPv6 (was open to ::/0), and stays open to 0.0.0.0/0 on IPv4',
  ]);
});

test('other clients than before are neither opened nor closed alone', () => {
  expect(said([], [without('ipv4'), ingress('office', { cidr_ipv4: '203.0.113.0/24' })])).toEqual([
    'closed: 443 of hue.gov.vn is now open to 203.0.113.0/24 on IPv4 (was open to 0.0.0.0/0), and stays open to ::/0 on IPv6',
  ]);
  expect(
    said(
      [without('ipv4'), ingress('office', { cidr_ipv4: '203.0.113.0/24' })],
      [without('ipv4'), ingress('office', { cidr_ipv4: '198.51.100.0/24' })],
    ),
  ).toEqual([
    'moved: 443 of hue.gov.vn is now open to 198.51.100.0/24 on IPv4 (was open to 203.0.113.0/24), and stays open to ::/0 on IPv6',
  ]);
});

test('a group that guards nothing public is told by its name, and a port of it that is closed on a family stays so', () => {
  const database =
    (open: Record<string, string>): Edit =>
    (resources) => {
      resources.aws_security_group!.database = { vpc_id: '${aws_vpc.vpc.id}', tags: { Name: 'database' } };
      resources.aws_vpc_security_group_ingress_rule!.database = {
        security_group_id: '${aws_security_group.database.id}',
        ip_protocol: 'tcp',
        from_port: 5432,
        to_port: 5432,
        ...open,
      };
    };

  expect(said([database({ cidr_ipv6: '2001:db8::/48' })], [database({ cidr_ipv6: '2001:db8::/47' })])).toEqual([
    'opened: 5432 of database is now open to 2001:db8::/47 on IPv6 (was open to 2001:db8::/48), and stays closed on IPv4',
  ]);
});

test('a rule for all protocols opens every port, as far as the ACL lets it', () => {
  const tasks: Edit = (resources) => {
    resources.aws_vpc_security_group_ingress_rule!.all = {
      security_group_id: '${aws_security_group.tasks.id}',
      ip_protocol: '-1',
      cidr_ipv6: '::/0',
    };
  };

  expect(said([], [tasks])).toEqual([
    'opened: Every port (UDP) of aws_security_group.tasks is now open to ::/0 on IPv6 (was closed), and stays closed on IPv4',
    'opened: Every port of aws_security_group.tasks is now open to ::/0 on IPv6 (was closed), and stays closed on IPv4',
  ]);
});

test('a distribution is open to everybody over the families that it has', () => {
  const texts = exposureBetween(production({ portals: {} }), production({ portals: { tin: STATIC } })).map(
    ({ text }) => text,
  );

  expect(texts).toContain('80 and 443 of tin.hue.gov.vn are now open to 0.0.0.0/0 and ::/0');
});

test('a new portal is told with all that it opens, and an old one with all that it closes', () => {
  const [none, one] = [production({ portals: {} }), production({ portals: { portal: CONTAINER } })];

  expect(exposureBetween(none, one).map(({ text }) => text)).toContain(
    '80 and 443 of portal.hue.gov.vn are now open to 0.0.0.0/0 and ::/0',
  );
  expect(exposureBetween(one, none).map(({ text }) => text)).toContain(
    '80 and 443 of portal.hue.gov.vn are now closed (were open to 0.0.0.0/0 and ::/0)',
  );
});

test('a group that moved is the same group', () => {
  const renamed = plainStack((resources) => {
    resources.aws_lb!.front = resources.aws_lb!.edge!;
    delete resources.aws_lb!.edge;
    const text = JSON.stringify(resources).replaceAll('aws_lb.edge', 'aws_lb.front');
    Object.assign(resources, JSON.parse(text) as PlainResources);
  });

  expect(exposureBetween(plainStack(), renamed, new Map([['aws_lb.edge', 'aws_lb.front']]))).toEqual([]);
});

test('a prefix list of one family opens nothing for the other', () => {
  const list: Edit = (resources) => {
    resources.aws_ec2_managed_prefix_list = { office: { address_family: 'IPv4' } };
    resources.aws_vpc_security_group_ingress_rule!.office = {
      security_group_id: '${aws_security_group.tasks.id}',
      ip_protocol: 'tcp',
      from_port: 22,
      to_port: 22,
      prefix_list_id: '${aws_ec2_managed_prefix_list.office.id}',
    };
  };

  expect(said([], [list])).toEqual([
    'opened: 22 of aws_security_group.tasks is now open to the prefix list ${aws_ec2_managed_prefix_list.office.id} on IPv4 (was closed), and stays closed on IPv6',
  ]);
});

test('a rule whose ports are not known is neither open nor closed', () => {
  const texts = said(
    [],
    [without('ipv6'), ingress('ipv6', { cidr_ipv6: '::/0', from_port: '${var.port}', to_port: '${var.port}' })],
  );

  expect(texts.join('\n')).toContain(
    '443 of hue.gov.vn is now open to perhaps ::/0, for ports that are not known yet on IPv6',
  );
  expect(texts.join('\n')).not.toContain('now closed');
});

test('a range that is not known is called as it is written', () => {
  expect(said([], [without('ipv6'), ingress('ipv6', { cidr_ipv6: '${var.office}' })])).toEqual([
    'moved: 443 of hue.gov.vn is now open to ${var.office} on IPv6 (was open to ::/0), and stays open to 0.0.0.0/0 on IPv4',
  ]);
});

test('the own block of the VPC is nobody outside', () => {
  expect(
    said([], [ingress('own', { cidr_ipv6: '${aws_vpc.vpc.ipv6_cidr_block}', from_port: 9000, to_port: 9000 })]),
  ).toEqual([]);
});

test('a group with rules that cannot be seen is not called closed', () => {
  const hidden: Edit = (resources) => {
    delete resources.aws_vpc_security_group_ingress_rule!.ipv6;
    resources.aws_security_group!.edge!.dynamic = {
      ingress: { for_each: '${var.ranges}', content: { from_port: 443, to_port: 443, protocol: 'tcp' } },
    };
  };
  const text = said([], [hidden]).join('\n');

  expect(text).toContain('perhaps others, by rules that cannot be seen here');
  expect(text).not.toContain('now closed');
});

test('a name that another load balancer answers for from now on is as open as it was', () => {
  const other = production({ portals: { main: CONTAINER } });

  expect(exposureBetween(production(), other).filter(({ subject }) => subject === 'portal.hue.gov.vn')).toEqual([]);
});
