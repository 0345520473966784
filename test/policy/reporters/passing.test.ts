import type { Report, ReportContext } from '../../../policy/report';
import { githubReport } from '../../../policy/reporters/github';
import { jsonReport } from '../../../policy/reporters/json';
import { junitReport } from '../../../policy/reporters/junit';
import { markdownReport } from '../../../policy/reporters/markdown';
import { sarifReport } from '../../../policy/reporters/sarif';
import { textReport } from '../../../policy/reporters/text';
import { RULES } from '../../../policy/rules';
import { WAIVER_RULES } from '../../../policy/waivers';
import { renderTable } from '../../../cli/output';
import { context, finding, OF_EACH_KIND, portal, report, WAIVER } from '../../helpers/report';

const plain = (text: string) => text;
const style = { table: renderTable, bold: plain, dim: plain, red: plain, yellow: plain, green: plain };
const FORMATS: Readonly<Record<string, (report: Report, context: ReportContext) => string>> = {
  text: (one, about) => textReport(one, about, style),
  json: jsonReport,
  sarif: sarifReport,
  junit: junitReport,
  markdown: markdownReport,
  github: githubReport,
};

/** A policy check of Atlantis is taken to have failed when its output holds that word, in any form. */
describe.each(Object.entries(FORMATS))('a run that passes, as %s,', (format, render) => {
  const shut = portal({ dns: { ipv6: 'closed', reasons: ['publish AAAA'] }, health: { ipv6: 'unknown' } });

  test('has no "fail" in it', () => {
    expect(render(report(), context())).not.toMatch(/fail/i);
    expect(render(report([], [shut]), context())).not.toMatch(/fail/i);
  });

  test('has none with findings that do not count', () => {
    const aside = [
      finding({ result: 'unknown', message: 'a route may be hidden' }),
      finding({ result: 'waived', waiver: WAIVER }),
    ];
    const all = OF_EACH_KIND.filter(({ severity, known }) => severity === 'notice' || known);
    // Machines get the result of a notice as it is.
    const findings = format === 'json' ? aside : [...aside, ...all, finding({ severity: 'warning' })];

    expect(render(report(findings, [shut]), context())).not.toMatch(/fail/i);
  });
});

test('no rule says it in its own words; names of attributes are as they are', () => {
  const words = [...RULES, ...WAIVER_RULES].flatMap(({ id, title, why, fix }) =>
    [title, why, fix].map((text) => `${id}: ${text.replace(/`[^`]*`/g, '')}`),
  );

  expect(words.filter((text) => /fail/i.test(text))).toEqual([]);
});
