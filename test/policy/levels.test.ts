import { HOPS } from '../../policy/hops/hop';
import { portalPaths, type PortalPath } from '../../policy/levels';
import { acceleratorStack } from '../helpers/accelerator';
import { CDN_GATEWAY, GATEWAY, production, STATIC } from '../helpers/agency';
import { distributionStack } from '../helpers/distribution';
import { networkEdge, watched } from '../helpers/plain-network-edge';
import { type Edit, plainStack } from '../helpers/plain-stack';

function path(...edits: readonly Edit[]): PortalPath {
  const [first] = portalPaths(plainStack(...edits));
  return first!;
}

/** What takes a plain stack from L3 to L4. */
const ipv6Only: Edit = (resources) => {
  resources.aws_subnet!.app!.ipv6_native = true;
  resources.aws_lb_target_group!.tasks!.ip_address_type = 'ipv6';
};
const dns64: Edit = ({ aws_subnet }) => (aws_subnet!.app!.enable_dns64 = true);
const nat64: Edit = (resources) => {
  resources.aws_nat_gateway = { nat: {} };
  resources.aws_route!.nat64 = {
    route_table_id: '${aws_route_table.app.id}',
    destination_ipv6_cidr_block: '64:ff9b::/96',
    nat_gateway_id: '${aws_nat_gateway.nat.id}',
  };
};

test('a path has every hop, both families side by side', () => {
  const { name, names, edge, hops } = path();

  expect({ name, names, edge }).toEqual({
    name: 'hue.gov.vn',
    names: ['hue.gov.vn', 'www.hue.gov.vn'],
    edge: 'aws_lb.edge',
  });
  expect(hops).toEqual(HOPS.map((hop) => ({ hop, ipv4: { state: 'pass' }, ipv6: { state: 'pass' } })));
});

describe('levels', () => {
  test.each<[string, number, readonly Edit[], string[]]>([
    [
      'IPv4 only: the load balancer has no IPv6',
      0,
      [({ aws_lb }) => (aws_lb!.edge!.ip_address_type = 'ipv4')],
      ['make the load balancer dualstack: it is ipv4'],
    ],
    [
      'IPv4 only: no name has an AAAA',
      0,
      [({ aws_route53_record: records }) => (delete records!.aaaa, delete records!['www-aaaa'])],
      ['publish AAAA for hue.gov.vn, www.hue.gov.vn'],
    ],
    [
      'declared: names have an AAAA, and nothing more works',
      1,
      [
        ({ aws_route }) => delete aws_route!.ipv6,
        ({ aws_vpc_security_group_ingress_rule: rules }) => delete rules!.ipv6,
      ],
      ['open port 443 to IPv6 in the security group', 'route ::/0 of aws_subnet.a to the internet gateway'],
    ],
    [
      'reachable: every hop is open, and nobody watches',
      2,
      [
        (resources) => void (resources.aws_scheduler_schedule = {}),
        (resources) => void (resources.aws_cloudwatch_metric_alarm = {}),
      ],
      ['add a health check over IPv6: the probe', 'add an alarm on the share of IPv6 requests'],
    ],
    ['works well: watched over IPv6', 3, [], ['run the application subnets IPv6-only']],
    ['ready for IPv6-only: tasks do without IPv4', 4, [ipv6Only], []],
    ['ready for IPv6-only: what is still IPv4 is reached by NAT64 and DNS64', 4, [ipv6Only, dns64, nat64], []],
  ])('%s: L%i', (_, level, edits, missing) => {
    expect(path(...edits)).toMatchObject({ level, atLeast: false, missing });
  });

  test.each<[string, number, Edit]>([
    ['dns', 0, ({ aws_route53_record }) => delete aws_route53_record!.aaaa],
    ['edge', 0, ({ aws_lb }) => delete aws_lb!.edge!.ip_address_type],
    ['listener', 1, (resources) => void (resources.aws_lb_listener = {})],
    ['firewall', 1, ({ aws_network_acl }) => ((aws_network_acl!.public!.ingress as unknown[]).length = 1)],
    ['route', 1, ({ aws_subnet }) => delete aws_subnet!.a!.ipv6_cidr_block],
    ['target', 1, ({ aws_vpc_security_group_ingress_rule: rules }) => delete rules!.tasks],
    ['health', 2, (resources) => void (resources.aws_scheduler_schedule = {})],
  ])('without IPv6 at %s a portal is at L%i, and the reason is that of the hop', (hop, level, edit) => {
    const found = path(edit);
    const finding = found.hops.find((one) => one.hop === hop)!.ipv6;

    expect(finding.state).toBe('fail');
    expect(found.level).toBe(level);
    expect(found.missing).toContain(finding.reason);
  });

  test('a family that fails alone lowers the level, IPv4 as well', () => {
    expect(path(({ aws_route }) => delete aws_route!.ipv4)).toMatchObject({
      level: 1,
      missing: ['route 0.0.0.0/0 of aws_subnet.a to the internet gateway'],
    });
  });

  test('a reason that holds for both families is said once', () => {
    expect(path(({ aws_vpc_security_group_ingress_rule: rules }) => delete rules!.tasks).missing).toEqual([
      'open port 8080 of the tasks to the load balancer',
    ]);
  });
});

