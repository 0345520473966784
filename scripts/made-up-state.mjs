/** The state that applying a first plan would leave, with made-up values for what only AWS would know. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { planned, resourceSchemas } from './offline-terraform.mjs';

/** Names that AWS gives to what it makes. */
const ID_PREFIXES = {
  aws_customer_gateway: 'cgw',
  aws_ec2_transit_gateway_vpc_attachment: 'tgw-attach',
  aws_egress_only_internet_gateway: 'eigw',
  aws_eip: 'eipalloc',
  aws_flow_log: 'fl',
  aws_internet_gateway: 'igw',
  aws_launch_template: 'lt',
  aws_nat_gateway: 'nat',
  aws_network_acl: 'acl',
  aws_route: 'r',
  aws_route_table: 'rtb',
  aws_route_table_association: 'rtbassoc',
  aws_security_group: 'sg',
  aws_default_security_group: 'sg',
  aws_subnet: 'subnet',
  aws_vpc: 'vpc',
  aws_vpc_endpoint: 'vpce',
  aws_vpc_ipam: 'ipam',
  aws_vpc_ipam_pool: 'ipam-pool',
  aws_vpc_security_group_egress_rule: 'sgr',
  aws_vpc_security_group_ingress_rule: 'sgr',
  aws_vpn_connection: 'vpn',
  aws_vpn_gateway: 'vgw',
};

/** What is asked for its form by what refers to it, or is read by an expression of ours. */
const VALUES = {
  'aws_acm_certificate.domain_validation_options': ({ after }) =>
    [after.domain_name, ...(after.subject_alternative_names ?? [])]
      .filter((name, index, all) => name && all.indexOf(name) === index)
      .map((name) => ({
        domain_name: name,
        resource_record_name: `_${hexOf(name, 32)}.${name}.`,
        resource_record_type: 'CNAME',
        resource_record_value: `_${hexOf(`${name}.`, 32)}.acm-validations.aws.`,
      })),
  'aws_cloudfront_distribution.domain_name': ({ address }) => `d${hexOf(address, 13)}.cloudfront.net`,
  'aws_cloudfront_distribution.hosted_zone_id': () => 'Z2FDTNDATAQYW2',
  'aws_globalaccelerator_accelerator.ip_sets': () => [
    { ip_family: 'IPv4', ip_addresses: ['192.0.2.10', '192.0.2.11'] },
    { ip_family: 'IPv6', ip_addresses: ['2001:db8:a::10', '2001:db8:a::11'] },
  ],
  'aws_route53_zone.name_servers': () => ['com', 'net', 'org', 'co.uk'].map((top) => `ns-1.awsdns-01.${top}`),
  'aws_lb_target_group.protocol_version': ({ after }) => (/^HTTP/.test(after.protocol) ? 'HTTP1' : ''),
  'aws_lb.subnet_mapping.outpost_id': () => '',
  'aws_lb.subnets': ({ after }) => (after.subnet_mapping ?? []).map(({ subnet_id: id }) => id).filter((id) => id),
  'aws_lb_target_group.health_check.matcher': ({ after }) => (/^HTTP/.test(after.protocol) ? '200' : ''),
  'aws_lb_target_group.health_check.path': ({ after }) => (/^HTTP/.test(after.protocol) ? '/' : ''),
  'aws_sns_topic.fifo_throughput_scope': () => null,
  'aws_vpc.ipv6_cidr_block': ({ address }) => `2001:db8:${hexOf(address, 4)}::/56`,
};

/**
 * Writes a terraform.tfstate for an initialized folder, as if its first plan had been applied, and gives its text.
 *
 * What is calculated from made-up values is known to Terraform alone: a plan against the state has it, and goes into
 * the state in turn, until nothing changes any more.
 *
 * @throws Error where the next plan would still change something
 */
export function applied(folder, ...variables) {
  const file = join(folder, 'terraform.tfstate');
  const schemas = resourceSchemas(folder);
  for (let round = 0; round < 10; round++) {
    const plan = planned(folder, ...variables);
    const text = JSON.stringify(stateAfter(plan, schemas));
    if (existsSync(file) && readFileSync(file, 'utf8') === text) {
      const changed = plan.resource_changes.filter(({ change }) => change.actions[0] !== 'no-op');
      if (changed.length === 0) return text;
      throw new Error(`against its own state these change: ${changed.map(({ address }) => address).join(', ')}`);
    }
    writeFileSync(file, text);
  }
  throw new Error('the state is another one after each plan');
}

/**
 * A terraform.tfstate of version 4.
 *
 * @param plan a first plan, as `terraform show -json` writes it
 * @param schemas of the provider's resources, as `terraform providers schema -json` has them
 */
