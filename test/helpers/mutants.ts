/** A stack's JSON: type to name to attributes. */
export type StackResources = Record<string, Record<string, Record<string, unknown>>>;

/** A stack in which one thing was removed or flipped. */
export interface Mutant {
  /** What was done: `aws_route network/public/default/ipv6: removed`. */
  readonly title: string;
  readonly resources: StackResources;
}

/**
 * What IPv6 rests on, by type: the attributes to remove or flip one at a time, for both families alike, and whether the
 * resource can go as a whole. Names, tags, sizes and times are not in it: an agency chooses them.
 */
const DEPENDED_ON: Readonly<
  Record<string, { readonly whole?: true; readonly attributes: Readonly<Record<string, readonly Change[]>> }>
> = {
  aws_vpc: {
    attributes: {
      assign_generated_ipv6_cidr_block: [remove, set(false)],
      ipv6_ipam_pool_id: [remove],
      ipv6_netmask_length: [set(57), set(64)],
      enable_dns_support: [set(false)],
      enable_dns_hostnames: [remove, set(false)],
    },
  },
  aws_vpc_ipam_pool: {
    attributes: { publicly_advertisable: [remove], public_ip_source: [set('byoip')], locale: [remove] },
  },
  aws_vpc_ipam_pool_cidr: { attributes: { depends_on: [remove] } },
  aws_subnet: {
    attributes: {
      ipv6_cidr_block: [remove, set(null), sameSlot, longer],
      assign_ipv6_address_on_creation: [remove, set(false)],
      ipv6_native: [remove, set(false)],
      enable_dns64: [flip],
      cidr_block: [],
    },
  },
  aws_egress_only_internet_gateway: { attributes: {} },
  aws_route: {
    whole: true,
    attributes: {
      destination_cidr_block: [set('203.0.113.0/24'), set('0.0.0.0/1')],
      destination_ipv6_cidr_block: [set('2001:db8::/32'), set('2000::/4')],
      gateway_id: [rename('egress_only_gateway_id', 'aws_egress_only_internet_gateway')],
      egress_only_gateway_id: [
        rename('gateway_id', 'aws_internet_gateway'),
        rename('nat_gateway_id', 'aws_nat_gateway'),
      ],
      nat_gateway_id: [rename('gateway_id', 'aws_internet_gateway')],
    },
  },
  aws_route_table_association: { whole: true, attributes: {} },
  aws_network_acl: { whole: true, attributes: { ingress: [...aclChanges()], egress: [...aclChanges()] } },
  aws_vpc_security_group_ingress_rule: { whole: true, attributes: sgChanges() },
  aws_vpc_security_group_egress_rule: { whole: true, attributes: sgChanges() },
  aws_lb: {
    attributes: {
      ip_address_type: [remove, set('ipv4'), set('dualstack-without-public-ipv4')],
      internal: [set(true)],
      subnets: [dropAllButOne],
      subnet_mapping: [dropAllButOne, withoutFixedIpv6],
      security_groups: [remove],
      access_logs: [remove],
    },
  },
  aws_cloudfront_distribution: {
    attributes: {
      enabled: [set(false)],
      is_ipv6_enabled: [remove, set(false)],
      aliases: [remove, dropFirst],
      viewer_certificate: [remove, olderTls],
      origin: [set([])],
      logging_config: [remove],
    },
  },
  aws_s3_bucket_policy: { whole: true, attributes: {} },
  aws_lb_listener: {
    whole: true,
    attributes: {
      port: [set(8443)],
      protocol: [set('TCP')],
      certificate_arn: [],
      ssl_policy: [set('ELBSecurityPolicy-2016-08')],
    },
  },
  aws_lb_target_group: {
    attributes: {
      ip_address_type: [set('ipv4'), set('ipv6')],
      port: [set(9999)],
      target_type: [set('instance')],
      proxy_protocol_v2: [remove, set(false)],
      health_check: [disable],
    },
  },
  aws_lb_target_group_attachment: { whole: true, attributes: {} },
  aws_ecs_service: {
    whole: true,
    attributes: { network_configuration: [dropGroups], load_balancer: [remove], platform_version: [set('1.3.0')] },
  },
  aws_acm_certificate: { attributes: { subject_alternative_names: [remove] } },
  aws_route53_record: {
    whole: true,
    attributes: {
      type: [swapFamily],
      alias: [notEvaluated, toIpv4Name],
      health_check_id: [remove],
      failover_routing_policy: [remove],
      zone_id: [],
    },
  },
  aws_route53_key_signing_key: { whole: true, attributes: { status: [set('INACTIVE')] } },
  aws_route53_hosted_zone_dnssec: { whole: true, attributes: { signing_status: [set('NOT_SIGNING')] } },
  aws_route53_health_check: { attributes: { type: [set('HTTPS')], ip_address: [remove, set('10.0.0.1')] } },
  aws_globalaccelerator_accelerator: { attributes: { ip_address_type: [remove, set('IPV4')] } },
  aws_globalaccelerator_listener: { whole: true, attributes: { port_range: [otherPorts], protocol: [set('UDP')] } },
  aws_globalaccelerator_endpoint_group: {
    whole: true,
    attributes: { endpoint_configuration: [remove, withoutClientAddresses] },
  },
  aws_cloudwatch_metric_alarm: {
    attributes: { alarm_actions: [aboutIpv6(remove)], metric_name: [aboutIpv6(set('Other'))] },
  },
  aws_scheduler_schedule: { whole: true, attributes: { state: [set('DISABLED')] } },
  aws_lambda_function: { attributes: { vpc_config: [withoutIpv6] } },
  aws_flow_log: { whole: true, attributes: { traffic_type: [set('REJECT')] } },
  aws_vpc_endpoint: { attributes: { ip_address_type: [set('ipv4')] } },
  aws_wafv2_ip_set: { attributes: { addresses: [remove], ip_address_version: [swapVersion] } },
  aws_wafv2_web_acl: { attributes: { rule: [dropReferences] } },
  aws_wafv2_web_acl_association: { whole: true, attributes: {} },
  aws_ec2_transit_gateway_vpc_attachment: { whole: true, attributes: {} },
};

