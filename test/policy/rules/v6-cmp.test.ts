import { judge } from '../../../policy/check';
import type { Rule } from '../../../policy/rule';
import { rule as cmp001 } from '../../../policy/rules/v6-cmp-001';
import { rule as cmp002 } from '../../../policy/rules/v6-cmp-002';
import { rule as cmp003 } from '../../../policy/rules/v6-cmp-003';
import { rule as cmp004 } from '../../../policy/rules/v6-cmp-004';
import { rule as cmp005 } from '../../../policy/rules/v6-cmp-005';
import { rule as cmp007 } from '../../../policy/rules/v6-cmp-007';
import { rule as cmp008 } from '../../../policy/rules/v6-cmp-008';
import { rule as cmp009 } from '../../../policy/rules/v6-cmp-009';
import { rule as cmp010 } from '../../../policy/rules/v6-cmp-010';
import { rule as cmp011 } from '../../../policy/rules/v6-cmp-011';
import { rule as cmp012 } from '../../../policy/rules/v6-cmp-012';
import { rule as rt001 } from '../../../policy/rules/v6-rt-001';
import { rule as rt003 } from '../../../policy/rules/v6-rt-003';
import { rule as rt005 } from '../../../policy/rules/v6-rt-005';
import { rule as rt009 } from '../../../policy/rules/v6-rt-009';
import { rule as sub001 } from '../../../policy/rules/v6-sub-001';
import { rule as sub005 } from '../../../policy/rules/v6-sub-005';
import { rule as sub007 } from '../../../policy/rules/v6-sub-007';
import { readStackJson } from '../../../policy/sources/stack-json';
import { CONTAINER, GATEWAY, production } from '../../helpers/agency';
import type { PlainResources } from '../../helpers/plain-stack';

type Attributes = Record<string, unknown>;

function saysOf(rules: Rule | readonly Rule[], resource: PlainResources): string[] {
  const { findings, crashes } = judge(readStackJson({ resource }), [rules].flat());
  expect(crashes).toEqual([]);
  return findings.map(
    ({ result, severity, resource: { address }, message }) =>
      `${result === 'fail' ? severity : result} ${address}: ${message}`,
  );
}

const DUAL: Attributes = {
  vpc_id: '${aws_vpc.main.id}',
  cidr_block: '10.46.1.0/24',
  ipv6_cidr_block: '2406:da18:77:1::/64',
  assign_ipv6_address_on_creation: true,
};
const NATIVE: Attributes = { vpc_id: '${aws_vpc.main.id}', ipv6_native: true, ipv6_cidr_block: '2406:da18:77:2::/64' };
const NAT6 = { egress_only_gateway_id: null, nat_gateway_id: 'nat-0123456789abcdef0' };
const IPV4: Attributes = { vpc_id: '${aws_vpc.main.id}', cidr_block: '10.46.3.0/24' };

/** Subnets of a dual-stack VPC, and what is in them. */
function inVpc(subnets: Record<string, Attributes>, others: PlainResources): PlainResources {
  return {
    aws_vpc: { main: { cidr_block: '10.46.0.0/16', assign_generated_ipv6_cidr_block: true } },
    aws_subnet: subnets,
    ...others,
  };
}

function ids(...names: readonly string[]): string[] {
  return names.map((name) => `\${aws_subnet.${name}.id}`);
}

function serviceIn(names: readonly string[], attributes: Attributes = {}): Attributes {
  return { launch_type: 'FARGATE', network_configuration: { subnets: ids(...names) }, ...attributes };
}

test('portal6 stacks have nothing above a notice', () => {
  const rules = [cmp001, cmp002, cmp003, cmp004, cmp005, cmp007, cmp008, cmp009, cmp010, cmp011, cmp012];
  const graph = production({ portals: { portal: CONTAINER, motcua: GATEWAY } });
  const { findings, crashes } = judge(graph, rules);

  expect(crashes).toEqual([]);
  expect(findings).toMatchObject([{ rule: 'V6-CMP-001', severity: 'notice' }]);
});

