import * as z from 'zod';
import { IPV6_NETMASKS } from '../core/address-plan';
import { parseCidr } from '../core/cidr';
import { isPrivateRange } from '../core/private-addresses';
import { environmentSchema } from './schema';
import { account, awsId, ipv4Range, ipv6Range, isPublicIpv6, region, slug } from './values';

/**
 * The file of the address registry, `config/registry.yaml`. As with the agency file, this is its only definition: the
 * types, the JSON Schema for editors and the reference page are made from it.
 */

/** Sizes of Amazon's own contiguous blocks (https://docs.aws.amazon.com/vpc/latest/ipam/quotas-ipam.html). */
const AMAZON_NETMASKS = [40, 44, 48, 52] as const;

/** What AWS gives of its own addresses without being asked for more. */
export const AMAZON_DEFAULT_NETMASK = 52;

const PRIVATE_RULE = 'use private addresses (RFC 1918): 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16';

const privateRange = ipv4Range.refine((text) => isPrivateRange(parseCidr(text)!), PRIVATE_RULE);

const amazon = z.strictObject({
  amazon: z
    .strictObject({
      netmask: z
        .literal([...AMAZON_NETMASKS])
        .default(AMAZON_DEFAULT_NETMASK)
        .describe('Size of the block in each region. AWS gives a /52, and larger ones to who asks its support.'),
    })
    .describe('A contiguous block of Amazon, one in each region that has pools.'),
});

const byoip = z.strictObject({
  byoip: z
    .strictObject({
      cidr: ipv6Range
        .refine(isPublicIpv6, 'write a range of the public IPv6 Internet, 2000::/3')
        .describe('The range, as the Internet registry assigned it.'),
      advertise: z
        .boolean({ error: 'say whether AWS announces the range on the Internet: true or false; it cannot be changed' })
        .describe('Whether AWS may announce the range on the Internet. Cannot be changed later.'),
      provisioned: z
        .boolean()
        .default(false)
        .describe('Whether the range has been provisioned to the top pool, by hand. Until then no pool is below it.'),
    })
    .describe('A range of your own (BYOIPv6), which AWS lets in once you have shown that it is yours.'),
});

const ipv6Source = z
  .union([z.literal('amazon'), amazon, byoip], {
    error: 'write amazon, { amazon: { netmask: 48 } } or { byoip: { cidr: 2001:db8::/32, advertise: true } }',
  })
  .transform((source) => (source === 'amazon' ? { amazon: { netmask: AMAZON_DEFAULT_NETMASK } } : source))
  .describe('The top of the IPv6 pools: a contiguous block of Amazon, or a range of your own. Default: no IPv6 pools.');

/** How long the blocks are that a pool gives out. */
export interface Netmasks {
  /** Where somebody asks for none in particular. */
  readonly default: number;
  /** Of the largest block. */
  readonly min: number;
  /** Of the smallest block. */
  readonly max: number;
}

function netmasks(one: z.ZodType<number, number>, usual: number, sizes: string) {
  return z
    .union(
      [
        one,
        z.strictObject({
          default: one.optional().describe(`Size where nobody asks for another. Default: ${usual}.`),
          min: one.optional().describe('Size of the largest block. Default: as `default`.'),
          max: one.optional().describe('Size of the smallest block. Default: as `default`.'),
        }),
      ],
      { error: `write the size of the blocks, ${sizes}, or { default: ${usual}, min: ..., max: ... }` },
    )
    .transform((written): Netmasks => {
      const { default: usually = usual, min, max } = typeof written === 'number' ? { default: written } : written;
      return { default: usually, min: min ?? usually, max: max ?? usually };
    })
    .prefault(usual)
    .describe('How long the blocks are that VPCs get from it. One number: all are of that size.');
}

const ipv4Netmask = z
  .int()
  .min(16, 'a VPC has a block from /16 to /28')
  .max(28, 'a VPC has a block from /16 to /28') as z.ZodType<number, number>;

const ipv6Netmask = z.literal([...IPV6_NETMASKS], {
  error: `use ${IPV6_NETMASKS.join(', ')}: an agency's plan needs 128 subnets of /64`,
}) as z.ZodType<number, number>;

const ipv4Pool = z
  .strictObject({
    cidr: privateRange.describe("The pool's range, a part of the registry's own."),
    netmask: netmasks(ipv4Netmask, 20, '16 to 28'),
  })
  .describe("The group's private IPv4 addresses. Needs the advanced tier.");

