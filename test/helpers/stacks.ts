import { loadFleet } from '../../config/load';
import { stackJson } from '../../stacks/synthesize';
import { EXAMPLES } from './agencies';
import { CONTAINER, GATEWAY, productionJson } from './agency';
import { resourcesOf, Synthesized } from './synth';

type Portals = NonNullable<NonNullable<Parameters<typeof productionJson>[0]>['portals']>;

/** A portal of every kind, with whatever an agency can ask for beside it. */
export const EVERYTHING: Portals = {
  container: { ...CONTAINER, waf: { allow: ['203.0.113.0/24', '2001:db8::/48'] } },
  gateway: GATEWAY,
  instances: {
    ...CONTAINER,
    domain: 'may.hue.gov.vn',
    aliases: [],
    hosting: { type: 'instances', ami: 'ami-0123456789abcdef0' },
  },
  accelerated: {
    ...CONTAINER,
    domain: 'nhanh.hue.gov.vn',
    aliases: [],
    edge: 'accelerator',
    failover: 'maintenance-page',
  },
  fixed: { ...CONTAINER, domain: 'thu.hue.gov.vn', aliases: [], edge: 'network' },
  site: {
    ...CONTAINER,
    domain: 'tin.hue.gov.vn',
    aliases: [],
    hosting: { type: 'static' },
    waf: { block: ['203.0.113.0/24', '2001:db8::/48'] },
  },
  cdn: {
    ...CONTAINER,
    domain: 'cdn.hue.gov.vn',
    aliases: [],
    hosting: { type: 'gateway', origin: { host: 'goc.hue.gov.vn' } },
  },
  signed: {
    ...CONTAINER,
    domain: 'langson.gov.vn',
    aliases: [],
    zone: { create: true, delegated: true, dnssec: true },
  },
};

/** The stack that has `EVERYTHING`. */
export const everything = (): Synthesized => synthesized(productionJson({ portals: EVERYTHING }));

/** Every stack of the examples, by its id. */
export function exampleStacks(): [id: string, stack: Synthesized][] {
  return loadFleet(EXAMPLES).agencies.flatMap(({ id, config }) =>
    Object.keys(config.environments).map((environment): [string, Synthesized] => [
      `${id}-${environment}`,
      synthesized(stackJson({ config, environments: [environment] }) as object),
    ]),
  );
}

/** The resources of a stack's JSON. */
export function synthesized(json: object): Synthesized {
  return new Synthesized(resourcesOf(json));
}
