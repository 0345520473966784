import { join } from 'node:path';
import { loadAgency, loadFleet, loadReferences, type LoadedAgency } from '../../config/load';
import { formatProblem } from '../../config/problem';
import type { AgencyFile } from '../../config/schema';
import { configFolder } from '../helpers/config-folder';
import { filesWithFailover } from './helpers/failover';
import { filesOfFixedAddresses } from './helpers/fixed-addresses';
import { expectFaithfulPlan } from './helpers/faithful-plan';
import { findToolchain, reasonToSkip } from './helpers/toolchain';
import {
  type AgencyFileInput,
  agencyFileOf,
  type EnvironmentInput,
  type PortalInput,
  titleOf,
  type Variation,
  variations,
} from './helpers/variations';

/** A stack to plan. */
interface Subject {
  readonly title: string;
  readonly environment: string;
  /** Oldest provider that it works with. */
  readonly minimum: string;
  /** Texts that its file names by their files. */
  readonly files?: LoadedAgency['files'];
  load(): AgencyFile;
}

const CONFIG = join(__dirname, '../../config');

const toolchain = findToolchain();

const SIMPLE: Variation = {
  zones: '2',
  source: 'amazon',
  netmask: '56',
  nat: 'single',
  subnets: 'dual-stack',
  hosting: 'container',
  portals: 'one',
  zone: 'created',
  aaaa: 'live',
  allow: 'everybody',
  state: 'local',
  environment: 'production',
  names: 'short',
};

describe.each<[string, readonly Subject[]]>([
  ['an example', stacksOf(loadFleet(CONFIG))],
  ['a reference architecture', stacksOf(loadReferences(CONFIG))],
  ['a variation', variations().map((row) => written(titleOf(row), agencyFileOf(row)))],
  [
    'a special case',
    [withEndpoints(), waitingForDelegation(), signedZones(), webAcls(), onProvider6(), ...distributions()],
  ],
  ['fixed addresses', filesOfFixedAddresses(SIMPLE).map(([title, file]) => written(title, file))],
  ['failover', filesWithFailover(SIMPLE).map(([title, file]) => written(title, file))],
])('the real provider plans exactly what was synthesized, without a warning: %s', (_, subjects) => {
  for (const subject of subjects) {
    const reason = reasonToSkip(toolchain, subject.minimum);
    if (reason) test.skip(`${subject.title} (SKIPPED: ${reason})`, () => undefined);
    else test.concurrent(subject.title, () => plan(subject));
  }
});

async function plan({ environment, minimum, files, load }: Subject): Promise<void> {
  if ('missing' in toolchain) throw new Error(toolchain.missing);
  await expectFaithfulPlan({ config: load(), files, environments: [environment] }, minimum, toolchain);
}

/** Every stack of every agency of a folder. */
function stacksOf({ agencies, problems }: ReturnType<typeof loadFleet>): Subject[] {
  throwErrors(problems);
  return agencies.flatMap(({ id, config, files }) =>
    Object.entries(config.environments).map(([environment, { provider }]) => ({
      title: `${id}-${environment}`,
      environment,
      minimum: provider.minimum,
      files,
      load: () => config,
    })),
  );
}

/** The stack of a file, read as if a person had written it. */
function written(title: string, file: AgencyFileInput): Subject {
  const [environment, { provider }] = Object.entries(file.environments)[0]!;
  return {
    title,
    environment,
    minimum: provider?.minimum ?? '5.100',
    load: () => {
      const { id } = file.agency;
      // JSON is YAML.
      const folder = configFolder({ [`agencies/${id}.yaml`]: JSON.stringify(file) });
      const { agencies, problems } = loadAgency(folder, id);
      throwErrors(problems);
      return agencies[0]!.config;
    },
  };
}

/** Only where three choices meet do tasks need interface endpoints, so no pair of them brings these. */
function withEndpoints(): Subject {
  const file = agencyFileOf({ ...SIMPLE, nat: 'none', subnets: 'dual-stack', hosting: 'container' });
  return written('containers in dual-stack subnets without NAT', file);
}

/** While its zone waits for the delegation a portal is nothing but that zone. */
function waitingForDelegation(): Subject {
  const file = agencyFileOf(SIMPLE);
  for (const { portals = {} } of Object.values(file.environments)) {
    for (const portal of Object.values(portals)) portal.zone = { create: true };
  }
  return written('a portal whose zone waits for its delegation', file);
}

