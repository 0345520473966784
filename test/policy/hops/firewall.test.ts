import type { Family } from '../../../core/cidr';
import { expectBoth, fail, find, PASS, unknown, type Step } from '../../helpers/hops';
import { aclRule, type Edit } from '../../helpers/plain-stack';

describe('firewall: security group', () => {
  test.each<[Family, string]>([
    ['ipv4', 'open port 443 to IPv4 in the security group'],
    ['ipv6', 'open port 443 to IPv6 in the security group'],
  ])('fails over %s alone when that rule is missing', (family, reason) => {
    const other = family === 'ipv4' ? 'ipv6' : 'ipv4';
    const edit: Edit = ({ aws_vpc_security_group_ingress_rule: rules }) => delete rules![family];

    expect(find('firewall', family, edit)).toEqual(fail(reason));
    expect(find('firewall', other, edit)).toEqual(PASS);
  });

  test('inline rules count as rules of their own do', () => {
    const inline =
      (ingress: unknown): Edit =>
      (resources) => {
        resources.aws_vpc_security_group_ingress_rule = {};
        resources.aws_security_group!.edge!.ingress = ingress;
      };
    const rule = { protocol: 'tcp', from_port: 443, to_port: 443, cidr_blocks: ['0.0.0.0/0'], ipv6_cidr_blocks: null };

    expectBoth('firewall', inline([{ ...rule, ipv6_cidr_blocks: ['::/0'] }]), { ipv4: PASS, ipv6: PASS });
    expectBoth('firewall', inline([rule]), {
      ipv4: PASS,
      ipv6: fail('open port 443 to IPv6 in the security group'),
    });
  });

  test.each<[string, boolean, Record<string, unknown>]>([
    ['all protocols', true, { ip_protocol: '-1', from_port: undefined, to_port: undefined }],
    ['a range of ports around 443', true, { from_port: 0, to_port: 65535 }],
    ['ports as text', true, { from_port: '443', to_port: '443' }],
    ['TCP by its number', true, { ip_protocol: '6' }],
    ['everybody in another spelling', true, { cidr_ipv6: '0:0:0:0:0:0:0:0/0' }],
    ['some citizens, where IPv4 is open to all', false, { cidr_ipv6: '2001:db8::/32' }],
    ['UDP alone', false, { ip_protocol: 'udp' }],
    ['port 80 alone', false, { from_port: 80, to_port: 80 }],
    ['the block of a VPC, such as the probe’s', false, { cidr_ipv6: '${aws_vpc.probe.ipv6_cidr_block}' }],
    ['an IPv4 range in the place of an IPv6 one', false, { cidr_ipv6: '0.0.0.0/0' }],
  ])('a rule for %s opens port 443 to IPv6: %j', (_, opens, change) => {
    const edit: Edit = ({ aws_vpc_security_group_ingress_rule: rules }) => void Object.assign(rules!.ipv6!, change);

    expect(find('firewall', 'ipv6', edit).state).toBe(opens ? 'pass' : 'fail');
    expect(find('firewall', 'ipv4', edit)).toEqual(PASS);
  });

  test('a portal for some is open to them over both families', () => {
    const edit: Edit = ({ aws_vpc_security_group_ingress_rule: rules }) => {
      rules!.ipv4!.cidr_ipv4 = '203.0.113.0/24';
      rules!.ipv6!.cidr_ipv6 = '2001:db8::/32';
    };

    expectBoth('firewall', edit, { ipv4: PASS, ipv6: PASS });
  });

  test('two halves of the world are the world', () => {
    const edit: Edit = ({ aws_vpc_security_group_ingress_rule: rules }) => {
      rules!.half = { ...rules!.ipv6, cidr_ipv6: '8000::/1' };
      rules!.ipv6!.cidr_ipv6 = '::/1';
    };

    expectBoth('firewall', edit, { ipv4: PASS, ipv6: PASS });
  });

  test('a group that is not part of the stack passes for neither family', () => {
    const finding = unknown('the security groups are not part of this stack');

    expectBoth('firewall', ({ aws_lb }) => (aws_lb!.edge!.security_groups = ['sg-0abc']), {
      ipv4: finding,
      ipv6: finding,
    });
  });

  test('one that is not part of the stack may hold what the others lack', () => {
    const edit: Edit = ({ aws_lb, aws_vpc_security_group_ingress_rule: rules }) => {
      aws_lb!.edge!.security_groups = ['${aws_security_group.edge.id}', 'sg-0abc'];
      delete rules!.ipv6;
    };

    expectBoth('firewall', edit, { ipv4: PASS, ipv6: unknown('the security groups are not part of this stack') });
  });
});

