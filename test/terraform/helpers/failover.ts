import { type AgencyFileInput, agencyFileOf, type Variation } from './variations';

type EnvironmentInput = AgencyFileInput['environments'][string];
type PortalInput = NonNullable<EnvironmentInput['portals']>[string];

const COMMON = {
  zone: { id: 'Z0123456789ABCDEFGHIJ', name: 'thunghiem.gov.vn' },
  publish: { aaaa: 'live' },
  failover: 'maintenance-page',
} as const;

const container = (region: string): PortalInput => ({
  ...COMMON,
  domain: 'cong.thunghiem.gov.vn',
  aliases: ['www.cong.thunghiem.gov.vn'],
  hosting: { type: 'container', image: `111122223333.dkr.ecr.${region}.amazonaws.com/portal:1.0.0` },
  alarms: { email: 'truc-ban@thunghiem.gov.vn', errors: 2.5, latency: 1.5 },
});

const INSTANCES: PortalInput = {
  ...COMMON,
  domain: 'may.thunghiem.gov.vn',
  hosting: { type: 'instances', ami: 'ami-0123456789abcdef0' },
  publish: { aaaa: 'staged' },
};

const ACCELERATED = { domain: 'nhanh.thunghiem.gov.vn', edge: 'accelerator', publish: { aaaa: 'live' } } as const;

const CDN_GATEWAY: PortalInput = {
  ...COMMON,
  domain: 'cu.thunghiem.gov.vn',
  hosting: { type: 'gateway', origin: { host: 'goc.thunghiem.gov.vn', cache: [{ path: '/static/*', seconds: 60 }] } },
};

/** Files whose portals show a page while they are away, with what is special in each. */
export function filesWithFailover(simple: Variation): [title: string, file: AgencyFileInput][] {
  const file = agencyFileOf(simple);
  const { network, ...environment } = file.environments.production!;
  const withPortals = (portals: Record<string, PortalInput>, changes: Partial<EnvironmentInput> = {}) => ({
    ...file,
    agency: { ...file.agency, name: { vi: 'Sở "Thử" ${nghiệm}', en: "Department of %{Trials} & <others>'" } },
    environments: { production: { ...environment, portals, ...changes } },
  });
  return [
    [
      'pages for portals behind load balancers',
      withPortals(
        { cong: container('ap-southeast-1'), may: INSTANCES, nhanh: { ...INSTANCES, ...ACCELERATED } },
        { network },
      ),
    ],
    ['a page in us-east-1', withPortals({ cong: container('us-east-1') }, { network, region: 'us-east-1' })],
    ['a page for a gateway behind CloudFront', withPortals({ cu: CDN_GATEWAY })],
  ];
}
