import type { ReportFinding } from '../policy/report';
import { isOpen, placeOf, worstFirst } from '../policy/verdict';
import { both, english, partly } from './bilingual';
import type { Fleet } from './fleet';
import { titleText } from './fleet-data';
import { FLEET_WORDS } from './fleet-words';
import { linkTo } from './fleet-table';
import { type Html, markup } from './html';

/** All findings of the fleet, rule by rule, then what is not known, then what is waived. */
export function fleetFindings(fleet: Fleet): Html {
  const { findings } = fleet.report;
  const open = groupsOf(worstFirst(findings.filter(isOpen)));
  const unknown = groupsOf(findings.filter(({ result }) => result === 'unknown'));
  const waived = findings.filter(({ result }) => result === 'waived');
  const links = linksOf(fleet);
  return markup`<section id="findings" aria-labelledby="findings-title">
<h2 id="findings-title">${both(FLEET_WORDS.findings)}</h2>
<p class="soft">${both(open.length > 0 ? FLEET_WORDS.findingsNote : FLEET_WORDS.noFindings)}</p>
${open.map((group) => ruleSection(group, fleet, links))}${
    unknown.length > 0 ? markup`<h2>${both(FLEET_WORDS.unknown)}</h2>\n` : undefined
  }${unknown.map((group) => ruleSection(group, fleet, links))}<h2 id="waivers-title">${both(FLEET_WORDS.waivers)}</h2>
<p class="soft">${both(waived.length > 0 ? FLEET_WORDS.waiversNote : FLEET_WORDS.noWaivers)}</p>
${waived.length > 0 ? waiverTable(waived, links) : undefined}
</section>`;
}

/** Link to the first portal of each stack. */
type Links = ReadonlyMap<string, string>;

function linksOf({ stacks }: Fleet): Links {
  return new Map(stacks.map(({ stack, portals }) => [stack, linkTo(stack, portals[0])]));
}

/** Findings of one rule and weight, in the order of the first of each. */
function groupsOf(findings: readonly ReportFinding[]): ReportFinding[][] {
  const groups = new Map<string, ReportFinding[]>();
  for (const finding of findings) {
    const key = `${finding.rule} ${finding.severity}`;
    const group = groups.get(key) ?? [];
    group.push(finding);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** A row's height on a screen, so that what is not drawn yet takes about the place that it will. */
const ROW = 58;

function ruleSection(group: readonly ReportFinding[], { rules }: Fleet, links: Links): Html {
  const { rule: id, severity, result } = group[0]!;
  const rule = rules.find((one) => one.id === id);
  const heading = `rule-${id}-${severity}-${result}`;
  const word = result === 'unknown' ? FLEET_WORDS.isUnknown : FLEET_WORDS[severity];
  return markup`<div class="rule" style="contain-intrinsic-height:auto ${group.length * ROW + 220}px">
<h3 id="${heading}"><span class="count ${result === 'unknown' ? 'unknown' : severity}">${both(word)}</span> ${id} ${rule && partly(titleText(id, rule.title))}</h3>
${rule && markup`<p class="soft">${english(rule.why)}</p>\n<p><strong>${both(FLEET_WORDS.fix)}:</strong> ${english(rule.fix)}</p>\n`}<div class="scroll" role="region" tabindex="0" aria-labelledby="${heading}"><table>
<thead><tr><th scope="col">${both(FLEET_WORDS.where)}</th><th scope="col">${both(FLEET_WORDS.what)}</th></tr></thead>
<tbody>
${group.map((finding) => markup`<tr><td>${where(finding, links)}</td><td>${english(finding.message)}${ownFix(finding, rule?.fix)}</td></tr>\n`)}</tbody>
</table></div>
</div>
`;
}

function where(finding: ReportFinding, links: Links): Html {
  const { stack, address } = finding;
  const place = placeOf(finding);
  const link = links.get(stack);
  const name =
    link === undefined
      ? markup`${stack === '' ? both(FLEET_WORDS.everywhere) : stack}`
      : markup`<a href="${link}">${stack}</a>`;
  return markup`${name} <code>${address}</code>${place === undefined ? undefined : markup` <code>${place}</code>`}`;
}

function ownFix({ fix }: ReportFinding, common: string | undefined): Html | undefined {
  return fix === common ? undefined : markup`<br><strong>${both(FLEET_WORDS.fix)}:</strong> ${english(fix)}`;
}

function waiverTable(findings: readonly ReportFinding[], links: Links): Html {
  const { rule, where: place, what, reason, owner, expires } = FLEET_WORDS;
  const columns = [rule, place, what, reason, owner, expires];
  const rows = findings.map(
    (finding) =>
      markup`<tr><th scope="row">${finding.rule}</th><td>${where(finding, links)}</td><td>${english(finding.message)}</td><td>${finding.waiver?.reason}</td><td>${finding.waiver?.owner}</td><td class="day">${finding.waiver?.expires}</td></tr>\n`,
  );
  return markup`<div class="scroll" role="region" tabindex="0" aria-labelledby="waivers-title"><table>
<thead><tr>${columns.map((column) => markup`<th scope="col">${both(column)}</th>`)}</tr></thead>
<tbody>
${rows}</tbody>
</table></div>`;
}
