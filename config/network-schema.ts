import * as z from 'zod';
import { IPV6_NETMASKS } from '../core/address-plan';
import { parseCidr } from '../core/cidr';
import { isPrivateRange } from '../core/private-addresses';
import { awsId, ipv4Range, ipv6Range, isPublicIpv6 } from './values';

/** The part of `schema.ts` about the network of an environment. */

const ipv6Source = z
  .union(
    [
      z.literal('amazon'),
      z.strictObject({
        pool: z
          .string()
          .regex(
            /^(ipam-pool-[0-9a-f]{8,17}|(?!ipam-pool-)[a-z][a-z0-9]*(-[a-z0-9]+)*)$/,
            'write the name of a pool of config/registry.yaml, or an id such as ipam-pool-0123456789abcdef0',
          )
          .describe(
            'Where the block comes from: a pool of `config/registry.yaml` by its name, or any IPAM pool by its id.',
          ),
        netmask: z
          .literal([...IPV6_NETMASKS], {
            error: `use ${IPV6_NETMASKS.join(', ')}: the plan needs 128 subnets of /64, and a /60 has only 16`,
          })
          .default(56)
          .describe('Size of the block.'),
      }),
    ],
    { error: 'write amazon, or { pool: ipam-pool-..., netmask: 56 }' },
  )
  .describe('Where the IPv6 block comes from: amazon (a /56 of Amazon) or a pool of IPAM, bring-your-own included.');

const NETWORK_IPV4_RULE =
  'use a block from /16 to /22: the plan cuts it into 32 subnets, and a load balancer needs a /27';

const vpcRange = ipv4Range
  .refine((text) => {
    const cidr = parseCidr(text);
    return cidr !== undefined && cidr.prefix >= 16 && cidr.prefix <= 22;
  }, NETWORK_IPV4_RULE)
  .refine(
    (text) => isPrivateRange(parseCidr(text)!),
    'use private addresses (RFC 1918): 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16',
  );

/** Citizens reach no unique local or link-local address, whatever is routed. */
const publicIpv6Range = ipv6Range.refine(
  isPublicIpv6,
  'write a range of the public IPv6 Internet, 2000::/3: citizens reach no other',
);

const existingSubnet = z.strictObject({
  id: awsId('subnet').describe('Id of the subnet.'),
  zone: z.enum(['a', 'b', 'c', 'd']).describe('Letter of the zone that the subnet is in.'),
  ipv6: publicIpv6Range.describe('The /64 of the subnet.'),
});

const existing = z
  .strictObject({
    vpc: awsId('vpc').describe('Id of the VPC.'),
    ipv4: ipv4Range.describe('IPv4 block of the VPC.'),
    ipv6: publicIpv6Range.describe('IPv6 block of the VPC.'),
    subnets: z
      .strictObject({
        public: z
          .array(existingSubnet)
          .min(2, 'name the public subnets of at least 2 zones: a load balancer needs them')
          .describe('Subnets whose default routes, 0.0.0.0/0 and ::/0, lead to the internet gateway.'),
        app: z
          .array(existingSubnet)
          .min(2, 'name the application subnets of at least 2 zones')
          .describe('Dual-stack subnets that give each interface an IPv6 address.'),
      })
      .describe('Its subnets by tier.'),
  })
  .describe('Adopt a VPC that is already dual-stack. Its routes, NACLs, flow logs and endpoints are not touched.');

export const managedNetwork = z.strictObject({
  ipv4: vpcRange.describe('IPv4 block of the VPC, /16 to /22; /20 is a good size.'),
  ipv6: ipv6Source.default('amazon'),
  zones: z
    .int({ error: 'write a whole number of zones, 2 to 4' })
    .min(2, 'use at least 2 zones: a load balancer needs them')
    .max(4, 'use at most 4 zones: the address plan has room for no more')
    .default(2)
    .describe('How many availability zones, 2 to 4, as many as the region has.'),
  nat: z
    .enum(['per-zone', 'single', 'none'])
    .default('per-zone')
    .describe('NAT gateways for IPv4 out of the application subnets: one per zone, one for all, or none.'),
  appSubnets: z
    .enum(['dual-stack', 'ipv6-only'])
    .default('dual-stack')
    .describe('What tasks run on: both families, or IPv6 alone (IPv4 services are then reached by NAT64 and DNS64).'),
});

const existingNetwork = z.strictObject({ existing });

/** The network of an environment: what to build, or what is there. */
export const network = z
  .union([existingNetwork, managedNetwork], {
    error: 'write ipv4, ipv6, zones, nat and appSubnets for a VPC to build, or `existing` alone for one that is there',
  })
  .describe('The VPC: one to build, or `existing`. Left out where all portals are behind CloudFront.');
