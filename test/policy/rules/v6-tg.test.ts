import { judge } from '../../../policy/check';
import { type ExampleChange, planOf } from '../../../policy/plan-example';
import { RULES } from '../../../policy/rules';
import { rule as sg001 } from '../../../policy/rules/v6-sg-001';
import { rule as tg001 } from '../../../policy/rules/v6-tg-001';
import { rule as tg002 } from '../../../policy/rules/v6-tg-002';
import { rule as tg003 } from '../../../policy/rules/v6-tg-003';
import { rule as tg004 } from '../../../policy/rules/v6-tg-004';
import { rule as tg005 } from '../../../policy/rules/v6-tg-005';
import { rule as tg006 } from '../../../policy/rules/v6-tg-006';
import { rule as tg008 } from '../../../policy/rules/v6-tg-008';
import { rule as tg010 } from '../../../policy/rules/v6-tg-010';
import { rule as tg011 } from '../../../policy/rules/v6-tg-011';
import { rule as tg012 } from '../../../policy/rules/v6-tg-012';
import { readPlanJson } from '../../../policy/sources/plan';
import { readStackJson } from '../../../policy/sources/stack-json';
import { verdictsOf } from '../../helpers/verdicts';

type Attributes = Record<string, unknown>;
type Resources = Record<string, Record<string, Attributes>>;

const ARN = '${aws_lb_target_group.tasks.arn}';

/** A load balancer that forwards to a target group called tasks. */
function forwarding(group: Attributes, portal: Attributes, others: Resources = {}): Resources {
  return {
    aws_lb: { portal },
    aws_lb_listener: {
      https: {
        load_balancer_arn: '${aws_lb.portal.arn}',
        default_action: [{ type: 'forward', target_group_arn: ARN }],
      },
    },
    aws_lb_target_group: { tasks: group },
    ...others,
  };
}

describe('V6-TG-001', () => {
  const ipv6 = { ip_address_type: 'ipv6' };

  test.each<[Attributes, Attributes, string[]]>([
    [ipv6, { ip_address_type: 'dualstack' }, ['pass aws_lb_target_group.tasks']],
    [ipv6, {}, ['error aws_lb_target_group.tasks: aws_lb.portal in front of it has no IPv6']],
    [{}, {}, []],
    [{ ip_address_type: '${var.family}' }, {}, []],
  ])('says of %j behind %j: %j', (group, portal, verdicts) => {
    expect(verdictsOf(tg001, forwarding(group, portal))).toEqual(verdicts);
  });

  test('finds the load balancer by the rule of a listener', () => {
    const input = forwarding(
      ipv6,
      {},
      {
        aws_lb_listener: { https: { load_balancer_arn: '${aws_lb.portal.arn}' } },
        aws_lb_listener_rule: {
          tasks: { listener_arn: '${aws_lb_listener.https.arn}', action: { type: 'forward', target_group_arn: ARN } },
        },
      },
    );

    expect(verdictsOf(tg001, input)).toHaveLength(1);
  });

  test('leaves an internet-facing load balancer without IPv6 to V6-LB-001', () => {
    const rules = RULES.filter(({ id }) => ['V6-LB-001', 'V6-TG-001'].includes(id));
    const { findings } = judge(readStackJson({ resource: forwarding(ipv6, {}) }), rules);

    expect(findings.map(({ rule }) => rule)).toEqual(['V6-LB-001']);
  });
});

describe('V6-TG-002', () => {
  test.each<[Attributes, string[]]>([
    [
      { target_type: 'lambda', ip_address_type: 'ipv6' },
      ['error aws_lb_target_group.x: targets of type lambda cannot be IPv6'],
    ],
    [{ target_type: 'alb', ip_address_type: 'ipv4' }, ['pass aws_lb_target_group.x']],
    [{ target_type: 'ip', ip_address_type: 'ipv6' }, []],
    [{ target_type: '${var.type}', ip_address_type: 'ipv6' }, []],
  ])('says of %j: %j', (group, verdicts) => {
    expect(verdictsOf(tg002, { aws_lb_target_group: { x: group } })).toEqual(verdicts);
  });
});