const poolId = awsId('ipam-pool')
  .optional()
  .describe('Id of the pool once it is deployed, from the output `pools` of the stack. Agencies that name it need it.');

const ipv6Pool = z
  .union(
    [
      z.strictObject({
        cidr: ipv6Range.describe("The pool's range, a part of the registry's own. With `byoip`."),
        netmask: netmasks(ipv6Netmask, 56, IPV6_NETMASKS.join(', ')),
        id: poolId,
      }),
      z.strictObject({
        size: z
          .int()
          .min(40)
          .max(56)
          .describe("How long the pool's range is: AWS chooses the addresses. With `amazon`."),
        netmask: netmasks(ipv6Netmask, 56, IPV6_NETMASKS.join(', ')),
        id: poolId,
      }),
    ],
    {
      error: 'write { cidr: 2001:db8:100::/44 } for a range of your own, or { size: 54 } for a part of an Amazon block',
    },
  )
  .describe("The group's IPv6 addresses.");

const PRINCIPAL =
  /^(\d{12}|arn:aws[a-z-]*:organizations::\d{12}:(organization\/o-[a-z0-9]{10,32}|ou\/o-[a-z0-9]{10,32}\/ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}))$/;
const PRINCIPAL_RULE =
  'write the 12 digits of an account in quotes, or the ARN of an organization or organizational unit';

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html */
const TAG_RULE = 'use letters, digits, spaces and _.:/=+-@ alone';

const pool = z.strictObject({
  region: region.optional().describe("Region whose VPCs draw from it. Default: the registry's."),
  ipv4: ipv4Pool.optional(),
  ipv6: ipv6Pool.optional(),
  tags: z
    .record(
      z.string().regex(/^(?!aws:)[\p{L}\p{N} _.:/=+@-]{1,128}$/iu, `${TAG_RULE}, and not aws: at the beginning`),
      z.string().regex(/^[\p{L}\p{N} _.:/=+@-]{0,256}$/u, TAG_RULE),
    )
    .default({})
    .describe('Tags that a VPC must have to draw from it. Stacks of agencies have those that the provider sets.'),
  agencies: z
    .array(slug)
    .min(1)
    .optional()
    .describe('Ids of the agencies that it is for; each is counted on. Default: whichever agency names it.'),
  shareWith: z
    .array(z.string({ error: PRINCIPAL_RULE }).regex(PRINCIPAL, PRINCIPAL_RULE))
    .min(1)
    .optional()
    .describe('Who may draw from it beside the registry: accounts, organizations. Needs the advanced tier.'),
  outsideOrganization: z
    .boolean()
    .default(false)
    .describe("Whether accounts outside the registry's organization may be among them; each accepts an invitation."),
});

const poolName = slug.refine(
  (text) => !text.startsWith('ipam-pool-'),
  'use another name: ids of AWS begin with ipam-pool-',
);

export const registryFileSchema = z.strictObject({
  account: account.describe('AWS account of the registry: the IPAM administrator of the organization.'),
  region: region.describe('Home region of the IPAM: its pools are made and shared from there.'),
  operatingRegions: z
    .array(region)
    .min(1)
    .optional()
    .describe('Regions that may have pools, the home region among them. Default: the home region alone.'),
  tier: z
    .enum(['free', 'advanced'])
    .default('advanced')
    .describe(
      'Tier of IPAM. free: IPv6 pools in the home region for the own account, without charge. advanced: IPv4 pools, ' +
        'more regions and sharing; AWS charges for each active address.',
    ),
  provider: environmentSchema.shape.provider,
  state: environmentSchema.shape.state,
  ipv4: privateRange.optional().describe('The top of the IPv4 pools, such as 10.0.0.0/8. Default: no IPv4 pools.'),
  ipv6: ipv6Source.optional(),
  pools: z
    .record(poolName, pool)
    .default({})
    .describe('Pools by name, one for each group of agencies. Agency files say `network: { ipv6: { pool: <name> } }`.'),
});

export type RegistryFile = z.output<typeof registryFileSchema>;
export type RegistryPool = RegistryFile['pools'][string];
export type Ipv6Pool = NonNullable<RegistryPool['ipv6']>;

/** Region whose VPCs draw from a pool. */
export function regionOf({ region: home }: Pick<RegistryFile, 'region'>, { region: own }: RegistryPool): string {
  return own ?? home;
}

/** Prefix length of a pool's own IPv6 range. */
export function ipv6Length(own: Ipv6Pool): number {
  return 'size' in own ? own.size : parseCidr(own.cidr)!.prefix;
}
