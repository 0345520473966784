import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Fleet, loadFleet } from '../../config/load';
import { byPlace, type Problem, type Severity } from '../../config/problem';
import { type AccountNeeds, accountNeeds, exceedsQuota, formatNeeds } from '../../config/quotas';
import type { Environment } from '../../config/schema';
import { didYouMean } from '../../config/suggest';
import { readWaivers, waiversOf } from '../../config/waivers';
import { today } from '../../core/days';
import { UserError } from '../../core/errors';
import { RULES } from '../../policy/rules';
import { concerns, isAboutRegistry } from '../concerns';
import { agencyIds } from '../config-folder';
import type { Io } from '../io';
import { colorsFor, plural, renderJson, renderProblems } from '../output';
import { requireRegistry } from '../selections';
import { isRegistry, parseTarget } from '../target';

export interface ValidateOptions {
  /** Folder of the agency files. */
  readonly config: string;
}

export interface Validation {
  /** Agencies that were looked at. */
  readonly agencies: readonly {
    readonly id: string;
    readonly valid: boolean;
    readonly environments: number;
    readonly portals: number;
  }[];
  /** The address registry, if it was looked at. */
  readonly registry?: { readonly valid: boolean; readonly pools: number };
  readonly problems: readonly Problem[];
  /** What the accounts of the valid agencies must allow. */
  readonly needs: readonly AccountNeeds[];
  /** The decisions by which valid environments keep data abroad. */
  readonly approvals: readonly (Approval & {
    /** As `agency/environment`. */
    readonly environment: string;
  })[];
}

type Approval = NonNullable<Environment['approval']>;

/**
 * Looks at the files of the agencies named and the registry's, or at all. The whole fleet is read either way, because an
 * agency's names and networks are held against those of the others.
 *
 * @throws UserError when an agency or the registry has no file.
 */
export function validate(names: readonly string[], { config }: ValidateOptions): Validation {
  const fleet = loadFleet(config);
  const all = existsSync(join(config, 'agencies')) ? agencyIds(config) : [];
  const registryNamed = names.some(isRegistry);
  if (registryNamed) requireRegistry(fleet, config);
  const unknown = names.find((name) => !isRegistry(name) && !all.includes(parseTarget(name, 1).agency));
  if (unknown !== undefined) {
    throw new UserError(`no agency \`${unknown}\` in ${join(config, 'agencies')}${didYouMean(unknown, all)}`);
  }
  const ids = names.length === 0 ? all : all.filter((id) => names.includes(id));
  const loaded = fleet.agencies.filter(({ id }) => ids.includes(id));
  const waivers = { knownRules: RULES.map(({ id }) => id), today: today() };
  const meant = (problem: Problem): boolean =>
    isAboutRegistry(problem, config)
      ? registryNamed || ids.some((id) => fleet.poolUsers.includes(id))
      : ids.some((id) => concerns(id, problem, config));
  const problems = byPlace([
    ...fleet.problems.filter((problem) => names.length === 0 || meant(problem)),
    ...loaded.flatMap((agency) => waiversOf(agency, waivers).problems),
  ]);
  return {
    agencies: ids.map((id) => {
      const environments = Object.values(loaded.find((agency) => agency.id === id)?.config.environments ?? {});
      return {
        id,
        valid:
          environments.length > 0 && !problems.some((problem) => isError(problem) && concerns(id, problem, config)),
        environments: environments.length,
        portals: environments.reduce((sum, { portals }) => sum + Object.keys(portals).length, 0),
      };
    }),
    ...(names.length === 0 || registryNamed ? { registry: registryIn(fleet, config) } : {}),
    // The waivers of the fleet make no agency's file wrong.
    problems: byPlace([...problems, ...readWaivers(config, waivers).problems]),
    needs: accountNeeds(loaded.map((agency) => agency.config)),
    approvals: loaded.flatMap(({ id, config: { environments } }) =>
      Object.entries(environments).flatMap(([environment, { dataLocation, approval }]) =>
        dataLocation === 'abroad' && approval ? [{ environment: `${id}/${environment}`, ...approval }] : [],
      ),
    ),
  };
}

function registryIn({ registry, problems }: Fleet, config: string): Validation['registry'] {
  if (registry) return { valid: registry.valid, pools: Object.keys(registry.config.pools).length };
  return problems.some((problem) => isAboutRegistry(problem, config)) ? { valid: false, pools: 0 } : undefined;
}

/** Prints problems and the summary as the result; on stderr, what the accounts must allow and who decided what. */
export async function validateCommand(
  names: readonly string[],
  options: ValidateOptions & { readonly format: 'text' | 'json' },
  io: Io,
): Promise<number> {
  const validation = validate(names, options);
  if (options.format === 'json') {
    io.stdout.write(renderJson({ version: 1, ...validation }));
  } else {
    io.stdout.write(renderProblems(validation.problems, colorsFor(io.stdout, io.env)));
    io.stdout.write(`${summary(validation)}\n`);
    io.stderr.write(needsText(validation, names.length > 0));
    io.stderr.write(approvalsText(validation, names.length > 0));
  }
  return validation.problems.some(isError) ? 2 : 0;
}

/** How many accounts or decisions are listed one by one; of more accounts, only those that need more than the usual. */
const LISTED_ACCOUNTS = 10;

function needsText({ needs }: Validation, always: boolean): string {
  if (needs.length === 0) return '';
  const listed = always || needs.length <= LISTED_ACCOUNTS ? needs : needs.filter(exceedsQuota);
  const rest = needs.length - listed.length;
  return [
    '\nWhat the accounts must allow, beside what else they hold (quotas of a new account):',
    ...listed.map((account) => `  ${formatNeeds(account)}`),
    ...(rest > 0 ? [`  ${plural(rest, 'more account')} within these quotas; name agencies to see theirs`] : []),
    '',
  ].join('\n');
}

/** What a state agency must not take it for: the law on data abroad is another matter. */
function approvalsText({ approvals }: Validation, always: boolean): string {
  if (approvals.length === 0) return '';
  const listed = always || approvals.length <= LISTED_ACCOUNTS ? approvals : [];
  const rest = approvals.length - listed.length;
  return [
    '\nData abroad, each by a decision that is a record, not a legal exemption:',
    ...listed.map(({ environment, number, date, signedBy }) => `  ${environment}: ${number} of ${date}, ${signedBy}`),
    ...(rest > 0 ? [`  ${plural(rest, 'environment')}; name agencies to see theirs`] : []),
    '',
  ].join('\n');
}

function summary({ agencies, registry, problems }: Validation): string {
  const count = (severity: Severity) => problems.filter((problem) => problem.severity === severity).length;
  const counts = (['error', 'warning', 'notice'] as const)
    .filter((severity) => count(severity) > 0)
    .map((severity) => plural(count(severity), severity))
    .join(', ');
  if (count('error') > 0) return `${counts} in ${plural(agencies.length + (registry ? 1 : 0), 'file')}`;

  const total = (key: 'environments' | 'portals') => agencies.reduce((sum, agency) => sum + agency[key], 0);
  const size = [
    plural(agencies.length, 'agency'),
    plural(total('environments'), 'environment'),
    plural(total('portals'), 'portal'),
    ...(registry ? [plural(registry.pools, 'group') + ' of address pools'] : []),
  ];
  return `${size.join(', ')}: valid${counts && `, with ${counts}`}`;
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}
