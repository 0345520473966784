import { TerraformResource, type TerraformStack } from 'cdktf';
import { portalPaths } from '../../policy/levels';
import { readStackJson } from '../../policy/sources/stack-json';
import { defineApp } from '../../stacks/app';
import { agencyFile, CONTAINER, GATEWAY } from '../helpers/agency';

/** Somebody takes IPv6 away from one resource by an override, which no construct can see: the JSON shows it. */
test.each([
  ['dns', 'aws_route53_record', /dns\/www\.hue\.gov\.vn\/AAAA$/, 'type', 'A'],
  ['edge', 'aws_lb', /edge\/Resource$/, 'ip_address_type', 'ipv4'],
  ['listener', 'aws_lb_listener', /edge\/https$/, 'port', 8443],
  ['firewall', 'aws_vpc_security_group_ingress_rule', /edge\/443-/, 'cidr_ipv6', '2001:db8::/129'],
  ['firewall', 'aws_network_acl', /network\/public\/acl\/Resource$/, 'ingress', null],
  ['firewall', 'aws_network_acl', /network\/public\/acl\/Resource$/, 'egress', null],
  [
    'route',
    'aws_route',
    /network\/public\/default\/ipv6$/,
    'gateway_id',
    '${aws_egress_only_internet_gateway.network_egress-only-gateway_E0DC600E.id}',
  ],
  ['route', 'aws_subnet', /network\/public\/b\/Resource$/, 'ipv6_cidr_block', null],
  ['target', 'aws_vpc_security_group_ingress_rule', /hosting\/from-edge$/, 'from_port', 9000],
  ['target', 'aws_vpc_security_group_egress_rule', /edge\/to-targets$/, 'to_port', 9],
  ['target', 'aws_network_acl', /network\/app\/acl\/Resource$/, 'ingress', null],
  ['target', 'aws_network_acl', /network\/app\/acl\/Resource$/, 'egress', null],
  ['listener', 'aws_acm_certificate', /certificate\/Resource$/, 'subject_alternative_names', null],
  ['health', 'aws_scheduler_schedule', /health\/schedule$/, 'state', 'DISABLED'],
  ['health', 'aws_lambda_function', /probe\/Resource$/, 'vpc_config.ipv6_allowed_for_dual_stack', false],
  ['health', 'aws_route', /probe\/default\/ipv6$/, 'destination_ipv6_cidr_block', '64:ff9b::/96'],
  ['health', 'aws_vpc_security_group_egress_rule', /probe\/https$/, 'from_port', 444],
  ['health', 'aws_subnet', /probe\/subnet-a$/, 'ipv6_cidr_block', null],
  ['health', 'aws_cloudwatch_metric_alarm', /health\/alarm$/, 'metric_name', 'Ipv4Available'],
])('without IPv6 at the hop %s (%s) the portal is less ready', (hop, type, path, attribute, value) => {
  const before = levelOf(() => {});
  const after = levelOf((stack) => {
    const found = resources(stack).filter(
      (resource) => resource.terraformResourceType === type && path.test(resource.node.path),
    );
    expect(found.length).toBeGreaterThan(0);
    for (const resource of found) resource.addOverride(attribute, value);
  });

  expect(before).toMatchObject({ level: 3 });
  expect(after?.level).toBeLessThan(3);
  expect(after?.hops.find((one) => one.hop === hop)?.ipv6.state).toBe('fail');
});

test('without the IPv6 rules of the tasks’ network ACL, IPv6-only tasks cannot be reached', () => {
  const hosting = { type: 'container' as const, image: '111122223333.dkr-ecr.ap-southeast-1.on.aws/portal:1.4.2' };
  const environment = {
    network: { ipv4: '10.46.0.0/20', appSubnets: 'ipv6-only' as const },
    portals: { portal: { ...CONTAINER, hosting } },
  };
  const after = levelOf((stack) => {
    for (const acl of resources(stack).filter(({ node }) => node.path.endsWith('network/app6/acl/Resource'))) {
      acl.addOverride('ingress', [{ rule_no: 1, action: 'deny', protocol: '-1', ipv6_cidr_block: '::/0' }]);
    }
  }, environment);

  expect(levelOf(() => {}, environment)).toMatchObject({ level: 4 });
  expect(after).toMatchObject({ level: 1, missing: [expect.stringContaining('in the NACL of the tasks')] });
});

test('without the route to its data center a gateway cannot be reached', () => {
  const environment = { portals: { motcua: GATEWAY } };
  const after = levelOf((stack) => {
    for (const route of resources(stack).filter(({ node }) => node.path.includes('network/to-'))) {
      route.addOverride('destination_cidr_block', '10.99.0.0/16');
    }
  }, environment);

  expect(levelOf(() => {}, environment)).toMatchObject({ level: 3 });
  expect(after).toMatchObject({ level: 1, missing: ['route 10.1.2.3/32 to the data center'] });
});

function levelOf(change: (stack: TerraformStack) => void, environment: Parameters<typeof agencyFile>[0] = {}) {
  const stack = defineApp(undefined, [{ config: agencyFile(environment) }]).node.children[0] as TerraformStack;
  change(stack);
  stack.prepareStack();
  return portalPaths(readStackJson(stack.toTerraform()))[0];
}

function resources(stack: TerraformStack): TerraformResource[] {
  return stack.node.findAll().filter((node): node is TerraformResource => node instanceof TerraformResource);
}
