import { addressRows, type AddressRow } from '../../config/address-table';
import { loadAgency, loadFleet, type LoadedAgency } from '../../config/load';
import type { Problem } from '../../config/problem';
import type { Environment } from '../../config/schema';
import { didYouMean } from '../../config/suggest';
import { UserError } from '../../core/errors';
import type { Io } from '../io';
import { colorsFor, plural, renderCsv, renderJson, renderProblems, renderTable } from '../output';
import { parseTarget, type Target } from '../target';

export interface AddressesOptions {
  /** Folder of the agency files. */
  readonly config: string;
  /** The IPv6 block that the network got; for one environment. */
  readonly ipv6Prefix?: string;
}

export interface EnvironmentAddresses {
  readonly agency: string;
  readonly environment: string;
  readonly region: string;
  readonly network: Environment['network'];
  readonly rows: readonly AddressRow[];
}

/** The address plan of the target, or of every agency; and what is wrong with the files that were read. */
export function addresses(
  text: string | undefined,
  { config, ipv6Prefix }: AddressesOptions,
): { readonly plans: readonly EnvironmentAddresses[]; readonly problems: readonly Problem[] } {
  const target = text === undefined ? undefined : parseTarget(text, 2);
  const fleet = target ? loadAgency(config, target.agency) : loadFleet(config);
  const chosen = fleet.agencies.flatMap((agency) => environmentsOf(agency, target));
  if (ipv6Prefix !== undefined && chosen.length !== 1) {
    throw new UserError(
      '--ipv6-prefix is the block of one network: name one environment, as in portal6 addresses hue/production',
    );
  }
  const plans = chosen.map(({ agency, id, environment }) => ({
    agency,
    environment: id,
    region: environment.region,
    network: environment.network,
    rows: addressRows(environment, { ipv6Prefix }),
  }));
  return { plans, problems: fleet.problems };
}

/** Prints the plans as the result, and on stderr what keeps a file's plan from being there. */
export async function addressesCommand(
  target: string | undefined,
  options: AddressesOptions & { readonly format: 'table' | 'json' | 'csv' },
  io: Io,
): Promise<number> {
  const { plans, problems } = addresses(target, options);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (options.format === 'json') io.stdout.write(renderJson({ version: 1, addresses: flat(plans) }));
  else if (options.format === 'csv') io.stdout.write(renderCsv(COLUMNS, flat(plans)));
  else io.stdout.write(plans.map((plan) => planText(plan, io)).join('\n'));
  io.stderr.write(renderProblems(errors, colorsFor(io.stderr, io.env)));
  return errors.length > 0 ? 2 : 0;
}

const COLUMNS = ['agency', 'environment', 'tier', 'zone', 'state', 'ipv4', 'ipv6', 'subnet'] as const;

function flat(plans: readonly EnvironmentAddresses[]): object[] {
  return plans.flatMap(({ agency, environment, rows }) => rows.map((row) => ({ agency, environment, ...row })));
}

function planText({ agency, environment, region, network, rows }: EnvironmentAddresses, io: Io): string {
  const colors = colorsFor(io.stdout, io.env);
  const title = colors.bold(`${agency}/${environment}`);
  if (!network) return `${title}  ${region}, no network: nothing in it needs one\n`;
  if ('existing' in network) {
    const { vpc, ipv4, ipv6 } = network.existing;
    const table = renderTable(
      ['tier', 'zone', 'subnet', 'IPv6'],
      rows.map((row) => [row.tier, row.zone, row.subnet ?? '', row.ipv6]),
      colors,
    );
    return `${title}  ${region}, existing ${vpc}, ${ipv4}, ${ipv6}\n${table}`;
  }
  const table = renderTable(
    ['tier', 'zone', 'state', 'IPv4', 'IPv6'],
    rows.map((row) => [row.tier, row.zone, row.state, row.ipv4 ?? '-', row.ipv6]),
    colors,
  );
  const source = network.ipv6 === 'amazon' ? "Amazon's /56" : `/${network.ipv6.netmask} of ${network.ipv6.pool}`;
  const zones = plural(network.zones, 'zone');
  return `${title}  ${region}, ${zones}, ${network.ipv4}, IPv6: ${source}\n${table}Tiers 6 and 7 are reserved.\n`;
}

function environmentsOf({ id, config }: LoadedAgency, target: Target | undefined): Chosen[] {
  const environments = Object.entries(config.environments);
  const wanted = target?.environment;
  if (wanted !== undefined && !environments.some(([name]) => name === wanted)) {
    const names = environments.map(([name]) => name);
    throw new UserError(
      `${id} has no environment ${wanted}${didYouMean(wanted, names) || `; it has ${names.join(', ')}`}`,
    );
  }
  return environments
    .filter(([name]) => wanted === undefined || name === wanted)
    .map(([name, environment]) => ({ agency: id, id: name, environment }));
}

interface Chosen {
  readonly agency: string;
  readonly id: string;
  readonly environment: Environment;
}
