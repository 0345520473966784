import { isDeepStrictEqual } from 'node:util';
import { CONTAINER, GATEWAY, productionJson } from '../helpers/agency';

type Environment = NonNullable<Parameters<typeof productionJson>[0]>;
type Portal = NonNullable<Environment['portals']>[string];

/** Another portal of each kind, and one that waits for the delegation of its zone. */
const SECOND: Readonly<Record<string, Portal>> = {
  container: { ...CONTAINER, domain: 'thuvien.hue.gov.vn', aliases: [] },
  gateway: GATEWAY,
  waiting: { ...CONTAINER, domain: 'moi.hue.gov.vn', aliases: [], zone: { create: true } },
};

const SECRETS = {
  DATABASE_PASSWORD: 'arn:aws:secretsmanager:ap-southeast-1:111122223333:secret:portal-AbCdEf',
  API_KEY: 'arn:aws:ssm:ap-southeast-1:111122223333:parameter/portal/api-key',
};

/** Edits of a network with two zones and one container portal that only add. */
const EDITS: Readonly<Record<string, (before: Environment) => Environment>> = {
  'a third zone': (before) => ({ ...before, network: { ...before.network, zones: 3 } as Environment['network'] }),
  'a container portal': (before) => withPortals(before, { thuvien: SECOND.container! }),
  'a container portal that sorts first': (before) => withPortals(before, { anninh: SECOND.container! }),
  'a gateway portal': (before) => withPortals(before, { motcua: SECOND.gateway! }),
  'a portal that waits for its zone': (before) => withPortals(before, { moi: SECOND.waiting! }),
  'a portal and a third zone': (before) => EDITS['a third zone']!(EDITS['a gateway portal']!(before)),
  'a range that may connect': (before) =>
    withPortals(before, { portal: { ...before.portals!.portal!, allow: ['0.0.0.0/0', '::/0', '2001:db8::/32'] } }),
  'a web ACL': (before) =>
    withPortals(before, {
      portal: {
        ...before.portals!.portal!,
        waf: { allow: ['203.0.113.0/24', '2001:db8::/48'], block: ['203.0.113.7/32', '2001:db8::7/128'] },
      },
    }),
  secrets: (before) => withHosting(before, { secrets: SECRETS }),
  'an alarm on latency': (before) =>
    withPortals(before, { portal: { ...before.portals!.portal!, alarms: { latency: 2 } } }),
  'an environment variable': (before) => withHosting(before, { environment: { LANGUAGES: 'vi,en' } }),
};

/** Networks of two zones, each with the registry that its tasks reach without NAT. */
const NETWORKS = [
  ['dual-stack', 'per-zone', 'dkr.ecr.ap-southeast-1.amazonaws.com'],
  ['dual-stack', 'none', 'dkr.ecr.ap-southeast-1.amazonaws.com'],
  ['ipv6-only', 'single', 'dkr-ecr.ap-southeast-1.on.aws'],
  ['ipv6-only', 'none', 'dkr-ecr.ap-southeast-1.on.aws'],
] as const;

describe.each(NETWORKS)('with %s subnets and nat %s', (appSubnets, nat, registry) => {
  const before: Environment = {
    network: { ipv4: '10.46.0.0/20', zones: 2, nat, appSubnets },
    portals: {
      portal: { ...CONTAINER, hosting: { type: 'container', image: `111122223333.${registry}/portal:1.4.2` } },
    },
  };
  const old = productionJson(before);

  test.each(Object.entries(EDITS))('adding %s removes and changes nothing, but for lists that grow', (_edit, edit) => {
    const next = productionJson(edit(before));

    expect(next).not.toEqual(old);
    expect(lost('', old, next)).toEqual([]);
  });
});

test('adding a portal behind the same gateway, with more routes, removes and changes nothing', () => {
  const before: Environment = { portals: { motcua: GATEWAY } };
  const other = { ...GATEWAY, domain: 'thue.hue.gov.vn', hosting: gateway('10.2.3.4', ['10.1.0.0/16', '10.2.0.0/16']) };

  expect(lost('', productionJson(before), productionJson(withPortals(before, { thue: other })))).toEqual([]);
});

