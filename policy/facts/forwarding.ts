import { AddressSet } from '../../core/address-set';
import { type Family, parseCidr } from '../../core/cidr';
import type { Resource, ResourceGraph } from '../resource-graph';
import { type Block, every, type Maybe, some, Unknown } from '../value';
import { forwardedTo, listenerRulesOf, receiversOf } from './load-balancers';

/** What a listener does with the requests of one family to one name. */
export interface Forwarding {
  /** The clients whose requests reach a target group, as far as that is known. */
  readonly clients: AddressSet;
  /** The target groups that they reach. */
  readonly groups: readonly Resource[];
  /** Whether these are all groups. */
  readonly groupsComplete: boolean;
  /** Whether others may be forwarded, too. */
  readonly mayBeMore: boolean;
  /** Whether some of those who are forwarded may be turned away before. */
  readonly mayBeFewer: boolean;
  /** Whether somebody is sent elsewhere. */
  readonly redirects: boolean;
  /** The rules that ask for addresses, and so tell the families apart. */
  readonly bySource: readonly Resource[];
}

/**
 * What a listener does with the requests of a family: its rules are asked in the order of their priority, the first that
 * matches decides, and the default action gets the rest. Conditions on anything but addresses and hosts, such as a path,
 * match some requests of everybody.
 *
 * @param name that is asked for; undefined where none is known, so that rules for any host count
 */
export function forwardingOf(
  graph: ResourceGraph,
  listener: Resource,
  family: Family,
  name: string | undefined,
): Forwarding {
  const rules = listenerRulesOf(graph, listener);
  const bySource = new Set<Resource>();
  const groups = new Set<Resource>();
  let rest = EVERYBODY[family];
  let clients = AddressSet.none(family);
  let groupsComplete = rules.complete;
  let mayBeMore = !rules.complete;
  let mayBeFewer = false;
  let redirects = false;

  for (const { owner, isPlaced } of inOrder(graph, rules.found, listener)) {
    const asks = askedBy(owner, family, name);
    if (asks.bySource) bySource.add(owner);
    const isSure = asks.isSure && isPlaced;
    const taken = rest.intersect(asks.addresses);
    if (taken.isEmpty && isSure) continue;
    const does = actionOf(graph, owner);
    if (does === 'forward') {
      const receivers = receiversOf(graph, owner);
      for (const group of receivers.found) groups.add(group);
      groupsComplete &&= receivers.complete && receivers.found.length > 0;
    }
    redirects ||= does === 'redirect';
    if (does === 'forward' && isSure) clients = clients.union(taken);
    mayBeMore ||= does === undefined || (does === 'forward' && !isSure);
    mayBeFewer ||= asks.isWhole && (does === undefined || (does !== 'forward' && !isSure));
    if (asks.isWhole && isSure) rest = rest.minus(taken);
  }
  return { clients, groups: [...groups], groupsComplete, mayBeMore, mayBeFewer, redirects, bySource: [...bySource] };
}

/** Examples, and people behind a gateway, have addresses that are not on the Internet. */
const EVERYBODY: Readonly<Record<Family, AddressSet>> = {
  ipv4: AddressSet.of('ipv4', [parseCidr('0.0.0.0/0')!]),
  ipv6: AddressSet.of('ipv6', [parseCidr('::/0')!]),
};

interface Turn {
  readonly owner: Resource;
  /** Whether it is known which rules are asked before it, as far as that makes a difference. */
  readonly isPlaced: boolean;
}

/** A rule without a priority is put behind the others when it is made. */
function inOrder(graph: ResourceGraph, rules: readonly Resource[], listener: Resource): readonly Turn[] {
  const alike = rules.every((rule) => actionOf(graph, rule) === 'forward');
  const turns = rules.map((owner) => {
    const priority = owner.number('priority');
    return { owner, at: typeof priority === 'number' ? priority : Infinity, isHidden: priority instanceof Unknown };
  });
  return [
    // Two without a priority are equal: Infinity less Infinity is no number.
    ...turns.sort((one, other) => (one.at === other.at ? 0 : one.at - other.at)),
    { owner: listener, isHidden: false },
  ].map(({ owner, isHidden }) => ({ owner, isPlaced: alike || !isHidden }));
}

