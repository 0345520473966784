import type * as z from 'zod';
import { type AgencyFile, agencyFileSchema } from '../../config/schema';
import type { ResourceGraph } from '../../policy/resource-graph';
import { readStackJson } from '../../policy/sources/stack-json';
import { stackJson } from '../../stacks/synthesize';

type AgencyFileInput = z.input<typeof agencyFileSchema>;
type EnvironmentInput = AgencyFileInput['environments'][string];
type PortalInput = NonNullable<EnvironmentInput['portals']>[string];

/** A container portal that is live. */
export const CONTAINER: PortalInput = {
  domain: 'portal.hue.gov.vn',
  aliases: ['www.hue.gov.vn'],
  zone: { id: 'Z0123456789ABCDEFGHIJ', name: 'hue.gov.vn' },
  hosting: { type: 'container', image: '111122223333.dkr.ecr.ap-southeast-1.amazonaws.com/portal:1.4.2' },
  publish: { aaaa: 'live' },
};

/** A gateway to a data center that is live. */
export const GATEWAY: PortalInput = {
  domain: 'motcua.hue.gov.vn',
  zone: { id: 'Z0123456789ABCDEFGHIJ', name: 'hue.gov.vn' },
  hosting: {
    type: 'gateway',
    origin: { addresses: ['10.1.2.3'] },
    connection: { transitGateway: 'tgw-0123456789abcdef0', routes: ['10.1.0.0/16'] },
  },
  publish: { aaaa: 'live' },
};

/** Files behind CloudFront, live. It needs no network. */
export const STATIC: PortalInput = {
  domain: 'tin.hue.gov.vn',
  aliases: ['www.tin.hue.gov.vn'],
  zone: { id: 'Z0123456789ABCDEFGHIJ', name: 'hue.gov.vn' },
  hosting: { type: 'static', notFound: '404.html' },
  publish: { aaaa: 'live' },
};

/** An origin elsewhere behind CloudFront, live. It needs no network. */
export const CDN_GATEWAY: PortalInput = {
  domain: 'cong.hue.gov.vn',
  zone: { id: 'Z0123456789ABCDEFGHIJ', name: 'hue.gov.vn' },
  hosting: {
    type: 'gateway',
    origin: { host: 'goc.hue.gov.vn', cache: [{ path: '/static/*', seconds: 86400 }] },
  },
  publish: { aaaa: 'live' },
};

/** An agency with one environment, `production`: two zones, one container portal, and what a test changes. */
export function agencyFile(environment: Partial<EnvironmentInput> = {}): AgencyFile {
  return agencyFileSchema.parse({
    agency: { id: 'hue', name: { vi: 'Thành phố Huế', en: 'Hue City' }, kind: 'city', contact: 'ipv6@hue.gov.vn' },
    environments: {
      production: {
        account: '111122223333',
        region: 'ap-southeast-1',
        dataLocation: 'abroad',
        securityLevel: 3,
        network: { ipv4: '10.46.0.0/20' },
        portals: { portal: CONTAINER },
        ...environment,
      },
    },
  });
}

/** The synthesized JSON of that agency's stack. */
export function productionJson(environment: Partial<EnvironmentInput> = {}): StackJson {
  return stackJson({ config: agencyFile(environment) }) as StackJson;
}

/** The resources of that agency's stack. */
export function production(environment: Partial<EnvironmentInput> = {}): ResourceGraph {
  return readStackJson(productionJson(environment));
}

/** The parts of a `cdk.tf.json` that tests look at. */
export interface StackJson {
  readonly resource: Record<string, Record<string, Record<string, unknown>>>;
  readonly provider: { readonly aws: readonly Record<string, unknown>[] };
  readonly terraform: Record<string, unknown>;
  readonly output: Record<string, { readonly value: unknown }>;
}