describe('V6-CMP-001', () => {
  const asks =
    'its tasks get IPv6 addresses only if the account setting dualStackIPv6 is on, which cannot be seen here';
  const setting = (value: unknown) => ({
    aws_ecs_account_setting_default: { six: { name: 'dualStackIPv6', value }, other: { name: 'containerInsights' } },
  });
  const group = (type: string) => ({ aws_lb_target_group: { g: { ip_address_type: type } } });
  const registered = { load_balancer: [{ target_group_arn: '${aws_lb_target_group.g.arn}' }] };

  test.each<[string, Attributes, Attributes, PlainResources, string[]]>([
    ['no setting', DUAL, {}, {}, [`notice aws_ecs_service.s: ${asks}`]],
    ['a setting', DUAL, {}, setting('enabled'), []],
    [
      'a setting that is off',
      DUAL,
      {},
      setting('disabled'),
      ['notice aws_ecs_service.s: the account setting dualStackIPv6 is off, so its tasks get no IPv6 addresses'],
    ],
    [
      'a setting that only apply will know',
      DUAL,
      {},
      setting('${var.x}'),
      ['unknown aws_ecs_service.s: the account setting dualStackIPv6 is only known after apply'],
    ],
    [
      'no setting, with targets over IPv6',
      DUAL,
      registered,
      group('ipv6'),
      [`warning aws_ecs_service.s: ${asks}; its target group takes no others`],
    ],
    ['no setting, with targets over IPv4', DUAL, registered, group('ipv4'), [`notice aws_ecs_service.s: ${asks}`]],
    ['tasks without IPv4', NATIVE, registered, group('ipv6'), []],
    ['an IPv4 subnet', IPV4, {}, {}, []],
    ['machines', DUAL, { launch_type: 'EC2' }, {}, []],
    ['the latest platform', DUAL, { platform_version: 'LATEST' }, setting('enabled'), []],
    ['a later platform', DUAL, { platform_version: '1.10.0' }, setting('enabled'), []],
    [
      'an old platform',
      NATIVE,
      { platform_version: '1.3.0' },
      {},
      ['error aws_ecs_service.s: platform version 1.3.0 gives tasks no IPv6 addresses'],
    ],
  ])('%s', (_, subnet, service, others, expected) => {
    const resource = inVpc({ app: subnet }, { ...others, aws_ecs_service: { s: serviceIn(['app'], service) } });

    expect(saysOf(cmp001, resource)).toEqual(expected);
  });

  test('one dual-stack subnet among others is enough', () => {
    const resource = inVpc({ a: IPV4, b: NATIVE, c: DUAL }, { aws_ecs_service: { s: serviceIn(['a', 'b', 'c']) } });

    expect(saysOf(cmp001, resource)).toEqual([`notice aws_ecs_service.s: ${asks}`]);
  });

  test('a subnet that was to be IPv6-only is said once, of itself', () => {
    const running = (subnet: Attributes): string[] =>
      saysOf(
        [cmp001, sub007],
        inVpc({ app: subnet }, { aws_ecs_service: { s: serviceIn(['app'], registered) }, ...group('ipv6') }),
      );

    expect(running(NATIVE)).toEqual([]);
    expect(running({ ...NATIVE, ipv6_native: false })).toEqual([
      'error aws_subnet.app: the subnet has no IPv4 block and is not IPv6-only either',
    ]);
    expect(running(DUAL)).toEqual([expect.stringMatching(/^warning aws_ecs_service\.s: /)]);
  });

  test('one setting is asked for once', () => {
    const services = { one: serviceIn(['app']), other: serviceIn(['app']) };

    expect(saysOf(cmp001, inVpc({ app: DUAL }, { aws_ecs_service: services }))).toEqual([
      `notice aws_ecs_service.one: ${asks}`,
    ]);
  });
});

