import type { ReportFinding } from '../policy/report';
import { both, embedded, numberText } from './bilingual';
import { agencyCount, type BrokenFile, type Fleet } from './fleet';
import { sharedData, stackData } from './fleet-data';
import { fleetFindings } from './fleet-findings';
import { fleetScript } from './fleet-script';
import { FLEET_STYLE } from './fleet-style';
import { fleetTable } from './fleet-table';
import { FLEET_WORDS } from './fleet-words';
import type { Picture } from './gallery';
import { type Html, markup, raw } from './html';
import { LANGUAGES, type Language, type Text } from './language';
import { pageText } from './page';
import { LEVEL_WORDS, WORDS } from './words';

/** What the page says made it. */
export const FLEET_GENERATOR = 'portal6 report';

/**
 * The report of a fleet, in one file: what every portal is designed to be, the way to it, and what the rules found. It is
 * in both languages and opens in one. The same fleet gives the same text.
 *
 * Tables are HTML, so that they are there without the script and on paper. What is shown when a portal is opened is JSON,
 * a script element for each stack, which costs next to nothing until then: a thousand agencies open at once.
 *
 * @param pictures by the numbers that the stacks name
 */
export function fleetPage(fleet: Fleet, pictures: readonly Picture[], language: Language): string {
  const body = markup`${header(fleet)}
<main>
<div id="list">
${summary(fleet)}
${brokenFiles(fleet.broken)}
<h2 id="fleet-title">${both(FLEET_WORDS.fleet)}</h2>
${tools()}
<div class="note"><p>${both(FLEET_WORDS.legend)}</p><p id="shown" role="status"></p></div>
${fleetTable(fleet, findingsByStack(fleet))}
<p id="nothing" hidden>${both(FLEET_WORDS.nothing)}</p>
${fleetFindings(fleet)}
</div>
<article id="detail" aria-labelledby="detail-title" hidden></article>
</main>
${pictures.map(templates)}${data(fleet)}`;

  return pageText({
    language,
    title: FLEET_WORDS.title[language],
    description: FLEET_WORDS.description[language],
    body,
    style: FLEET_STYLE,
    script: fleetScript(),
    generator: FLEET_GENERATOR,
  });
}

function header({ date, version, report }: Fleet): Html {
  const { stacks, resources } = report.summary;
  return markup`<header>
<div class="top"><span class="soft">portal6 ${version}</span><button type="button" id="language" hidden><span class="en" lang="vi">${WORDS.otherLanguage.en}</span><span class="vi" lang="en">${WORDS.otherLanguage.vi}</span></button></div>
<h1>${both(FLEET_WORDS.title)}</h1>
<p class="soft">${both(FLEET_WORDS.made)} ${both(FLEET_WORDS.on)} <time datetime="${date}">${date}</time>: ${both(numberText(stacks))} ${both(FLEET_WORDS.stacks)}, ${both(numberText(resources))} ${both(WORDS.resources)}. ${both(WORDS.levelNote)}</p>
</header>`;
}

function summary(fleet: Fleet): Html {
  const { portals, errors, warnings, notices, unknown, waived } = fleet.report.summary;
  const tiles: readonly (readonly [string, Text, number])[] = [
    ['', FLEET_WORDS.agencies, agencyCount(fleet)],
    ['', FLEET_WORDS.portals, portals],
    ['error', FLEET_WORDS.errors, errors],
    ['warning', FLEET_WORDS.warnings, warnings],
    ['', FLEET_WORDS.notices, notices],
    ['', FLEET_WORDS.unknowns, unknown],
    ['', FLEET_WORDS.waived, waived],
  ];
  const levels = fleet.stacks.flatMap((stack) => stack.portals.map(({ level }) => level));
  const counts = LEVEL_WORDS.map((_, level) => levels.filter((one) => one === level).length);
  return markup`<section aria-labelledby="summary-title">
<h2 class="away" id="summary-title">${both(FLEET_WORDS.summary)}</h2>
<dl class="tiles">${tiles.map(([name, word, count]) => markup`<div class="${name}${count === 0 ? ' zero' : ''}"><dt>${both(word)}</dt><dd>${both(numberText(count))}</dd></div>`)}</dl>
<p>${both(FLEET_WORDS.levels)}</p>
<div class="bar" aria-hidden="true">${counts.map((count, level) => (count > 0 ? markup`<span class="l${level}" style="flex:${count}"></span>` : undefined))}</div>
<ul class="levels">${counts.map((count, level) => markup`<li><span class="dot l${level}" aria-hidden="true"></span>L${level} ${both(LEVEL_WORDS[level]!)}: <strong>${both(numberText(count))}</strong></li>`)}</ul>
</section>`;
}

function brokenFiles(broken: readonly BrokenFile[]): Html | undefined {
  if (broken.length === 0) return undefined;
  return markup`<section class="broken" aria-labelledby="broken-title">
<h2 id="broken-title">${both(FLEET_WORDS.broken)} (${both(numberText(broken.length))})</h2>
<p>${both(FLEET_WORDS.brokenNote)}</p>
<ul>
${broken.flatMap(({ problems }) => problems.map((problem) => markup`<li lang="en"><code>${problem}</code></li>\n`))}</ul>
</section>`;
}

/** What needs the script is hidden until that is there. */
function tools(): Html {
  const levels = LEVEL_WORDS.map(
    (_, level) => markup`<label><input type="radio" name="level" value="${level}">L${level}</label>`,
  );
  return markup`<form class="tools" id="tools" role="search" hidden>
<label class="search">${both(FLEET_WORDS.search)}<input type="search" id="search" autocomplete="off" spellcheck="false"></label>
<fieldset><legend>${both(FLEET_WORDS.filter)}</legend><label><input type="radio" name="level" value="" checked>${both(FLEET_WORDS.all)}</label>${levels}</fieldset>
</form>`;
}

function findingsByStack({ report }: Fleet): ReadonlyMap<string, readonly ReportFinding[]> {
  const found = new Map<string, ReportFinding[]>();
  for (const finding of report.findings) {
    const own = found.get(finding.stack) ?? [];
    own.push(finding);
    found.set(finding.stack, own);
  }
  return found;
}

function templates(picture: Picture, index: number): Html[] {
  return LANGUAGES.map(
    (language) => markup`<template id="picture-${index}-${language}">${raw(picture[language])}</template>\n`,
  );
}

function data(fleet: Fleet): Html[] {
  const findings = findingsByStack(fleet);
  return [
    island('shared', sharedData(fleet)),
    ...fleet.stacks.map((stack, index) =>
      island(`stack-${index}`, stackData(stack, findings.get(stack.stack) ?? [], fleet.rules)),
    ),
  ];
}

function island(id: string, value: unknown): Html {
  return markup`<script type="application/json" id="${id}">${raw(embedded(value))}</script>\n`;
}
