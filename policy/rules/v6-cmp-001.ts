import { isIpv6Only, subnetHasIpv6 } from '../facts/address-blocks';
import { isFargate } from '../facts/compute';
import { familyOf } from '../facts/load-balancers';
import { isBefore140, subnetsOfService, targetGroupsOfService } from '../facts/services';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown, type Verdict } from '../rule';
import { some, Unknown } from '../value';

export const rule: Rule = {
  id: 'V6-CMP-001',
  title: 'Fargate gives tasks in dual-stack subnets IPv6 addresses',
  group: 'compute',
  kind: 'presence',
  severity: 'notice',
  types: ['aws_ecs_service'],
  why: 'A subnet with IPv6 is not enough: tasks get IPv6 addresses from platform version 1.4.0 on, and only while the account setting `dualStackIPv6` is on in the region. Citizens over IPv6 reach the portal without, as long as the load balancer speaks to its tasks over IPv4; what the tasks call themselves goes out over IPv4 then.',
  fix: 'Turn the setting on once per account and region, then start the tasks anew: `aws ecs put-account-setting-default --name dualStackIPv6 --value enabled`. (Provider 5.100 refuses the name in `aws_ecs_account_setting_default`; later ones take it.)',
  sources: [
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html',
    'https://github.com/hashicorp/terraform-provider-aws/issues/44150',
    'measured with AWS provider 5.100.0',
  ],
  good: stack({}, 'enabled'),
  bad: stack({ platform_version: '1.3.0' }, 'enabled'),
  unknown: stack({ platform_version: '${var.platform}' }, 'enabled'),

  check(service, graph) {
    if (!isFargate(service) || !subnetsOfService(graph, service).found.some(subnetHasIpv6)) return undefined;
    const platform = service.string('platform_version') ?? 'LATEST';
    if (platform instanceof Unknown) return unknown(`the platform version is ${String(platform)}`);
    if (isBefore140(platform)) {
      return fail(`platform version ${platform} gives tasks no IPv6 addresses`, {
        severity: 'error',
        fix: 'Set `platform_version = "1.4.0"`, or leave it out for the latest.',
      });
    }
    // Tasks without IPv4 need no setting.
    return isInDualStackSubnet(service, graph) ? ofAccount(service, graph) : PASS;
  },
};

function isInDualStackSubnet(service: Resource, graph: ResourceGraph): boolean {
  const { found } = subnetsOfService(graph, service);
  return isFargate(service) === true && found.some((subnet) => subnetHasIpv6(subnet) && !isIpv6Only(subnet));
}

function ofAccount(service: Resource, graph: ResourceGraph): Verdict | undefined {
  const settings = graph
    .ofType('aws_ecs_account_setting_default')
    .filter((setting) => setting.is('name', 'dualStackIPv6') !== false);
  const enabled = some(settings.map((setting) => setting.is('value', 'enabled')));
  if (enabled) return PASS;
  if (enabled === undefined) return unknown('the account setting dualStackIPv6 is only known after apply');
  const message =
    settings.length > 0
      ? 'the account setting dualStackIPv6 is off, so its tasks get no IPv6 addresses'
      : 'its tasks get IPv6 addresses only if the account setting dualStackIPv6 is on, which cannot be seen here';
  const needsIpv6 = targetGroupsOfService(graph, service).found.some((group) => familyOf(group) === 'ipv6');
  if (needsIpv6) {
    // A subnet that is to be IPv6-only, and does not say so, is what is to be mended first.
    const causes = subnetsOfService(graph, service).found.map((resource) => ({ rule: 'V6-SUB-007', resource }));
    return fail(`${message}; its target group takes no others`, { severity: 'warning', causes });
  }
  // It is one setting of the account, however many services there are.
  const first = graph.ofType('aws_ecs_service').find((one) => isInDualStackSubnet(one, graph));
  return service === first ? fail(message) : undefined;
}

function stack(service: Readonly<Record<string, unknown>>, setting: string): ExampleResources {
  return {
    aws_subnet: {
      app: {
        cidr_block: '10.46.1.0/24',
        ipv6_cidr_block: '2406:da18:77:1::/64',
        assign_ipv6_address_on_creation: true,
      },
    },
    aws_ecs_account_setting_default: { ipv6: { name: 'dualStackIPv6', value: setting } },
    aws_ecs_service: {
      portal: { launch_type: 'FARGATE', network_configuration: { subnets: ['${aws_subnet.app.id}'] }, ...service },
    },
  };
}