describe('V6-CMP-002', () => {
  const EGRESS = { ipv6_cidr_block: '::/0', egress_only_gateway_id: '${aws_egress_only_internet_gateway.e.id}' };
  const NAT = { cidr_block: '0.0.0.0/0', nat_gateway_id: '${aws_nat_gateway.n.id}' };
  const INTERNET = { cidr_block: '0.0.0.0/0', gateway_id: '${aws_internet_gateway.i.id}' };
  const INTERNET6 = { ipv6_cidr_block: '::/0', gateway_id: '${aws_internet_gateway.i.id}' };

  const running = (
    routes: readonly Attributes[],
    {
      service = {},
      subnet = DUAL,
      others = {},
    }: { service?: Attributes; subnet?: Attributes; others?: PlainResources } = {},
  ): PlainResources =>
    inVpc(
      { app: subnet },
      {
        aws_egress_only_internet_gateway: { e: {} },
        aws_nat_gateway: { n: {} },
        aws_internet_gateway: { i: {} },
        aws_route_table: { t: { vpc_id: '${aws_vpc.main.id}', route: routes }, other: {} },
        aws_vpc_endpoint_route_table_association: {
          s3: { vpc_endpoint_id: '${aws_vpc_endpoint.associated.id}', route_table_id: '${aws_route_table.t.id}' },
        },
        aws_route_table_association: {
          app: { subnet_id: '${aws_subnet.app.id}', route_table_id: '${aws_route_table.t.id}' },
        },
        ...others,
        aws_ecs_service: { s: serviceIn(['app'], service) },
      },
    );
  const neither =
    'error aws_ecs_service.s: no task starts in aws_subnet.app: neither a route for 0.0.0.0/0 nor endpoints for what Fargate fetches';
  const useless =
    'error aws_ecs_service.s: no task starts in aws_subnet.app: 0.0.0.0/0 leads to an internet gateway, which tasks without public IPv4 addresses cannot use';
  const unseen = 'unknown aws_ecs_service.s: the way out over IPv4 cannot be seen here';
  const open = { network_configuration: { subnets: ids('app'), assign_public_ip: true } };

  test.each<[string, PlainResources, string[]]>([
    ['a NAT gateway', running([NAT, EGRESS]), []],
    ['a transit gateway', running([{ cidr_block: '0.0.0.0/0', transit_gateway_id: 'tgw-1' }]), []],
    ['IPv6 alone', running([EGRESS]), [neither]],
    [
      'halves',
      running([
        { ...NAT, cidr_block: '0.0.0.0/1' },
        { ...NAT, cidr_block: '128.0.0.0/1' },
      ]),
      [],
    ],
    ['an internet gateway and public addresses', running([INTERNET, INTERNET6], { service: open }), []],
    ['an internet gateway without public addresses', running([INTERNET, INTERNET6]), [useless]],
    [
      'a gateway that carries IPv6 alone',
      running([{ ...EGRESS, ipv6_cidr_block: null, cidr_block: '0.0.0.0/0' }]),
      [neither],
    ],
    ['hidden routes', running(['${var.route}' as unknown as Attributes]), [unseen]],
    ['IPv4 subnets', running([], { subnet: IPV4 }), []],
    ['IPv6-only subnets', running([EGRESS], { subnet: NATIVE }), []],
    ['machines', running([EGRESS], { service: { launch_type: 'EC2' } }), []],
  ])('%s', (_, resource, expected) => {
    expect(saysOf(cmp002, resource)).toEqual(expected);
  });

  const endpoint = (service: string, attributes: Attributes = {}): Attributes => ({
    vpc_id: '${aws_vpc.main.id}',
    service_name: `com.amazonaws.ap-southeast-1.${service}`,
    vpc_endpoint_type: 'Interface',
    private_dns_enabled: true,
    ...attributes,
  });
  const gateway = { vpc_endpoint_type: 'Gateway', route_table_ids: ['${aws_route_table.t.id}'] };
  const api = endpoint('ecr.api');
  const dkr = endpoint('ecr.dkr');
  const s3 = endpoint('s3', gateway);
  const logs = endpoint('logs');
  const task = { container_definitions: '[{"image":"x","logConfiguration":{"logDriver":"awslogs"}}]' };
  const logging = { aws_ecs_task_definition: { t: task } };
  const asTask = { task_definition: '${aws_ecs_task_definition.t.arn}' };

  test.each<[string, PlainResources['x'], string[]]>([
    ['all of them', { api, dkr, s3, logs }, []],
    ['s3 by an interface', { api, dkr, logs, s3: endpoint('s3') }, []],
    ['no logs', { api, dkr, s3 }, [neither]],
    [
      's3 for another table',
      { api, dkr, logs, s3: endpoint('s3', { ...gateway, route_table_ids: ['rtb-1'] }) },
      [unseen],
    ],
    [
      'names that stay public when nothing is written',
      { api, dkr, s3, logs: endpoint('logs', { private_dns_enabled: null }) },
      [neither],
    ],
    [
      's3 for another table of this input',
      { api, dkr, logs, s3: endpoint('s3', { ...gateway, route_table_ids: ['${aws_route_table.other.id}'] }) },
      [neither],
    ],
    [
      's3 by an association',
      { api, dkr, logs, associated: endpoint('s3', { vpc_endpoint_type: null, private_dns_enabled: null }) },
      [],
    ],
    ['names that stay public', { api, dkr, s3, logs: endpoint('logs', { private_dns_enabled: false }) }, [neither]],
    ['endpoints of another VPC', { api, dkr, s3, logs: endpoint('logs', { vpc_id: 'vpc-1' }) }, [neither]],
    [
      'an endpoint of a hidden service',
      { api, dkr, s3, x: endpoint('', { service_name: '${var.service}' }) },
      [unseen],
    ],
  ])('endpoints instead: %s', (_, endpoints, expected) => {
    const resource = running([EGRESS], { service: asTask, others: { ...logging, aws_vpc_endpoint: endpoints! } });

    expect(saysOf(cmp002, resource)).toEqual(expected);
  });

  test('tasks that log elsewhere need no endpoint for logs', () => {
    expect(saysOf(cmp002, running([EGRESS], { others: { aws_vpc_endpoint: { api, dkr, s3 } } }))).toEqual([]);
  });

  test('subnets that are shut for two reasons are all named', () => {
    const both = running([EGRESS], { subnet: DUAL });
    const resource: PlainResources = {
      ...both,
      aws_subnet: { app: DUAL, edge: DUAL },
      aws_route_table: { ...both.aws_route_table, open: { vpc_id: '${aws_vpc.main.id}', route: [INTERNET, EGRESS] } },
      aws_route_table_association: {
        ...both.aws_route_table_association,
        edge: { subnet_id: '${aws_subnet.edge.id}', route_table_id: '${aws_route_table.open.id}' },
      },
      aws_ecs_service: { s: serviceIn(['app', 'edge']) },
    };

    expect(saysOf([cmp002, rt001], resource)).toEqual([
      `${neither}, nor in ${useless.replace(/^.* in aws_subnet.app/, 'aws_subnet.edge')}`,
      expect.stringMatching(/^error aws_route_table\.open:/),
    ]);
  });

  test('who takes images from the registry with IPv6 is let alone', () => {
    const image = '[{"image":"111122223333.dkr-ecr.ap-southeast-1.on.aws/portal:1"}]';
    const others = { aws_ecs_task_definition: { t: { container_definitions: image } } };

    expect(saysOf(cmp002, running([EGRESS], { service: asTask, others }))).toEqual([]);
  });

  describe('in two zones', () => {
    const zones = (edit: (resources: PlainResources) => void): string[] => {
      const table = (route: readonly Attributes[]) => ({ vpc_id: '${aws_vpc.main.id}', route });
      const association = (name: string) => ({
        subnet_id: `\${aws_subnet.${name}.id}`,
        route_table_id: `\${aws_route_table.${name}.id}`,
      });
      const resources = inVpc(
        { a: DUAL, b: { ...DUAL, ipv6_cidr_block: '2406:da18:77:2::/64' } },
        {
          aws_egress_only_internet_gateway: { e: {} },
          aws_nat_gateway: { n: {} },
          aws_route_table: { a: table([NAT, EGRESS]), b: table([NAT, EGRESS]) },
          aws_route_table_association: { a: association('a'), b: association('b') },
          aws_ecs_service: { s: serviceIn(['a', 'b']) },
        },
      );
      edit(resources);
      return saysOf([cmp002, rt003, rt009], resources);
    };
    const withoutIpv4 = ({ aws_route_table }: PlainResources) => (aws_route_table!.b!.route = [EGRESS]);
    const withoutTable = ({ aws_route_table_association }: PlainResources) => delete aws_route_table_association!.a;

    test('a route that lacks in one is said once, of the service that does not start', () => {
      expect(zones(withoutIpv4)).toEqual([neither.replace('aws_subnet.app', 'aws_subnet.b')]);
    });

    test('a table that lacks in one is said once, of the subnet', () => {
      expect(zones(withoutTable)).toEqual([expect.stringMatching(/^error aws_subnet\.a: it has no table of its own/)]);
    });

    test('what lacks in both is said of both', () => {
      const says = zones((resources) => {
        withoutIpv4(resources);
        withoutTable(resources);
      });

      expect(says).toEqual([
        expect.stringMatching(/^error aws_ecs_service\.s: .* aws_subnet\.a: .*, nor in aws_subnet\.b: /),
        expect.stringMatching(/^error aws_subnet\.a: /),
      ]);
    });
  });

  test('a table that leads the families to different gateways is said once', () => {
    expect(saysOf([cmp002, rt001], running([INTERNET, EGRESS]))).toEqual([
      expect.stringMatching(/^error aws_route_table\.t:/),
    ]);
  });
});

