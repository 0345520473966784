import type { Family } from '../../core/cidr';
import { edgesOf, type Finding, type HopName, HOPS, hopsOf, worst } from '../../policy/hops';
import { aclRule, type Edit, plainStack } from '../helpers/plain-stack';

type Step = [title: string, edit: Edit];

function find(hop: HopName, family: Family, ...edits: readonly Edit[]): Finding {
  const graph = plainStack(...edits);
  const [edge] = edgesOf(graph);
  return hopsOf(graph, edge!, family)[hop];
}

function expectBoth(hop: HopName, edit: Edit, expected: Record<Family, Finding>): void {
  expect({ ipv4: find(hop, 'ipv4', edit), ipv6: find(hop, 'ipv6', edit) }).toEqual(expected);
}

const PASS: Finding = { state: 'pass' };
const fail = (reason: string): Finding => ({ state: 'fail', reason });
const unknown = (reason: string): Finding => ({ state: 'unknown', reason });

const FAMILIES: readonly Family[] = ['ipv4', 'ipv6'];

test.each(HOPS.flatMap((hop) => FAMILIES.map((family) => [hop, family] as const)))(
  'with everything in place, %s passes over %s',
  (hop, family) => {
    expect(find(hop, family)).toEqual(PASS);
  },
);

describe('edges', () => {
  test('are the load balancers that face the Internet, each with its names and what it serves', () => {
    const [edge] = edgesOf(plainStack());

    expect(edge!.loadBalancer.address).toBe('aws_lb.edge');
    expect(edge!.names).toEqual(['hue.gov.vn', 'www.hue.gov.vn']);
    expect(edge!.httpsListener?.address).toBe('aws_lb_listener.https');
    expect(edge!.targetGroup?.address).toBe('aws_lb_target_group.tasks');
    expect([...edge!.records.keys()]).toEqual([
      'hue.gov.vn A',
      'hue.gov.vn AAAA',
      'www.hue.gov.vn A',
      'www.hue.gov.vn AAAA',
    ]);
  });

  test.each<Step>([
    ['one inside the VPC', ({ aws_lb }) => (aws_lb!.edge!.internal = true)],
    ['a gateway load balancer', ({ aws_lb }) => (aws_lb!.edge!.load_balancer_type = 'gateway')],
  ])('are not %s', (_, edit) => {
    expect(edgesOf(plainStack(edit))).toEqual([]);
  });

  test('have no name where neither record nor certificate gives one', () => {
    const graph = plainStack((resources) => {
      resources.aws_route53_record = {};
      resources.aws_acm_certificate = {};
    });

    expect(edgesOf(graph)[0]!.names).toEqual([]);
  });

  test('have the name of their record, where the certificate is made elsewhere', () => {
    const graph = plainStack(({ aws_lb_listener }) => (aws_lb_listener!.https!.certificate_arn = 'arn:aws:acm:1'));

    expect(edgesOf(graph)[0]!.names).toEqual(['hue.gov.vn', 'www.hue.gov.vn']);
  });

  test('have the names of a certificate that is used without waiting for its validation', () => {
    const graph = plainStack((resources) => {
      resources.aws_lb_listener!.https!.certificate_arn = '${aws_acm_certificate.certificate.arn}';
      resources.aws_route53_record = {};
    });

    expect(edgesOf(graph)[0]!.names).toEqual(['hue.gov.vn', 'www.hue.gov.vn']);
  });

  test('take no records of another load balancer', () => {
    const graph = plainStack(({ aws_lb, aws_route53_record }) => {
      aws_lb!.other = { ip_address_type: 'ipv4' };
      aws_route53_record!.aaaa!.alias = { name: '${aws_lb.other.dns_name}' };
    });

    expect([...edgesOf(graph)[0]!.records.keys()]).not.toContain('hue.gov.vn AAAA');
  });
});

describe('dns', () => {
  test('without its AAAA, a name is reached over IPv4 alone', () => {
    expectBoth('dns', ({ aws_route53_record }) => delete aws_route53_record!.aaaa, {
      ipv4: PASS,
      ipv6: fail('publish AAAA for hue.gov.vn'),
    });
  });

  test('without its A, a name is reached over IPv6 alone', () => {
    expectBoth('dns', ({ aws_route53_record }) => delete aws_route53_record!.a, {
      ipv4: fail('publish A for hue.gov.vn'),
      ipv6: PASS,
    });
  });

  test('every public name counts, and the reason names all that lack it', () => {
    const edit: Edit = ({ aws_route53_record: records }) => {
      delete records!.aaaa;
      delete records!['www-aaaa'];
    };

    expect(find('dns', 'ipv6', edit)).toEqual(fail('publish AAAA for hue.gov.vn, www.hue.gov.vn'));
  });

  test('the AAAA of the staged name is for the operator, not for citizens', () => {
    const edit: Edit = ({ aws_route53_record: records }) => {
      records!.staged = { ...records!.aaaa, name: 'v6.hue.gov.vn' };
      delete records!.aaaa;
      delete records!['www-aaaa'];
    };

    expect(find('dns', 'ipv6', edit)).toEqual(fail('publish AAAA for hue.gov.vn, www.hue.gov.vn'));
  });

  test('records in a zone elsewhere cannot be seen', () => {
    expectBoth('dns', (resources) => void (resources.aws_route53_record = {}), {
      ipv4: unknown('enter the records: the zone is outside, so A records cannot be seen here'),
      ipv6: unknown('enter the records: the zone is outside, so AAAA records cannot be seen here'),
    });
  });
});

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