export function stateAfter(plan, schemas) {
  const root = plan.configuration.root_module.resources ?? [];
  const configurations = new Map(root.map((resource) => [resource.address, resource]));
  const first = new Map(plan.resource_changes.map((change) => [`${change.type}.${change.name}`, change]));
  const resources = new Map();
  for (const change of plan.resource_changes) {
    if (change.mode !== 'managed') continue;
    const { address, type, name, index } = change;
    const bare = `${type}.${name}`;
    const { provider_config_key: key, expressions = {} } = configurations.get(bare) ?? {};
    const alias = key?.split('.')[1];
    if (!resources.has(bare)) {
      const provider = `provider["registry.terraform.io/hashicorp/aws"]${alias === undefined ? '' : `.${alias}`}`;
      resources.set(bare, { mode: 'managed', type, name, provider, instances: [] });
    }
    resources.get(bare).instances.push({
      ...(index === undefined ? {} : { index_key: index }),
      schema_version: schemas[type].version,
      attributes: attributesOf({ address, type, expressions, first, schemas, ...change.change }, schemas[type].block),
      sensitive_attributes: sensitivePaths(change.change.after_sensitive),
    });
  }
  const version = { version: 4, terraform_version: plan.terraform_version, serial: 1 };
  const lineage = '00000000-0000-4000-8000-000000000000';
  return { ...version, lineage, outputs: {}, resources: [...resources.values()], check_results: null };
}

/** Paths of what is secret, as a state writes them. Without these the plan would be an update of the marks alone. */
function sensitivePaths(marks, path = []) {
  if (marks === true) return [path];
  if (typeof marks !== 'object' || marks === null) return [];
  return Object.entries(marks).flatMap(([key, inner]) => {
    const step = Array.isArray(marks)
      ? { type: 'index', value: { value: Number(key), type: 'number' } }
      : { type: 'get_attr', value: key };
    return sensitivePaths(inner, [...path, step]);
  });
}

function attributesOf(resource, block) {
  return filled(resource, block, resource.after, resource.after_unknown, []);
}

/** The planned values of a block, and made-up ones for those that are unknown. */
function filled(resource, block, after, unknown, path) {
  const values = { ...after };
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    const known = after?.[name];
    if (unknown?.[name] === true) values[name] = madeUp(resource, [...path, name], attribute.type);
    else if (known === undefined) values[name] = null;
    else if (marks(unknown?.[name]))
      values[name] = filledIn(resource, attribute.type, known, unknown[name], [...path, name]);
  }
  for (const [name, { block: inner, nesting_mode: nesting }] of Object.entries(block.block_types ?? {})) {
    const marked = unknown?.[name];
    const within = [...path, name];
    if (marked === true) values[name] = nesting === 'single' ? null : [];
    else if (Array.isArray(after?.[name]))
      values[name] = after[name].map((item, index) => filled(resource, inner, item, marked?.[index], within));
    else if (after?.[name]) values[name] = filled(resource, inner, after[name], marked, within);
    else values[name] = nesting === 'single' ? null : [];
  }
  return values;
}

/** A collection of which parts are unknown. */
function filledIn(resource, type, known, unknown, path) {
  if (unknown === true || VALUES[nameIn(resource, path)]) return madeUp(resource, path, type);
  if (Array.isArray(known) || Array.isArray(unknown)) {
    const inner = type[1];
    return (known ?? []).map((item, index) => filledIn(resource, inner, item, unknown?.[index], path));
  }
  if (typeof unknown !== 'object' || unknown === null) return known;
  const innerOf = (name) => (type[0] === 'object' ? type[1][name] : type[1]);
  const names = [...new Set([...Object.keys(known ?? {}), ...Object.keys(unknown)])];
  return Object.fromEntries(
    names.map((name) => [name, filledIn(resource, innerOf(name), known?.[name], unknown[name], [...path, name])]),
  );
}

function marks(unknown) {
  return typeof unknown === 'object' && unknown !== null && JSON.stringify(unknown).includes('true');
}

function madeUp(resource, path, type) {
  const referred = path.length === 1 ? referredBy(resource, resource.expressions[path[0]], type) : undefined;
  if (referred !== undefined) return referred;
  const special = VALUES[nameIn(resource, path)];
  if (special) return special(resource);
  if (type === 'string') return textFor(resource, path.at(-1), path);
  if (type === 'number') return 1;
  if (type === 'bool') return false;
  return type[0] === 'map' ? {} : type[0] === 'object' ? null : [];
}

/** What the attributes have that an expression consists of; where it is more than that, only Terraform can tell. */
function referredBy({ first, schemas }, expression, type) {
  const names = (expression?.references ?? []).filter((name) => /^\w+\.[\w-]+\.\w+$/.test(name));
  const values = names.map((name) => {
    const [ofType, ofName, attribute] = name.split('.');
    const other = first.get(`${ofType}.${ofName}`);
    const itsType = schemas[ofType]?.block.attributes[attribute]?.type;
    if (other === undefined || typeof itsType !== 'string') return undefined;
    const known = other.change.after?.[attribute];
    const its = { address: other.address, type: ofType, expressions: {}, ...other.change };
    return other.change.after_unknown?.[attribute] === true ? madeUp(its, [attribute], itsType) : known;
  });
  if (values.length === 0 || values.includes(undefined)) return undefined;
  if (typeof type === 'string') return values.length === 1 ? values[0] : undefined;
  return type[0] === 'map' || typeof type[1] !== 'string' ? undefined : [...new Set(values)];
}

