import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import { findInDirectory, readDirectory } from '../../config/directory';
import {
  DRAFT_RULES,
  draftAgency,
  type DraftDefaults,
  draftDefaults,
  type DraftedAgency,
  type DraftOptions,
  takenRanges,
} from '../../config/draft';
import { findIssues } from '../../config/issues';
import { loadFleet } from '../../config/load';
import { AGENCY_KINDS } from '../../config/schema';
import { didYouMean, suggest } from '../../config/suggest';
import { hostName, label, slug as slugRule } from '../../config/values';
import type { Cidr } from '../../core/cidr';
import { UserError } from '../../core/errors';
import { REGIONS } from '../../core/regions';
import { requireConfigFolder } from '../config-folder';
import type { Io, Question } from '../io';
import { writeWholeFile } from '../write-file';

/** What can be said by flags; the rest is asked for, or becomes a default or a placeholder. */
export interface InitFlags {
  readonly account?: string;
  readonly region?: string;
  readonly zoneId?: string;
  readonly zoneName?: string;
  readonly ipv4?: string;
  readonly contact?: string;
  readonly image?: string;
  readonly domain?: string;
  readonly nameVi?: string;
  readonly nameEn?: string;
  readonly kind?: string;
}

export interface InitOptions extends InitFlags {
  /** Folder of the agency files. */
  readonly config: string;
  /** Replace a file that is there. */
  readonly force?: boolean;
}

type Ask = (question: Question) => Promise<string>;

/**
 * Writes the file of a new agency.
 *
 * @param ask asks for what the flags leave open; left out, nothing is asked
 * @returns the file's name
 * @throws UserError
 */
export async function init(slug: string, options: InitOptions, ask?: Ask): Promise<string> {
  const { config, force = false } = options;
  requireConfigFolder(config);
  const agency = describeAgency(slug, options);
  const file = join(config, 'agencies', `${slug}.yaml`);
  refuseToOverwrite(file, force);

  const given: DraftOptions = { ...checkedFlags(options), taken: networksOfOthers(config, slug) };
  const text = draftAgency(agency, ask ? await askForRest(agency, given, ask) : given);
  // A person may take minutes to answer.
  refuseToOverwrite(file, force);
  writeWholeFile(file, text);
  return file;
}

export async function initCommand(
  slug: string,
  options: InitOptions & { readonly yes?: boolean },
  io: Io,
): Promise<number> {
  const terminal = Boolean(io.stdin.isTTY && io.stdout.isTTY);
  const file = await init(slug, options, terminal && !options.yes ? (io.ask ?? promptOn(io)) : undefined);
  io.stdout.write(`Wrote ${file}\n`);
  io.stderr.write(
    [
      '',
      'Next:',
      `  1. Replace what the file marks with "replace".`,
      `  2. portal6 validate ${slug}`,
      `  3. portal6 synth ${slug}`,
      '',
    ].join('\n'),
  );
  return 0;
}

/** The keys that are asked for, in this order, and how. */
const QUESTIONS: readonly { readonly key: keyof DraftDefaults; readonly message: string }[] = [
  { key: 'account', message: 'AWS account' },
  { key: 'region', message: 'AWS region' },
  { key: 'zoneId', message: 'Id of the hosted zone in Route 53' },
  { key: 'zoneName', message: 'Name of the hosted zone' },
  { key: 'ipv4', message: 'IPv4 block of the network' },
  { key: 'image', message: 'Container image' },
];

async function askForRest(agency: DraftedAgency, given: DraftOptions, ask: Ask): Promise<DraftOptions> {
  let known = given;
  for (const { key, message } of QUESTIONS) {
    if (given[key] !== undefined) continue;
    // An earlier answer decides a later default: the image's registry is the account's own.
    const proposal = draftDefaults(agency, known)[key];
    const answer = await ask({
      message,
      default: proposal,
      ...(key === 'region' && { choices: REGIONS }),
      check: (text) => complaint(DRAFT_RULES[key], text),
    });
    // A default that was only confirmed keeps its mark in the file.
    if (answer !== proposal) known = { ...known, [key]: answer };
  }
  return known;
}

