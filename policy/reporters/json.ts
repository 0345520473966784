import type { Report } from '../report';

/** For programs: docs/check-report.schema.json says what is in it. */
export function jsonReport(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