describe('what is not known never passes', () => {
  test.each<[string, number, Edit, string]>([
    [
      'records of a zone elsewhere',
      0,
      (resources) => void (resources.aws_route53_record = {}),
      'enter the records: the zone is outside, so AAAA records cannot be seen here',
    ],
    [
      'an address type from outside',
      0,
      ({ aws_lb }) => (aws_lb!.edge!.ip_address_type = '${var.type}'),
      "the load balancer's address type is ${var.type}",
    ],
    [
      'subnets of an existing network',
      1,
      ({ aws_lb }) => (aws_lb!.edge!.subnets = ['subnet-0a', 'subnet-0b']),
      'the subnets and their routes are not part of this stack',
    ],
    [
      'endpoints of an existing VPC',
      2,
      ({ aws_lb_target_group }) => (aws_lb_target_group!.tasks!.vpc_id = 'vpc-0a'),
      "the VPC's endpoints are not part of this stack",
    ],
    [
      'application subnets of an existing network',
      1,
      ({ aws_ecs_service }) =>
        (aws_ecs_service!.portal!.network_configuration = {
          subnets: ['subnet-0c'],
          security_groups: ['${aws_security_group.tasks.id}'],
        }),
      'not all of the way from the load balancer to the tasks can be seen here',
    ],
  ])('%s keep a portal at L%i', (_, level, edit, reason) => {
    const found = path(edit);

    expect(found).toMatchObject({ level, atLeast: true });
    expect(found.missing).toContain(reason);
  });

  test('beside something that is closed the level is certain', () => {
    const outside: Edit = (resources) => void (resources.aws_route53_record = {});
    const ipv4: Edit = ({ aws_lb }) => (aws_lb!.edge!.ip_address_type = 'ipv4');

    expect(path(outside, ipv4)).toMatchObject({ level: 0, atLeast: false });
  });

  test('an application subnet of an existing network beside one that is IPv6-only is not known either', () => {
    const edit: Edit = ({ aws_ecs_service }) => {
      const configuration = aws_ecs_service!.portal!.network_configuration as Record<string, unknown>;
      configuration.subnets = ['${aws_subnet.app.id}', 'subnet-0c'];
    };

    expect(path(ipv6Only, edit)).toMatchObject({
      level: 1,
      missing: ['not all of the way from the load balancer to the tasks can be seen here'],
    });
  });
});

