import { join } from 'node:path';
import type { LoadedAgency } from '../../config/load';
import type { Problem } from '../../config/problem';
import type { AgencyFile } from '../../config/schema';
import { stateStacks } from '../../config/state-buckets';
import { stagedName } from '../../core/names';
import { portalPaths } from '../../policy/levels';
import { levelLegend, levelText } from '../../policy/reporters/paths';
import { readStackFile, readStackJson } from '../../policy/sources/stack-json';
import { removeOtherStacks, stackJson, synthesize, type SynthesizedStack } from '../../stacks/synthesize';
import type { Io } from '../io';
import { colorsFor, plural, renderJson, renderProblems, renderTable } from '../output';
import { type PortalRow, portalRows, whenLive } from '../portal-rows';
import { select } from '../selections';
import { stepsBeside } from '../steps-beside';
import { writeWholeFile } from '../write-file';

export interface SynthOptions {
  /** Config folder. */
  readonly config: string;
  /** Folder to write to. */
  readonly out: string;
}

/** What was written, and what there is to say about it. */
export interface SynthResult {
  readonly problems: readonly Problem[];
  readonly stacks: readonly (SynthesizedStack & { readonly portals: readonly PortalRow[] })[];
  /** What a person has to do outside Terraform. */
  readonly steps: readonly string[];
  /** Folders of stacks that no file asks for any more and that hold more than synthesis wrote. */
  readonly kept: readonly string[];
}

/** Validates and synthesizes: every agency and the registry, or the targets alone. Neither prints nor exits. */
export function synth(targets: readonly string[], { config, out }: SynthOptions): SynthResult {
  const { fleet, selections } = select(targets, config);
  const byAgency = new Map(fleet.agencies.map((agency) => [agency.id, agency]));

  const stacks = synthesize(selections, out).map((stack) => {
    const { agency, environment } = stack;
    if (agency === undefined || environment === undefined) return { ...stack, portals: [] };
    const portals = designed(byAgency.get(agency)!, environment, stack.file);
    writeWholeFile(join(stack.directory, 'portals.json'), renderJson({ version: 1, stack: stack.id, portals }));
    return { ...stack, portals };
  });
  // A file with errors says nothing about its stacks, so nothing is stale for certain.
  const whole = targets.length === 0 && !hasErrors(fleet);
  // Stacks for states are asked for by the files, too, but written only when they are named.
  const wanted = [...stacks, ...stateStacks(fleet.states)].map(({ id }) => id);
  const kept = whole ? removeOtherStacks(out, new Set(wanted)) : [];
  const steps = [
    ...stacks.flatMap((stack) => stepsFor(byAgency.get(stack.agency ?? '')?.config, stack)),
    ...selections.flatMap((selection) => stepsBeside(selection, out)),
  ];
  return { problems: fleet.problems, stacks, steps, kept };
}

/** The command: table or JSON on stdout, what people should know on stderr. */
export async function synthCommand(
  targets: string[],
  options: SynthOptions & { readonly format: 'text' | 'json' },
  io: Io,
): Promise<number> {
  const result = synth(targets, options);
  const spoken = result.problems.filter(({ severity }) => severity !== 'notice');
  io.stderr.write(renderProblems(spoken, colorsFor(io.stderr, io.env)));
  for (const directory of result.kept) {
    io.stderr.write(`${directory} stays: no file asks for this stack, but the folder holds more than portal6 wrote\n`);
  }

  if (options.format === 'json') {
    io.stdout.write(renderJson({ version: 1, stacks: result.stacks, problems: result.problems }));
  } else if (result.stacks.length > 0) {
    const rows = result.stacks.flatMap(({ portals }) => portals);
    const table = rows.length > 0 ? [renderRows(rows, io)] : [];
    io.stdout.write([...table, ...result.steps.map((step) => `${step}\n`)].join('\n'));
    io.stderr.write(`\n${plural(result.stacks.length, 'stack')} written to ${options.out}\n`);
  }
  return hasErrors(result) ? 2 : 0;
}

function renderRows(rows: readonly PortalRow[], io: Io): string {
  const head = ['AGENCY', 'ENVIRONMENT', 'PORTAL', 'DOMAIN', 'IPV4', 'IPV6', 'DESIGNED', 'NEXT LEVEL ASKS'];
  const cells = rows.map((row) => [
    row.agency,
    row.environment,
    row.portal,
    row.domain,
    row.ipv4,
    row.ipv6,
    designedLevel(row),
    row.missing.join('; ') || '-',
  ]);
  const colors = colorsFor(io.stdout, io.env);
  const legend = levelLegend(rows.flatMap((row) => [levelText(row), whenLiveText(row) ?? '']));
  return `${renderTable(head, cells, colors)}${legend && `${colors.dim(legend)}\n`}`;
}

function designedLevel(row: PortalRow): string {
  const live = whenLiveText(row);
  return live === undefined ? levelText(row) : `${levelText(row)} (${live} when live)`;
}

function whenLiveText({ levelWhenLive: level, atLeastWhenLive: atLeast }: PortalRow): string | undefined {
  return level === undefined ? undefined : levelText({ level, atLeast });
}

function designed({ config, files }: LoadedAgency, environment: string, file: string): PortalRow[] {
  const paths = portalPaths(readStackFile(file));
  const live = whenLive(config.environments[environment]!);
  if (!live) return portalRows(config, environment, paths);
  const json = stackJson({ config: { ...config, environments: { [environment]: live } }, files });
  return portalRows(config, environment, paths, portalPaths(readStackJson(json)));
}

/** What Terraform cannot do: records in other people's zones. */
function stepsFor(config: AgencyFile | undefined, { id, environment, directory }: SynthesizedStack): string[] {
  const portals = environment === undefined ? undefined : config?.environments[environment]?.portals;
  return Object.entries(portals ?? {}).flatMap(([portal, { zone, domain, aliases }]) => {
    const name = portal.replaceAll('-', '_');
    if ('external' in zone) {
      return [
        `${id}: the zone of ${domain} is not in Route 53. To enter there, by hand:\n` +
          `  first, while apply waits for the certificate: its CNAMEs (AWS console, or terraform apply -target of the\n` +
          `  certificate and then terraform -chdir=${directory} output records_to_enter_${name})\n` +
          `  then ${[stagedName(domain), domain, ...aliases].map((host) => `${host} CNAME <load balancer>`).join(', ')}`,
      ];
    }
    if ('create' in zone && !zone.delegated) {
      return [
        `${id}: the zone ${domain} has to be delegated. After apply, terraform -chdir=${directory} output zone_${name}\n` +
          `  lists its name servers; once the parent zone points to them, set \`delegated: true\``,
      ];
    }
    return [];
  });
}

function hasErrors({ problems }: { readonly problems: readonly Problem[] }): boolean {
  return problems.some(({ severity }) => severity === 'error');
}
