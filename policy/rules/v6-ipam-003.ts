import { vpcOf, subnetsOf } from '../facts/address-blocks';
import { drawersOf } from '../facts/ipam';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';
import { Unknown } from '../value';

export const rule: Rule = {
  id: 'V6-IPAM-003',
  title: 'A pool that VPCs draw from is in their region',
  group: 'addressing',
  kind: 'danger',
  severity: 'error',
  types: ['aws_vpc_ipam_pool'],
  why: "A VPC only gets addresses from a pool whose locale is the VPC's own region. A pool without a locale is for other pools alone, and a locale cannot be set later.",
  fix: "Set `locale` to the VPC's region. Terraform replaces the pool for that.",
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_ipam_pool',
    'https://docs.aws.amazon.com/vpc/latest/ipam/create-reg-pool-ipam.html',
  ],
  good: stack('ap-southeast-1'),
  bad: stack(undefined),
  unknown: stack('${var.region}'),

  check(pool, graph) {
    const drawers = drawersOf(graph, pool);
    if (drawers.length === 0) return undefined;
    const locale = pool.string('locale');
    const users = drawers.map(({ address }) => address).join(', ');
    // What plans and states have for none.
    if (locale === undefined || locale === 'None') return fail(`it has no locale, and ${users} draws from it`);
    if (locale instanceof Unknown) {
      // The provider's own region, which is the VPC's.
      const same = graph.referencesIn(locale).some(({ type }) => type === 'aws_region');
      return same ? PASS : unknown('its locale is only known after apply');
    }
    const regions = drawers.map((drawer) => ({ drawer, region: regionOf(graph, drawer) }));
    const abroad = regions.find(({ region }) => region !== undefined && region !== locale);
    if (abroad) return fail(`its locale is ${locale}, but ${abroad.drawer.address} is in ${String(abroad.region)}`);
    return regions.some(({ region }) => region === undefined) ? unknown(`the region of ${users} is not seen`) : PASS;
  },
};

/** The region of a VPC: as it is written, or that of its subnets' zones. */
function regionOf(graph: ResourceGraph, drawer: Resource): string | undefined {
  const vpc = drawer.type === 'aws_vpc' ? drawer : vpcOf(graph, drawer);
  if (!vpc) return undefined;
  const zones = subnetsOf(graph, vpc).map((subnet) => subnet.known('availability_zone') ?? '');
  return vpc.known('region') ?? zones.flatMap((zone) => /^[a-z]{2}(-[a-z]+)+-\d/.exec(zone)?.[0] ?? [])[0];
}

function stack(locale: unknown): ExampleResources {
  return {
    aws_vpc_ipam_pool: { agency: { address_family: 'ipv6', locale } },
    aws_vpc: { main: { ipv6_ipam_pool_id: '${aws_vpc_ipam_pool.agency.id}', ipv6_netmask_length: 56 } },
    aws_subnet: { a: { vpc_id: '${aws_vpc.main.id}', availability_zone: 'ap-southeast-1a' } },
  };
}
