import { subnetIds } from '../policy/facts/load-balancers';
import type { Resource, ResourceGraph } from '../policy/resource-graph';
import type { Text } from './language';

/** Something that costs money every month, whether anybody comes or not. */
export interface CostDriver {
  readonly name: Text;
  readonly count: number;
}

/** What of a stack costs a fixed sum a month, by the names of AWS's price list; traffic comes on top. */
export function costDriversOf(graph: ResourceGraph): CostDriver[] {
  return DRIVERS.map(({ name, count }) => ({ name, count: count(graph) })).filter(({ count }) => count > 0);
}

interface Driver {
  readonly name: Text;
  readonly count: (graph: ResourceGraph) => number;
}

const DRIVERS: readonly Driver[] = [
  {
    name: { en: 'NAT gateway, per hour', vi: 'Cổng NAT, tính theo giờ' },
    count: (graph) => graph.ofType('aws_nat_gateway').length,
  },
  {
    name: { en: 'Public IPv4 address, per hour', vi: 'Địa chỉ IPv4 công khai, tính theo giờ' },
    count: (graph) => graph.ofType('aws_eip').length + publicAddressesOfLoadBalancers(graph),
  },
  {
    name: { en: 'Application Load Balancer, per hour', vi: 'Bộ cân bằng tải ứng dụng (ALB), tính theo giờ' },
    count: (graph) => loadBalancers(graph, 'application').length,
  },
  {
    name: { en: 'Network Load Balancer, per hour', vi: 'Bộ cân bằng tải mạng (NLB), tính theo giờ' },
    count: (graph) => loadBalancers(graph, 'network').length,
  },
  {
    name: { en: 'Global Accelerator, per hour', vi: 'Global Accelerator, tính theo giờ' },
    count: (graph) => graph.ofType('aws_globalaccelerator_accelerator').length,
  },
  {
    name: { en: 'Fargate task, at the fewest, per vCPU and GB', vi: 'Tác vụ Fargate, ở mức ít nhất, theo vCPU và GB' },
    count: fewestTasks,
  },
  {
    name: { en: 'EC2 instance with its volume, at the fewest', vi: 'Máy ảo EC2 kèm ổ đĩa, ở mức ít nhất' },
    count: (graph) => sum(graph.ofType('aws_autoscaling_group'), 'min_size'),
  },
  {
    name: { en: 'Interface endpoint, per zone and hour', vi: 'Điểm cuối giao diện, theo vùng sẵn sàng và giờ' },
    count: (graph) =>
      graph
        .ofType('aws_vpc_endpoint')
        .filter((one) => one.is('vpc_endpoint_type', 'Interface'))
        .reduce((total, one) => total + one.list('subnet_ids').length, 0),
  },
  {
    name: { en: 'Transit gateway attachment, per hour', vi: 'Kết nối cổng chuyển tiếp, tính theo giờ' },
    count: (graph) => graph.ofType('aws_ec2_transit_gateway_vpc_attachment').length,
  },
  {
    name: { en: 'Site-to-site VPN connection, per hour', vi: 'Kết nối VPN, tính theo giờ' },
    count: (graph) => graph.ofType('aws_vpn_connection').length,
  },
  {
    name: { en: 'Web ACL with its rules', vi: 'Web ACL kèm các luật' },
    count: (graph) => graph.ofType('aws_wafv2_web_acl').length,
  },
  {
    name: { en: 'Hosted zone', vi: 'Vùng tên miền Route 53' },
    count: (graph) => graph.ofType('aws_route53_zone').length,
  },
  {
    name: { en: 'Route 53 health check', vi: 'Kiểm tra sức khỏe Route 53' },
    count: (graph) => graph.ofType('aws_route53_health_check').length,
  },
  {
    name: { en: 'KMS key', vi: 'Khóa KMS' },
    count: (graph) => graph.ofType('aws_kms_key').length,
  },
  {
    name: { en: 'CloudWatch alarm', vi: 'Cảnh báo CloudWatch' },
    count: (graph) => graph.ofType('aws_cloudwatch_metric_alarm').length,
  },
  {
    name: { en: 'CloudWatch dashboard', vi: 'Bảng điều khiển CloudWatch' },
    count: (graph) => graph.ofType('aws_cloudwatch_dashboard').length,
  },
];

function loadBalancers(graph: ResourceGraph, kind: string): Resource[] {
  return graph.ofType('aws_lb').filter((one) => (one.known('load_balancer_type') ?? 'application') === kind);
}

/** One for each zone of an application load balancer; a network load balancer's are Elastic IPs, counted as such. */
function publicAddressesOfLoadBalancers(graph: ResourceGraph): number {
  return loadBalancers(graph, 'application')
    .filter((one) => one.is('internal', true, false) === false)
    .reduce((total, one) => total + subnetIds(one).length, 0);
}

/** A service starts with as many as it may shrink to. */
function fewestTasks(graph: ResourceGraph): number {
  return sum(
    graph.ofType('aws_appautoscaling_target').filter((one) => one.is('service_namespace', 'ecs')),
    'min_capacity',
  );
}

function sum(resources: readonly Resource[], attribute: string): number {
  return resources.reduce((total, one) => total + Number(one.known(attribute) ?? 0), 0);
}
