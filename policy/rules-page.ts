import { renderHcl } from './hcl';
import { HOPS, type HopName } from './hops/hop';
import { type Example, GROUPS, type Kind, type Rule, type Severity } from './rule';
import { RULES } from './rules';
import { WAIVER_RULES, type WaiverRule } from './waivers';

/** What each hop has to have, in plain words. */
export const HOP_ASKS: Readonly<Record<HopName, string>> = {
  dns: 'The name has an A record and an AAAA record. Without AAAA a device never tries IPv6.',
  edge: 'What the records point to, a load balancer or a distribution, has addresses of both families.',
  listener: 'Something at the edge takes HTTPS on port 443.',
  firewall: 'Security groups, network ACLs and web ACLs let both families in, and the answers out.',
  route: 'The subnets of the edge have a way to the Internet for each family: `0.0.0.0/0` and `::/0`.',
  target: 'What answers is registered, and reachable from the edge.',
  health: 'Somebody notices when one family stops working while the other goes on.',
};

const KIND_MEANS: Readonly<Record<Kind, string>> = {
  presence: 'IPv6 is there: an address, a record, a route, a listener.',
  parity:
    'Both families are treated alike: what is open, routed, published or listed for one is so for the other, and IPv6 is never more open than IPv4.',
  danger:
    'What hurts: admin ports open to the world, gateways that cannot carry the traffic, values that AWS refuses only at apply.',
};

const SEVERITY_MEANS: Readonly<Record<Severity, string>> = {
  error: 'breaks a portal for somebody, opens what should be closed, or is refused by AWS',
  warning: 'works today and will hurt later',
  notice: 'worth knowing',
};

/** A rule as people read it; those about waivers have no resources to show. */
export type ExplainedRule = WaiverRule & Partial<Pick<Rule, 'hop' | 'good' | 'bad'>>;

/** Every rule that a finding may name, by group and id. */
export const EXPLAINED_RULES: readonly ExplainedRule[] = byGroup([...RULES, ...WAIVER_RULES]);

/** `docs/rules.md`: every rule with its reasons, cure and examples, as the rules themselves have them. */
export function rulesPage(rules: readonly ExplainedRule[] = EXPLAINED_RULES): string {
  const groups = GROUPS.map((group) => ({ group, own: rules.filter((rule) => rule.group === group) })).filter(
    ({ own }) => own.length > 0,
  );
  return [
    '# The rules',
    '',
    '<!-- Written from policy/rules/ by `npm run reference`; do not edit. -->',
    '',
    INTRODUCTION,
    '',
    '## All rules',
    '',
    ...groups.flatMap(({ group, own }) => [
      `**[${titleOf(group)}](#${anchorOf(group)})**`,
      '',
      ...own.map(({ id, title, severity }) => `- [${id}](#${anchorOf(id)}) ${title} (${severity})`),
      '',
    ]),
    ...groups.flatMap(({ group, own }) => [`## ${titleOf(group)}`, '', ...own.flatMap(ruleSection)]),
  ].join('\n');
}

/** A rule's examples as a person would have written them; of the good one, what differs from the bad one. */
export function examplesOf({ bad, good }: { readonly bad: Example; readonly good: Example }): readonly ExampleText[] {
  if (isPlan(bad) || isPlan(good)) {
    return [bad, good].map((example) => ({ language: 'diff', text: isPlan(example) ? renderPlan(example.plan) : '' }));
  }
  const before = renderHcl(bad);
  const after = renderHcl(good);
  const changed = [...after].filter(([address, text]) => before.get(address) !== text).map(([, text]) => text);
  const gone = [...before.keys()].filter((address) => !after.has(address));
  const notes = [
    ...(gone.length > 0 ? [`# Without ${gone.join(', ')}.`] : []),
    ...(changed.length < after.size ? ['# All else as above.'] : []),
  ];
  return [
    { language: 'hcl', text: [...before.values()].join('\n\n') },
    { language: 'hcl', text: [...changed, ...(notes.length > 0 ? [notes.join('\n')] : [])].join('\n\n') },
  ];
}

export interface ExampleText {
  readonly language: 'hcl' | 'diff';
  readonly text: string;
}

function byGroup(rules: readonly ExplainedRule[]): ExplainedRule[] {
  return GROUPS.flatMap((group) =>
    rules.filter((rule) => rule.group === group).sort((one, other) => (one.id < other.id ? -1 : 1)),
  );
}

function ruleSection({ id, title, why, fix, sources, kind, severity, hop, bad, good }: ExplainedRule): string[] {
  const [before, after] = bad && good ? examplesOf({ bad, good }) : [];
  return [
    `### ${id}`,
    '',
    `**${title}.** ${titleOf(kind)}, ${severity}${hop ? `, hop: ${hop}` : ''}.`,
    '',
    why,
    '',
    `**Fix.** ${fix}`,
    '',
    ...(before && after ? ['Does not pass:', '', ...fenced(before), '', 'Passes:', '', ...fenced(after), ''] : []),
    ...(sources.length === 1 ? [`Source: ${linked(sources[0]!)}`, ''] : []),
    ...(sources.length > 1 ? ['Sources:', '', ...sources.map((one) => `- ${linked(one)}`), ''] : []),
  ];
}

function fenced({ language, text }: ExampleText): string[] {
  return [`\`\`\`${language}`, text, '```'];
}

function linked(source: string): string {
  return source.replace(/https?:\/\/[^\s,;)]+/g, (address) => `<${address}>`);
}