/** Portals behind CloudFront; the first have no VPC at all. */
function distributions(): Subject[] {
  const zone = { id: 'Z0123456789ABCDEFGHIJ', name: 'thunghiem.gov.vn' };
  const site: PortalInput = {
    domain: 'tin.thunghiem.gov.vn',
    aliases: ['www.tin.thunghiem.gov.vn'],
    zone,
    hosting: { type: 'static', notFound: 'loi/404.html' },
    publish: { aaaa: 'live' },
  };
  const gateway: PortalInput = {
    ...site,
    domain: 'cong.thunghiem.gov.vn',
    aliases: [],
    hosting: {
      type: 'gateway',
      origin: {
        host: 'goc.thunghiem.gov.vn',
        port: 8443,
        cache: [
          { path: '/static/*', seconds: 86400 },
          { path: '/anh/*.jpg', seconds: 86400 },
          { path: '/tin', seconds: 60 },
        ],
      },
    },
  };
  const single: PortalInput = {
    ...site,
    domain: 'ung-dung.thunghiem.gov.vn',
    aliases: [],
    hosting: { type: 'static', index: 'app.html', singlePage: true },
  };
  const withPortals = (
    title: string,
    portals: Record<string, PortalInput>,
    changes: Partial<EnvironmentInput> = {},
  ) => {
    const file = agencyFileOf(SIMPLE);
    const { network: _, ...environment } = file.environments.production!;
    return written(title, { ...file, environments: { production: { ...environment, portals, ...changes } } });
  };
  const { network, portals } = agencyFileOf(SIMPLE).environments.production!;
  return [
    withPortals('static portals', { tin: site, 'ung-dung': { ...single, publish: { aaaa: 'off' } } }),
    withPortals('a gateway behind CloudFront', { 'cong-tin': { ...gateway, publish: { aaaa: 'staged' } } }),
    withPortals('a static portal and a gateway in us-east-1', { tin: site, cong: gateway }, { region: 'us-east-1' }),
    withPortals(
      'portals behind CloudFront beside one that is not',
      { ...portals, tin: site, cong: gateway },
      { network },
    ),
    withPortals('portals behind CloudFront in zones that are created or elsewhere', {
      tin: { ...site, zone: { create: true, delegated: true } },
      cong: { ...gateway, zone: { external: true } },
    }),
    withPortals(
      'a gateway whose origin is reached over IPv6',
      {
        cong: { ...gateway, hosting: { type: 'gateway', origin: { host: 'goc.thunghiem.gov.vn', family: 'ipv6' } } },
        tin: site,
      },
      { provider: { minimum: '6.25' } },
    ),
  ];
}

/** Lists of both families and of one, before a load balancer and before CloudFront. */
function webAcls(): Subject {
  const file = agencyFileOf({ ...SIMPLE, portals: 'several' });
  const ranges = ['203.0.113.0/24', '2001:db8:100::/48', '198.51.100.7/32', '2001:db8:200::1/128'];
  for (const { portals = {} } of Object.values(file.environments)) {
    const [first, second, third, fourth] = Object.values(portals);
    first!.waf = { allow: ranges, block: ['203.0.113.9/32', '2001:db8:100:bad::/64'], rateLimit: 100 };
    second!.waf = { block: ['192.0.2.0/24'], managedRules: 'count' };
    third!.waf = { rateLimit: 'off' };
    Object.assign(fourth!, { zone: first!.zone, hosting: { type: 'static' }, waf: { allow: ranges } });
  }
  return written('portals with web ACLs', file);
}

/** A zone that is signed, one below it whose DS it has, and one that is signed while it waits for its delegation. */
function signedZones(): Subject {
  const file = agencyFileOf({ ...SIMPLE, portals: 'several' });
  for (const { portals = {} } of Object.values(file.environments)) {
    const [first, second, third, fourth] = Object.values(portals);
    first!.zone = { create: true, delegated: true, dnssec: true };
    Object.assign(second!, { domain: `duoi.${first!.domain}`, aliases: [], zone: first!.zone });
    third!.zone = { create: true, delegated: true, dnssec: 'without-ds' };
    fourth!.zone = { create: true, dnssec: true };
  }
  return written('zones that are signed', file);
}

function onProvider6(): Subject {
  const file = agencyFileOf(SIMPLE);
  for (const environment of Object.values(file.environments)) environment.provider = { minimum: '6.25' };
  return written('a stack that asks for provider 6.25', file);
}

function throwErrors(problems: ReturnType<typeof loadFleet>['problems']): void {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(formatProblem).join('\n'));
}
