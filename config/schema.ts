import * as z from 'zod';
import {
  type containerHosting,
  type gatewayHosting,
  hosting,
  type instancesHosting,
  type staticHosting,
} from './hosting-schema';
import { type managedNetwork, network } from './network-schema';
import { account, day, email, EVERYBODY, hostName, label, range, region, slug } from './values';
import { waf } from './waf-schema';

/**
 * The agency file. This, with the two schemas it takes in, is its only definition: the types, the JSON Schema for editors
 * and the reference page are made from it. What a key means and what follows from leaving it out is written here, in `describe`.
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
      // https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
      .refine(
        (text) => !/^\d+\.\d+\.\d+\.\d+$|^xn--|^sthree-|-s3alias$|--ol-s3$/.test(text),
        'write another name: S3 keeps those that look like an address, and some beginnings and endings, for itself',
      )
      .describe('S3 bucket that holds the state; it locks by a file beside it.'),
    region: region.optional().describe("Region of the bucket. Default: the environment's region."),
    owner: z
      .boolean()
      .default(false)
      .describe(
        'Whether the bucket is in this account, where others share it: `portal6 synth state` then makes it here. ' +
          'It need not be said of a bucket that one agency uses in one account.',
      ),
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

const dnssec = z
  .union([z.boolean(), z.literal('without-ds')], { error: 'write true, false or without-ds' })
  .default(false)
  .describe(
    'Whether its answers are signed (DNSSEC), with a key in KMS. The parent zone then needs the DS record, which is in the ' +
      'output and, in a created zone of the same environment, is entered by itself. `without-ds` signs and enters no DS: the ' +
      'step before `true` and before `false` for a zone that is live.',
  );

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
        dnssec,
      }),
      z.strictObject({
        external: z.literal(true).describe('The zone is not in Route 53: portal6 prints the records to enter by hand.'),
      }),
    ],
    { error: 'write { id: Z..., name: hue.gov.vn }, { create: true } or { external: true }' },
  )
  .describe('The DNS zone that holds the names: in Route 53, to be created, or elsewhere.');

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

/** What holds where a portal does not say how it is well. */
export const DEFAULT_HEALTH: Readonly<z.output<typeof health>> = health.parse({});

const publish = z
  .strictObject({
    aaaa: z
      .enum(['off', 'staged', 'live'])
      .default('staged')
      .describe('Who gets the AAAA: nobody, v6.<domain> alone so that it can be verified, or every name.'),
  })
  .describe('Whether citizens get IPv6 addresses.');

const edge = z
  .enum(['load-balancer', 'accelerator', 'network'])
  .describe(
    'What citizens connect to: a load balancer; one behind a Global Accelerator, whose four addresses stay; or a network ' +
      'load balancer, for any protocol over TLS on port 443. Its addresses stay too, and what is behind it gets plain TCP ' +
      'and has to understand the PROXY protocol (version 2). CloudFront takes the default alone.',
  );

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

/** Percent of failed requests that is an alarm, where a portal says nothing else. */
export const DEFAULT_ERROR_PERCENT = 5;

const alarms = z
  .strictObject({
    email: email.optional().describe("Who gets the alarms. Default: the agency's contact."),
    errors: z
      .number()
      .min(0.1)
      .max(99)
      .optional()
      .describe(
        'Percent of requests of five minutes that may fail (5xx), as soon as there are 20; more is an alarm, twice in a ' +
          `row. Default: ${DEFAULT_ERROR_PERCENT}.`,
      ),
    latency: z
      .number()
      .min(0.05)
      .max(60)
      .optional()
      .describe(
        'Seconds that 95 % of answers may take; more is an alarm, for a quarter of an hour. Default: no alarm.',
      ),
  })
  .describe(
    'Alarms: on failed requests, on targets that are unhealthy, on a certificate that nobody renews and, once an AAAA is ' +
      'published, on IPv6.',
  );

const portal = z.strictObject({
  domain: hostName.describe('Name that citizens type.'),
  aliases: z.array(hostName).default([]).describe('Other names for the same portal.'),
  zone,
  service: z
    .enum(['information', 'public-service', 'back-office'])
    .default('information')
    .describe('What it serves: information, public services, or the administration itself.'),
  hosting,
  // Without a default, so that the checks can tell whether somebody wrote it.
  health: health.optional(),
  edge: edge.default('load-balancer'),
  publish: publish.prefault({}),
  allow: allow.default([...EVERYBODY]),
  waf: waf.optional(),
  caa: z
    .array(hostName)
    .min(1)
    .optional()
    .describe(
      'Authorities that may issue certificates (RFC 8659). Default: amazon.com in a created zone, else no CAA.',
    ),
  takeOver: z.boolean().default(false).describe('Whether records of these names that already exist are overwritten.'),
  alarms: alarms.prefault({}),
  failover: z
    .enum(['maintenance-page'], { error: 'write maintenance-page, or leave it out' })
    .optional()
    .describe(
      'What answers, over both families, while everything that serves the portal is unhealthy: a page of CloudFront that ' +
        'says so, with status 503. Default: nothing.',
    ),
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
  network: network.optional(),
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
export type Network = NonNullable<Environment['network']>;
export type ManagedNetwork = z.output<typeof managedNetwork>;
export type Portal = z.output<typeof portal>;
export type ContainerHosting = z.output<typeof containerHosting>;
export type InstancesHosting = z.output<typeof instancesHosting>;
export type GatewayHosting = z.output<typeof gatewayHosting>;
export type StaticHosting = z.output<typeof staticHosting>;
