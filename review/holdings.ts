/** What is lost with a resource that is destroyed, be it only to be made anew, by its type. */
const HOLDINGS: Readonly<Record<string, string>> = {
  aws_vpc: 'its address blocks, and all that is in it',
  aws_vpc_ipv6_cidr_block_association: 'an IPv6 block',
  aws_subnet: 'the addresses in it',
  aws_eip: 'a public IPv4 address',
  aws_lb: 'its DNS name and addresses',
  aws_alb: 'its DNS name and addresses',
  aws_elb: 'its DNS name and addresses',
  aws_globalaccelerator_accelerator: 'its fixed addresses',
  aws_cloudfront_distribution: 'its domain name',
  aws_vpc_ipam: 'the address registry',
  aws_vpc_ipam_pool: 'an address pool',
  aws_vpc_ipam_pool_cidr: 'a range of an address pool',
  aws_route53_zone: 'a zone, its records and its name servers',
  aws_acm_certificate: 'a certificate',
  aws_kms_key: 'the key of what is encrypted with it',
  aws_s3_bucket: 'the data in it',
  aws_cloudwatch_log_group: 'the logs in it',
  aws_db_instance: 'a database',
  aws_rds_cluster: 'a database',
  aws_dynamodb_table: 'a table and its data',
  aws_efs_file_system: 'files',
  aws_ebs_volume: 'a volume and its data',
  aws_elasticache_cluster: 'a cache',
  aws_elasticache_replication_group: 'a cache',
  aws_opensearch_domain: 'an index and its data',
  aws_ecr_repository: 'images',
  aws_secretsmanager_secret: 'a secret',
  aws_instance: 'a machine, its addresses and disks',
};

/** What is lost with a resource of a type; undefined where it is made anew without a loss. */
export function holdingOf(type: string): string | undefined {
  return Object.hasOwn(HOLDINGS, type) ? HOLDINGS[type] : undefined;
}