describe('V6-CMP-003', () => {
  const running = (service: Attributes, task: Attributes = {}, groupType = 'ipv6'): string[] =>
    saysOf(
      cmp003,
      inVpc(
        { app: NATIVE, dual: DUAL },
        {
          aws_lb_target_group: { g: { ip_address_type: groupType } },
          aws_ecs_task_definition: { t: task },
          aws_ecs_service: {
            s: serviceIn(['app'], {
              task_definition: '${aws_ecs_task_definition.t.arn}',
              load_balancer: [{ target_group_arn: '${aws_lb_target_group.g.arn}' }],
              ...service,
            }),
          },
        },
      ),
    );
  const but = (problem: string) => [`error aws_ecs_service.s: aws_subnet.app: IPv6 alone, but ${problem}`];
  const image = '111122223333.dkr.ecr.ap-southeast-1.amazonaws.com/portal:1';

  test.each<[string, Attributes, Attributes, string | undefined, string[]]>([
    ['all well', {}, { container_definitions: '[{"image":"x.dkr-ecr.ap-southeast-1.on.aws/p"}]' }, undefined, []],
    ['no load balancer', { load_balancer: null }, {}, undefined, []],
    ['an IPv4 target group', {}, {}, 'ipv4', but('aws_lb_target_group.g is an IPv4 target group')],
    [
      'an image',
      {},
      { container_definitions: `[{"image":"${image}"}]` },
      undefined,
      but(`${image} is in a registry without IPv6`),
    ],
    ['ECS Exec', { enable_execute_command: 'true' }, {}, undefined, but('ECS Exec is on')],
    [
      'Windows',
      {},
      { runtime_platform: { operating_system_family: 'WINDOWS_SERVER_2022_CORE' } },
      undefined,
      but('the tasks are WINDOWS_SERVER_2022_CORE'),
    ],
    ['dual-stack subnets', { network_configuration: { subnets: ids('dual') } }, {}, 'ipv4', []],
  ])('%s', (_, service, task, groupType, expected) => {
    expect(running(service, task, groupType)).toEqual(expected);
  });
});