describe('L3 asks for', () => {
  test.each<[string, Edit]>([
    [
      'the alarm on another load balancer',
      ({ aws_cloudwatch_metric_alarm: alarms }) => {
        alarms!.share!.metric_query = [
          { metric: { metric_name: 'IPv6RequestCount', dimensions: { LoadBalancer: 'app/other/1' } } },
        ];
      },
    ],
    [
      'an alarm on all requests alone',
      ({ aws_cloudwatch_metric_alarm: alarms }) => {
        alarms!.share!.metric_query = [
          { metric: { metric_name: 'RequestCount', dimensions: { LoadBalancer: '${aws_lb.edge.arn_suffix}' } } },
        ];
      },
    ],
  ])('an alarm on IPv6 requests, which is not %s', (_, edit) => {
    expect(path(edit)).toMatchObject({ level: 2, missing: ['add an alarm on the share of IPv6 requests'] });
  });

  test('that alarm in either form', () => {
    const plain: Edit = ({ aws_cloudwatch_metric_alarm: alarms }) => {
      alarms!.share = {
        ...alarms!.share,
        metric_query: undefined,
        metric_name: 'IPv6RequestCount',
        dimensions: { LoadBalancer: '${aws_lb.edge.arn_suffix}' },
      };
    };

    expect(path(plain).level).toBe(3);
  });

  test.each<[string, Record<string, unknown>, number]>([
    ['logs over IPv4 alone', { service_name: 'com.amazonaws.ap-southeast-1.logs', ip_address_type: 'ipv4' }, 2],
    ['logs without a word on it', { service_name: 'com.amazonaws.ap-southeast-1.logs' }, 2],
    ['logs over both families', { service_name: 'com.amazonaws.ap-southeast-1.logs', ip_address_type: 'dualstack' }, 3],
    // These have no IPv6 to offer, or are called over IPv4 while a task starts.
    ['ecr.dkr over IPv4', { service_name: 'com.amazonaws.ap-southeast-1.ecr.dkr', ip_address_type: 'ipv4' }, 3],
    ['ssm over IPv4', { service_name: 'com.amazonaws.ap-southeast-1.ssm', ip_address_type: 'ipv4' }, 3],
    ['ssmmessages over IPv4', { service_name: 'com.amazonaws.ap-southeast-1.ssmmessages', ip_address_type: 'ipv4' }, 2],
  ])('dual-stack endpoints: %s', (_, endpoint, level) => {
    const found = path((resources) => {
      resources.aws_vpc_endpoint = {
        one: { vpc_id: '${aws_vpc.vpc.id}', vpc_endpoint_type: 'Interface', ...endpoint },
        other: { vpc_id: 'vpc-other', vpc_endpoint_type: 'Interface', ip_address_type: 'ipv4' },
      };
    });

    expect(found.level).toBe(level);
    if (level === 2) expect(found.missing).toEqual(['make aws_vpc_endpoint.one dualstack']);
  });
});

describe('L3 asks of a network load balancer for', () => {
  const logs = (value: unknown): Edit => {
    return ({ aws_lb }) => (aws_lb!.edge!.access_logs = value);
  };
  const unlogged = 'keep access logs: nothing else of a network load balancer tells the families apart';

  test.each<[string, number, readonly Edit[], string]>([
    ['checks of its addresses and logs', 3, [], 'run the application subnets IPv6-only'],
    ['logs, which it has not', 2, [logs(undefined)], unlogged],
    ['logs, which are off', 2, [logs({ bucket: 'hue-logs', enabled: false })], unlogged],
    ['logs, which nobody knows', 2, [logs('${var.logs}')], 'whether it keeps access logs is only known after apply'],
  ])('%s: L%i', (_, level, edits, missing) => {
    expect(path(networkEdge, watched('ipv6'), ...edits)).toMatchObject({ level, missing: [missing] });
  });
});