describe('firewall: network ACL', () => {
  const rules =
    (direction: 'ingress' | 'egress', value: unknown): Edit =>
    ({ aws_network_acl }) =>
      (aws_network_acl!.public![direction] = value);

  test.each<[Family, 'ingress' | 'egress', string]>([
    ['ipv4', 'ingress', 'allow port 443 in for IPv4 in the NACL'],
    ['ipv6', 'ingress', 'allow port 443 in for IPv6 in the NACL'],
    ['ipv4', 'egress', 'allow the replies from port 443 (1024-65535 out) for IPv4 in the NACL'],
    ['ipv6', 'egress', 'allow the replies from port 443 (1024-65535 out) for IPv6 in the NACL'],
  ])('fails over %s when its %s rule is missing: an ACL keeps no state', (family, direction, reason) => {
    const other = family === 'ipv4' ? 'ipv6' : 'ipv4';
    const [from, to] = direction === 'ingress' ? [443, 443] : [1024, 65535];
    const edit = rules(direction, [aclRule(100, other, from!, to!)]);

    expect(find('firewall', family, edit)).toEqual(fail(reason));
    expect(find('firewall', other, edit)).toEqual(PASS);
  });

  test('the first rule by number decides, wherever it stands', () => {
    const allow = aclRule(200, 'ipv6', 443, 443);

    expect(find('firewall', 'ipv6', rules('ingress', [allow, aclRule(100, 'ipv6', 0, 65535, 'deny')])).state).toBe(
      'fail',
    );
    expect(find('firewall', 'ipv6', rules('ingress', [aclRule(300, 'ipv6', 0, 65535, 'deny'), allow]))).toEqual(PASS);
  });

  test('a rule for all protocols covers every port', () => {
    const all = (family: Family) => ({ ...aclRule(family === 'ipv4' ? 100 : 101, family, 0, 0), protocol: '-1' });

    expectBoth('firewall', rules('ingress', [all('ipv4'), all('ipv6')]), { ipv4: PASS, ipv6: PASS });
  });

  test('a rule about some is none about everybody', () => {
    const some = { ...aclRule(101, 'ipv6', 443, 443), ipv6_cidr_block: '2001:db8::/32' };

    expect(find('firewall', 'ipv6', rules('ingress', [some])).state).toBe('fail');
    // Nor does a rule that refuses some close it to the others.
    const refused = { ...some, rule_no: 50, action: 'deny' };
    expect(find('firewall', 'ipv6', rules('ingress', [refused, aclRule(101, 'ipv6', 443, 443)]))).toEqual(PASS);
  });

  test('a rule that refuses most of the world closes it, before one that lets all of it in', () => {
    const refused = { ...aclRule(50, 'ipv6', 443, 443), ipv6_cidr_block: '2000::/3', action: 'deny' };

    expect(find('firewall', 'ipv6', rules('ingress', [refused, aclRule(101, 'ipv6', 443, 443)])).state).toBe('fail');
  });

  test('a few of the reply ports are not enough', () => {
    expect(find('firewall', 'ipv6', rules('egress', [aclRule(101, 'ipv6', 32768, 65535)])).state).toBe('fail');
  });

  test('without an ACL of its own a subnet has the default one, to which AWS adds IPv6', () => {
    expectBoth('firewall', (resources) => void (resources.aws_network_acl = {}), { ipv4: PASS, ipv6: PASS });
  });

  test.each<Step>([
    ['the default ACL has rules of its own', (resources) => void (resources.aws_default_network_acl = { default: {} })],
    [
      'an ACL is tied to a subnet elsewhere',
      (resources) => void (resources.aws_network_acl_association = { a: { subnet_id: '${aws_subnet.a.id}' } }),
    ],
  ])('passes for neither family when %s', (_, edit) => {
    const finding = unknown('the NACL of aws_subnet.a cannot be seen here');

    expectBoth('firewall', (resources) => (delete resources.aws_network_acl, edit(resources)), {
      ipv4: finding,
      ipv6: finding,
    });
  });

  test('subnets of an existing network have ACLs that nobody here can know', () => {
    const finding = unknown('the NACLs are not part of this stack');

    expectBoth('firewall', ({ aws_lb }) => (aws_lb!.edge!.subnets = ['subnet-0a', 'subnet-0b']), {
      ipv4: finding,
      ipv6: finding,
    });
  });
});