/** Whom a rule is about. */
interface Asks {
  readonly addresses: AddressSet;
  /** Whether that is known. */
  readonly isSure: boolean;
  /** Whether it takes all their requests, not only those for a path or the like. */
  readonly isWhole: boolean;
  readonly bySource: boolean;
}

/** What a rule, or the listener's default action, asks for. */
function askedBy(owner: Resource, family: Family, name: string | undefined): Asks {
  const conditions = owner.blocks('condition');
  const isHost = every(conditions.map((condition) => isForHost(condition, name)));
  if (isHost === false) {
    return { addresses: AddressSet.none(family), isSure: true, isWhole: false, bySource: false };
  }
  const sources = conditions.flatMap((condition) => condition.blocks('source_ip'));
  const addresses = sources.map((source) => rangesIn(source, family));
  return {
    addresses: addresses.reduce((all, one) => all.intersect(one.ranges), EVERYBODY[family]),
    isSure:
      isHost === true &&
      addresses.every(({ isSure }) => isSure) &&
      !owner.hides('condition') &&
      !conditions.some((condition) => condition.hides('source_ip')),
    isWhole: !conditions.some(isForSome),
    bySource: sources.length > 0,
  };
}

function rangesIn(source: Block, family: Family): { readonly ranges: AddressSet; readonly isSure: boolean } {
  const ranges = source.list('values').map((value) => (typeof value === 'string' ? parseCidr(value) : undefined));
  const known = ranges.filter((range) => range !== undefined);
  return { ranges: AddressSet.of(family, known), isSure: known.length === ranges.length };
}

/** Conditions on other parts of a request. */
const OTHERS = ['http_header', 'http_request_method', 'path_pattern', 'query_string'] as const;

function isForSome(condition: Block): boolean {
  return OTHERS.some(
    (name) => condition.hides(name) || condition.blocks(name).some((one) => !one.list('values').some(isAnything)),
  );
}

function isAnything(pattern: unknown): boolean {
  return pattern === '*' || pattern === '/*';
}

/** Whether a condition, as far as it is on the host, is met by a name. */
function isForHost(condition: Block, name: string | undefined): Maybe {
  if (name === undefined) return true;
  if (condition.hides('host_header')) return undefined;
  const hosts = condition.blocks('host_header');
  return every(
    hosts.map((host) => {
      const isOne = some(host.list('values').map((value) => isNamed(value, name)));
      return isOne === false && host.has('regex_values') ? undefined : isOne;
    }),
  );
}

/** A name with a star is any name of its zone, so that a rule for one of these is about it. */
function isNamed(pattern: unknown, name: string): Maybe {
  if (typeof pattern !== 'string') return undefined;
  const host = pattern.toLowerCase();
  return matches(host, name) || (name.startsWith('*.') && matches(name, host));
}

/** Whether a text is as a pattern of AWS says: `*` is any run of letters, `?` any one. Takes no longer for any stars. */
function matches(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let index = 0; index < text.length;) {
    if (pattern[at] === '*') {
      star = at;
      resume = index;
      at += 1;
    } else if (pattern[at] === '?' || pattern[at] === text[index]) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      index = resume;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}

/** What a rule or a listener does with the requests that it gets; undefined where that is not known. */
function actionOf(graph: ResourceGraph, owner: Resource): 'forward' | 'redirect' | 'refuse' | undefined {
  const names = ['default_action', 'action'] as const;
  const actions = names.flatMap((name) => owner.blocks(name));
  if (names.some((name) => owner.hides(name))) return undefined;
  if (actions.some((one) => one.is('type', 'forward') || one.has('target_group_arn') || one.has('forward'))) {
    // Groups of weight 0 alone are nobody's.
    const isIdle = receiversOf(graph, owner).found.length === 0 && forwardedTo(graph, owner).found.length > 0;
    return isIdle ? 'refuse' : 'forward';
  }
  if (actions.some((one) => one.value('type') instanceof Unknown)) return undefined;
  if (actions.some((one) => one.is('type', 'redirect'))) return 'redirect';
  return actions.some((one) => one.is('type', 'fixed-response')) ? 'refuse' : undefined;
}