describe('L4 asks for', () => {
  test('an IPv6 target group in front of IPv6-only tasks', () => {
    const edit: Edit = ({ aws_lb_target_group }) => (aws_lb_target_group!.tasks!.ip_address_type = 'ipv4');

    expect(path(ipv6Only, edit)).toMatchObject({ level: 3, missing: ['make the target group IPv6'] });
  });

  test.each<[string, Edit]>([
    ['DNS64 makes up addresses that lead nowhere', dns64],
    ['NAT64 leads where no made-up address points', nat64],
  ])('DNS64 and NAT64 as a pair: alone, %s', (_, edit) => {
    expect(path(ipv6Only, edit)).toMatchObject({
      level: 3,
      missing: ['pair DNS64 and the route for 64:ff9b::/96 of aws_subnet.app'],
    });
  });

  test('the NAT64 route in any spelling, inline or of its own', () => {
    const inline: Edit = (resources) => {
      resources.aws_nat_gateway = { nat: {} };
      resources.aws_route_table!.app!.route = [
        { ipv6_cidr_block: '64:FF9B:0:0::/96', nat_gateway_id: '${aws_nat_gateway.nat.id}', cidr_block: null },
      ];
    };

    expect(path(ipv6Only, dns64, inline).level).toBe(4);
  });

  test('the same of all target groups that get requests', () => {
    const edit: Edit = (resources) => {
      const target_group = ['tasks', 'next'].map((name) => ({ arn: `\${aws_lb_target_group.${name}.arn}` }));
      resources.aws_lb_target_group!.next = { ...resources.aws_lb_target_group!.tasks, ip_address_type: 'ipv4' };
      resources.aws_lb_listener!.https!.default_action = [{ type: 'forward', forward: { target_group } }];
      resources.aws_ecs_service!.next = {
        ...resources.aws_ecs_service!.portal,
        load_balancer: [{ target_group_arn: '${aws_lb_target_group.next.arn}', container_port: 8080 }],
      };
    };

    expect(path(ipv6Only, edit)).toMatchObject({ level: 3, missing: ['make the target group IPv6'] });
  });

  test('an origin without IPv4, so a gateway ends at L3', () => {
    const edit: Edit = (resources) => {
      resources.aws_ecs_service = {};
      resources.aws_lb_target_group_attachment = {
        origin: { target_group_arn: '${aws_lb_target_group.tasks.arn}', target_id: '10.1.2.3' },
      };
      resources.aws_vpc_security_group_egress_rule!.edge!.referenced_security_group_id = undefined;
      resources.aws_vpc_security_group_egress_rule!.edge!.cidr_ipv4 = '10.1.2.3/32';
    };

    expect(path(edit)).toMatchObject({
      level: 3,
      missing: ['move the portal off its IPv4 origin: a gateway goes no higher than L3'],
    });
  });
});

describe('behind CloudFront, L4 asks for', () => {
  const origin = (one: Record<string, unknown>): Edit => {
    return ({ aws_cloudfront_distribution }) => (aws_cloudfront_distribution!.portal!.origin = [one]);
  };
  /** A probe, without which no portal is above L2. */
  const probed: Edit = (resources) => {
    const input = JSON.stringify({ portal: 'portal', host: 'hue.gov.vn' });
    resources.aws_scheduler_schedule = { probe: { target: { input } } };
    resources.aws_cloudwatch_metric_alarm = {
      down: { metric_name: 'Ipv6Available', dimensions: { Portal: 'portal' }, alarm_actions: ['arn:aws:sns:1'] },
    };
  };
  const custom = (type?: string) => ({ origin_protocol_policy: 'https-only', ip_address_type: type });
  const levelWith = (one: Record<string, unknown>) => portalPaths(distributionStack(probed, origin(one)))[0]!.level;

  test.each<[string, Record<string, unknown>, number]>([
    ['a bucket', { domain_name: '${aws_s3_bucket.portal.bucket_regional_domain_name}' }, 4],
    ['a server over IPv6', { domain_name: 'goc.hue.gov.vn', custom_origin_config: custom('ipv6') }, 4],
    ['a server over both', { domain_name: 'goc.hue.gov.vn', custom_origin_config: custom('dualstack') }, 3],
    ['a server as CloudFront likes', { domain_name: 'goc.hue.gov.vn', custom_origin_config: custom() }, 3],
    ['a server in a way not known', { domain_name: 'goc.hue.gov.vn', custom_origin_config: custom('${var.x}') }, 3],
    [
      'a website of S3, which is a server',
      { domain_name: '${aws_s3_bucket.portal.bucket_regional_domain_name}', custom_origin_config: custom() },
      3,
    ],
  ])('no server that is reached over IPv4: %s', (_, one, level) => {
    expect(levelWith(one)).toBe(level);
  });
});

