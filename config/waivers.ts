import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { addDays, daysBetween } from '../core/days';
import { stackId } from '../core/names';
import { error, type Finding, formatPath, type Location, type Path, shorten } from './finding';
import { findIssues } from './issues';
import type { LoadedAgency } from './load';
import { byPlace, type Problem } from './problem';
import { type WaiverEntry, waiversSchema } from './schema';
import { readSource } from './source';
import { didYouMean } from './suggest';

/** A waiver as it is written, and where. */
export interface PlacedWaiver extends WaiverEntry {
  readonly source: Location;
  /** Ids of the stacks that it is for; absent where it is for all. */
  readonly stacks?: readonly string[];
}

/** Waivers, and what there is to say about them. */
export interface Waivers {
  /** Those without errors, in the order of the file. Expired ones are among them. */
  readonly waivers: readonly PlacedWaiver[];
  readonly problems: readonly Problem[];
}

/** What a waiver is held against beside its schema. */
export interface WaiverContext {
  /** Ids of the rules that there are. */
  readonly knownRules: readonly string[];
  /** As `2026-10-01`. */
  readonly today: string;
}

/** Nobody accepts a finding for good: within that time somebody has to look again. */
const MAX_DAYS = 365;

/** So the ids of findings about waivers themselves begin. */
const ABOUT_WAIVERS = 'V6-WVR-';

const waiversFile = z.strictObject({
  waivers: waiversSchema.describe('Write the waivers as a list, or [] where there are none.'),
});

/** Reads the waivers of the whole fleet, `waivers.yaml`. Without the file there are none. */
export function readWaivers(configDir: string, context: WaiverContext): Waivers {
  const path = join(configDir, 'waivers.yaml');
  if (!lstatSync(path, { throwIfNoEntry: false })) return { waivers: [], problems: [] };
  const source = readSource(path, '`waivers:`');
  // Comments alone are as good as no file.
  if (source.empty) return { waivers: [], problems: [] };
  if (!source.value) return { waivers: [], problems: source.problems };

  const { waivers: written } = source.value;
  const [first] = Object.keys(source.value);
  if (first !== undefined && Object.hasOwn(waiversSchema.element.shape, first)) {
    const message = `a waiver is an item of a list: write \`waivers:\` first, and each below it with \`- \``;
    return { waivers: [], problems: [place(error([first], message), source)] };
  }
  const items: unknown[] = Array.isArray(written) ? written : [];
  const issues = findIssues(waiversFile, source.value).map(({ path: at, message }) => error(at, message));
  const sound = items.map((item) => waiversSchema.element.safeParse(item).data);
  const { waivers, problems } = examine(sound, context, source);
  const said = issues.map((finding) => place(finding, source));
  return { waivers, problems: byPlace([...source.problems, ...said, ...problems]) };
}

/** The waivers of an agency's own file, which are for its stacks. */
export function waiversOf({ config, locate }: LoadedAgency, context: WaiverContext): Waivers {
  const { agency, environments, waivers: entries = [] } = config;
  const stacks = Object.keys(environments).map((environment) => stackId(agency.id, environment));
  const { waivers, problems } = examine(entries, context, { locate });
  return { waivers: waivers.map((waiver) => ({ ...waiver, stacks })), problems };
}

interface Locator {
  locate(path: Path): Location;
}

/** @param entries the waivers in the order of the file, undefined for those that break the schema */
function examine(entries: readonly (WaiverEntry | undefined)[], context: WaiverContext, locator: Locator): Waivers {
  const checked = entries.flatMap((entry, index) => {
    if (!entry) return [];
    const path = ['waivers', index];
    const earlier = entries.findIndex((other) => other?.rule === entry.rule && other.at === entry.at);
    const findings = [
      ...checkEntry(entry, context, path),
      ...(earlier < index ? [error(path, `is the same as waivers[${earlier}]; keep one`)] : []),
    ];
    return [{ waiver: { ...entry, source: locator.locate(path) }, findings }];
  });
  return {
    waivers: checked.flatMap(({ waiver, findings }) => (findings.length === 0 ? [waiver] : [])),
    problems: checked.flatMap(({ findings }) => findings.map((finding) => place(finding, locator))),
  };
}

function checkEntry({ rule, expires }: WaiverEntry, { knownRules, today }: WaiverContext, path: Path): Finding[] {
  const findings: Finding[] = [];
  if (rule.startsWith(ABOUT_WAIVERS)) {
    findings.push(error([...path, 'rule'], 'what the check says of waivers cannot be waived'));
  } else if (!knownRules.includes(rule)) {
    const hint = didYouMean(rule, knownRules) || '; `portal6 rules` lists them';
    findings.push(error([...path, 'rule'], `there is no rule \`${shorten(rule, 60)}\`${hint}`));
  }
  const days = daysBetween(today, expires);
  if (days > MAX_DAYS) {
    const latest = addDays(today, MAX_DAYS);
    const message = `is ${days} days off; a waiver lasts at most ${MAX_DAYS}: write ${latest} or an earlier day`;
    findings.push(error([...path, 'expires'], message));
  }
  return findings;
}

function place({ severity, path, message }: Finding, { locate }: Locator): Problem {
  return { severity, ...locate(path), path: formatPath(path), message };
}
