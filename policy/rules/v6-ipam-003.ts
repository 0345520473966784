import { vpcOf, subnetsOf } from '../facts/address-blocks';
import { drawersOf, sharesOf } from '../facts/ipam';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown, type Verdict } from '../rule';
import { Unknown } from '../value';

export const rule: Rule = {
  id: 'V6-IPAM-003',
  title: 'A pool that VPCs draw from is in their region',
  group: 'addressing',
  kind: 'danger',
  severity: 'error',
  types: ['aws_vpc_ipam_pool'],
  why: "A VPC only gets addresses from a pool whose locale is the VPC's own region. A pool without a locale is for other pools alone, and gets no block of Amazon; a locale cannot be set later.",
  fix: "Set `locale` to the VPC's region. Terraform replaces the pool for that.",
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_ipam_pool',
    'https://docs.aws.amazon.com/vpc/latest/ipam/create-reg-pool-ipam.html',
    'https://docs.aws.amazon.com/vpc/latest/ipam/create-ipv6-reg-pool.html',
  ],
  good: stack('ap-southeast-1'),
  bad: stack(undefined),
  unknown: stack('${var.region}'),

  check(pool, graph) {
    const drawers = drawersOf(graph, pool);
    const locale = pool.string('locale');
    if (drawers.length === 0) return isMissing(locale) ? checkWithout(pool, graph) : undefined;
    const users = drawers.map(({ address }) => address).join(', ');
    if (isMissing(locale)) return fail(`it has no locale, and ${users} draws from it`);
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

/** What plans and states have for none is a word. */
function isMissing(locale: unknown): locale is 'None' | undefined {
  return locale === undefined || locale === 'None';
}

/** A pool without a locale and without a VPC in this input. */
function checkWithout(pool: Resource, graph: ResourceGraph): Verdict | undefined {
  if (pool.is('public_ip_source', 'amazon')) return fail('it has no locale, and Amazon gives its blocks to a region');
  // Other accounts draw from a pool that is shared with them, wherever their VPCs are described.
  const [share] = sharesOf(graph, pool);
  return share && fail(`it has no locale, and ${share.address} shares it with accounts whose VPCs draw from it`);
}

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