describe('V6-TG-003', () => {
  const tasks = { ip_address_type: 'ipv6', target_type: 'instance' };
  const template = (primary?: unknown) => ({
    web: { network_interfaces: { ...(primary !== undefined && { primary_ipv6: primary }) } },
  });
  const launch_template = [{ id: '${aws_launch_template.web.id}' }];
  const asked = 'error aws_lb_target_group.tasks: no primary IPv6 address is asked for in ';

  test.each<[string, Resources, string]>([
    [
      'a template that asks',
      {
        aws_launch_template: template('true'),
        aws_autoscaling_group: { web: { launch_template, target_group_arns: [ARN] } },
      },
      'pass aws_lb_target_group.tasks',
    ],
    [
      'a template that does not',
      {
        aws_launch_template: template(),
        aws_autoscaling_group: { web: { launch_template, target_group_arns: [ARN] } },
      },
      `${asked}aws_launch_template.web`,
    ],
    [
      'a template without interfaces, by an attachment',
      {
        aws_launch_template: { web: {} },
        aws_autoscaling_group: { web: { launch_template } },
        aws_autoscaling_attachment: {
          web: { autoscaling_group_name: '${aws_autoscaling_group.web.name}', lb_target_group_arn: ARN },
        },
      },
      `${asked}aws_launch_template.web`,
    ],
    [
      'a template of a mixed policy, by a traffic source',
      {
        aws_launch_template: template('true'),
        aws_autoscaling_group: {
          web: {
            mixed_instances_policy: {
              launch_template: {
                launch_template_specification: { launch_template_id: '${aws_launch_template.web.id}' },
              },
            },
            traffic_source: [{ identifier: ARN, type: 'elbv2' }],
          },
        },
      },
      'pass aws_lb_target_group.tasks',
    ],
    [
      'a template that is not part of the input',
      { aws_autoscaling_group: { web: { launch_template: { id: 'lt-0123456789abcdef0' }, target_group_arns: [ARN] } } },
      'unknown aws_lb_target_group.tasks: whether the instances of aws_autoscaling_group.web have a primary IPv6 address cannot be seen here',
    ],
    [
      'an instance that asks',
      {
        aws_instance: { web: { enable_primary_ipv6: true } },
        aws_lb_target_group_attachment: { web: { target_group_arn: ARN, target_id: '${aws_instance.web.id}' } },
      },
      'pass aws_lb_target_group.tasks',
    ],
    [
      'an instance that does not',
      {
        aws_instance: { web: { ipv6_address_count: 1 } },
        aws_lb_target_group_attachment: { web: { target_group_arn: ARN, target_id: '${aws_instance.web.id}' } },
      },
      `${asked}aws_instance.web`,
    ],
    [
      'an instance whose interface asks',
      {
        aws_network_interface: { web: { enable_primary_ipv6: true } },
        aws_instance: { web: { network_interface: { network_interface_id: '${aws_network_interface.web.id}' } } },
        aws_lb_target_group_attachment: { web: { target_group_arn: ARN, target_id: '${aws_instance.web.id}' } },
      },
      'pass aws_lb_target_group.tasks',
    ],
  ])('judges %s', (_, registered, verdict) => {
    expect(verdictsOf(tg003, { aws_lb_target_group: { tasks }, ...registered })).toEqual([verdict]);
  });

  test.each<[Attributes]>([[{ target_type: 'instance' }], [{ ip_address_type: 'ipv6', target_type: 'ip' }]])(
    'is not about %j',
    (group) => {
      const input = {
        aws_lb_target_group: { tasks: group },
        aws_autoscaling_group: { web: { target_group_arns: [ARN] } },
      };
      expect(verdictsOf(tg003, input)).toEqual([]);
    },
  );
});

describe('V6-TG-004', () => {
  const service = (group: Attributes, network: unknown) => ({
    aws_lb_target_group: { tasks: group },
    aws_ecs_service: { portal: { network_configuration: network, load_balancer: { target_group_arn: ARN } } },
  });

  test.each<[Attributes, string]>([
    [{ target_type: 'ip' }, 'pass aws_ecs_service.portal'],
    [{}, 'error aws_ecs_service.portal: aws_lb_target_group.tasks takes targets of type instance, not by address'],
    [
      { target_type: 'alb' },
      'error aws_ecs_service.portal: aws_lb_target_group.tasks takes targets of type alb, not by address',
    ],
  ])('says of %j: %s', (group, verdict) => {
    expect(verdictsOf(tg004, service(group, { subnets: [] }))).toEqual([verdict]);
  });

  test('is not about tasks on the network of their instance', () => {
    expect(verdictsOf(tg004, service({}, undefined))).toEqual([]);
  });
});

