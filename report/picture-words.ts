import type { Text } from './language';
import type { NodeKind, Place } from './topology';

/** What the boxes of the picture are called, in lines of much the same length. */
export const NODE_WORDS: Readonly<Record<NodeKind, Text>> = {
  'citizen-ipv4': { en: 'Citizen\nover IPv4', vi: 'Người dân\nqua IPv4' },
  'citizen-ipv6': { en: 'Citizen\nover IPv6', vi: 'Người dân\nqua IPv6' },
  name: { en: 'DNS name', vi: 'Tên miền' },
  accelerator: { en: 'Global\nAccelerator', vi: 'Global\nAccelerator' },
  'application-load-balancer': { en: 'Application\nLoad Balancer', vi: 'Bộ cân bằng tải\nứng dụng (ALB)' },
  'network-load-balancer': { en: 'Network\nLoad Balancer', vi: 'Bộ cân bằng tải\nmạng (NLB)' },
  distribution: { en: 'CloudFront', vi: 'Mạng phân phối\nCloudFront' },
  outside: { en: 'Answered\nelsewhere', vi: 'Trả lời\ntừ nơi khác' },
  tasks: { en: 'Containers\non Fargate', vi: 'Container\ntrên Fargate' },
  instances: { en: 'Virtual machines', vi: 'Máy ảo' },
  'data-center': { en: 'Data center\nof the agency', vi: 'Trung tâm dữ liệu\ncủa cơ quan' },
  bucket: { en: 'Private\nS3 bucket', vi: 'Kho lưu trữ S3\nriêng tư' },
  origin: { en: 'Origin\nelsewhere', vi: 'Máy chủ gốc\nở nơi khác' },
  'transit-gateway': { en: 'Transit\ngateway', vi: 'Cổng chuyển tiếp\n(transit gateway)' },
  'vpn-gateway': { en: 'VPN gateway', vi: 'Cổng VPN' },
  'nat-gateway': { en: 'NAT gateway', vi: 'Cổng NAT' },
  'egress-only-gateway': { en: 'Egress-only\ninternet gateway', vi: 'Cổng Internet\nchỉ chiều ra' },
  internet: { en: 'Internet', vi: 'Internet' },
  probe: { en: 'IPv6 probe', vi: 'Đầu dò IPv6' },
};

/** What the tiers of the VPC are called. */
export const PLACE_WORDS: Readonly<Record<Place, Text>> = {
  public: { en: 'Public subnets', vi: 'Mạng con công khai' },
  app: { en: 'Application subnets', vi: 'Mạng con ứng dụng' },
  probe: { en: 'VPC of the probe', vi: 'VPC của đầu dò' },
};
