import { isWritten } from '../facts/inline';
import { type ExampleResources, fail, PASS, type Rule } from '../rule';

export const rule: Rule = {
  id: 'V6-RT-008',
  title: 'The routes of a table are written in one style',
  group: 'routing',
  kind: 'danger',
  severity: 'error',
  types: ['aws_route_table', 'aws_default_route_table'],
  why: 'Inline `route` blocks are the whole table to Terraform: it takes away every other route, those of `aws_route` resources too, which the next run adds again. Typically IPv6 was added with `aws_route` to a table with inline IPv4 routes, and then ::/0 comes and goes.',
  fix: 'Write all routes of the table as `aws_route` resources, or all as `route` blocks.',
  sources: ['https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/route_table'],
  good: table(['0.0.0.0/0'], { ipv6_cidr_block: '::/0' }),
  bad: table(['0.0.0.0/0'], undefined),

  check(routeTable, graph) {
    if (!isWritten(routeTable, 'route')) return undefined;
    const [separate] = graph.referring('aws_route', 'route_table_id', routeTable);
    return separate
      ? fail(`the table has inline routes, and ${separate.address} adds another: each takes the other away`)
      : PASS;
  },
};

/** A table with inline routes; where the one for IPv6 is none of them, it is a resource of its own. */
function table(ipv4: readonly string[], ipv6: object | undefined): ExampleResources {
  const gateway = { gateway_id: '${aws_internet_gateway.main.id}' };
  return {
    aws_internet_gateway: { main: { vpc_id: 'vpc-0123456789abcdef0' } },
    aws_route_table: {
      public: {
        vpc_id: 'vpc-0123456789abcdef0',
        route: [...ipv4.map((cidr_block) => ({ cidr_block, ...gateway })), ...(ipv6 ? [{ ...ipv6, ...gateway }] : [])],
      },
    },
    aws_route: ipv6
      ? {}
      : {
          ipv6: { route_table_id: '${aws_route_table.public.id}', destination_ipv6_cidr_block: '::/0', ...gateway },
        },
  };
}