function nameIn({ type }, path) {
  return `${type}.${path.join('.')}`;
}

function textFor({ address, type, after }, name, path) {
  if (path.length === 1 && name === 'id') return idOf(address, type, after);
  if (name === 'arn' || name.endsWith('_arn')) return arnOf(address, type);
  if (name === 'arn_suffix')
    return arnOf(address, type)
      .split(':')
      .at(-1)
      .replace(/^loadbalancer\//, '');
  if (name.endsWith('zone_id')) return `Z${hexOf(address, 20).toUpperCase()}`;
  if (name.endsWith('_scope_id')) return `ipam-scope-${hexOf(address + name, 17)}`;
  if (name.endsWith('ipv6_cidr_block')) return `2001:db8:${hexOf(address, 4)}::/64`;
  if (name === 'public_ip' || name.endsWith('_ip')) return `203.0.113.${parseInt(hexOf(address, 2), 16)}`;
  if (/dns_name$|domain_name$/.test(name)) return `${hexOf(address + name, 12)}.amazonaws.com`;
  if (/(vpc|subnet|route_table|network_acl|security_group|dhcp_options|network_interface)_id$/.test(name)) {
    const prefix = /(vpc|subnet|route_table|network_acl|security_group|dhcp_options|network_interface)_id$/.exec(
      name,
    )[1];
    const short = { route_table: 'rtb', network_acl: 'acl', security_group: 'sg', dhcp_options: 'dopt' };
    return `${{ ...short, network_interface: 'eni' }[prefix] ?? prefix}-${hexOf(address + name, 17)}`;
  }
  return name === 'fqdn' ? String(after.name) : `made-up-${hexOf(address + path.join('.'), 8)}`;
}

function idOf(address, type, after) {
  const prefix = ID_PREFIXES[type];
  if (prefix) return `${prefix}-${hexOf(address, 17)}`;
  if (ARNS[type])
    return type === 'aws_iam_role' || type === 'aws_iam_instance_profile'
      ? nameOf(address, after)
      : arnOf(address, type);
  if (type === 'aws_route53_zone') return `Z${hexOf(address, 20).toUpperCase()}`;
  if (type === 'aws_route53_health_check' || type === 'aws_kms_key' || type.startsWith('aws_wafv2_ip_set'))
    return uuidOf(address);
  return nameOf(address, after);
}

function nameOf(address, after) {
  return typeof after?.name === 'string'
    ? after.name
    : typeof after?.bucket === 'string'
      ? after.bucket
      : `made-up-${hexOf(address, 12)}`;
}

/** Service and resource of ARNs whose form somebody asks for, or which are ids at the same time. */
const ARNS = {
  aws_acm_certificate: (id) => ['acm', `certificate/${uuidOf(id)}`],
  aws_ecs_cluster: (id) => ['ecs', `cluster/${hexOf(id, 12)}`],
  aws_ecs_service: (id) => ['ecs', `service/${hexOf(id, 12)}`],
  aws_globalaccelerator_accelerator: (id) => ['globalaccelerator', `accelerator/${uuidOf(id)}`],
  aws_globalaccelerator_endpoint_group: (id) => ['globalaccelerator', `accelerator/endpoint-group/${hexOf(id, 12)}`],
  aws_globalaccelerator_listener: (id) => ['globalaccelerator', `accelerator/listener/${hexOf(id, 8)}`],
  aws_iam_instance_profile: (id) => ['iam', `instance-profile/${hexOf(id, 12)}`],
  aws_iam_role: (id) => ['iam', `role/${hexOf(id, 12)}`],
  aws_lb: (id) => ['elasticloadbalancing', `loadbalancer/app/lb/${hexOf(id, 16)}`],
  aws_lb_listener: (id) => ['elasticloadbalancing', `listener/app/lb/0/${hexOf(id, 16)}`],
  aws_lb_target_group: (id) => ['elasticloadbalancing', `targetgroup/tg/${hexOf(id, 16)}`],
  aws_ram_resource_share: (id) => ['ram', `resource-share/${uuidOf(id)}`],
  aws_sns_topic: (id) => ['sns', `topic-${hexOf(id, 8)}`],
  aws_sns_topic_subscription: (id) => ['sns', `topic:${uuidOf(id)}`],
};

const WITHOUT_REGION = ['iam', 'globalaccelerator'];

function arnOf(address, type) {
  const [service, resource] = ARNS[type]?.(address) ?? [
    type.replace(/^aws_/, '').split('_')[0],
    `${type.replace(/^aws_[a-z0-9]+_?/, '')}/${uuidOf(address)}`,
  ];
  return `arn:aws:${service}:${WITHOUT_REGION.includes(service) ? '' : 'ap-southeast-1'}:111122223333:${resource}`;
}

function uuidOf(text) {
  const hex = hexOf(text, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function hexOf(text, length) {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}