test('each load balancer is a portal of its own', () => {
  const paths = portalPaths(plainStack(({ aws_lb }) => (aws_lb!.other = { ip_address_type: 'ipv4' })));

  expect(paths.map(({ name, edge, level }) => [name, edge, level])).toEqual([
    ['hue.gov.vn', 'aws_lb.edge', 3],
    [undefined, 'aws_lb.other', 0],
  ]);
});

describe('an accelerator', () => {
  const FRONT = 'aws_globalaccelerator_accelerator.front';
  const level = (...edits: readonly Edit[]) =>
    portalPaths(acceleratorStack(...edits)).map((one) => ({ ...one, hops: [] }));

  test('is at the level of what is behind it', () => {
    expect(level()).toMatchObject([
      { name: 'hue.gov.vn', edge: FRONT, level: 3, missing: ['run the application subnets IPv6-only'] },
    ]);
    expect(level(ipv6Only)).toMatchObject([{ edge: FRONT, level: 4, missing: [] }]);
  });

  test('is asked for what its load balancer is asked for', () => {
    expect(level(({ aws_cloudwatch_metric_alarm: alarms }) => delete alarms!.share)).toMatchObject([
      { level: 2, missing: ['add an alarm on the share of IPv6 requests'] },
    ]);
  });

  test('is IPv4 only by its own address type', () => {
    expect(
      level(({ aws_globalaccelerator_accelerator: accelerators }) => (accelerators!.front!.ip_address_type = 'IPV4')),
    ).toMatchObject([{ level: 0, missing: ['make the accelerator DUAL_STACK: it is IPV4'] }]);
  });
});

test('a name that leads outside is at a level that is not known, and at L0 without an AAAA', () => {
  const named = (...types: readonly string[]): Edit => {
    return ({ aws_route53_record: records }) => {
      for (const type of types) {
        records![`x-${type}`] = { name: 'x.hue.gov.vn', type, alias: { name: 'd111.cloudfront.net' } };
      }
    };
  };
  const outside = (edit: Edit) => portalPaths(plainStack(edit))[1];

  expect(outside(named('A', 'AAAA'))).toMatchObject({ edge: 'd111.cloudfront.net', level: 0, atLeast: true });
  expect(outside(named('A'))).toMatchObject({ edge: 'd111.cloudfront.net', level: 0, atLeast: false });
});

describe('a stack of portal6', () => {
  test('is at L3 with dual-stack tasks, and at L4 with IPv6-only ones, with NAT or without', () => {
    expect(portalPaths(production())[0]).toMatchObject({
      level: 3,
      missing: ['run the application subnets IPv6-only'],
    });
    for (const nat of ['per-zone', 'none'] as const) {
      const network = { ipv4: '10.46.0.0/20', nat, appSubnets: 'ipv6-only' as const };
      expect(portalPaths(production({ network }))[0]).toMatchObject({ level: 4, missing: [] });
    }
  });

  test('is at L4 as files behind CloudFront: there is no server that could need IPv4', () => {
    expect(portalPaths(production({ network: undefined, portals: { tin: STATIC } }))).toMatchObject([
      { name: 'tin.hue.gov.vn', level: 4, missing: [] },
    ]);
  });

  test.each([
    ['ipv4', 3, ['let CloudFront reach the origin over IPv6 alone']],
    ['dual-stack', 3, ['let CloudFront reach the origin over IPv6 alone']],
    ['ipv6', 4, []],
  ] as const)('as a gateway behind CloudFront whose origin is reached by %s is at L%i', (family, level, missing) => {
    const hosting = { type: 'gateway', origin: { host: 'goc.hue.gov.vn', family } } as const;
    const portals = { cong: { ...CDN_GATEWAY, hosting } };

    expect(portalPaths(production({ network: undefined, portals }))).toMatchObject([
      { name: 'cong.hue.gov.vn', level, missing },
    ]);
  });

  test('is at L3 as a gateway', () => {
    expect(portalPaths(production({ portals: { motcua: GATEWAY } }))[0]).toMatchObject({
      name: 'motcua.hue.gov.vn',
      level: 3,
      missing: ['move the portal off its IPv4 origin: a gateway goes no higher than L3'],
    });
  });
});