test.each([
  [false, true],
  [false, 'without-ds'],
  ['without-ds', true],
] as const)('going from dnssec %s to %s removes and changes nothing', (from, to) => {
  const signed = (dnssec: boolean | 'without-ds'): Environment => ({
    portals: Object.fromEntries(
      ['a.vn', 'b.a.vn'].map((domain, index) => [
        `portal-${index}`,
        { ...CONTAINER, domain, aliases: [], zone: { create: true as const, delegated: true, dnssec } },
      ]),
    ),
  });
  const old = productionJson(signed(from));
  const next = productionJson(signed(to));

  expect(next).not.toEqual(old);
  expect(lost('', old, next)).toEqual([]);
});

test('adding a zone to an adopted network removes and changes nothing, but for lists that grow', () => {
  const adopted = (zones: readonly ('a' | 'b' | 'c')[]): Environment => ({
    network: {
      existing: {
        vpc: 'vpc-0123456789abcdef0',
        ipv4: '10.8.0.0/16',
        ipv6: '2001:db8:0:1100::/56',
        subnets: {
          public: zones.map((zone, slot) => ({
            id: `subnet-0000000${slot}`,
            zone,
            ipv6: `2001:db8:0:110${slot}::/64`,
          })),
          app: zones.map((zone, slot) => ({ id: `subnet-0000001${slot}`, zone, ipv6: `2001:db8:0:111${slot}::/64` })),
        },
      },
    },
  });

  expect(lost('', productionJson(adopted(['a', 'b'])), productionJson(adopted(['a', 'b', 'c'])))).toEqual([]);
});

test.each<[string, unknown, unknown, string[]]>([
  ['is gone', { a: { b: 1 } }, { a: {} }, ['a.b: was 1, is gone']],
  ['is another', { a: 'x' }, { a: 'y' }, ['a: was "x", is "y"']],
  ['is gone from a list', { a: [1, 2] }, { a: [2] }, ['a: was [1,2], is [2]']],
  ['makes place in a list', { a: [1, 2] }, { a: [2, 3, 4] }, ['a: was [1,2], is [2,3,4]']],
  ['moves in a list', { a: [1, 2] }, { a: [2, 1] }, ['a.0: was 1, is 2', 'a.1: was 2, is 1']],
  ['is another in a document', { a: '{"b":[1]}' }, { a: '{"b":[2]}' }, ['a.b.0: was 1, is 2']],
  ['changes in a block', { a: [{ b: 1 }] }, { a: [{ b: 2 }] }, ['a.0.b: was 1, is 2']],
])('these tests notice when a value %s', (_, old, next, lines) => {
  expect(lost('', old, next)).toEqual(lines);
});

/** What the new JSON has lost of the old, one line each. Lists may grow, and so may those in documents. */
function lost(path: string, old: unknown, next: unknown): string[] {
  if (isDeepStrictEqual(old, next)) return [];
  if (isFields(old) && isFields(next)) {
    return Object.entries(old).flatMap(([key, value]) => lost(path ? `${path}.${key}` : key, value, next[key]));
  }
  if (Array.isArray(old) && Array.isArray(next)) {
    if (old.length === next.length) return old.flatMap((value, index) => lost(`${path}.${index}`, value, next[index]));
    if (isGrown(old, next)) return [];
  }
  const documents = [old, next].map(parseDocument);
  if (documents.every((document) => document !== undefined)) return lost(path, documents[0], documents[1]);
  return [`${path}: was ${JSON.stringify(old)}, is ${next === undefined ? 'gone' : JSON.stringify(next)}`];
}

/** Whether the old elements are all there, in their order. Blocks that hold lists may grow as well. */
function isGrown(old: readonly unknown[], next: readonly unknown[]): boolean {
  let from = 0;
  return old.every((element) => {
    const place = next.findIndex((other, index) => index >= from && lost('', element, other).length === 0);
    from = place + 1;
    return place >= 0;
  });
}

function parseDocument(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withPortals(environment: Environment, portals: NonNullable<Environment['portals']>): Environment {
  return { ...environment, portals: { ...environment.portals, ...portals } };
}

function withHosting(environment: Environment, change: object): Environment {
  const portal = environment.portals!.portal!;
  return withPortals(environment, {
    portal: { ...portal, hosting: { ...portal.hosting, ...change } as Portal['hosting'] },
  });
}

function gateway(address: string, routes: string[]): Portal['hosting'] {
  return {
    type: 'gateway',
    origin: { addresses: [address] },
    connection: { transitGateway: 'tgw-0123456789abcdef0', routes },
  };
}
