import type { Resource, ResourceGraph } from '../../policy/resource-graph';
import { blocks } from '../helpers/blocks';
import { CONTAINER, GATEWAY, production } from '../helpers/agency';

/**
 * What a citizen's packet needs to reach a portal over IPv6 and come back, hop by hop. Each test is one hop; together
 * they are the reason why AAAA alone is not IPv6.
 */
describe.each([
  ['dual-stack tasks', production()],
  ['IPv6-only tasks', production(ipv6Only())],
  [
    'virtual machines',
    production({ portals: { portal: { ...CONTAINER, hosting: { type: 'instances', ami: 'ami-0123456789abcdef0' } } } }),
  ],
  ['a gateway', production({ portals: { portal: { ...CONTAINER, hosting: GATEWAY.hosting } } })],
])('over IPv6, a citizen of a portal on %s', (_, graph) => {
  const loadBalancer = one(graph, 'aws_lb');
  const subnets = graph.referencesIn(loadBalancer.attributes.subnets);

  test.each(['portal.hue.gov.vn', 'www.hue.gov.vn'])('finds an AAAA for %s that leads to the load balancer', (name) => {
    const record = graph
      .ofType('aws_route53_record')
      .find(({ attributes }) => attributes.type === 'AAAA' && attributes.name === name);

    expect(graph.referencesIn(record?.attributes.alias)).toEqual([loadBalancer]);
  });

  test('finds a load balancer that has IPv6 addresses, in subnets that have a /64 each', () => {
    expect(loadBalancer.attributes.ip_address_type).toBe('dualstack');
    expect(subnets).toHaveLength(2);
    for (const subnet of subnets)
      expect(String(subnet.attributes.ipv6_cidr_block)).toMatch(/^\$\{cidrsubnet\(.*, 8, [0-9]+\)\}$/);
  });

  test('gets in by the internet gateway, and the replies leave by it: an egress-only gateway would drop the request', () => {
    for (const subnet of subnets) {
      const route = routesOf(graph, subnet).find(({ attributes }) => attributes.destination_ipv6_cidr_block === '::/0');
      expect(graph.referencesIn(route?.attributes.gateway_id).map(({ type }) => type)).toEqual([
        'aws_internet_gateway',
      ]);
    }
  });

  test('passes the network ACL both ways: it keeps no state, so the reply needs a rule too', () => {
    for (const subnet of subnets) {
      const [acl] = graph.referring('aws_network_acl', 'subnet_ids', subnet);
      const from = { action: 'allow', ipv6_cidr_block: '::/0' };

      expect(blocks(acl?.attributes.ingress)).toContainEqual(
        expect.objectContaining({ ...from, protocol: '6', from_port: 443, to_port: 443 }),
      );
      expect(blocks(acl?.attributes.egress)).toContainEqual(expect.objectContaining({ ...from, protocol: '-1' }));
    }
  });

  test('can say that a packet was too big: nobody on the way fragments IPv6, so large answers would hang', () => {
    for (const subnet of subnets) {
      const [acl] = graph.referring('aws_network_acl', 'subnet_ids', subnet);
      expect(blocks(acl?.attributes.ingress)).toContainEqual(
        expect.objectContaining({
          action: 'allow',
          protocol: '58',
          icmp_type: 2,
          icmp_code: 0,
          ipv6_cidr_block: '::/0',
        }),
      );
    }
    expect(ingress(graph, loadBalancer)).toContainEqual(
      expect.objectContaining({ ip_protocol: 'icmpv6', from_port: 2, to_port: 0, cidr_ipv6: '::/0' }),
    );
  });

  test.each([443, 80])('passes the security group on port %i, as over IPv4', (port) => {
    const open = ingress(graph, loadBalancer).filter(
      ({ from_port, to_port }) => from_port === port && to_port === port,
    );

    expect(open).toContainEqual(expect.objectContaining({ cidr_ipv6: '::/0', ip_protocol: 'tcp' }));
    expect(open).toContainEqual(expect.objectContaining({ cidr_ipv4: '0.0.0.0/0', ip_protocol: 'tcp' }));
  });

  test('meets a listener with a certificate for every name, the staged one included', () => {
    const https = graph.ofType('aws_lb_listener').find(({ attributes }) => attributes.port === 443);
    const validation = graph.referenceIn(https?.attributes.certificate_arn, 'aws_acm_certificate_validation');
    const certificate = graph.referenceIn(validation?.attributes.certificate_arn, 'aws_acm_certificate');

    expect(certificate?.attributes.domain_name).toBe('portal.hue.gov.vn');
    expect(certificate?.attributes.subject_alternative_names).toEqual(['www.hue.gov.vn', 'v6.portal.hue.gov.vn']);
  });

  test('is redirected from HTTP to HTTPS by the same load balancer, so the redirect works over IPv6 too', () => {
    const http = graph.ofType('aws_lb_listener').find(({ attributes }) => attributes.port === 80);
    expect(graph.referencesIn(http?.attributes.load_balancer_arn)).toEqual([loadBalancer]);
    expect(http?.attributes.default_action).toEqual([
      { type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', status_code: 'HTTP_301' } },
    ]);
  });

  test('is watched: a probe asks over IPv6 alone, and silence of IPv6 raises an alarm', () => {
    const [schedule] = graph.ofType('aws_scheduler_schedule');
    const { input } = blocks(schedule?.attributes.target)[0]!;
    const metrics = graph.ofType('aws_cloudwatch_metric_alarm').map(({ attributes }) => attributes.metric_name);

    expect(JSON.parse(String(input))).toMatchObject({ host: 'portal.hue.gov.vn', portal: 'portal' });
    expect(metrics).toContain('Ipv6Available');
    expect(JSON.stringify(graph.ofType('aws_cloudwatch_metric_alarm'))).toContain('IPv6RequestCount');
  });

  test('is let in for the probe whatever `allow` says, because its block is known only after apply', () => {
    const probe = ingress(graph, loadBalancer).find(({ description }) => description === 'IPv6 probe');
    expect(graph.referencesIn(probe?.cidr_ipv6).map(({ constructPath }) => constructPath)).toEqual([
      'hue-production/probe/vpc',
    ]);
  });
});

describe('over IPv6, a task', () => {
  test.each([
    ['dual-stack', production(), 'nat_gateway_id'],
    ['IPv6-only', production(ipv6Only()), undefined],
  ])('in %s subnets reaches the Internet, and the Internet cannot reach it', (_, graph, ipv4) => {
    for (const subnet of taskSubnets(graph)) {
      const routes = routesOf(graph, subnet).map(({ attributes }) => attributes);
      const byIpv6 = routes.find(({ destination_ipv6_cidr_block: to }) => to === '::/0');
      const byIpv4 = routes.find(({ destination_cidr_block: to }) => to === '0.0.0.0/0');

      expect(byIpv6).toHaveProperty('egress_only_gateway_id');
      expect(byIpv6).not.toHaveProperty('gateway_id');
      expect(Object.keys(byIpv4 ?? {}).find((key) => key.endsWith('gateway_id'))).toBe(ipv4);
    }
  });

  test('gets its address from the subnet, which is the only way for Fargate', () => {
    for (const subnet of taskSubnets(production())) {
      expect(subnet.attributes.assign_ipv6_address_on_creation).toBe(true);
    }
  });

  test('without IPv4 reaches IPv4 services by DNS64 and NAT64, which come together or not at all', () => {
    const graph = production(ipv6Only());
    for (const subnet of taskSubnets(graph)) {
      const nat64 = routesOf(graph, subnet).find(
        ({ attributes }) => attributes.destination_ipv6_cidr_block === '64:ff9b::/96',
      );
      expect(subnet.attributes).toMatchObject({ ipv6_native: true, enable_dns64: true });
      expect(graph.referencesIn(nat64?.attributes.nat_gateway_id)).toHaveLength(1);
    }
    const without = production(ipv6Only({ nat: 'none' }));
    for (const subnet of taskSubnets(without)) expect(subnet.attributes.enable_dns64).toBe(false);
    expect(JSON.stringify(without.ofType('aws_route'))).not.toContain('64:ff9b');
  });

  test('without IPv4 is reached and checked by the load balancer over IPv6', () => {
    const [group] = production(ipv6Only()).ofType('aws_lb_target_group');
    expect(group?.attributes).toMatchObject({
      ip_address_type: 'ipv6',
      target_type: 'ip',
      health_check: { path: '/' },
    });
  });

  test('without NAT pulls images and writes logs by endpoints', () => {
    const graph = production({ network: { ipv4: '10.46.0.0/20', nat: 'none' } });
    const endpoints = graph
      .ofType('aws_vpc_endpoint')
      .map(({ attributes }) => [
        String(attributes.service_name).replace('com.amazonaws.ap-southeast-1.', ''),
        attributes.ip_address_type,
      ]);

    expect(endpoints.sort()).toEqual([
      ['ecr.api', 'ipv4'],
      ['ecr.dkr', 'ipv4'],
      ['logs', 'dualstack'],
      ['s3', 'dualstack'],
    ]);
    expect(graph.ofType('aws_nat_gateway')).toEqual([]);
  });
});

test('over IPv6, the probe leaves by a VPC of its own, because in the portal’s the way would be a local one', () => {
  const graph = production();
  const probe = one(graph, 'aws_lambda_function');
  const [network] = blocks(probe.attributes.vpc_config);
  const subnets = graph.referencesIn(network?.subnet_ids);

  expect(network?.ipv6_allowed_for_dual_stack).toBe(true);
  for (const subnet of subnets) {
    expect(graph.referenceIn(subnet.attributes.vpc_id, 'aws_vpc')?.constructPath).toBe('hue-production/probe/vpc');
    expect(routesOf(graph, subnet).map(({ attributes }) => attributes)).toEqual([
      expect.objectContaining({ destination_ipv6_cidr_block: '::/0', egress_only_gateway_id: expect.anything() }),
    ]);
  }
});

function ipv6Only(network: { nat?: 'none' } = {}) {
  return {
    network: { ipv4: '10.46.0.0/20', appSubnets: 'ipv6-only' as const, ...network },
    portals: {
      portal: {
        ...CONTAINER,
        hosting: { type: 'container' as const, image: '111122223333.dkr-ecr.ap-southeast-1.on.aws/portal:1.4.2' },
      },
    },
  };
}

function one(graph: ResourceGraph, type: string): Resource {
  const found = graph.ofType(type);
  expect(found).toHaveLength(1);
  return found[0]!;
}

function taskSubnets(graph: ResourceGraph): Resource[] {
  const [network] = blocks(one(graph, 'aws_ecs_service').attributes.network_configuration);
  return graph.referencesIn(network?.subnets).filter(({ type }) => type === 'aws_subnet');
}

function routesOf(graph: ResourceGraph, subnet: Resource): readonly Resource[] {
  const [association] = graph.referring('aws_route_table_association', 'subnet_id', subnet);
  const table = graph.referenceIn(association?.attributes.route_table_id, 'aws_route_table');
  return table ? graph.referring('aws_route', 'route_table_id', table) : [];
}

function ingress(graph: ResourceGraph, loadBalancer: Resource) {
  return graph
    .referencesIn(loadBalancer.attributes.security_groups)
    .flatMap((group) => graph.referring('aws_vpc_security_group_ingress_rule', 'security_group_id', group))
    .map(({ attributes }) => attributes);
}