/** Every mutant of a stack, one change each. */
export function mutantsOf(stack: string, resources: StackResources): Mutant[] {
  return Object.entries(DEPENDED_ON).flatMap(([type, { whole, attributes }]) =>
    Object.entries(resources[type] ?? {}).flatMap(([name, before]) => {
      const where = `${stack}: ${type} ${pathOf(before)}`;
      const mutants: Mutant[] = [];
      if (whole && !isReferredTo(`${type}.${name}`, resources)) {
        mutants.push(
          mutant(`${where}: removed`, resources, (copy) => {
            delete copy[type]![name];
          }),
        );
      }
      for (const [attribute, changes] of Object.entries(attributes)) {
        if (before[attribute] === undefined || before[attribute] === null) continue;
        for (const change of changes) {
          for (const { what, apply } of change(before, attribute, resources)) {
            mutants.push(mutant(`${where}: ${what}`, resources, (copy) => apply(copy[type]![name]!)));
          }
        }
      }
      return mutants;
    }),
  );
}

/** Terraform refuses to take away what others refer to. */
function isReferredTo(address: string, resources: StackResources): boolean {
  const text = JSON.stringify(
    Object.values(resources).flatMap((named) => Object.values(named).map(withoutDependencies)),
  );
  return text.includes(`${address}.`);
}

function withoutDependencies({ depends_on: _, ...attributes }: Readonly<Record<string, unknown>>): unknown {
  return attributes;
}

interface Applied {
  readonly what: string;
  apply(attributes: Record<string, unknown>): void;
}

type Change = (attributes: Readonly<Record<string, unknown>>, name: string, all: StackResources) => readonly Applied[];

function mutant(title: string, resources: StackResources, edit: (copy: StackResources) => void): Mutant {
  const copy = structuredClone(resources);
  edit(copy);
  return { title, resources: copy };
}