describe('listener', () => {
  test.each<Step>([
    ['is none', (resources) => void (resources.aws_lb_listener = {})],
    ['is one on another port', ({ aws_lb_listener }) => (aws_lb_listener!.https!.port = 8443)],
    ['is plain HTTP on port 443', ({ aws_lb_listener }) => (aws_lb_listener!.https!.protocol = 'HTTP')],
    [
      'is one of another load balancer',
      ({ aws_lb_listener }) => (aws_lb_listener!.https!.load_balancer_arn = 'arn:aws:1'),
    ],
  ])('fails for both families when there %s', (_, edit) => {
    const finding = fail('add an HTTPS listener on port 443');

    expectBoth('listener', edit, { ipv4: finding, ipv6: finding });
  });

  test('a port may be written as text', () => {
    expect(find('listener', 'ipv6', ({ aws_lb_listener }) => (aws_lb_listener!.https!.port = '443'))).toEqual(PASS);
  });

  test('the target group may stand in a forward block', () => {
    const edit: Edit = ({ aws_lb_listener }) => {
      const target_group = [{ arn: '${aws_lb_target_group.tasks.arn}', weight: 1 }];
      aws_lb_listener!.https!.default_action = { type: 'forward', forward: { target_group } };
    };

    expect(find('listener', 'ipv6', edit)).toEqual(PASS);
  });

  test('passes for neither family when nobody knows where it forwards to', () => {
    const finding = unknown('the HTTPS listener forwards to no one target group');

    expectBoth('listener', ({ aws_lb_listener }) => (aws_lb_listener!.https!.default_action = [{ type: 'forward' }]), {
      ipv4: finding,
      ipv6: finding,
    });
  });
});

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
    ['some citizens', true, { cidr_ipv6: '2001:db8::/32' }],
    ['UDP alone', false, { ip_protocol: 'udp' }],
    ['port 80 alone', false, { from_port: 80, to_port: 80 }],
    ['the block of a VPC, such as the probe’s', false, { cidr_ipv6: '${aws_vpc.probe.ipv6_cidr_block}' }],
    ['an IPv4 range in the place of an IPv6 one', false, { cidr_ipv6: '0.0.0.0/0' }],
  ])('a rule for %s opens port 443 to IPv6: %j', (_, opens, change) => {
    const edit: Edit = ({ aws_vpc_security_group_ingress_rule: rules }) => void Object.assign(rules!.ipv6!, change);

    expect(find('firewall', 'ipv6', edit).state).toBe(opens ? 'pass' : 'fail');
    expect(find('firewall', 'ipv4', edit)).toEqual(PASS);
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
    const edit: Edit = ({ aws_route }) => (aws_route!.ipv6!.destination_ipv6_cidr_block = '2000::/3');

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

describe('target', () => {
  const both = (finding: Finding): Record<Family, Finding> => ({ ipv4: finding, ipv6: finding });

  test('the load balancer translates, so one way to the tasks serves clients of both families', () => {
    expectBoth('target', ({ aws_vpc_security_group_ingress_rule: rules }) => delete rules!.tasks, {
      ipv4: fail('open port 8080 of the tasks to the load balancer'),
      ipv6: fail('open port 8080 of the tasks to the load balancer'),
    });
  });

  test.each<[string, boolean, Record<string, unknown>]>([
    ['another port', false, { from_port: 80, to_port: 80 }],
    ['a range around the port', true, { from_port: 8000, to_port: 9000 }],
    ['all protocols', true, { ip_protocol: '-1', from_port: undefined, to_port: undefined }],
    ['UDP', false, { ip_protocol: 'udp' }],
    ['somebody else', false, { referenced_security_group_id: '${aws_security_group.tasks.id}' }],
  ])('a rule for %s opens the tasks to the load balancer: %j', (_, opens, change) => {
    const edit: Edit = ({ aws_vpc_security_group_ingress_rule: rules }) => void Object.assign(rules!.tasks!, change);

    expect(find('target', 'ipv6', edit).state).toBe(opens ? 'pass' : 'fail');
  });

  test('an inline rule counts as one of its own does', () => {
    const edit: Edit = ({ aws_security_group, aws_vpc_security_group_ingress_rule: rules }) => {
      delete rules!.tasks;
      aws_security_group!.tasks!.ingress = [
        { protocol: 'tcp', from_port: 8080, to_port: 8080, security_groups: ['${aws_security_group.edge.id}'] },
      ];
    };

    expectBoth('target', edit, both(PASS));
  });

  test.each([['ipv4'], [undefined]])(
    'fails when an IPv4 load balancer (%j) stands before an IPv6 target group',
    (type) => {
      const edit: Edit = ({ aws_lb, aws_lb_target_group }) => {
        aws_lb!.edge!.ip_address_type = type;
        aws_lb_target_group!.tasks!.ip_address_type = 'ipv6';
      };

      expectBoth('target', edit, both(fail('an IPv4 load balancer cannot reach an IPv6 target group')));
    },
  );

  test('attached addresses are targets too', () => {
    const edit: Edit = (resources) => {
      resources.aws_ecs_service = {};
      resources.aws_lb_target_group_attachment = {
        origin: { target_group_arn: '${aws_lb_target_group.tasks.arn}', target_id: '10.1.2.3' },
      };
    };

    expectBoth('target', edit, both(PASS));
  });

  test.each<[string, Edit, string]>([
    ['no one registers', (resources) => void (resources.aws_ecs_service = {}), 'nobody registers in the target group'],
    [
      'there is no target group',
      (resources) => void (resources.aws_lb_target_group = {}),
      'no target group can be seen',
    ],
  ])('passes for neither family when %s', (_, edit, reason) => {
    expectBoth('target', edit, both(unknown(reason)));
  });
});

describe('health', () => {
  test('without a check of the targets IPv4 fails, and IPv6 has the probe', () => {
    expectBoth('health', ({ aws_lb_target_group }) => delete aws_lb_target_group!.tasks!.health_check, {
      ipv4: fail('add a health check to the target group'),
      ipv6: PASS,
    });
  });

  const withoutProbe: Edit = (resources) => void (resources.aws_scheduler_schedule = {});

  test('a check of IPv4 targets says nothing of IPv6', () => {
    expectBoth('health', withoutProbe, { ipv4: PASS, ipv6: fail('add a health check over IPv6: the probe') });
  });

  test('the check of an IPv6 target group runs over IPv6', () => {
    const edit: Edit = (resources) => {
      withoutProbe(resources);
      resources.aws_lb_target_group!.tasks!.ip_address_type = 'ipv6';
    };

    expectBoth('health', edit, { ipv4: PASS, ipv6: PASS });
  });

  test.each<Step>([
    ['nobody listens to it', ({ aws_cloudwatch_metric_alarm: alarms }) => delete alarms!.down],
    [
      'the alarm is on another metric',
      ({ aws_cloudwatch_metric_alarm: alarms }) => (alarms!.down!.metric_name = 'Errors'),
    ],
    [
      'the alarm is for another portal',
      ({ aws_cloudwatch_metric_alarm: alarms }) => (alarms!.down!.dimensions = { Portal: 'other' }),
    ],
    ['it asks for another portal', input({ portal: 'portal', host: 'motcua.hue.gov.vn' })],
    [
      'it names no portal',
      (resources) => {
        input({ host: 'hue.gov.vn' })(resources);
        resources.aws_cloudwatch_metric_alarm!.down!.dimensions = { Stack: 'hue' };
      },
    ],
    [
      'its input cannot be read',
      ({ aws_scheduler_schedule }) => (aws_scheduler_schedule!.probe!.target = { input: '{' }),
    ],
    [
      'its input is no object',
      ({ aws_scheduler_schedule }) => (aws_scheduler_schedule!.probe!.target = { input: 'null' }),
    ],
  ])('a probe counts for nothing when %s', (_, edit) => {
    expect(find('health', 'ipv6', edit)).toEqual(fail('add a health check over IPv6: the probe'));
  });

  test('a probe of any public name will do', () => {
    expect(find('health', 'ipv6', input({ portal: 'portal', host: 'www.hue.gov.vn' }))).toEqual(PASS);
  });

  test('nobody can tell without a target group', () => {
    expect(find('health', 'ipv4', (resources) => void (resources.aws_lb_target_group = {})).state).not.toBe('pass');
  });
});

function input(event: Record<string, string>): Edit {
  return ({ aws_scheduler_schedule }) =>
    void (aws_scheduler_schedule!.probe!.target = { input: JSON.stringify(event) });
}

test('the worst finding is a failure, then what is not known, then a pass', () => {
  const no = fail('no');
  const perhaps = unknown('perhaps');

  expect(worst([PASS, perhaps, no])).toBe(no);
  expect(worst([PASS, perhaps])).toBe(perhaps);
  expect(worst([PASS])).toEqual(PASS);
  expect(worst([])).toEqual(PASS);
});
