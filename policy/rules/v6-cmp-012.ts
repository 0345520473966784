import { recordsLeadingTo } from '../facts/records';
import { takenFrom } from '../facts/removals';
import type { ResourceGraph, Resource } from '../resource-graph';
import { fail, PASS, type Rule, unknown, type Verdict } from '../rule';
import { type Block, Unknown } from '../value';

export const rule: Rule = {
  id: 'V6-CMP-012',
  title: 'An API answers over both families',
  group: 'compute',
  kind: 'presence',
  severity: 'warning',
  hop: 'edge',
  types: [
    'aws_apigatewayv2_api',
    'aws_apigatewayv2_domain_name',
    'aws_api_gateway_rest_api',
    'aws_api_gateway_domain_name',
  ],
  why: 'API Gateway answers over IPv4 alone unless it is told otherwise, an API and its domain name each for themselves. A portal whose page comes over IPv6 then calls an API that clients without IPv4 cannot reach.',
  fix: 'Set `ip_address_type = "dualstack"`: on an HTTP or WebSocket API itself, elsewhere in `endpoint_configuration` or `domain_name_configuration`.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-ip-address-type.html',
    'https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/apigatewayv2_api',
  ],
  good: { aws_apigatewayv2_api: { forms: { protocol_type: 'HTTP', ip_address_type: 'dualstack' } } },
  bad: { aws_apigatewayv2_api: { forms: { protocol_type: 'HTTP' } } },
  unknown: { aws_apigatewayv2_api: { forms: { protocol_type: 'HTTP', ip_address_type: '${var.type}' } } },

  check(api, graph) {
    // Who has only the domain name to call never sees the API's own.
    if (api.is('disable_execute_api_endpoint', true)) return undefined;
    const place = PLACES[api.type];
    const block = place === undefined ? api : api.block(place);
    if (place !== undefined && api.hides(place)) return unknown('the endpoint is only known after apply');
    // Private APIs are dual-stack and nothing else.
    if (block.list('types').includes('PRIVATE')) return undefined;
    return ofType(block, api, graph);
  },
};

/** The block that has the address type, where it is not the resource itself. */
const PLACES: Readonly<Record<string, string | undefined>> = {
  aws_apigatewayv2_domain_name: 'domain_name_configuration',
  aws_api_gateway_rest_api: 'endpoint_configuration',
  aws_api_gateway_domain_name: 'endpoint_configuration',
};

function ofType(block: Block, api: Resource, graph: ResourceGraph): Verdict {
  const type = block.string('ip_address_type') ?? 'ipv4';
  if (type instanceof Unknown) return unknown(`the address type is ${String(type)}`);
  if (type === 'dualstack') return PASS;
  // A record that answers with nothing is worse than none.
  const isPromised = recordsLeadingTo(graph, api).some((record) => record.is('type', 'AAAA'));
  return fail(`the address type is ${type}${block.has('ip_address_type') ? '' : ', as none is written'}`, {
    causes: takenFrom(graph, api),
    ...(isPromised && { severity: 'error' }),
  });
}
