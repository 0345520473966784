import type { ITerraformDependable } from 'cdktf';

/** A subnet for load balancers. */
export interface PublicSubnet {
  readonly id: string;
  /** Letter of its zone. */
  readonly zone: string;
  /** Its /64: an expression where only apply will know it. */
  readonly ipv6Cidr: string;
}

/** What portals need to know of a VPC, be it built here or adopted. */
export interface Network {
  readonly vpcId: string;
  /** IPv4 block of the VPC. */
  readonly ipv4Cidr: string;
  /** IPv6 block of the VPC. */
  readonly ipv6Cidr: string;
  /** Subnets for load balancers: one per zone, reached from the Internet over both families. */
  readonly publicSubnetIds: readonly string[];
  /** The same subnets, in the same order, with what addresses in them are made from. */
  readonly publicSubnets: readonly PublicSubnet[];
  /** Subnets for tasks: one per zone. */
  readonly appSubnetIds: readonly string[];
  /** What the tasks' subnets carry. */
  readonly appSubnets: 'dual-stack' | 'ipv6-only';
  /** What has to exist before a load balancer can answer, or a task can reach out. */
  readonly routes: readonly ITerraformDependable[];
}
