import { TerraformResource, type TerraformStack } from 'cdktf';
import { portalPaths } from '../../policy/levels';
import { readStackJson } from '../../policy/resource-graph';
import { defineApp } from '../../stacks/app';
import { agencyFile } from '../helpers/agency';

/** Somebody takes IPv6 away from one resource by an override, which no construct can see: the JSON shows it. */
test.each([
  ['dns', 'aws_route53_record', /dns\/www\.hue\.gov\.vn\/AAAA$/, 'type', 'A'],
  ['edge', 'aws_lb', /edge\/Resource$/, 'ip_address_type', 'ipv4'],
  ['listener', 'aws_lb_listener', /edge\/https$/, 'port', 8443],
  ['firewall', 'aws_vpc_security_group_ingress_rule', /edge\/443-/, 'cidr_ipv6', '2001:db8::/129'],
  ['firewall', 'aws_network_acl', /network\/public\/acl\/Resource$/, 'ingress', null],
  ['firewall', 'aws_network_acl', /network\/public\/acl\/Resource$/, 'egress', null],
  ['route', 'aws_route', /network\/public\/default\/ipv6$/, 'gateway_id', '${aws_egress_only_internet_gateway.x.id}'],
  ['route', 'aws_subnet', /network\/public\/b\/Resource$/, 'ipv6_cidr_block', null],
  ['target', 'aws_vpc_security_group_ingress_rule', /hosting\/from-edge$/, 'from_port', 9000],
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

function levelOf(change: (stack: TerraformStack) => void) {
  const stack = defineApp(undefined, [{ config: agencyFile() }]).node.children[0] as TerraformStack;
  change(stack);
  stack.prepareStack();
  return portalPaths(readStackJson(stack.toTerraform()))[0];
}

function resources(stack: TerraformStack): TerraformResource[] {
  return stack.node.findAll().filter((node): node is TerraformResource => node instanceof TerraformResource);
}
