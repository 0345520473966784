import * as z from 'zod';
import { IPV6_NETMASKS } from '../core/address-plan';
import { parseCidr } from '../core/cidr';
import { isOriginAddress, isPrivateRange } from '../core/private-addresses';
import { account, awsId, day, email, hostName, ipv4Range, ipv6Range, label, range, region, slug } from './values';

/**
 * The agency file. This is its only definition: the types, the JSON Schema for editors and the reference page are
 * made from it. What a key means and what follows from leaving it out is written here, in `describe`.
 */

const name = z
  .strictObject({
    vi: label.describe('Name in Vietnamese.'),
    en: label.describe('Name in English.'),
  })
  .describe('What the agency is called, for people.');

export const AGENCY_KINDS = [
  'ministry',
  'ministerial-agency',
  'government-agency',
  'city',
  'province',
  'other',
] as const;

const agency = z.strictObject({
  id: slug.describe("The agency's id: the file's name without .yaml. Part of every stack's name."),
  name,
  kind: z.enum(AGENCY_KINDS).describe('What kind of body it is.'),
  contact: email.describe('Who answers for the portals; gets the alarms of portals that name nobody else.'),
});

const approval = z
  .strictObject({
    number: label.describe('Number of the decision, such as 12/QD-UBND.'),
    date: day.describe('Day of the decision.'),
    signedBy: label.describe('Who signed it.'),
  })
  .describe('The decision that allows data abroad. A record, not a legal exemption.');

const state = z
  .strictObject({
    bucket: z
      .string()
      .regex(
        /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
        'write the name of an S3 bucket (3 to 63 lower-case characters)',
      )
      .describe('S3 bucket that holds the state; it locks by a file beside it.'),
    region: region.optional().describe("Region of the bucket. Default: the environment's region."),
  })
  .describe('Remote state. Default: a local state file.');

const provider = z
  .strictObject({
    minimum: z
      .enum(['5.100', '6.25'])
      .default('5.100')
      .describe('Oldest AWS provider that the stack has to work with. 6.25 allows what only 6.x knows.'),
  })
  .describe('Versions of the Terraform AWS provider.');

