import { type Finding, judge } from '../policy/check';
import { type Hop, portalPaths } from '../policy/levels';
import type { ResourceGraph } from '../policy/resource-graph';
import type { Rule, Severity } from '../policy/rule';
import { RULES } from '../policy/rules';
import { readStackJson } from '../policy/sources/stack-json';

/**
 * What the matchers look at: a `TerraformStack` of cdktf, the JSON that `Testing.synth` returns, or that JSON parsed.
 */
export type Stack = string | object;

/** Options of `toPassPolicy`. */
export interface PolicyOptions {
  /**
   * Ids of rules that need not hold.
   *
   * @default - none
   */
  readonly except?: readonly string[];

  /**
   * From which severity on a finding counts.
   *
   * @default 'error'
   */
  readonly failOn?: Exclude<Severity, 'notice'>;
}

interface Outcome {
  readonly pass: boolean;
  message(): string;
}

/**
 * Whether everything in a stack that can have both families has them: each rule about the presence of IPv6 or about the
 * two families being alike holds.
 *
 * @throws TypeError when it is given no stack
 */
export function toBeDualStack(received: Stack): Outcome {
  const graph = graphOf(received, 'toBeDualStack');
  if (!graph.resources.some(({ type }) => NETWORKED.has(type))) {
    return {
      pass: false,
      message: () => 'The stack holds nothing that could be dual-stack: no VPC, load balancer or distribution.',
    };
  }
  const found = failures(
    graph,
    RULES.filter(({ kind }) => kind !== 'danger'),
    'error',
  );
  return outcome(found, 'The stack is not dual-stack', 'The stack is dual-stack, and was not to be.');
}

/**
 * Whether a stack passes the rules of `portal6 check`. What only apply will know does not count against it.
 *
 * @throws TypeError when it is given no stack, or an exception that is no rule's id
 */
export function toPassPolicy(received: Stack, { except = [], failOn = 'error' }: PolicyOptions = {}): Outcome {
  const graph = graphOf(received, 'toPassPolicy');
  const unknownId = except.find((id) => !RULES.some((rule) => rule.id === id));
  if (unknownId !== undefined)
    throw new TypeError(`toPassPolicy: \`except\` names ${unknownId}, which is no rule; portal6 rules lists them`);
  const rules = RULES.filter(({ id }) => !except.includes(id));
  return outcome(
    failures(graph, rules, failOn),
    'The stack does not pass the policy',
    'The stack passes the policy, and was not to.',
  );
}

/** The hops that a request needs; health is how people learn that one of them is gone. */
const WAY = ['dns', 'edge', 'listener', 'firewall', 'route', 'target'];

/**
 * Whether a client reaches a name over IPv6 by this stack alone: every hop from DNS to the target is open, wherever the
 * AAAA records of the name lead. A hop that cannot be seen is not open.
 *
 * @throws TypeError when it is given no stack
 */
export function toHaveIpv6Path(received: Stack, domain: string): Outcome {
  const paths = portalPaths(graphOf(received, 'toHaveIpv6Path'));
  const own = paths.filter(({ names }) => names.includes(domain.toLowerCase()));
  if (own.length === 0) {
    const names = paths.flatMap((one) => one.names);
    const known = names.length > 0 ? `it has ${names.join(', ')}` : 'it has no public name';
    return { pass: false, message: () => `Nothing in the stack answers for ${domain}: ${known}.` };
  }
  // A name may lead to several edges, and to some of them over IPv4 alone.
  const led = own.filter(({ hops }) => hops.some(({ hop, ipv6 }) => hop === 'dns' && ipv6.state !== 'fail'));
  const shut = (led.length > 0 ? led : own).find(({ hops }) =>
    hops.some(({ hop, ipv6 }) => WAY.includes(hop) && ipv6.state !== 'pass'),
  );
  return {
    pass: !shut,
    message: () =>
      shut
        ? [`${domain} is not reached over IPv6:`, ...shut.hops.map(hopLine)].join('\n')
        : `${domain} is reached over IPv6, and was not to be.`,
  };
}

function hopLine({ hop, ipv6 }: Hop): string {
  const state = { pass: 'open', fail: 'closed', unknown: 'unknown' }[ipv6.state];
  return `  ${hop.padEnd(8)}  ${state}${ipv6.reason ? `: ${ipv6.reason}` : ''}`;
}

const NETWORKED: ReadonlySet<string> = new Set([
  'aws_vpc',
  'aws_subnet',
  'aws_lb',
  'aws_alb',
  'aws_cloudfront_distribution',
  'aws_globalaccelerator_accelerator',
]);

function outcome(findings: readonly Finding[], bad: string, good: string): Outcome {
  return {
    pass: findings.length === 0,
    message: () => (findings.length === 0 ? good : [`${bad}:`, ...findings.map(describe)].join('\n')),
  };
}

function describe({ rule, severity, resource, message, fix, hop }: Finding): string {
  const where = resource.constructPath ? `${resource.constructPath} (${resource.address})` : resource.address;
  return [`  ${severity} ${rule}${hop ? ` [${hop}]` : ''} ${where}`, `    ${message}`, `    fix: ${fix}`].join('\n');
}

function failures(graph: ResourceGraph, rules: readonly Rule[], from: Exclude<Severity, 'notice'>): Finding[] {
  const { findings, crashes } = judge(graph, rules);
  if (crashes.length > 0) throw crashes[0]!.error;
  return findings.filter(
    ({ result, severity }) =>
      result === 'fail' && (severity === 'error' || (from === 'warning' && severity === 'warning')),
  );
}

interface Synthesizable {
  prepareStack(): void;
  toTerraform(): unknown;
}

function graphOf(received: Stack, matcher: string): ResourceGraph {
  return readStackJson(jsonOf(received, matcher));
}

function jsonOf(received: unknown, matcher: string): object {
  if (typeof received === 'string') {
    const parsed = parse(received);
    if (parsed) return parsed;
  } else if (isSynthesizable(received)) {
    received.prepareStack();
    return received.toTerraform() as object;
  } else if (typeof received === 'object' && received !== null && ('resource' in received || 'terraform' in received)) {
    return received;
  }
  throw new TypeError(
    `${matcher}: expected a TerraformStack, or the JSON of one such as Testing.synth returns, got: ${shown(received)}`,
  );
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function isSynthesizable(value: unknown): value is Synthesizable {
  return typeof (value as Partial<Synthesizable> | null)?.toTerraform === 'function';
}

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : Object.prototype.toString.call(value);
}
