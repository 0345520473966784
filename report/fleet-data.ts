import type { SubnetRow } from '../policy/facts/subnet-rows';
import type { HopName, State } from '../policy/hops/hop';
import type { ReportFinding } from '../policy/report';
import type { Severity } from '../policy/rule';
import { placeOf, worstFirst } from '../policy/verdict';
import { askInVietnamese } from './asks-in-vietnamese';
import { type Fleet, type FleetAgency, type FleetStack, isOf, type PictureReference } from './fleet';
import { FLEET_WORDS } from './fleet-words';
import { HOP_WORDS } from './hop-words';
import type { Text } from './language';
import { RULE_TITLES_VI } from './rule-titles-vi';
import type { PortalView, SideView } from './stack-view';
import { LEVEL_WORDS, WORDS } from './words';

/** What the page's script shows of a stack, as JSON in the page; read when a portal of it is opened. */
export interface StackData {
  readonly stack: string;
  readonly agency?: FleetAgency;
  readonly environment?: string;
  readonly portals: readonly PortalData[];
  readonly picture?: PictureReference;
  readonly subnets: readonly SubnetRow[];
  readonly findings: readonly FindingData[];
}

export interface PortalData {
  readonly names: readonly string[];
  readonly edge: string;
  readonly level: number;
  readonly atLeast: boolean;
  readonly missing: readonly PartlyText[];
  readonly hops: readonly { readonly hop: HopName; readonly ipv4: SideData; readonly ipv6: SideData }[];
  /** Which of the stack's findings are not this portal's. */
  readonly others: readonly number[];
}

export interface SideData {
  readonly state: State;
  readonly lines: readonly string[];
  readonly reason?: PartlyText;
}

/** A text of policy; without Vietnamese it stands in English on either page. */
export interface PartlyText {
  readonly en: string;
  readonly vi?: string;
}

export interface FindingData {
  readonly rule: string;
  readonly severity: Severity;
  readonly result: ReportFinding['result'];
  readonly address: string;
  readonly message: string;
  /** Absent where it is the rule's. */
  readonly fix?: string;
  /** `config/agencies/hue.yaml:12:7`. */
  readonly place?: string;
  readonly waiver?: ReportFinding['waiver'];
}

/** What all portals share: words, and the rules that found something. */
export interface SharedData {
  readonly words: Readonly<Record<keyof typeof FLEET_WORDS, Text>>;
  readonly pageWords: Readonly<Record<PageWord, Text>>;
  readonly levels: readonly Text[];
  readonly hops: typeof HOP_WORDS;
  readonly rules: Readonly<Record<string, { readonly title: PartlyText; readonly why: string; readonly fix: string }>>;
}

const PAGE_WORDS = [
  'hop',
  'open',
  'closed',
  'unknown',
  'byAws',
  'next',
  'picture',
  'addresses',
  'addressNote',
  'subnet',
  'zone',
  'none',
] as const satisfies readonly (keyof typeof WORDS)[];

type PageWord = (typeof PAGE_WORDS)[number];

/** The data of one stack, with its findings, the worst first. */
export function stackData(stack: FleetStack, findings: readonly ReportFinding[], rules: Fleet['rules']): StackData {
  const fixes = new Map(rules.map(({ id, fix }) => [id, fix]));
  const sorted = worstFirst(findings);
  return {
    stack: stack.stack,
    ...(stack.agency && { agency: stack.agency }),
    ...(stack.environment !== undefined && { environment: stack.environment }),
    portals: stack.portals.map((portal) => portalData(portal, sorted)),
    ...(stack.picture && { picture: stack.picture }),
    subnets: stack.subnets,
    findings: sorted.map((finding) => findingData(finding, fixes)),
  };
}

export function sharedData({ report, rules }: Fleet): SharedData {
  const raised = new Set(report.findings.map(({ rule }) => rule));
  return {
    words: FLEET_WORDS,
    pageWords: Object.fromEntries(PAGE_WORDS.map((word) => [word, WORDS[word]])) as Record<PageWord, Text>,
    levels: LEVEL_WORDS,
    hops: HOP_WORDS,
    rules: Object.fromEntries(
      rules
        .filter(({ id }) => raised.has(id))
        .map(({ id, title, why, fix }) => [id, { title: titleText(id, title), why, fix }]),
    ),
  };
}

function portalData(portal: PortalView, findings: readonly ReportFinding[]): PortalData {
  const { names, edge, level, atLeast, missing, hops, construct } = portal;
  return {
    names,
    edge,
    level,
    atLeast,
    missing: missing.map(partlyText),
    hops: hops.map(({ hop, ipv4, ipv6 }) => ({ hop, ipv4: sideData(ipv4), ipv6: sideData(ipv6) })),
    others: findings.flatMap((finding, index) => (isOf(construct, finding) ? [] : [index])),
  };
}

function sideData({ state, lines, reason }: SideView): SideData {
  return { state, lines, ...(reason !== undefined && { reason: partlyText(reason) }) };
}

/** Title of a rule, in Vietnamese where there is one. */
export function titleText(id: string, en: string): PartlyText {
  const vi = RULE_TITLES_VI[id];
  return { en, ...(vi !== undefined && { vi }) };
}

function partlyText(en: string): PartlyText {
  const vi = askInVietnamese(en);
  return { en, ...(vi !== undefined && { vi }) };
}

function findingData(finding: ReportFinding, fixes: ReadonlyMap<string, string>): FindingData {
  const { rule, severity, result, address, message, fix, waiver } = finding;
  const place = placeOf(finding);
  return {
    rule,
    severity,
    result,
    address,
    message,
    ...(fixes.get(rule) !== fix && { fix }),
    ...(place !== undefined && { place }),
    ...(waiver && { waiver }),
  };
}