describe('V6-CMP-004', () => {
  const running = (task: Attributes, { service = {}, group = 'ipv4', vpc = true } = {}): string[] =>
    saysOf(cmp004, {
      aws_vpc: { main: { assign_generated_ipv6_cidr_block: vpc } },
      aws_lb_target_group: { g: { ip_address_type: group } },
      aws_ecs_task_definition: { t: task, unused: { network_mode: 'bridge' } },
      aws_ecs_service: {
        s: {
          launch_type: 'EC2',
          task_definition: '${aws_ecs_task_definition.t.arn}',
          load_balancer: [{ target_group_arn: '${aws_lb_target_group.g.arn}' }],
          ...service,
        },
      },
    });

  test.each<[string, string[], string[]]>([
    ['awsvpc', running({ network_mode: 'awsvpc' }), []],
    [
      'nothing written',
      running({}),
      [
        'notice aws_ecs_task_definition.t: the network mode is bridge, as none is written: its tasks have no IPv6 addresses',
      ],
    ],
    [
      'bridge with targets over IPv6',
      running({ network_mode: 'bridge' }, { group: 'ipv6', vpc: false }),
      ['warning aws_ecs_task_definition.t: the network mode is bridge: its tasks have no IPv6 addresses'],
    ],
    [
      'Fargate',
      running({ network_mode: 'host' }, { service: { launch_type: 'FARGATE' } }),
      ['error aws_ecs_task_definition.t: Fargate takes no network mode but awsvpc; this is host'],
    ],
    ['a network without IPv6', running({ network_mode: 'bridge' }, { vpc: false }), []],
  ])('%s', (_, said, expected) => {
    expect(said).toEqual(expected);
  });
});

describe('V6-CMP-005', () => {
  const QUIET = { ...DUAL, assign_ipv6_address_on_creation: false };
  const starting = (subnet: Attributes, networkInterface: Attributes, group: Attributes = {}): PlainResources =>
    inVpc(
      { app: subnet },
      {
        aws_launch_template: { t: { network_interfaces: [networkInterface] }, plain: {} },
        aws_autoscaling_group: {
          g: { launch_template: { id: '${aws_launch_template.t.id}' }, vpc_zone_identifier: ids('app'), ...group },
        },
      },
    );
  const fails = [
    'warning aws_launch_template.t: its interfaces ask for no IPv6 address, and aws_subnet.app assigns none',
  ];

  test.each<[string, PlainResources, string[]]>([
    ['nobody gives one', starting(QUIET, { device_index: 0 }), fails],
    ['the count is 0', starting(QUIET, { ipv6_address_count: 0 }), fails],
    ['the interface asks', starting(QUIET, { ipv6_address_count: 1 }), []],
    ['the interface asks for a prefix', starting(QUIET, { ipv6_prefix_count: 1 }), []],
    ['the subnet assigns', starting(DUAL, { device_index: 0 }), []],
    ['the subnet has no IPv6', starting(IPV4, { device_index: 0 }), []],
    [
      'a mix of instances',
      starting(
        QUIET,
        { device_index: 0 },
        {
          launch_template: null,
          mixed_instances_policy: {
            launch_template: {
              launch_template_specification: { launch_template_id: '${aws_launch_template.t.id}' },
            },
          },
        },
      ),
      fails,
    ],
  ])('%s', (_, resource, expected) => {
    expect(saysOf(cmp005, resource)).toEqual(expected);
  });

  test('is said once, of the subnet', () => {
    expect(saysOf([cmp005, sub005], starting(QUIET, { device_index: 0 }))).toEqual([
      expect.stringMatching(/^warning aws_subnet\.app:/),
    ]);
  });
});

