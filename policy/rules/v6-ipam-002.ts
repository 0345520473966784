import type { Resource, ResourceGraph } from '../resource-graph';
import { type ExampleResources, fail, PASS, type Rule, unknown } from '../rule';
import { type Maybe, Unknown } from '../value';

export const rule: Rule = {
  id: 'V6-IPAM-002',
  title: "A pool of an agency's own IPv6 ranges says whether AWS announces them",
  group: 'addressing',
  kind: 'danger',
  severity: 'error',
  types: ['aws_vpc_ipam_pool'],
  why: 'A public IPv6 pool is for ranges that an agency brings along, unless it says `amazon`. AWS then must be told whether to announce them on the Internet; Terraform does not notice that nobody did.',
  fix: 'Set `publicly_advertisable` to true or to false.',
  sources: [
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_ipam_pool',
    'https://docs.aws.amazon.com/vpc/latest/ipam/tutorials-byoip-ipam.html',
  ],
  good: stack({ publicly_advertisable: true }),
  bad: stack({}),
  unknown: stack({ ipam_scope_id: '${var.scope}' }),

  check(pool, graph) {
    const ipv6 = pool.is('address_family', 'ipv6');
    if (ipv6 === false) return undefined;
    if (pool.has('publicly_advertisable')) return PASS;
    const own = pool.is('public_ip_source', 'byoip');
    // Ranges of one's own are only in public scopes.
    const brought = pool.has('public_ip_source') ? own : isPublic(graph, pool);
    if (brought === false) return undefined;
    return ipv6 && brought
      ? fail('publicly_advertisable is not set')
      : unknown(
          'publicly_advertisable is not set, and whether the pool needs it depends on what this input does not show',
        );
  },
};

/** Whether a pool is in the public scope of its IPAM: each has one, and all that are added to it are private. */
function isPublic(graph: ResourceGraph, pool: Resource): Maybe {
  const scope = pool.string('ipam_scope_id');
  if (graph.referencesIn(scope).some(({ type }) => type === 'aws_vpc_ipam_scope')) return false;
  const ipams = graph.ofType('aws_vpc_ipam');
  const is = (name: string): boolean =>
    scope instanceof Unknown
      ? new RegExp(`\\.${name}\\b`).test(scope.text ?? '')
      : ipams.some((ipam) => scope !== undefined && ipam.known(name) === scope);
  if (is('public_default_scope_id')) return true;
  return is('private_default_scope_id') ? false : undefined;
}

function stack(pool: Readonly<Record<string, unknown>>): ExampleResources {
  return {
    aws_vpc_ipam: { main: { operating_regions: { region_name: 'ap-southeast-1' } } },
    aws_vpc_ipam_pool: {
      agency: { address_family: 'ipv6', ipam_scope_id: '${aws_vpc_ipam.main.public_default_scope_id}', ...pool },
    },
  };
}
