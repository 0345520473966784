import { type HopName, HOPS, type State } from '../policy/hops/hop';
import type { ReportFinding } from '../policy/report';
import { levelText } from '../policy/reporters/paths';
import { isOpen, SEVERITIES } from '../policy/verdict';
import { both, numberText } from './bilingual';
import { type Fleet, type FleetStack, isOf } from './fleet';
import { FLEET_WORDS } from './fleet-words';
import { HOP_WORDS } from './hop-words';
import { type Html, markup, raw } from './html';
import type { Text } from './language';
import type { PortalView } from './stack-view';

/** More names than this are counted; all of them are in the portal's own view, and found by a search. */
const MAX_NAMES = 4;

/** The table of all portals, a row for each; stacks without portals have one, too, for their findings. */
export function fleetTable({ stacks }: Fleet, findings: ReadonlyMap<string, readonly ReportFinding[]>): Html {
  const columns = [
    ...[FLEET_WORDS.agency, FLEET_WORDS.portal, FLEET_WORDS.level, FLEET_WORDS.environment],
    ...HOPS.map((hop) => HOP_WORDS[hop].name),
    FLEET_WORDS.openFindings,
  ];
  return markup`<div class="scroll" id="fleet" role="region" tabindex="0" aria-labelledby="fleet-title"><table class="fleet">
<thead><tr>${columns.map((column) => markup`<th scope="col">${both(column)}</th>`)}</tr></thead>
<tbody>
${stacks.map((stack, index) => rowsOf(stack, index, findings.get(stack.stack) ?? []))}</tbody>
</table></div>`;
}

/** Where a page has a portal: its fragment, and the id of its row. */
export function anchorOf(stack: string, portal?: Pick<PortalView, 'names' | 'edge'>): string {
  return `${stack}/${portal ? (portal.names[0] ?? portal.edge) : ''}`;
}

/** The fragment of a link to a portal. */
export function linkTo(stack: string, portal?: Pick<PortalView, 'names' | 'edge'>): string {
  return `#${anchorOf(stack, portal).split('/').map(encodeURIComponent).join('/')}`;
}

function rowsOf(stack: FleetStack, index: number, findings: readonly ReportFinding[]): Html[] {
  const portals = stack.portals.length > 0 ? stack.portals : [undefined];
  return portals.map((portal, at) => {
    const open = findings.filter((finding) => isOpen(finding) && isOf(portal?.construct, finding));
    const [level, path] = portal ? [levelCell(portal), HOPS.map((name) => hopCell(portal, name))] : [NO_LEVEL, NO_PATH];
    return markup`<tr id="${anchorOf(stack.stack, portal)}" data-stack="${index}" data-portal="${at}">${owner(stack)}<td>${names(stack, portal)}</td>${level}<td>${stack.environment}</td>${path}${weight(open)}</tr>\n`;
  });
}

function owner({ agency, stack }: FleetStack): Html {
  if (!agency) return markup`<th scope="row">${stack}</th>`;
  if (!agency.name) return markup`<th scope="row">${agency.id}</th>`;
  return markup`<th scope="row">${both(agency.name)} <span class="soft">${agency.id}</span></th>`;
}

function names({ stack }: FleetStack, portal: PortalView | undefined): Html {
  const link = linkTo(stack, portal);
  if (!portal) return markup`<a href="${link}">${both(FLEET_WORDS.noPortal)}</a>`;
  const [first = portal.edge, ...rest] = portal.names;
  const shown = rest.slice(0, MAX_NAMES - 1);
  const more = rest.slice(shown.length);
  const hidden =
    more.length > 0 ? markup`<br><span class="soft" data-more="${more.join(' ')}">+ ${more.length}</span>` : undefined;
  return markup`<a href="${link}">${first}</a>${shown.map((name) => markup`<br>${name}`)}${hidden}`;
}

/** A stack without a portal has neither a level nor hops. */
const NO_LEVEL = raw('<td data-value="-1"></td>');
const NO_PATH = raw('<td data-value="9"></td>'.repeat(HOPS.length));

function levelCell({ level, atLeast }: PortalView): Html {
  return markup`<td data-value="${level + (atLeast ? 0.5 : 0)}"><span class="level l${level}">${levelText({ level, atLeast })}</span></td>`;
}

const MARKS: Readonly<Record<State, string>> = { pass: '✓', unknown: '?', fail: '✗' };

/** How much a state weighs in a column that is sorted. */
const WEIGHTS: Readonly<Record<State, number>> = { pass: 0, unknown: 1, fail: 3 };

const NAMES: Readonly<Record<State, string>> = { pass: 'open', unknown: 'unknown', fail: 'closed' };

/** Short, and the same in every language: it is there some ten thousand times. */
function hopCell({ hops }: PortalView, name: HopName): Html {
  const hop = hops.find((one) => one.hop === name);
  const [ipv4, ipv6] = [hop?.ipv4.state ?? 'unknown', hop?.ipv6.state ?? 'unknown'];
  const value = WEIGHTS[ipv4] + WEIGHTS[ipv6];
  if (ipv4 === ipv6)
    return markup`<td class="${NAMES[ipv4]}" data-value="${value}">4${MARKS[ipv4]} 6${MARKS[ipv6]}</td>`;
  return markup`<td data-value="${value}"><span class="${NAMES[ipv4]}">4${MARKS[ipv4]}</span> <span class="${NAMES[ipv6]}">6${MARKS[ipv6]}</span></td>`;
}

const COUNTED: Readonly<Record<ReportFinding['severity'], { readonly one: Text; readonly many: Text }>> = {
  error: { one: { en: 'error', vi: 'lỗi' }, many: { en: 'errors', vi: 'lỗi' } },
  warning: { one: { en: 'warning', vi: 'cảnh báo' }, many: { en: 'warnings', vi: 'cảnh báo' } },
  notice: { one: { en: 'notice', vi: 'lưu ý' }, many: { en: 'notices', vi: 'lưu ý' } },
};

function weight(open: readonly ReportFinding[]): Html {
  const counts = SEVERITIES.map((severity) => open.filter((finding) => finding.severity === severity).length);
  const value = counts.reduce((total, count) => total * 10_000 + count, 0);
  const parts = SEVERITIES.flatMap((severity, index) => {
    const count = counts[index]!;
    const { one, many } = COUNTED[severity];
    return count === 0
      ? []
      : [markup`<span class="count ${severity}">${both(counted(count, count === 1 ? one : many))}</span>`];
  });
  return markup`<td data-value="${value}">${parts.length > 0 ? parts : '–'}</td>`;
}

function counted(count: number, noun: Text): Text {
  const { en, vi } = numberText(count);
  return { en: `${en} ${noun.en}`, vi: `${vi} ${noun.vi}` };
}