describe('V6-TG-005', () => {
  const attached = (group: Attributes, target_id: string) => ({
    aws_lb_target_group: { tasks: group },
    aws_lb_target_group_attachment: { x: { target_group_arn: ARN, target_id } },
    aws_instance: { web: {} },
  });

  test.each<[Attributes, string, string[]]>([
    [{ target_type: 'ip' }, '10.1.2.3', ['pass aws_lb_target_group_attachment.x']],
    [
      { target_type: 'ip' },
      '2001:db8::1',
      ['error aws_lb_target_group_attachment.x: 2001:db8::1 cannot be in aws_lb_target_group.tasks, which is IPv4'],
    ],
    [
      {},
      '10.1.2.3',
      ['error aws_lb_target_group_attachment.x: 10.1.2.3 is an address, but aws_lb_target_group.tasks takes instances'],
    ],
    [
      { target_type: 'ip' },
      'i-0123456789abcdef0',
      [
        'error aws_lb_target_group_attachment.x: i-0123456789abcdef0 is an instance, but aws_lb_target_group.tasks takes addresses',
      ],
    ],
    [{}, '${aws_instance.web.id}', ['pass aws_lb_target_group_attachment.x']],
    [{ target_type: 'ip' }, '${aws_instance.web.private_ip}', []],
    [{ target_type: 'lambda' }, 'arn:aws:lambda:x', []],
    [{ target_type: '${var.type}' }, '10.1.2.3', []],
    [
      { target_type: 'ip', ip_address_type: '${var.family}' },
      '10.1.2.3',
      ['unknown aws_lb_target_group_attachment.x: the family of aws_lb_target_group.tasks is only known after apply'],
    ],
  ])('says of %j and %s: %j', (group, id, verdicts) => {
    expect(verdictsOf(tg005, attached(group, id))).toEqual(verdicts);
  });
});

describe('V6-TG-006', () => {
  const arn = 'arn:aws:elasticloadbalancing:ap-southeast-1:111122223333:targetgroup/tasks/0123456789abcdef';
  const replaced = (naming: Attributes, actions: string[], isUsed = true) => {
    const listener = { default_action: [{ type: 'forward', target_group_arn: arn }] };
    const changes: ExampleChange[] = [
      {
        address: 'aws_lb_target_group.tasks',
        actions,
        before: { ...naming, arn, target_type: 'ip', ip_address_type: 'ipv4' },
        after: { ...naming, arn, target_type: 'ip', ip_address_type: 'ipv6' },
        replaces: ['ip_address_type'],
      },
      ...(isUsed ? [{ address: 'aws_lb_listener.https', actions: ['no-op'], before: listener, after: listener }] : []),
    ];
    return verdictsOf(tg006, readPlanJson(planOf(changes).plan));
  };

  test.each<[string, Attributes, string[], string]>([
    [
      'a prefix and the new one first',
      { name_prefix: 'tasks-' },
      ['create', 'delete'],
      'pass aws_lb_target_group.tasks',
    ],
    [
      'a name and the new one first',
      { name: 'tasks' },
      ['create', 'delete'],
      'warning aws_lb_target_group.tasks: the plan makes a second one with the same name, tasks, before it deletes the first: ip_address_type goes from ipv4 to ipv6',
    ],
    [
      'the old one first',
      { name_prefix: 'tasks-' },
      ['delete', 'create'],
      'warning aws_lb_target_group.tasks: the plan deletes it before there is another, while a listener forwards to it: ip_address_type goes from ipv4 to ipv6',
    ],
  ])('judges %s', (_, naming, actions, verdict) => {
    expect(replaced(naming, actions)).toEqual([verdict]);
  });

  test('is not about groups that nobody uses, or that stay', () => {
    expect(replaced({ name: 'tasks' }, ['delete', 'create'], false)).toEqual([]);
    expect(replaced({ name: 'tasks' }, ['update'])).toEqual([]);
  });
});