describe('V6-CMP-007', () => {
  const machine = (options: unknown, subnet = 'app', others: PlainResources = {}): string[] =>
    saysOf(
      cmp007,
      inVpc(
        { app: NATIVE, dual: DUAL },
        { ...others, aws_instance: { m: { subnet_id: ids(subnet)[0], metadata_options: options } } },
      ),
    ).map((text) => text.replace('aws_instance.m: ', ''));
  const off = 'warning the metadata service is not on over IPv6, and aws_subnet.app has no IPv4';

  test.each<[string, unknown, string | undefined, string[]]>([
    ['nothing written', undefined, undefined, [off]],
    ['off', { http_protocol_ipv6: 'disabled' }, undefined, [off]],
    ['off beside IPv4', { http_protocol_ipv6: 'disabled' }, 'dual', []],
    ['on, with tokens', { http_protocol_ipv6: 'enabled', http_tokens: 'required' }, undefined, []],
    [
      'on, without tokens, beside IPv4',
      { http_protocol_ipv6: 'enabled' },
      'dual',
      ['warning the metadata service answers over IPv6 without a token'],
    ],
    [
      'on in a service that is off',
      { http_protocol_ipv6: 'enabled', http_endpoint: 'disabled', http_tokens: 'required' },
      undefined,
      ['warning `http_protocol_ipv6` is enabled, but `http_endpoint` is not: nothing answers'],
    ],
    [
      'tokens that only apply will know',
      { http_protocol_ipv6: 'enabled', http_tokens: '${var.x}' },
      undefined,
      ['unknown whether the metadata service asks for tokens is only known after apply'],
    ],
    ['hidden beside IPv4', '${var.options}', 'dual', []],
  ])('%s', (_, options, subnet, expected) => {
    expect(machine(options, subnet)).toEqual(expected);
  });

  test('a template speaks for its machines', () => {
    const template = { aws_launch_template: { t: { name: 't' } } };
    const group = { vpc_zone_identifier: ids('app'), launch_template: { id: '${aws_launch_template.t.id}' } };
    const instance = { subnet_id: ids('app')[0], launch_template: { id: '${aws_launch_template.t.id}' } };

    expect(
      saysOf(
        cmp007,
        inVpc({ app: NATIVE }, { ...template, aws_autoscaling_group: { g: group }, aws_instance: { m: instance } }),
      ),
    ).toEqual([
      'warning aws_launch_template.t: the metadata service is not on over IPv6, and aws_subnet.app has no IPv4',
    ]);
  });
});

describe('V6-CMP-008', () => {
  const calling = (network: unknown, subnets: Record<string, Attributes> = { a: DUAL, b: DUAL }): PlainResources =>
    inVpc(subnets, { aws_lambda_function: { f: { vpc_config: network } } });
  const both = (allowed?: unknown) => ({ subnet_ids: ids('a', 'b'), ipv6_allowed_for_dual_stack: allowed });

  test.each<[string, PlainResources, string[]]>([
    ['allowed', calling(both('true')), []],
    [
      'not allowed',
      calling(both(false)),
      ['warning aws_lambda_function.f: the function does not use the IPv6 of its subnets'],
    ],
    ['not allowed, and not to be', calling(both(), { a: DUAL, b: IPV4 }), []],
    [
      'allowed, where a subnet has none',
      calling(both(true), { a: DUAL, b: IPV4 }),
      ['error aws_lambda_function.f: the function is to use IPv6, but aws_subnet.b has no IPv6 block'],
    ],
    [
      'allowed, where a subnet is elsewhere',
      calling({ subnet_ids: [...ids('a'), 'subnet-1'], ipv6_allowed_for_dual_stack: true }),
      ['unknown aws_lambda_function.f: not all of its subnets are part of this input'],
    ],
    ['subnets elsewhere', calling({ subnet_ids: ['subnet-1'] }), []],
    ['no VPC', calling(undefined), []],
  ])('%s', (_, resource, expected) => {
    expect(saysOf(cmp008, resource)).toEqual(expected);
  });

  describe('of a probe', () => {
    const EGRESS = { ipv6_cidr_block: '::/0', egress_only_gateway_id: '${aws_egress_only_internet_gateway.e.id}' };
    const everybody = { protocol: 'tcp', from_port: 443, to_port: 443, ipv6_cidr_blocks: ['::/0'] };
    const probing = (
      edit: (resources: PlainResources) => void = () => {},
      event = '{"host":"hue.gov.vn","portal":"portal"}',
    ): PlainResources => {
      const resources = inVpc(
        { a: DUAL },
        {
          aws_egress_only_internet_gateway: { e: { vpc_id: '${aws_vpc.main.id}' } },
          aws_route_table: { t: { vpc_id: '${aws_vpc.main.id}', route: [EGRESS] } },
          aws_route_table_association: {
            a: { subnet_id: '${aws_subnet.a.id}', route_table_id: '${aws_route_table.t.id}' },
          },
          aws_security_group: { g: { egress: [everybody] } },
          aws_lambda_function: {
            f: {
              vpc_config: {
                subnet_ids: ids('a'),
                security_group_ids: ['${aws_security_group.g.id}'],
                ipv6_allowed_for_dual_stack: true,
              },
            },
          },
          aws_scheduler_schedule: { s: { target: { arn: '${aws_lambda_function.f.arn}', input: event } } },
        },
      );
      edit(resources);
      return resources;
    };
    const withoutRoute = ({ aws_route_table }: PlainResources) => (aws_route_table!.t!.route = []);
    const stuck =
      'warning aws_lambda_function.f: it asks for portals over IPv6, but aws_subnet.a has no way out for it';

    test.each<[string, PlainResources, string[]]>([
      ['a way out', probing(), []],
      ['none', probing(withoutRoute), [stuck]],
      ['NAT alone', probing((all) => (all.aws_route_table!.t!.route = [{ ...EGRESS, ...NAT6 }])), [stuck]],
      [
        'a group that lets nothing out',
        probing((all) => (all.aws_security_group!.g!.egress = [])),
        [
          'warning aws_lambda_function.f: it asks for portals over IPv6, but aws_security_group.g does not let it out to port 443',
        ],
      ],
      [
        'a group that is elsewhere',
        probing((all) => delete all.aws_security_group!.g),
        ['unknown aws_lambda_function.f: whether it gets to the portals that it asks for cannot be seen here'],
      ],
      ['none, asked for nothing', probing(withoutRoute, '{"job":"backup"}'), []],
      [
        'none, switched off',
        probing((all) => {
          withoutRoute(all);
          all.aws_scheduler_schedule!.s!.state = 'DISABLED';
        }),
        [],
      ],
    ])('%s', (_, resource, expected) => {
      expect(saysOf(cmp008, resource)).toEqual(expected);
    });

    test('a gateway without a route is said once, of itself', () => {
      expect(saysOf([cmp008, rt005], probing(withoutRoute))).toEqual([
        'warning aws_egress_only_internet_gateway.e: no route leads to it',
      ]);
    });
  });

  test('a subnet without IPv6 is said once, of itself', () => {
    expect(saysOf([cmp008, sub001], calling(both(true), { a: DUAL, b: IPV4 }))).toEqual([
      expect.stringMatching(/^error aws_subnet\.b:/),
    ]);
  });
});