function pathOf(attributes: Readonly<Record<string, unknown>>): string {
  const { metadata } = attributes['//'] as { metadata: { path: string } };
  return metadata.path.split('/').slice(1).join('/');
}

function remove(_: unknown, name: string): Applied[] {
  return [{ what: `${name} removed`, apply: (attributes) => delete attributes[name] }];
}

function set(value: unknown): Change {
  return (attributes, name) =>
    attributes[name] === value
      ? []
      : [{ what: `${name} = ${JSON.stringify(value)}`, apply: (copy) => (copy[name] = value) }];
}

/** Of alarms that say of IPv6 what others do not; those on errors, targets and certificates are for both families. */
function aboutIpv6(change: Change): Change {
  return (attributes, name, all) => {
    const { '//': _, ...values } = attributes;
    return /ipv6/i.test(JSON.stringify(values)) ? change(attributes, name, all) : [];
  };
}

function flip(attributes: Readonly<Record<string, unknown>>, name: string): Applied[] {
  return [{ what: `${name} flipped`, apply: (copy) => (copy[name] = attributes[name] !== true) }];
}

/** The same value under another attribute, with the only resource that fits it. */
function rename(to: string, type: string): Change {
  return (_, name, all) => {
    const [target] = Object.keys(all[type] ?? {});
    if (!target) return [];
    return [
      {
        what: `${name} becomes ${to}`,
        apply: (copy) => {
          delete copy[name];
          copy[to] = `\${${type}.${target}.id}`;
        },
      },
    ];
  };
}

/** The slot of another subnet of the VPC: AWS refuses two subnets with one block. */
function sameSlot(attributes: Readonly<Record<string, unknown>>, name: string, all: StackResources): Applied[] {
  const other = Object.values(all.aws_subnet ?? {}).find(
    (one) => one !== attributes && one.vpc_id === attributes.vpc_id && one[name] !== attributes[name],
  );
  if (!other) return [];
  return [{ what: `${name} of another subnet`, apply: (copy) => (copy[name] = other[name]) }];
}

function longer(attributes: Readonly<Record<string, unknown>>, name: string): Applied[] {
  const text = String(attributes[name]);
  const shorter = text.replace(
    /, (\d+), (\d+)\)/,
    (_, bits: string, slot: string) => `, ${Number(bits) + 1}, ${slot})`,
  );
  return shorter === text ? [] : [{ what: `${name} is half a /64`, apply: (copy) => (copy[name] = shorter) }];
}

function aclChanges(): Change[] {
  return [
    (attributes, name) =>
      (attributes[name] as readonly Record<string, unknown>[]).flatMap((entry, index) => {
        const label = `${name} ${String(entry.rule_no)}`;
        return [
          {
            what: `${label} removed`,
            apply: (copy: Record<string, unknown>) => (copy[name] as unknown[]).splice(index, 1),
          },
          {
            what: `${label} denies`,
            apply: (copy: Record<string, unknown>) =>
              ((copy[name] as Record<string, unknown>[])[index]!.action = 'deny'),
          },
        ];
      }),
  ];
}

function sgChanges(): Readonly<Record<string, readonly Change[]>> {
  return {
    cidr_ipv4: [set('203.0.113.0/24')],
    cidr_ipv6: [set('2001:db8::/48')],
    from_port: [otherPort],
    ip_protocol: [set('udp')],
    referenced_security_group_id: [],
  };
}

function otherPort(_: unknown, name: string): Applied[] {
  return [{ what: 'port 1', apply: (copy) => Object.assign(copy, { [name]: 1, to_port: 1 }) }];
}

function dropAllButOne(attributes: Readonly<Record<string, unknown>>, name: string): Applied[] {
  return [{ what: `${name}: one alone`, apply: (copy) => (copy[name] = (attributes[name] as unknown[]).slice(0, 1)) }];
}

function dropFirst(attributes: Readonly<Record<string, unknown>>, name: string): Applied[] {
  return [
    { what: `${name} without the first`, apply: (copy) => (copy[name] = (attributes[name] as unknown[]).slice(1)) },
  ];
}

