import { plural } from '../../core/plural';
import type { Report, ReportContext } from '../report';
import { isOpen, SEVERITIES, summaryLine } from '../verdict';

/** GitHub shows so many annotations of each type a step, and drops the others without a word. */
const MAX_SHOWN = 10;

/** For a step of a GitHub workflow: commands that put findings beside the lines of a pull request. */
export function githubReport(report: Report, { rules, failOn }: ReportContext): string {
  const commands: string[] = [];
  const hidden: string[] = [];
  for (const severity of SEVERITIES) {
    const findings = report.findings.filter((finding) => isOpen(finding) && finding.severity === severity);
    for (const { rule, stack, address, message, fix, source } of findings.slice(0, MAX_SHOWN)) {
      const title = rules.find(({ id }) => id === rule)?.title;
      const properties = {
        ...(source && { file: source.file }),
        ...(source?.line !== undefined && { line: source.line, col: source.column ?? 1 }),
        title: title === undefined ? rule : `${rule}: ${title}`,
      };
      const where = stack === '' ? address : `${stack}, ${address}`;
      commands.push(command(severity, properties, `${where}: ${message}\nFix: ${fix}`));
    }
    if (findings.length > MAX_SHOWN) hidden.push(plural(findings.length - MAX_SHOWN, severity));
  }
  const more = hidden.length === 0 ? '' : `; not shown here: ${hidden.join(', ')} (GitHub shows ${MAX_SHOWN} of each)`;
  return [...commands, `${summaryLine(report, failOn)}${more}`, ''].join('\n');
}

function command(name: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${list.join(',')}::${escapeData(message)}`;
}

/** The runner's own escapes; what is left of a command is one line. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