function describeAgency(slug: string, flags: InitFlags): DraftedAgency {
  const { nameVi, nameEn, kind, domain } = flags;
  const entry = findInDirectory(slug);
  const missing = Object.entries({ 'name-vi': nameVi, 'name-en': nameEn, kind, domain })
    .filter(([, value]) => value === undefined)
    .map(([flag]) => `--${flag}`);
  if (!entry && missing.length > 0) throw unknownAgency(slug, missing);

  requireValid('slug', slugRule, slug);
  requireValid('--domain', hostName, domain);
  requireValid('--name-vi', label, nameVi);
  requireValid('--name-en', label, nameEn);
  if (kind !== undefined && !isKind(kind)) {
    throw new UserError(
      `--kind: write one of ${AGENCY_KINDS.join(', ')}, got: ${kind}${didYouMean(kind, AGENCY_KINDS)}`,
    );
  }
  return {
    slug,
    name: { vi: nameVi ?? entry!.name.vi, en: nameEn ?? entry!.name.en },
    kind: kind ?? entry!.kind,
    domain: domain ?? entry!.domain,
  };
}

function unknownAgency(slug: string, missing: readonly string[]): UserError {
  const known = similarAgency(slug);
  return new UserError(
    `${slug} is not in the directory of agencies${known ? `; did you mean \`${known}\`?` : ''}`,
    `of another agency say what it is (missing: ${missing.join(', ')}), for example:`,
    `  portal6 init sokhcn-hue --name-vi "Sở Khoa học và Công nghệ Huế" --name-en "Hue Department of Science and` +
      ` Technology" --kind other --domain sokhcn.hue.gov.vn`,
  );
}

/** Finds an agency also by its name or the first label of its domain: `Da Nang`, `Đà Nẵng` and `mst` have one each. */
function similarAgency(typed: string): string | undefined {
  const slugs = new Map<string, string>();
  for (const { slug, name, domain } of readDirectory()) {
    for (const key of [slug, domain.split('.')[0]!, plain(name.vi), plain(name.en)]) slugs.set(key, slug);
  }
  const key = suggest(plain(typed), [...slugs.keys()]);
  return key === undefined ? undefined : slugs.get(key);
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/gi, 'd')
    .toLowerCase()
    .replace(/^(thanh pho|tinh) | (city|province)$/g, '')
    .replace(/[^a-z0-9]/g, '');
}

function checkedFlags(flags: InitFlags): Partial<DraftDefaults> {
  const { account, region, zoneId, zoneName, ipv4, contact, image } = flags;
  requireValid('--account', DRAFT_RULES.account, account);
  requireValid('--region', DRAFT_RULES.region, region);
  requireValid('--zone-id', DRAFT_RULES.zoneId, zoneId);
  requireValid('--zone-name', DRAFT_RULES.zoneName, zoneName);
  requireValid('--ipv4', DRAFT_RULES.ipv4, ipv4);
  requireValid('--contact', DRAFT_RULES.contact, contact);
  requireValid('--image', DRAFT_RULES.image, image);
  return { account, region, zoneId, zoneName, ipv4, contact, image };
}

function requireValid(flag: string, rule: z.ZodType, value: string | undefined): void {
  const problem = value === undefined ? undefined : complaint(rule, value);
  if (problem === undefined) return;
  const named = [value!, JSON.stringify(value)].some((text) => problem.startsWith(text));
  throw new UserError(`${flag}: ${problem}${named ? '' : `, got: ${value}`}`);
}

function complaint(rule: z.ZodType, value: string): string | undefined {
  return findIssues(rule, value)[0]?.message;
}

function isKind(kind: string): kind is (typeof AGENCY_KINDS)[number] {
  return (AGENCY_KINDS as readonly string[]).includes(kind);
}

/** Files that do not load have no say: a draft must be possible while a colleague's file is broken. */
function networksOfOthers(config: string, slug: string): Cidr[] {
  try {
    const others = loadFleet(config).agencies.filter(({ id }) => id !== slug);
    return takenRanges(others.map((agency) => agency.config));
  } catch (error) {
    // The first agency of a fleet: there are no files yet.
    if (error instanceof UserError) return [];
    throw error;
  }
}

function refuseToOverwrite(file: string, force: boolean): void {
  // lstat, because a dangling link is something too.
  if (force || !lstatSync(file, { throwIfNoEntry: false })) return;
  throw new UserError(`${file} is already there; edit it, or replace it with --force`);
}

function promptOn({ stdin, stdout }: Io): Ask {
  return async ({ message, default: proposal, choices, check }) => {
    // Loaded here, because most runs ask nothing.
    const { input, search } = await import('@inquirer/prompts');
    const context = { input: stdin, output: stdout };
    try {
      if (!choices) {
        return await input({ message, default: proposal, validate: (text) => check(text) ?? true }, context);
      }
      const ordered = [proposal, ...choices.filter((choice) => choice !== proposal)];
      return await search(
        { message, source: (typed = '') => ordered.filter((choice) => choice.includes(typed)) },
        context,
      );
    } catch (error) {
      if ((error as Error).name === 'ExitPromptError') throw new UserError('stopped; nothing was written');
      throw error;
    }
  };
}