describe('V6-CMP-009', () => {
  const keeping = (database: Attributes, groupOf: readonly string[], others: PlainResources = {}): PlainResources =>
    inVpc(
      { a: DUAL, b: DUAL, old: IPV4, app: NATIVE },
      {
        aws_db_subnet_group: { g: { subnet_ids: ids(...groupOf) } },
        aws_rds_cluster: { d: { db_subnet_group_name: '${aws_db_subnet_group.g.name}', ...database } },
        ...others,
      },
    );
  const service = { aws_ecs_service: { s: serviceIn(['app']) } };

  test.each<[string, PlainResources, string[]]>([
    ['dual-stack', keeping({ network_type: 'DUAL' }, ['a', 'b']), []],
    [
      'dual-stack, where a subnet has none',
      keeping({ network_type: 'DUAL' }, ['a', 'old']),
      ['error aws_rds_cluster.d: the network type is DUAL, but aws_subnet.old has no IPv6 block'],
    ],
    ['IPv4', keeping({}, ['a', 'b']), []],
    [
      'IPv4, where tasks have none',
      keeping({ network_type: 'IPV4' }, ['a', 'b'], service),
      ['warning aws_rds_cluster.d: the database has IPv4 alone, but IPv6 is all that aws_ecs_service.s has'],
    ],
    ['IPv4, where tasks of elsewhere have none', keeping({ db_subnet_group_name: 'elsewhere' }, ['a'], service), []],
    [
      'what only apply will know',
      keeping({ network_type: '${var.x}' }, ['a']),
      ['unknown aws_rds_cluster.d: the network type is only known after apply'],
    ],
  ])('%s', (_, resource, expected) => {
    expect(saysOf(cmp009, resource)).toEqual(expected);
  });
});

test.each<[PlainResources, string[]]>([
  [{ aws_db_instance: { d: { publicly_accessible: true } } }, []],
  [{ aws_db_instance: { d: { network_type: 'DUAL' } } }, []],
  [{ aws_db_instance: { d: { network_type: '${var.x}', publicly_accessible: false } } }, []],
  [
    { aws_db_instance: { d: { network_type: '${var.x}', publicly_accessible: true } } },
    ['unknown aws_db_instance.d: whether the database is dual-stack and publicly accessible is only known after apply'],
  ],
  [
    {
      aws_rds_cluster: { c: { network_type: 'DUAL' } },
      aws_rds_cluster_instance: { d: { cluster_identifier: '${aws_rds_cluster.c.id}', publicly_accessible: 'true' } },
    },
    ['error aws_rds_cluster_instance.d: the database is dual-stack and publicly accessible'],
  ],
])('V6-CMP-010 of %j', (resource, expected) => {
  expect(saysOf(cmp010, resource)).toEqual(expected);
});

