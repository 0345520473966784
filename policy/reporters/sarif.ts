import { createHash } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Report, ReportContext, ReportFinding } from '../report';
import type { Severity } from '../rule';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', notice: 'note' };

/**
 * For code scanning: SARIF 2.1.0 (an OASIS standard), with each rule's help, identities that outlive a moved line, and
 * waivers as suppressions.
 */
export function sarifReport(report: Report, { rules, version, baseline }: ReportContext): string {
  const { findings } = report;
  const raised = new Set(findings.map(({ rule }) => rule));
  // Rules with nothing to say are left out: nobody reads their help here, and it is most of the file.
  const known = rules.filter(({ id }) => raised.has(id));
  const ids = [...new Set([...known.map(({ id }) => id), ...raised])].sort();
  const occurrences = new Map<string, number>();
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'portal6',
            semanticVersion: version,
            rules: ids.map((id) =>
              descriptor(
                id,
                known.find((rule) => rule.id === id),
              ),
            ),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => {
          const identity = [finding.rule, finding.stack, finding.address].join('\n');
          const occurrence = (occurrences.get(identity) ?? 0) + 1;
          occurrences.set(identity, occurrence);
          return result(finding, ids.indexOf(finding.rule), fingerprint(identity, occurrence), baseline);
        }),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptor(id: string, rule: ReportContext['rules'][number] | undefined): object {
  if (!rule) return { id };
  const { title, why, fix, severity, group, kind, sources } = rule;
  const pages = sources.filter((source) => source.startsWith('https://'));
  return {
    id,
    name: title.replace(/[^A-Za-z0-9]+(\w?)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `${title}.` },
    fullDescription: { text: why },
    help: {
      text: `${why}\n\nFix: ${fix}\n\nSources:\n${sources.join('\n')}`,
      markdown: `${why}\n\n**Fix.** ${fix}\n\n${sources.map((source) => `- ${source}`).join('\n')}`,
    },
    ...(pages.length > 0 && { helpUri: pages[0] }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ['ipv6', kind, group.replaceAll(' ', '-')] },
  };
}

function result(finding: ReportFinding, ruleIndex: number, identity: string, baseline: boolean): object {
  const { rule, severity, address, message, fix, stack, construct, source, waiver, hop, known, inferred } = finding;
  const unknown = finding.result === 'unknown';
  return {
    ruleId: rule,
    ruleIndex,
    // Only what does not hold has a level; that is also what a result is where no kind is given.
    ...(unknown ? { kind: 'open', level: 'none' } : { level: LEVELS[severity] }),
    message: { text: `${stack === '' ? address : `${stack}: ${address}`}: ${message}. Fix: ${fix}` },
    locations: [
      {
        ...(source && {
          physicalLocation: {
            artifactLocation: { uri: uriOf(source.file), ...(!isAbsolute(source.file) && { uriBaseId: '%SRCROOT%' }) },
            ...(source.line !== undefined && {
              region: { startLine: source.line, ...(source.column !== undefined && { startColumn: source.column }) },
            }),
          },
        }),
        logicalLocations: [
          { fullyQualifiedName: address, kind: 'resource' },
          ...(construct === undefined ? [] : [{ fullyQualifiedName: construct, kind: 'object' }]),
        ],
      },
    ],
    partialFingerprints: { 'portal6/v1': identity },
    ...(finding.result === 'waived' && {
      suppressions: [
        {
          kind: 'external',
          status: 'accepted',
          ...(waiver && { justification: `${waiver.reason} (${waiver.owner}, until ${waiver.expires})` }),
        },
      ],
    }),
    ...(baseline && { baselineState: known ? 'unchanged' : 'new' }),
    properties: { stack, ...(hop && { hop }), ...(inferred && { inferred }) },
  };
}

/** Not of the line nor the message, which change while the finding stays the same. */
function fingerprint(identity: string, occurrence: number): string {
  return createHash('sha256').update(`${identity}\n${occurrence}`).digest('hex');
}

function uriOf(file: string): string {
  return isAbsolute(file) ? pathToFileURL(file).href : file.split('/').map(encodeURIComponent).join('/');
}
