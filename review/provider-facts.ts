// Stand-in while the measured one is made; never committed.
const SETS = new Set([
  'aws_network_acl.ingress',
  'aws_network_acl.egress',
  'aws_lb.subnets',
  'aws_lb.security_groups',
  'aws_ecs_service.load_balancer',
  'aws_ecs_service.network_configuration.subnets',
  'aws_ecs_service.network_configuration.security_groups',
  'aws_vpc_endpoint.route_table_ids',
  'aws_acm_certificate.subject_alternative_names',
  'aws_network_acl.subnet_ids',
  'aws_route53_record.records',
]);
const ALWAYS = new Set([
  'aws_vpc.cidr_block',
  'aws_subnet.cidr_block',
  'aws_subnet.vpc_id',
  'aws_subnet.availability_zone',
  'aws_lb_target_group.port',
  'aws_lb_target_group.vpc_id',
  'aws_lb_target_group.target_type',
  'aws_lb_target_group.ip_address_type',
  'aws_security_group.vpc_id',
  'aws_security_group.name_prefix',
  'aws_network_acl.vpc_id',
  'aws_internet_gateway.vpc_id',
  'aws_egress_only_internet_gateway.vpc_id',
  'aws_route_table.vpc_id',
  'aws_route_table_association.subnet_id',
  'aws_nat_gateway.subnet_id',
  'aws_route.route_table_id',
  'aws_ecs_task_definition.container_definitions',
  'aws_ecs_task_definition.cpu',
  'aws_lb.name',
  'aws_lb.internal',
  'aws_acm_certificate.domain_name',
  'aws_acm_certificate.subject_alternative_names',
  'aws_route53_record.name',
  'aws_route53_record.type',
  'aws_lb_listener.load_balancer_arn',
  'aws_vpc_security_group_ingress_rule.security_group_id',
  'aws_vpc_security_group_egress_rule.security_group_id',
  'aws_flow_log.vpc_id',
  'aws_default_security_group.vpc_id',
  'aws_vpc_endpoint.vpc_id',
  'aws_route53_zone.name',
]);
export const SOURCE = 'measured with AWS provider 5.100.0';
export function isSet(type: string, path: string): boolean {
  return SETS.has(`${type}.${path}`);
}
export function isBlock(_type: string, _path: string): boolean {
  return false;
}
export function isSensitive(type: string, path: string): boolean {
  return `${type}.${path}` === 'aws_db_instance.password';
}
export function replacementBy(type: string, path: string): 'always' | 'sometimes' | 'never' | 'unknown' {
  for (let p = path; ; p = p.slice(0, p.lastIndexOf('.'))) {
    if (ALWAYS.has(`${type}.${p}`)) return 'always';
    if (!p.includes('.')) return 'never';
  }
}
export function whenReplaced(_type: string, _path: string): string | undefined {
  return undefined;
}
