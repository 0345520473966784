import { stringify } from 'yaml';
import type * as z from 'zod';
import { type Cidr, firstFreeBlock, formatCidr, parseCidr } from '../core/cidr';
import { UserError } from '../core/errors';
import { networkRanges } from './checks/network-range';
import type { DirectoryEntry } from './directory';
import { type AgencyFile, environmentSchema, type Portal } from './schema';
import * as values from './values';

export interface DraftOptions {
  /** @default - a placeholder */
  readonly account?: string;
  /** @default ap-southeast-1 */
  readonly region?: string;
  /** @default - a placeholder */
  readonly zoneId?: string;
  /** @default - the agency's domain */
  readonly zoneName?: string;
  /** @default - the first free /20 of 10.0.0.0/8 */
  readonly ipv4?: string;
  /** @default - `ipv6@` the agency's domain */
  readonly contact?: string;
  /** @default - a placeholder in the account's own registry */
  readonly image?: string;
  /** IPv4 blocks that are in use elsewhere. */
  readonly taken?: readonly Cidr[];
}

/** What a draft says where nobody has said otherwise; `init` offers it as the answer. */
export interface DraftDefaults {
  readonly account: string;
  readonly region: string;
  readonly zoneId: string;
  readonly zoneName: string;
  readonly ipv4: string;
  readonly contact: string;
  readonly image: string;
}

const portal = environmentSchema.shape.portals.unwrap().valueType.shape;

/** What each of these values has to be, by the agency file's own rules. */
export const DRAFT_RULES: { readonly [key in keyof DraftDefaults]: z.ZodType<string> } = {
  account: values.account,
  region: values.region,
  zoneId: portal.zone.options[0].shape.id,
  zoneName: values.hostName,
  ipv4: environmentSchema.shape.network.unwrap().options[1].shape.ipv4,
  contact: values.email,
  image: portal.hosting.options[0].shape.image,
};

/** An agency as the directory has it; the draft needs no more of it. */
export type DraftedAgency = Pick<DirectoryEntry, 'slug' | 'name' | 'kind' | 'domain'>;

/**
 * The text of a new agency's file: valid as it stands, with a comment beside each value that has to be replaced.
 *
 * @throws UserError when no IPv4 block is given and none is free.
 */
export function draftAgency(agency: DraftedAgency, options: DraftOptions = {}): string {
  const { slug, name, kind, domain } = agency;
  const chosen = draftDefaults(agency, options);
  const replace = (key: keyof DraftOptions, what: string) => (options[key] === undefined ? ` # replace: ${what}` : '');

  return `# yaml-language-server: $schema=../agency.schema.json
#
# Replace what says "replace", then run: portal6 validate ${slug}
agency:
  id: ${scalar(slug)} # the file's name
  name:
    vi: ${scalar(name.vi)}
    en: ${scalar(name.en)}
  kind: ${kind}
  contact: ${scalar(chosen.contact)} # gets the alarms

environments:
  production:
    account: ${JSON.stringify(chosen.account)}${replace('account', 'the 12 digits of your AWS account')}
    region: ${chosen.region}
    # Where data at rest lives. No AWS region is in Vietnam, so a portal that runs there keeps its data abroad and needs
    # a decision that allows it. A portal that stays in your own data center (hosting type gateway) may say: vietnam.
    dataLocation: abroad
    securityLevel: 3 # cấp độ, 1 to 5
    approval: # replace: the decision that allows data abroad
      number: REPLACE-ME/QD
      date: 2026-01-01
      signedBy: REPLACE ME
    network:
      ipv4: ${chosen.ipv4}
      ipv6: amazon # a /56 of Amazon; or { pool: ipam-pool-..., netmask: 56 }
      zones: 2
      nat: per-zone # or single (cheaper), or none
      appSubnets: dual-stack # or ipv6-only
    portals:
      portal:
        domain: ${scalar(domain)}
        aliases: [${scalar(`www.${domain}`)}]
        zone:
          id: ${chosen.zoneId}${replace('zoneId', 'the hosted zone in Route 53')}
          name: ${scalar(chosen.zoneName)}
        service: information # or public-service, or back-office
        hosting:
          type: container
          image: ${scalar(chosen.image)}${replace('image', 'your image')}
          port: 8080
        health:
          path: / # answers when the portal is well
        publish:
          aaaa: staged # IPv6 for v6.${domain} alone; then live, for every name
`;
}

/**
 * The values that a draft gets.
 *
 * @throws UserError when no IPv4 block is given and none is free.
 */
export function draftDefaults({ slug, domain }: DraftedAgency, options: DraftOptions = {}): DraftDefaults {
  const account = options.account ?? '111122223333';
  const region = options.region ?? 'ap-southeast-1';
  return {
    account,
    region,
    zoneId: options.zoneId ?? 'Z0123456789ABCDEFGHIJ',
    zoneName: options.zoneName ?? domain,
    ipv4: options.ipv4 ?? firstFreeNetwork(options.taken ?? []),
    contact: options.contact ?? `ipv6@${domain}`,
    image: options.image ?? `${account}.dkr.ecr.${region}.amazonaws.com/${slug}/portal:1.0.0`,
  };
}

/** The IPv4 ranges that agencies have: their networks, and the data centers behind their gateways. */
export function takenRanges(agencies: readonly AgencyFile[]): Cidr[] {
  return agencies
    .flatMap(({ environments }) => Object.values(environments))
    .flatMap(({ network, portals }) => [...networkRanges(network), ...Object.values(portals).flatMap(routesOf)])
    .map((text) => parseCidr(text)!);
}

function routesOf({ hosting }: Portal): readonly string[] {
  return hosting.type === 'gateway' ? (hosting.connection?.routes ?? []) : [];
}

function firstFreeNetwork(taken: readonly Cidr[]): string {
  const block = firstFreeBlock(parseCidr('10.0.0.0/8')!, 20, taken);
  if (!block)
    throw new UserError('no /20 of 10.0.0.0/8 is free; give the IPv4 block of the network, such as 172.16.0.0/20');
  return formatCidr(block);
}

/** YAML's spelling of one value, quoted where it has to be. */
function scalar(text: string): string {
  return stringify(text, { lineWidth: 0, blockQuote: false }).trimEnd();
}