function olderTls(_: unknown, name: string): Applied[] {
  return [
    {
      what: `${name} of TLS 1.0`,
      apply: (copy) => ((copy[name] as Record<string, unknown>).minimum_protocol_version = 'TLSv1'),
    },
  ];
}

/** AWS takes some address of the subnet then, and another one when the load balancer is made anew. */
function withoutFixedIpv6(attributes: Readonly<Record<string, unknown>>, name: string): Applied[] {
  return (attributes[name] as unknown[]).map((_, index) => ({
    what: `${name} ${index} without ipv6_address`,
    apply: (copy) => delete (copy[name] as Record<string, unknown>[])[index]!.ipv6_address,
  }));
}

function otherPorts(_: unknown, name: string): Applied[] {
  return [{ what: `${name}: 8443`, apply: (copy) => (copy[name] = [{ from_port: 8443, to_port: 8443 }]) }];
}

function withoutClientAddresses(_: unknown, name: string): Applied[] {
  return [
    {
      what: 'client_ip_preservation_enabled = false',
      apply: (copy) => ((copy[name] as Record<string, unknown>[])[0]!.client_ip_preservation_enabled = false),
    },
  ];
}

/** An accelerator has a name that answers A alone. */
function toIpv4Name(attributes: Readonly<Record<string, unknown>>, name: string): Applied[] {
  const alias = attributes[name] as Record<string, unknown>;
  const ipv4 = String(alias.name).replace('.dual_stack_dns_name', '.dns_name');
  if (ipv4 === alias.name) return [];
  return [{ what: 'alias to the IPv4 name', apply: (copy) => ((copy[name] as Record<string, unknown>).name = ipv4) }];
}

function disable(_: unknown, name: string): Applied[] {
  return [{ what: `${name} disabled`, apply: (copy) => ((copy[name] as Record<string, unknown>).enabled = false) }];
}

function dropGroups(_: unknown, name: string): Applied[] {
  return [
    { what: `${name} without groups`, apply: (copy) => delete (copy[name] as Record<string, unknown>).security_groups },
  ];
}

function swapFamily(attributes: Readonly<Record<string, unknown>>, name: string): Applied[] {
  const other = { A: 'AAAA', AAAA: 'A' }[String(attributes[name])];
  return other ? [{ what: `${name} = ${other}`, apply: (copy) => (copy[name] = other) }] : [];
}

function swapVersion(attributes: Readonly<Record<string, unknown>>, name: string): Applied[] {
  const other = attributes[name] === 'IPV4' ? 'IPV6' : 'IPV4';
  return [{ what: `${name} = ${other}`, apply: (copy) => (copy[name] = other) }];
}

interface WebAclRule {
  readonly name: string;
  readonly statement: { readonly or_statement?: { readonly statement: unknown[] } };
}

/** One of the two IP sets that a rule of a web ACL refers to. */
function dropReferences(attributes: Readonly<Record<string, unknown>>, name: string): Applied[] {
  return (attributes[name] as readonly WebAclRule[]).flatMap((rule, index) =>
    (rule.statement.or_statement?.statement ?? []).map((reference, place) => ({
      what: `${name} ${rule.name} without ${/(ipv\d)/.exec(JSON.stringify(reference))?.[0] ?? place}`,
      apply: (copy: Record<string, unknown>) =>
        (copy[name] as readonly WebAclRule[])[index]!.statement.or_statement!.statement.splice(place, 1),
    })),
  );
}

function notEvaluated(attributes: Readonly<Record<string, unknown>>, name: string): Applied[] {
  // Of CloudFront it is never evaluated.
  if ((attributes[name] as Record<string, unknown>).evaluate_target_health === false) return [];
  return [
    {
      what: 'evaluate_target_health = false',
      apply: (copy) => ((copy[name] as Record<string, unknown>).evaluate_target_health = false),
    },
  ];
}

function withoutIpv6(_: unknown, name: string): Applied[] {
  return [
    {
      what: 'ipv6_allowed_for_dual_stack = false',
      apply: (copy) => ((copy[name] as Record<string, unknown>).ipv6_allowed_for_dual_stack = false),
    },
  ];
}
