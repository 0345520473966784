import { AddressSet } from '../../core/address-set';
import type { Family } from '../../core/cidr';
import { type Forwarding, forwardingOf } from '../facts/forwarding';
import type { Resolved, Resource, ResourceGraph } from '../resource-graph';
import type { Edge } from './edges';
import { closed, FAMILY_NAME, type HopResult, OPEN, unseen, worst } from './hop';

/** Where the requests of a family end that come to the HTTPS listener of a load balancer. */
export function groupsFor(graph: ResourceGraph, edge: Edge, family: Family): Resolved {
  const own = resolved(waysOf(graph, edge, family));
  // Of a family that nobody forwards the targets are those of the other, which it will have once somebody does.
  return own.found.length > 0 ? own : resolved(waysOf(graph, edge, OTHER[family]));
}

/** The same for both families together. */
export function groupsOf(graph: ResourceGraph, edge: Edge): readonly Resource[] {
  return [...new Set(FAMILIES.flatMap((family) => groupsFor(graph, edge, family).found))];
}

/** Whether the listener hands the requests of a family on, for every public name. */
export function handsOn(graph: ResourceGraph, edge: Edge, family: Family): HopResult {
  const [own, other] = [family, OTHER[family]].map((one) => waysOf(graph, edge, one)) as [Way[], Way[]];
  const results = own.map((way, index) => handsOnFor(way, other[index]!, edge, family));
  // A name that is only sent to another one is no way of its own.
  const ways = results.filter((result) => result !== undefined);
  if (ways.length === 0) return unseen(UNSEEN);
  const { found } = resolved(own);
  return worst([...ways, ...(found.length === 0 && ways.includes(OPEN) ? [unseen(UNSEEN)] : [])]);
}

const UNSEEN = 'where the HTTPS listener forwards to cannot be seen here';

const FAMILIES: readonly Family[] = ['ipv4', 'ipv6'];
const OTHER: Readonly<Record<Family, Family>> = { ipv4: 'ipv6', ipv6: 'ipv4' };

/** What becomes of the requests to one name. */
interface Way extends Forwarding {
  readonly name: string | undefined;
}

function waysOf(graph: ResourceGraph, edge: Edge, family: Family): readonly Way[] {
  return graph.fact(edge, FACTS[family], () => {
    const { httpsListener, names } = edge;
    if (!httpsListener) return [];
    const asked = names.length > 0 ? names : [undefined];
    return asked.map((name) => ({ name, ...forwardingOf(graph, httpsListener, family, name) }));
  });
}

const FACTS: Readonly<Record<Family, object>> = { ipv4: {}, ipv6: {} };

function resolved(ways: readonly Way[]): Resolved {
  const found = [...new Set(ways.flatMap(({ groups }) => groups))];
  return { found, complete: found.length > 0 && ways.every(({ groupsComplete }) => groupsComplete) };
}

/** Undefined for a name that all are sent on from. */
function handsOnFor(own: Way, other: Way, { httpsListener }: Edge, family: Family): HopResult | undefined {
  const what = own.name === undefined ? 'requests' : `requests to ${own.name}`;
  const isForOthers = isForEverybody(other.clients) && !isForEverybody(own.clients);
  if (isForOthers || (own.clients.isEmpty && !other.clients.isEmpty)) {
    if (own.mayBeMore || other.mayBeFewer)
      return unseen(`whose ${what} the HTTPS listener forwards cannot be seen here`);
    const causes = [...own.bySource].map((resource) => ({ rule: 'V6-LB-009', resource }));
    const whole = isForOthers && !own.clients.isEmpty ? 'all of ' : '';
    return {
      ...closed(
        `forward ${what} over ${whole}${FAMILY_NAME[family]}: the rules of ${httpsListener!.address} leave them out`,
      ),
      causes,
    };
  }
  if (own.clients.isEmpty) return own.redirects && !own.mayBeMore ? undefined : unseen(UNSEEN);
  return own.mayBeFewer ? unseen(`whose ${what} the HTTPS listener forwards cannot be seen here`) : OPEN;
}

/** A few who are refused are no family. */
function isForEverybody(clients: AddressSet): boolean {
  const internet = AddressSet.internet(clients.family);
  return clients.intersect(internet).size * 8n >= internet.size * 7n;
}