/** What the security groups of the load balancer and of the targets say; sources of rules are merged into one. */
function guarded(rules: Resources, group: Attributes = {}, portal: Attributes = {}): Resources {
  const vpc_id = '${aws_vpc.main.id}';
  return forwarding(
    { port: 80, target_type: 'ip', ...group },
    {
      ip_address_type: 'dualstack',
      subnets: ['${aws_subnet.edge.id}'],
      security_groups: ['${aws_security_group.edge.id}'],
      ...portal,
    },
    {
      aws_vpc: { main: { cidr_block: '10.0.0.0/16', assign_generated_ipv6_cidr_block: true } },
      aws_subnet: {
        edge: {
          vpc_id,
          cidr_block: '10.0.0.0/24',
          ipv6_cidr_block: '${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 0)}',
        },
        app: {
          vpc_id,
          cidr_block: '10.0.1.0/24',
          ipv6_cidr_block: '${cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 1)}',
        },
      },
      aws_security_group: { edge: { vpc_id }, app: { vpc_id } },
      aws_ecs_service: {
        portal: {
          network_configuration: {
            subnets: ['${aws_subnet.app.id}'],
            security_groups: ['${aws_security_group.app.id}'],
          },
          load_balancer: { target_group_arn: ARN, container_port: 8080 },
        },
      },
      ...rules,
    },
  );
}

const EDGE = '${aws_security_group.edge.id}';
const APP = '${aws_security_group.app.id}';
const TCP = { ip_protocol: 'tcp', from_port: 8080, to_port: 8080 };
const OUT = {
  aws_vpc_security_group_egress_rule: { edge: { security_group_id: EDGE, referenced_security_group_id: APP, ...TCP } },
};
const into = (peer: Attributes) => ({
  aws_vpc_security_group_ingress_rule: { app: { security_group_id: APP, ...TCP, ...peer } },
});
const IN = into({ referenced_security_group_id: EDGE });
const NOT_IN =
  'error aws_lb_target_group.tasks: aws_security_group.app does not let aws_lb.portal in to port 8080 of aws_ecs_service.portal';
const NOT_OUT =
  'error aws_lb_target_group.tasks: aws_security_group.edge does not let aws_lb.portal out to port 8080 of aws_ecs_service.portal';
const PASSES = ['pass aws_lb_target_group.tasks'];

describe('V6-TG-005 of several targets', () => {
  const registered = (group: Attributes, ...ids: readonly string[]) => {
    const attachments = ids.map((target_id, index) => [`t${index}`, { target_group_arn: ARN, target_id }]);
    const resource = {
      aws_lb_target_group: { tasks: group },
      aws_lb_target_group_attachment: Object.fromEntries(attachments) as Record<string, Attributes>,
    };
    return judge(readStackJson({ resource }), [tg005]).findings.map(({ resource: { address } }) => address);
  };
  const one = (index: number) => `aws_lb_target_group_attachment.t${index}`;

  test('a group that none of them fits is said once', () => {
    expect(registered({}, '10.1.2.3', '10.1.2.4', '10.1.2.5')).toEqual([one(0)]);
    expect(registered({ target_type: 'ip', ip_address_type: 'ipv6' }, '10.1.2.3', '10.1.2.4')).toEqual([one(0)]);
  });

  test('those that do not fit beside others that do are said one by one', () => {
    expect(registered({ target_type: 'ip' }, '2001:db8::1', '10.1.2.3', '2001:db8::2')).toEqual([one(0), one(2)]);
  });
});

