import { isStandIn } from '../../../policy/facts/stand-ins';
import { readStackJson } from '../../../policy/sources/stack-json';

type Attributes = Readonly<Record<string, unknown>>;

const isOne = (...records: readonly Attributes[]): boolean => {
  const graph = readStackJson({
    resource: {
      aws_cloudfront_distribution: { page: { is_ipv6_enabled: true } },
      aws_route53_record: Object.fromEntries(
        records.map((record, index) => [
          `r${index}`,
          {
            zone_id: 'Z0123456789ABCDEFGHIJ',
            name: 'hue.gov.vn',
            alias: { name: '${aws_cloudfront_distribution.page.domain_name}' },
            ...record,
          },
        ]),
      ),
    },
  });
  return isStandIn(graph, graph.ofType('aws_cloudfront_distribution')[0]!);
};

const SECONDARY = { failover_routing_policy: { type: 'SECONDARY' } };

test.each<[string, Attributes[], boolean]>([
  [
    'secondary records alone lead to it',
    [
      { type: 'A', ...SECONDARY },
      { type: 'AAAA', ...SECONDARY },
    ],
    true,
  ],
  ['they are written as a list', [{ type: 'A', failover_routing_policy: [{ type: 'SECONDARY' }] }], true],
  [
    'one of its names is a portal’s',
    [
      { type: 'A', ...SECONDARY },
      { type: 'A', name: 'www.hue.gov.vn' },
    ],
    false,
  ],
  ['it is what answers first', [{ type: 'A', failover_routing_policy: { type: 'PRIMARY' } }], false],
  ['nobody can tell', [{ type: 'A', failover_routing_policy: { type: '${var.type}' } }], false],
  ['no record leads to it', [], false],
])('where %s, it stands in for something else: %#', (_, records, expected) => {
  expect(isOne(...records)).toBe(expected);
});
