import { type Family, parseAddress } from '../../core/cidr';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type Block, every, type Maybe, some, Unknown } from '../value';
import { vpcOf } from './address-blocks';
import { normalName } from './records';
import { isSame } from './same';

/** Route 53's health checks that ask one address, rather than whatever IPv4 addresses a name has. */
export function addressChecks(graph: ResourceGraph): readonly Resource[] {
  return graph.fact(graph, addressChecks, () =>
    graph
      .ofType('aws_route53_health_check')
      .filter(
        (check) =>
          check.has('ip_address') &&
          !check.is('disabled', true) &&
          /^(HTTPS?(_STR_MATCH)?|TCP)$/.test(check.known('type') ?? ''),
      ),
  );
}

/** What citizens connect to, as far as health checks of addresses are about it. */
export interface Asked {
  readonly resource: Resource;
  readonly names: readonly string[];
}

/**
 * Whether some health checks ask the addresses that something has in a family: all of them where they are fixed by its
 * subnets, else at least one, by the name that it answers for or by where the address is from.
 */
export function asksEach(graph: ResourceGraph, checks: readonly Resource[], about: Asked, family: Family): Maybe {
  const attribute = family === 'ipv6' ? 'ipv6_address' : 'allocation_id';
  const places = about.resource.blocks('subnet_mapping');
  if (places.some((mapping) => mapping.has(attribute)) && !about.resource.hides('subnet_mapping')) {
    const asks = family === 'ipv6' ? asksIpv6 : asksElasticIp;
    return every(
      places.map((mapping) => mapping.has(attribute) && some(checks.map((check) => asks(graph, check, mapping)))),
    );
  }
  return some(checks.filter((check) => isAbout(graph, check, about)).map((check) => isOfFamily(graph, check, family)));
}

function asksIpv6(graph: ResourceGraph, check: Resource, mapping: Block): Maybe {
  const [asked, own] = [check.value('ip_address'), mapping.value('ipv6_address')];
  if (familyOfAddress(graph, asked) === 'ipv4') return false;
  if (asked instanceof Unknown && own instanceof Unknown) {
    return isSame(asked, own) ?? (isMadeApart(graph, asked, own) ? false : undefined);
  }
  if (typeof asked !== 'string' || typeof own !== 'string') return undefined;
  // AWS writes addresses out, and people do not.
  return parseAddress(asked)?.value === parseAddress(own)?.value;
}

/** Whether two addresses are out of different subnets. */
function isMadeApart(graph: ResourceGraph, one: Unknown, other: Unknown): boolean {
  const [from, others] = [one, other].map((value) =>
    value.references.opaque ? [] : graph.referencesIn(value).filter(({ type }) => type === 'aws_subnet'),
  );
  return from!.length === 1 && others!.length === 1 && from![0] !== others![0];
}

function asksElasticIp(graph: ResourceGraph, check: Resource, mapping: Block): Maybe {
  const asked = check.value('ip_address');
  const elasticIp = graph.referenceIn(mapping.value('allocation_id'), 'aws_eip');
  if (!elasticIp) return undefined;
  return asked instanceof Unknown
    ? graph.referencesIn(asked).includes(elasticIp)
    : asked === elasticIp.known('public_ip');
}

function isAbout(graph: ResourceGraph, check: Resource, { resource, names }: Asked): boolean {
  const name = check.known('fqdn');
  return (
    (name !== undefined && names.includes(normalName(name))) ||
    graph.referencesIn(check.value('ip_address')).includes(resource)
  );
}

function isOfFamily(graph: ResourceGraph, check: Resource, family: Family): Maybe {
  const own = familyOfAddress(graph, check.value('ip_address'));
  return own === undefined ? undefined : own === family;
}

/** The family of an address that may only be known after apply, by what it is made from; undefined where that does not tell. */
export function familyOfAddress(graph: ResourceGraph, value: unknown): Family | undefined {
  if (!(value instanceof Unknown)) return typeof value === 'string' ? parseAddress(value)?.family : undefined;
  const text = value.text ?? '';
  // Out of a list of both: those with or without colons.
  const [, not] = /(!?)strcontains\(\w+, ":"\)/.exec(text) ?? [];
  if (not !== undefined) return not === '' ? 'ipv6' : 'ipv4';
  if (/ipv6/i.test(text)) return 'ipv6';
  const made = graph.referencesIn(value);
  return made.length > 0 && made.every(({ type }) => type === 'aws_eip') ? 'ipv4' : undefined;
}

/**
 * Whether an address that only apply will know is surely on the Internet: of an Elastic IP address, of an accelerator, or
 * out of a block that Amazon gives. Where blocks of a pool come from is not to be seen.
 */
export function isGivenByAmazon(graph: ResourceGraph, address: Unknown): boolean {
  const made = graph.referencesIn(address);
  return made.length > 0 && !address.references.opaque && made.every((one) => gives(graph, one, address.text ?? ''));
}

function gives(graph: ResourceGraph, source: Resource, text: string): boolean {
  switch (source.type) {
    case 'aws_eip':
      return !text.includes('.private_ip');
    case 'aws_globalaccelerator_accelerator':
      return true;
    case 'aws_subnet':
    case 'aws_vpc': {
      const vpc = source.type === 'aws_vpc' ? source : vpcOf(graph, source);
      return text.includes('.ipv6_cidr_block') && vpc?.is('assign_generated_ipv6_cidr_block', true, false) === true;
    }
    default:
      return false;
  }
}