function titleOf(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function anchorOf(heading: string): string {
  return heading.toLowerCase().replaceAll(' ', '-');
}

/** A type of resource has an underscore, so it is told apart by the key. */
function isPlan(example: Example): example is Extract<Example, { readonly plan: unknown }> {
  return 'plan' in example;
}

/** The changes of a plan, with the attributes that differ. */
function renderPlan(plan: unknown): string {
  const changes = (plan as { resource_changes?: readonly ResourceChange[] }).resource_changes ?? [];
  return changes
    .map(({ address, change: { actions, before, after, after_unknown: unknown, replace_paths: paths = [] } }) => {
      const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {}), ...trueKeys(unknown)])];
      const lines = names.flatMap((name) => {
        const old = shown(before?.[name]);
        const next = trueKeys(unknown).includes(name) ? '(known after apply)' : shown(after?.[name]);
        if (old === next) return [`  ${name} = ${old}`];
        return [
          ...(old === undefined ? [] : [`- ${name} = ${old}`]),
          ...(next === undefined ? [] : [`+ ${name} = ${next}`]),
        ];
      });
      const because = paths.length > 0 ? `, because of ${paths.map((path) => path.join('.')).join(', ')}` : '';
      return [`# ${address}: ${actions.join(', then ')}${because}`, ...lines].join('\n');
    })
    .join('\n\n');
}

interface ResourceChange {
  readonly address: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before?: Readonly<Record<string, unknown>> | null;
    readonly after?: Readonly<Record<string, unknown>> | null;
    readonly after_unknown?: Readonly<Record<string, unknown>> | boolean;
    readonly replace_paths?: readonly (readonly (string | number)[])[];
  };
}

function trueKeys(unknown: ResourceChange['change']['after_unknown']): string[] {
  if (typeof unknown !== 'object') return [];
  return Object.keys(unknown).filter((name) => unknown[name] === true);
}

function shown(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : JSON.stringify(value);
}

const INTRODUCTION = `\`portal6 check\` reads Terraform JSON and says whether citizens can reach a portal over IPv6 as they can over IPv4. This page has every rule
that it holds a stack against: why it matters, what to do, an example of each, and where that is written. \`portal6 rules ID\` prints the same
in a terminal.

## IPv6 on AWS in two minutes

IPv4 and IPv6 are two networks side by side. A *dual-stack* portal is on both: it has addresses of both families, and every part between
the citizen and the application lets both through. Nothing does that by itself. On AWS a VPC has no IPv6 block until somebody asks for one; a
subnet has none until it gets its own /64; a load balancer stays IPv4 until its address type says \`dualstack\`; firewall rules and routes are written
once for each family, and the name needs its own kind of record, AAAA.

So IPv6 breaks in its own ways, and quietly. A browser that has both families tries both and takes what answers first: with a broken IPv6 the page
comes a little later, over IPv4, and nobody reports it. A phone in a network that has IPv6 alone has no such way out and shows an error. That is why
the check looks at each *hop* of the way, for both families:

| Hop | What has to hold |
|---|---|
${HOPS.map((hop) => `| ${hop} | ${HOP_ASKS[hop]} |`).join('\n')}

A few words come up again and again. \`::/0\` is "all of IPv6", as \`0.0.0.0/0\` is all of IPv4. A /64 is the size of every IPv6 subnet, a /56 that of a
VPC's block. IPv6 addresses are public by nature, without NAT: an *internet gateway* lets connections in and out, an *egress-only internet gateway*
lets them out alone, which is what private subnets get. NAT64 and DNS64 together let a machine that has IPv6 alone reach what has IPv4 alone.

## How to read a finding

Rules are of three kinds.

| Kind | What it asks |
|---|---|
${Object.entries(KIND_MEANS)
  .map(([kind, means]) => `| ${kind} | ${means} |`)
  .join('\n')}

${Object.entries(SEVERITY_MEANS)
  .map(([severity, means]) => `- **${titleOf(severity)}**: ${means}.`)
  .join('\n')}

The run ends with 1 when there is an error; \`--fail-on\` moves that line. One mistake gives one finding, at its root: where a subnet has no IPv6
block, that is said of the subnet and not again of the load balancer in it.

**Unknown** is an answer of its own. Much of a stack is known only after apply, or lies in a module, a variable or another account that this input does
not show. The check follows references (\`cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 0)\` is an IPv6 block, whatever its value), and where that is not enough
it says *unknown* instead of guessing. An unknown neither passes nor counts as an error, and it keeps a portal from a higher level. To settle one,
check the plan instead of the configuration, or look for yourself; with \`--fail-on unknown\` nothing goes through unseen.

Where a hidden link has one candidate only, the rule takes it and the finding is marked as *inferred*.

## Waivers

A finding that is right and stays, for now, gets a waiver: in \`config/waivers.yaml\` for all agencies, or under \`waivers:\` in the agency's own
file for its stacks.

\`\`\`yaml
waivers:
  - rule: V6-VPC-001
    # The address of a resource, or the path of a construct and all below it; * within a part, ** for any parts.
    at: hue-production/network
    reason: The network gets its IPv6 block with the next maintenance window.
    owner: net@hue.gov.vn
    # The last day on which it holds, at most 365 days off.
    expires: 2027-01-31
\`\`\`

Waived findings are listed apart and never vanish. A waiver that has expired, or that covers nothing, is itself a finding; a month before its end it
is a notice. To bring a stack that has findings under the check at once, keep its report instead: with \`--baseline report.json\` only what is new counts.`;