describe('V6-TG-011', () => {
  const older = (type: string, of: string, source: Attributes) => ({
    [`${type}`]: { type, security_group_id: of, protocol: 'tcp', from_port: 8080, to_port: 8080, ...source },
  });

  test.each<[string, Resources]>([
    ['rule resources that name groups', { ...OUT, ...IN }],
    ['the range of the VPC', { ...OUT, ...into({ cidr_ipv4: '10.0.0.0/16' }) }],
    ['the range of the VPC, as an expression', { ...OUT, ...into({ cidr_ipv4: '${aws_vpc.main.cidr_block}' }) }],
    ['everybody', { ...OUT, ...into({ cidr_ipv4: '0.0.0.0/0' }) }],
    [
      'the older rule resources',
      {
        aws_security_group_rule: {
          ...older('egress', EDGE, { source_security_group_id: APP }),
          ...older('ingress', APP, { source_security_group_id: EDGE }),
        },
      },
    ],
    [
      'inline rules',
      {
        aws_security_group: {
          edge: { egress: [{ protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'] }] },
          app: { ingress: [{ protocol: 'tcp', from_port: 8000, to_port: 8999, security_groups: [EDGE] }] },
        },
      },
    ],
  ])('passes %s', (_, rules) => {
    expect(verdictsOf(tg011, guarded(rules))).toEqual(PASSES);
  });

  test.each<[string, Resources, string]>([
    ['no way out', IN, NOT_OUT],
    ['no way in', OUT, NOT_IN],
    ['a way in for others', { ...OUT, ...into({ referenced_security_group_id: APP }) }, NOT_IN],
    ['a range that is not of the load balancer', { ...OUT, ...into({ cidr_ipv4: '10.0.9.0/24' }) }, NOT_IN],
    ['another protocol', { ...OUT, ...into({ referenced_security_group_id: EDGE, ip_protocol: 'udp' }) }, NOT_IN],
    [
      'the port of the target group, which tasks do not listen on',
      { ...OUT, ...into({ referenced_security_group_id: EDGE, from_port: 80, to_port: 80 }) },
      NOT_IN,
    ],
  ])('fails %s', (_, rules, verdict) => {
    expect(verdictsOf(tg011, guarded(rules))).toEqual([verdict]);
  });

  test('a load balancer without a group is said once, of itself', () => {
    const { aws_lb: loadBalancers, ...others } = guarded({ ...OUT, ...IN });
    const { portal } = loadBalancers!;
    const says = (lb: Attributes, closed: Attributes) =>
      judge(
        readStackJson({
          resource: { ...others, aws_lb: { portal: lb }, aws_default_security_group: { main: closed } } as Resources,
        }),
        [tg011, sg001],
      ).findings.map(({ rule, resource }) => `${rule} ${resource.address}`);
    const own = { vpc_id: '${aws_vpc.main.id}', ingress: [], egress: [] };

    expect(says(portal!, own)).not.toContain('V6-TG-011 aws_lb_target_group.tasks');
    expect(says({ ...portal, security_groups: null }, own)).toEqual(['V6-SG-001 aws_lb.portal']);
    // One that lets citizens in speaks of nothing but the targets.
    const https = { protocol: 'tcp', from_port: 443, to_port: 443 };
    const open = [{ ...https, cidr_blocks: ['0.0.0.0/0'], ipv6_cidr_blocks: ['::/0'] }];
    expect(says({ ...portal, security_groups: null }, { ...own, ingress: open })).toContain(
      'V6-TG-011 aws_lb_target_group.tasks',
    );
  });

  test('asks for the port of the health check, too', () => {
    expect(verdictsOf(tg011, guarded({ ...OUT, ...IN }, { health_check: [{ port: '9090' }] }))).toEqual([
      expect.stringMatching(/port 9090 .*; .*port 9090/),
    ]);
    expect(verdictsOf(tg011, guarded({ ...OUT, ...IN }, { health_check: [{ port: 'traffic-port' }] }))).toEqual(PASSES);
  });

  test.each<[string, Resources]>([
    ['a prefix list', { ...OUT, ...into({ prefix_list_id: 'pl-0123456789abcdef0' }) }],
    ['a range that only apply will know', { ...OUT, ...into({ cidr_ipv4: '${var.range}' }) }],
    ['a part of the subnets', { ...OUT, ...into({ cidr_ipv4: '10.0.0.0/28' }) }],
    [
      'rules of some group',
      { ...OUT, aws_vpc_security_group_ingress_rule: { x: { security_group_id: '${var.group}', ...TCP } } },
    ],
    [
      'groups that are not part of the input',
      {
        ...OUT,
        aws_ecs_service: {
          portal: {
            network_configuration: { subnets: ['${aws_subnet.app.id}'], security_groups: ['sg-0123456789abcdef0'] },
            load_balancer: { target_group_arn: ARN, container_port: 8080 },
          },
        },
      },
    ],
  ])('does not know about %s', (_, rules) => {
    expect(verdictsOf(tg011, guarded(rules))).toEqual([expect.stringMatching(/^unknown aws_lb_target_group.tasks: /)]);
  });

  test('takes the default group where none is named', () => {
    const bare = { subnets: ['${aws_subnet.app.id}'] };
    const service = {
      portal: { network_configuration: bare, load_balancer: { target_group_arn: ARN, container_port: 8080 } },
    };
    const closed = { main: { vpc_id: '${aws_vpc.main.id}' } };
    const rules = { ...OUT, aws_ecs_service: service, aws_default_security_group: closed };

    expect(verdictsOf(tg011, guarded(rules))).toEqual([
      expect.stringContaining('aws_default_security_group.main does not let'),
    ]);
  });

  test('lets a network load balancer without groups out, but no rule can name it', () => {
    const portal = { load_balancer_type: 'network', security_groups: null };
    const tcp = { protocol: 'TCP' };

    expect(verdictsOf(tg011, guarded(into({ cidr_ipv4: '0.0.0.0/0' }), tcp, portal))).toEqual(PASSES);
    expect(verdictsOf(tg011, guarded(IN, tcp, portal))).toEqual([NOT_IN]);
  });

  test('asks for UDP where the group speaks it', () => {
    const rules = { ...OUT, ...into({ cidr_ipv4: '0.0.0.0/0' }) };
    const portal = { load_balancer_type: 'network' };

    expect(verdictsOf(tg011, guarded(rules, { protocol: 'UDP' }, portal))).toHaveLength(1);
    expect(verdictsOf(tg011, guarded(rules, { protocol: 'UDP' }, portal))).not.toEqual(PASSES);
  });

  describe('of targets outside', () => {
    const address = (rule: Attributes, target_id = '10.200.1.10') =>
      guarded({
        aws_ecs_service: {},
        aws_lb_target_group_attachment: {
          x: { target_group_arn: ARN, target_id, port: 443, availability_zone: 'all' },
        },
        aws_vpc_security_group_egress_rule: {
          out: { security_group_id: EDGE, ip_protocol: 'tcp', from_port: 443, to_port: 443, ...rule },
        },
      });

    test.each<[Attributes, string]>([
      [{ cidr_ipv4: '10.200.1.10/32' }, 'pass aws_lb_target_group.tasks'],
      [{ cidr_ipv4: '10.200.0.0/16' }, 'pass aws_lb_target_group.tasks'],
      [
        { cidr_ipv4: '10.200.1.11/32' },
        'error aws_lb_target_group.tasks: aws_security_group.edge does not let aws_lb.portal out to port 443 of aws_lb_target_group_attachment.x',
      ],
    ])('says of a way out to %j: %s', (rule, verdict) => {
      expect(verdictsOf(tg011, address(rule))).toEqual([verdict]);
    });

    test('leaves an address of the other family to V6-TG-005', () => {
      expect(verdictsOf(tg011, address({ cidr_ipv4: '0.0.0.0/0' }, '2001:db8::1'))).toEqual([]);
      expect(verdictsOf(tg008, address({ cidr_ipv4: '0.0.0.0/0' }, '2001:db8::1'))).toEqual([]);
    });
  });
});

describe('V6-TG-008', () => {
  const ipv6 = { ip_address_type: 'ipv6' };
  const wrongIn = (own: string, other: string) =>
    `error aws_lb_target_group.tasks: aws_security_group.app lets port 8080 in from the load balancer over ${other}, but the target group is ${own}`;

  test.each<[Attributes, Attributes, string]>([
    [ipv6, { cidr_ipv4: '10.0.0.0/16' }, wrongIn('IPv6', 'IPv4')],
    [{}, { cidr_ipv6: '${aws_vpc.main.ipv6_cidr_block}' }, wrongIn('IPv4', 'IPv6')],
    [ipv6, { cidr_ipv6: '${aws_vpc.main.ipv6_cidr_block}' }, 'pass aws_lb_target_group.tasks'],
    [ipv6, { referenced_security_group_id: EDGE }, 'pass aws_lb_target_group.tasks'],
  ])('says of %j and %j: %s', (group, peer, verdict) => {
    expect(verdictsOf(tg008, guarded({ ...OUT, ...into(peer) }, group))).toEqual([verdict]);
  });

  test('shares breaks with V6-TG-011: one finding each', () => {
    const both = [tg008, tg011];
    const rulesOf = (rules: Resources) =>
      judge(readStackJson({ resource: guarded(rules, ipv6) }), both).findings.map(({ rule }) => rule);

    expect(rulesOf({ ...OUT, ...into({ cidr_ipv4: '10.0.0.0/16' }) })).toEqual(['V6-TG-008']);
    expect(rulesOf(OUT)).toEqual(['V6-TG-011']);
  });
});

describe('V6-TG-010', () => {
  const group = { port: 8080, target_type: 'ip' };
  const empty = 'error aws_lb_target_group.tasks: nobody registers in it';

  test.each<[string, Resources]>([
    ['a service', { aws_ecs_service: { x: { load_balancer: { target_group_arn: ARN } } } }],
    ['a task set', { aws_ecs_task_set: { x: { load_balancer: [{ target_group_arn: ARN }] } } }],
    [
      'a service that takes turns',
      {
        aws_ecs_service: {
          x: {
            load_balancer: { target_group_arn: 'arn', advanced_configuration: { alternate_target_group_arn: ARN } },
          },
        },
      },
    ],
    ['a scaling group', { aws_autoscaling_group: { x: { target_group_arns: [ARN] } } }],
    ['an attachment of a scaling group', { aws_autoscaling_attachment: { x: { lb_target_group_arn: ARN } } }],
    ['a traffic source', { aws_autoscaling_traffic_source_attachment: { x: { traffic_source: { identifier: ARN } } } }],
    ['an address', { aws_lb_target_group_attachment: { x: { target_group_arn: ARN, target_id: '10.1.2.3' } } }],
    ['an address, by the older name', { aws_alb_target_group_attachment: { x: { target_group_arn: ARN } } }],
    [
      'a service of a variable, where there is but one group',
      { aws_ecs_service: { x: { load_balancer: [{ target_group_arn: '${var.group}' }] } } },
    ],
  ])('passes %s', (_, registered) => {
    expect(verdictsOf(tg010, forwarding(group, {}, registered))).toEqual(PASSES);
  });

  test.each<[string, Resources]>([
    ['nobody', {}],
    ['a service for another group', { aws_ecs_service: { x: { load_balancer: { target_group_arn: 'arn:aws:x' } } } }],
    [
      'a service whose port alone is not known',
      { aws_ecs_service: { x: { load_balancer: { target_group_arn: 'arn:aws:x', container_port: '${var.port}' } } } },
    ],
    [
      'an alarm about it',
      {
        aws_cloudwatch_metric_alarm: { x: { dimensions: { TargetGroup: '${aws_lb_target_group.tasks.arn_suffix}' } } },
      },
    ],
  ])('fails %s', (_, others) => {
    expect(verdictsOf(tg010, forwarding(group, {}, others))).toEqual([empty]);
  });

  test.each<[string, Resources]>([
    [
      'a deployment',
      {
        aws_codedeploy_deployment_group: {
          x: { load_balancer_info: { target_group: '${aws_lb_target_group.tasks.name}' } },
        },
      },
    ],
    ['a cluster', { kubernetes_manifest: { x: { manifest: { spec: { targetGroupARN: ARN } } } } }],
  ])('does not know what %s registers', (_, others) => {
    expect(verdictsOf(tg010, forwarding(group, {}, others))).toEqual([
      'unknown aws_lb_target_group.tasks: who registers in it cannot be seen here',
    ]);
  });

  test('is not about groups that nobody forwards to', () => {
    expect(verdictsOf(tg010, { aws_lb_target_group: { spare: group } })).toEqual([]);
  });
});

describe('V6-TG-012', () => {
  test.each<[Attributes, string[]]>([
    [{}, PASSES],
    [{ health_check: { enabled: 'true' } }, PASSES],
    [{ health_check: [{ enabled: false }] }, ['error aws_lb_target_group.tasks: its health check is off']],
    [{ health_check: { enabled: false }, target_type: 'lambda' }, []],
  ])('says of %j: %j', (group, verdicts) => {
    expect(verdictsOf(tg012, forwarding(group, {}))).toEqual(verdicts);
  });
});