describe('V6-CMP-011', () => {
  test.each<[Attributes, string | undefined]>([
    [{ network_type: 'dual_stack', engine: 'redis', engine_version: '6.2' }, undefined],
    [{ network_type: 'dual_stack', engine: 'redis', engine_version: '6.x' }, undefined],
    [{ network_type: 'dual_stack', engine: 'redis', engine_version: '6.0' }, 'warning: redis 6.0 has no IPv6'],
    [{ network_type: 'ipv6', engine: 'valkey', engine_version: '7.1' }, 'warning: valkey 7.1 has no IPv6'],
    [{ network_type: 'ipv6', engine: 'valkey', engine_version: '8.0' }, undefined],
    [{ network_type: 'ipv6', engine: 'memcached', engine_version: '1.6.6' }, undefined],
    [{ network_type: 'ipv6', engine: 'memcached', engine_version: '1.5.16' }, 'warning: memcached 1.5.16 has no IPv6'],
    [{ network_type: 'ipv6', engine: 'memcached', engine_version: '1.6' }, undefined],
    [{ network_type: 'dual_stack', engine: 'redis' }, undefined],
    [{ network_type: 'dual_stack', engine_version: '5.0.6' }, 'warning: redis 5.0.6 has no IPv6'],
    [{ network_type: 'dual_stack', engine: 'next', engine_version: '1.0' }, undefined],
    [{ network_type: 'dual_stack', node_type: 'cache.m4.large' }, 'warning: nodes of type cache.m4.large have no IPv6'],
    [{ network_type: 'dual_stack', node_type: 'cache.m6g.large' }, undefined],
    [{ ip_discovery: 'ipv6' }, 'warning: `ip_discovery` is ipv6, but the network type is ipv4'],
    [{ ip_discovery: 'ipv4', engine: 'redis', engine_version: '5.0.6' }, undefined],
    [{ network_type: '${var.x}' }, 'unknown: the network type is only known after apply'],
  ])('%j', (cache, expected) => {
    const said = saysOf(cmp011, { aws_elasticache_cluster: { c: cache } });

    expect(said.map((text) => text.replace(' aws_elasticache_cluster.c', ''))).toEqual(
      expected === undefined ? [] : [expected],
    );
  });
});

describe('V6-CMP-012', () => {
  const unwritten = 'warning: the address type is ipv4, as none is written';

  test.each<[string, Attributes, string | undefined]>([
    ['aws_apigatewayv2_api', { ip_address_type: 'dualstack' }, undefined],
    ['aws_apigatewayv2_api', { ip_address_type: 'ipv4' }, 'warning: the address type is ipv4'],
    ['aws_apigatewayv2_api', { disable_execute_api_endpoint: true }, undefined],
    ['aws_apigatewayv2_domain_name', { domain_name_configuration: { ip_address_type: 'dualstack' } }, undefined],
    ['aws_apigatewayv2_domain_name', { domain_name_configuration: { endpoint_type: 'REGIONAL' } }, unwritten],
    ['aws_api_gateway_rest_api', {}, unwritten],
    ['aws_api_gateway_rest_api', { endpoint_configuration: [{ types: ['REGIONAL'] }] }, unwritten],
    ['aws_api_gateway_rest_api', { endpoint_configuration: [{ types: ['PRIVATE'] }] }, undefined],
    ['aws_api_gateway_rest_api', { endpoint_configuration: { ip_address_type: 'dualstack' } }, undefined],
    [
      'aws_api_gateway_rest_api',
      { endpoint_configuration: '${var.x}' },
      'unknown: the endpoint is only known after apply',
    ],
    ['aws_api_gateway_domain_name', { endpoint_configuration: { types: ['REGIONAL'] } }, unwritten],
  ])('%s with %j', (type, api, expected) => {
    const said = saysOf(cmp012, { [type]: { a: api } });

    expect(said.map((text) => text.replace(` ${type}.a`, ''))).toEqual(expected === undefined ? [] : [expected]);
  });

  test.each([
    ['A', 'warning'],
    ['AAAA', 'error'],
  ])('a name without IPv6 that a record of type %s leads to is worth: %s', (type, severity) => {
    const record = { name: 'forms.hue.gov.vn', type, alias: { name: '${aws_api_gateway_domain_name.a.arn}' } };

    expect(saysOf(cmp012, { aws_api_gateway_domain_name: { a: {} }, aws_route53_record: { r: record } })).toEqual([
      `${severity} aws_api_gateway_domain_name.a: the address type is ipv4, as none is written`,
    ]);
  });
});
