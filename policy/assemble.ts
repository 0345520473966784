import { type Crash, type Finding, judge } from './check';
import type { State } from './hops/hop';
import { type Hop, portalPaths } from './levels';
import type { HopState, Report, ReportFinding, ReportPortal, SourceLocation } from './report';
import type { Resource, ResourceGraph } from './resource-graph';
import type { Rule, Severity } from './rule';
import { isOpen } from './verdict';

/** Something to check. */
export interface CheckedStack {
  /** Id of the stack, or the name of the file. */
  readonly stack: string;
  readonly graph: ResourceGraph;
  /** Where a resource comes from; asked of those with findings alone. */
  originOf?(resource: Resource): Origin;
}

/** What became a resource. */
export interface Origin {
  /** Path of the construct, where the resource itself does not say so. */
  readonly construct?: string;
  /** Where somebody wrote it. */
  readonly source?: SourceLocation;
}

/** What there is to say about some stacks, before waivers and baseline. */
export interface Assembly {
  readonly stacks: readonly string[];
  readonly resources: number;
  readonly findings: readonly ReportFinding[];
  readonly portals: readonly ReportPortal[];
  readonly crashes: readonly (Crash & { readonly stack: string })[];
}

/** Judges one stack after the other; none of them is held on to. A rule that breaks down is a finding, too. */
export function assemble(stacks: Iterable<CheckedStack>, rules: readonly Rule[]): Assembly {
  const assembly = {
    stacks: [] as string[],
    resources: 0,
    findings: [] as ReportFinding[],
    portals: [] as ReportPortal[],
    crashes: [] as (Crash & { stack: string })[],
  };
  for (const { stack, graph, originOf } of stacks) {
    const { findings, crashes } = judge(graph, rules);
    const { portals, crash } = portalsOf(stack, graph);
    assembly.stacks.push(stack);
    assembly.resources += graph.resources.filter(({ mode }) => mode === 'managed').length;
    assembly.portals.push(...portals);
    assembly.findings.push(...findings.map((finding) => reported(stack, finding, originOf)));
    for (const one of [...crashes, ...(crash ? [crash] : [])]) {
      assembly.crashes.push({ stack, ...one });
      assembly.findings.push(brokenDown(stack, one));
    }
  }
  return assembly;
}

/** The report of an assembly, with its findings as waivers and baseline have left them. Sorted, so byte-stable. */
export function reportOf(assembly: Assembly, findings: readonly ReportFinding[] = assembly.findings): Report {
  const open = findings.filter(isOpen);
  const count = (severity: Severity): number => open.filter((finding) => finding.severity === severity).length;
  return {
    version: 1,
    summary: {
      stacks: assembly.stacks.length,
      resources: assembly.resources,
      portals: new Set(assembly.portals.map(({ stack, edge }) => JSON.stringify([stack, edge]))).size,
      errors: count('error'),
      warnings: count('warning'),
      notices: count('notice'),
      unknown: findings.filter(({ result }) => result === 'unknown').length,
      waived: findings.filter(({ result }) => result === 'waived').length,
      known: findings.filter(({ result, known }) => result === 'fail' && known).length,
    },
    findings: sortedBy(findings, ({ stack, rule, address, message }) => [stack, rule, address, message]),
    portals: sortedBy(assembly.portals, ({ stack, name, edge }) => [stack, name ?? '', edge]),
  };
}

function reported(stack: string, finding: Finding, originOf: CheckedStack['originOf']): ReportFinding {
  const { rule, severity, result, resource, message, fix, hop, inferred } = finding;
  const { source, construct = resource.constructPath } = originOf?.(resource) ?? {};
  return {
    rule,
    severity,
    result,
    address: resource.address,
    message,
    fix,
    stack,
    ...(hop && { hop }),
    ...(construct !== undefined && { construct }),
    ...(source && { source }),
    ...(inferred && { inferred }),
  };
}

function brokenDown(stack: string, { rule, address, error }: Crash): ReportFinding {
  const [reason] = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).split('\n');
  return {
    rule,
    severity: 'error',
    result: 'fail',
    address,
    message: `the rule broke down here, so nothing is known: ${reason}`,
    fix: 'Report this as a bug of portal6, with the lines on stderr; until then leave the rule out with `--skip`.',
    stack,
  };
}

function portalsOf(stack: string, graph: ResourceGraph): { portals: ReportPortal[]; crash?: Crash } {
  try {
    const portals = portalPaths(graph).flatMap(({ names, edge, level, atLeast, missing, hops }) => {
      const path = { edge, level, ...(atLeast && { atLeast }), missing, hops: hops.map(reportedHop) };
      return names.length > 0 ? names.map((name) => ({ stack, name, ...path })) : [{ stack, ...path }];
    });
    return { portals };
  } catch (error) {
    return { portals: [], crash: { rule: 'V6-PATH-001', address: stack, error } };
  }
}

const STATES: Readonly<Record<State, HopState>> = { pass: 'open', fail: 'closed', unknown: 'unknown' };

function reportedHop({ hop, ipv4, ipv6 }: Hop): ReportPortal['hops'][number] {
  const reasons = [...new Set([ipv4, ipv6].flatMap(({ state, reason }) => (state === 'pass' ? [] : (reason ?? []))))];
  return { hop, ipv4: STATES[ipv4.state], ipv6: STATES[ipv6.state], ...(reasons.length > 0 && { reasons }) };
}

function sortedBy<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): T[] {
  return items
    .map((item) => ({ item, keys: keysOf(item) }))
    .sort((one, other) => {
      const at = one.keys.findIndex((key, index) => key !== other.keys[index]);
      const [first, second] =
        at === -1 ? [JSON.stringify(one.item), JSON.stringify(other.item)] : [one.keys[at]!, other.keys[at]!];
      return first < second ? -1 : first > second ? 1 : 0;
    })
    .map(({ item }) => item);
}