const ipv6Source = z
  .union(
    [
      z.literal('amazon'),
      z.strictObject({
        pool: awsId('ipam-pool').describe('IPAM pool that the block comes from.'),
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

const existingSubnet = z.strictObject({
  id: awsId('subnet').describe('Id of the subnet.'),
  zone: z.enum(['a', 'b', 'c', 'd']).describe('Letter of the zone that the subnet is in.'),
  ipv6: ipv6Range.describe('The /64 of the subnet.'),
});

const existing = z
  .strictObject({
    vpc: awsId('vpc').describe('Id of the VPC.'),
    ipv4: ipv4Range.describe('IPv4 block of the VPC.'),
    ipv6: ipv6Range.describe('IPv6 block of the VPC.'),
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

const managedNetwork = z.strictObject({
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
const network = z
  .union([existingNetwork, managedNetwork], {
    error: 'write ipv4, ipv6, zones, nat and appSubnets for a VPC to build, or `existing` alone for one that is there',
  })
  .describe('The VPC: one to build, or `existing`.');

const zone = z
  .union(
    [
      z.strictObject({
        id: z
          .string()
          .regex(/^Z[A-Z0-9]{8,31}$/, 'write the id of a hosted zone, such as Z0123456789ABCDEFGHIJ')
          .describe('Id of the hosted zone.'),
        name: hostName.describe('Name of the hosted zone.'),
      }),
      z.strictObject({
        create: z.literal(true).describe('Create a hosted zone named as the domain.'),
        delegated: z
          .boolean()
          .default(false)
          .describe('Whether the parent zone already points to it. Until then only the zone is synthesized.'),
      }),
      z.strictObject({
        external: z.literal(true).describe('The zone is not in Route 53: portal6 prints the records to enter by hand.'),
      }),
    ],
    { error: 'write { id: Z..., name: hue.gov.vn }, { create: true } or { external: true }' },
  )
  .describe('The DNS zone that holds the names: in Route 53, to be created, or elsewhere.');

const containerHosting = z.strictObject({
  type: z.literal('container').describe('ECS Fargate behind a dual-stack load balancer.'),
  image: z
    .string()
    .regex(
      /^[a-z0-9][\w.:/@-]*$/i,
      'write an image such as 111122223333.dkr.ecr.ap-southeast-1.amazonaws.com/portal:1.4.2',
    )
    .describe('Image with its tag or, better, its digest.'),
  port: z
    .int()
    .min(1)
    .max(65535)
    .default(8080)
    .describe('Port that the container listens on: over IPv4, or over IPv6 in IPv6-only subnets.'),
  cpu: z
    .literal([256, 512, 1024, 2048, 4096, 8192, 16384])
    .default(512)
    .describe('CPU units of a task; 1024 are one vCPU.'),
  memory: z.int().min(512).max(122880).default(1024).describe('Memory of a task in MiB; Fargate ties it to the CPU.'),
  tasks: z
    .strictObject({
      min: z.int().min(1).max(1000).default(2).describe('Fewest tasks.'),
      max: z.int().min(1).max(1000).default(10).describe('Most tasks.'),
    })
    .prefault({})
    .describe('How far the service scales.'),
  environment: z
    .record(z.string().regex(/^[A-Za-z_]\w*$/, 'name variables with letters, digits and _'), z.string())
    .default({})
    .describe('Environment variables; nothing secret.'),
  secrets: z
    .record(
      z.string().regex(/^[A-Za-z_]\w*$/, 'name variables with letters, digits and _'),
      z
        .string()
        .regex(
          /^arn:aws[a-z-]*:(secretsmanager:[a-z0-9-]+:\d{12}:secret:[^\s:]+-[A-Za-z0-9]{6}(:[^\s:]*){0,3}|ssm:[a-z0-9-]+:\d{12}:parameter\/\S+)$/,
          'write the whole ARN of a secret in Secrets Manager, with the six characters that AWS put at its end, or of a parameter in SSM; never the secret itself',
        ),
    )
    .default({})
    .describe('Environment variables that come from Secrets Manager or SSM, by ARN.'),
});

const connection = z
  .union(
    [
      z.strictObject({
        transitGateway: awsId('tgw').describe('Transit gateway that leads to the data center.'),
        routes: z.array(ipv4Range).min(1).describe('IPv4 ranges of the data center.'),
      }),
      z.strictObject({
        vpnGateway: awsId('vgw').describe('Virtual private gateway that leads to the data center.'),
        routes: z.array(ipv4Range).min(1).describe('IPv4 ranges of the data center.'),
      }),
    ],
    { error: 'write { transitGateway: tgw-..., routes: [...] } or { vpnGateway: vgw-..., routes: [...] }' },
  )
  .describe('The way to the data center, IPv4. Left out where an existing network has it.');

const gatewayHosting = z.strictObject({
  type: z.literal('gateway').describe('A dual-stack load balancer in front of a portal that stays in the data center.'),
  origin: z
    .strictObject({
      addresses: z
        .array(
          z.string().refine(isOriginAddress, {
            error: (issue) =>
              `a load balancer reaches private IPv4 addresses (RFC 1918, RFC 6598) alone, not ${String(issue.input)}; ` +
              'an origin with a public name needs the CDN form, which is not part of this version',
          }),
        )
        .min(1, 'name at least one address of the origin')
        .describe('Private IPv4 addresses of the origin (RFC 1918 or RFC 6598).'),
      port: z
        .int()
        .min(1)
        .max(65535)
        .optional()
        .describe('Port that the origin listens on. Default: 443, or 80 for http.'),
      protocol: z
        .enum(['https', 'http'])
        .default('https')
        .describe("How the load balancer speaks to it. It does not verify the origin's certificate."),
    })
    .describe('Where the portal is.'),
  connection: connection.optional(),
});

const LATER_HOSTING: Readonly<Record<string, string>> = {
  instances: 'is not part of this version; use container, or gateway in front of the machines you have',
  static: 'is not part of this version; use container with a web server image',
};

const hosting = z
  .discriminatedUnion('type', [containerHosting, gatewayHosting], {
    error: ({ input }) => {
      const type = (input as { type?: unknown } | null | undefined)?.type;
      const later = typeof type === 'string' && Object.hasOwn(LATER_HOSTING, type) ? LATER_HOSTING[type] : undefined;
      return later ? `\`${String(type)}\` ${later}` : 'write `type: container` or `type: gateway`';
    },
  })
  .describe('What serves the portal.');

const health = z
  .strictObject({
    path: z
      .string()
      .regex(/^\/[!-"$-~]*$/, 'begin the path with /, such as /healthz, and percent-encode what is not ASCII')
      .default('/')
      .describe('Path that answers when the portal is well.'),
    codes: z
      .string()
      .regex(
        /^([2-4]\d\d(,[2-4]\d\d)*|[2-4]\d\d-[2-4]\d\d)$/,
        'write status codes such as 200 or 200,302, or a range such as 200-299',
      )
      .refine((text) => !text.includes('-') || text.slice(0, 3) <= text.slice(4), 'begin a range with the smaller code')
      .default('200-399')
      .describe('Status codes that mean well.'),
  })
  .describe('How the load balancer and the IPv6 probe tell that the portal is well.');

const publish = z
  .strictObject({
    aaaa: z
      .enum(['off', 'staged', 'live'])
      .default('staged')
      .describe('Who gets the AAAA: nobody, v6.<domain> alone so that it can be verified, or every name.'),
  })
  .describe('Whether citizens get IPv6 addresses.');

/** At most so many ranges of one family: a security group takes 60 rules a family, and each range needs two. */
export const ALLOW_LIMIT = 29;

const allow = z
  .array(range)
  .min(1, 'name at least one range; 0.0.0.0/0 and ::/0 are everybody')
  .refine((ranges) => new Set(ranges).size === ranges.length, 'name each range once')
  .refine(
    (ranges) =>
      [true, false].every((ipv6) => ranges.filter((text) => text.includes(':') === ipv6).length <= ALLOW_LIMIT),
    `name at most ${ALLOW_LIMIT} ranges of each family: a security group takes 60 rules a family, and each range needs two`,
  )
  .describe('Who may connect: both families in one list. Default: everybody.');

const portal = z.strictObject({
  domain: hostName.describe('Name that citizens type.'),
  aliases: z.array(hostName).default([]).describe('Other names for the same portal.'),
  zone,
  service: z
    .enum(['information', 'public-service', 'back-office'])
    .default('information')
    .describe('What it serves: information, public services, or the administration itself.'),
  hosting,
  health: health.prefault({}),
  publish: publish.prefault({}),
  allow: allow.default(['0.0.0.0/0', '::/0']),
  caa: z
    .array(hostName)
    .min(1)
    .optional()
    .describe(
      'Authorities that may issue certificates (RFC 8659). Default: amazon.com in a created zone, else no CAA.',
    ),
  takeOver: z.boolean().default(false).describe('Whether records of these names that already exist are overwritten.'),
  alarms: z
    .strictObject({ email: email.describe('Who gets the alarms.') })
    .optional()
    .describe("Where alarms go. Default: the agency's contact."),
});

export const environmentSchema = z.strictObject({
  account: account.describe('AWS account; the provider refuses any other.'),
  region: region.describe('AWS region.'),
  dataLocation: z
    .enum(['vietnam', 'abroad'], {
      error: 'say where data at rest lives: vietnam (gateway portals only) or abroad (with an approval)',
    })
    .describe('Where data at rest lives: vietnam (gateway portals only) or abroad.'),
  securityLevel: z
    .literal([1, 2, 3, 4, 5], { error: 'say the security level (cấp độ), 1 to 5' })
    .describe('Security level (cấp độ) of the system.'),
  approval: approval.optional(),
  protected: z
    .boolean()
    .optional()
    .describe('Protect load balancers from deletion. Default: true in an environment called production.'),
  state: state.optional(),
  provider: provider.prefault({}),
  network,
  portals: z.record(slug, portal).default({}).describe('Portals by id.'),
});

/** What `owner` takes: with an @ it has to be an address that somebody can write to. */
function isOwner(text: string): boolean {
  return !text.includes('@') || email.safeParse(text).success;
}

const waiver = z.strictObject({
  rule: z.string().trim().min(1, 'write the id of a rule, such as V6-LB-001').describe('Id of the rule.'),
  at: z
    .string()
    .trim()
    .min(1, 'write the address of a resource or the path of a construct, as the finding has it')
    .max(300, 'use at most 300 characters; ** stands for any')
    .regex(/^([^/](.*[^/])?)?$/, 'begin and end without /; a path covers all below it')
    .describe(
      'What is waived: the address of a resource, or the path of a construct and all below it, as the finding has it. ' +
        '`*` stands for any characters within a part, `**` for any.',
    ),
  reason: label
    .min(10, 'say why in a sentence, so that whoever reads it in a year understands it')
    .describe('Why that is accepted.'),
  owner: label
    .refine(isOwner, 'write a name or an e-mail address')
    .describe('Who answers for it: a name or an e-mail address.'),
  expires: day.describe('Last day that it holds, at most 365 days off.'),
});

/** The list of waivers, in an agency's file and in the fleet's. */
export const waiversSchema = z.array(waiver);

export const agencyFileSchema = z.strictObject({
  agency: agency.describe('Who it is.'),
  environments: z
    .record(slug, environmentSchema)
    .refine((map) => Object.keys(map).length > 0, 'name at least one environment')
    .describe('Environments by id, such as production. Each becomes one stack, <agency>-<environment>.'),
  waivers: waiversSchema
    .optional()
    .describe(
      'Findings of `portal6 check` that are accepted for a while, in the stacks of this file. A path may leave out the ' +
        "stack's id. Waivers for all agencies are in `config/waivers.yaml`.",
    ),
});

export type WaiverEntry = z.output<typeof waiver>;
export type Agency = z.output<typeof agency>;
export type AgencyFile = z.output<typeof agencyFileSchema>;
export type Environment = z.output<typeof environmentSchema>;
export type Network = Environment['network'];
export type ManagedNetwork = z.output<typeof managedNetwork>;
export type Portal = z.output<typeof portal>;
export type ContainerHosting = z.output<typeof containerHosting>;
export type GatewayHosting = z.output<typeof gatewayHosting>;
