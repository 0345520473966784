import { loadFleet } from '../../config/load';
import type { Problem } from '../../config/problem';
import { type PlannedBlock, type PoolRow, type RegistryPlan, registryPlan } from '../../config/registry-plan';
import type { RegistryFile } from '../../config/registry-schema';
import { UserError } from '../../core/errors';
import type { Io } from '../io';
import { colorsFor, renderCsv, renderJson, renderProblems, renderTable } from '../output';
import { requireRegistry } from '../selections';

export interface AddressPoolsOptions {
  /** Folder of the registry's file and the agency files. */
  readonly config: string;
}

/**
 * Which pool of the registry holds the blocks of which agencies, and what is free; undefined where the registry's file
 * does not say. Blocks of agencies whose files have other mistakes are among them.
 *
 * @throws UserError when there is no registry's file.
 */
export function addressPools({ config }: AddressPoolsOptions): {
  readonly registry?: RegistryFile;
  readonly plan?: RegistryPlan;
  readonly problems: readonly Problem[];
} {
  const fleet = loadFleet(config);
  requireRegistry(fleet, config);
  const { registry, problems } = fleet;
  if (!registry) return { problems };
  return { registry: registry.config, plan: registryPlan(registry.config, registry.networks), problems };
}

/** Prints the pools as the result, and on stderr what is wrong with the files. */
export async function addressPoolsCommand(
  target: string | undefined,
  options: AddressPoolsOptions & { readonly format: 'table' | 'json' | 'csv'; readonly ipv6Prefix?: string },
  io: Io,
): Promise<number> {
  if (target !== undefined || options.ipv6Prefix !== undefined) {
    throw new UserError('--registry shows all pools with all agencies: it takes no target, and no --ipv6-prefix');
  }
  const { registry, plan, problems } = addressPools(options);
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (registry && plan) {
    if (options.format === 'json') io.stdout.write(renderJson({ version: 1, ...plan }));
    else if (options.format === 'csv') io.stdout.write(renderCsv(COLUMNS, plan.pools));
    else io.stdout.write(planText(registry, plan, io));
  }
  io.stderr.write(renderProblems(errors, colorsFor(io.stderr, io.env)));
  return errors.length > 0 ? 2 : 0;
}

const COLUMNS = ['pool', 'family', 'region', 'range', 'block', 'held', 'free', 'room', 'next', 'id'] as const;

const FAMILIES = { ipv4: 'IPv4', ipv6: 'IPv6' } as const;

function planText(registry: RegistryFile, { pools, blocks, unassigned }: RegistryPlan, io: Io): string {
  const colors = colorsFor(io.stdout, io.env);
  const title = `${colors.bold('address registry')}  ${sourcesOf(registry)}\n`;
  const rest = unassigned.length > 0 ? `In no pool: ${unassigned.join(', ')}\n` : '';
  const poolTable = renderTable(
    ['pool', 'family', 'region', 'range', 'blocks', 'held', 'free', 'next free', 'id'],
    pools.map(poolCells),
    colors,
  );
  const blockTable = renderTable(
    ['agency', 'environment', 'family', 'block', 'pool'],
    blocks.map(({ agency, environment, family, block, pool }: PlannedBlock) => [
      agency,
      environment,
      FAMILIES[family],
      block,
      pool ?? '-',
    ]),
    colors,
  );
  return [title + poolTable + rest, ...(blocks.length > 0 ? [blockTable] : [])].join('\n');
}

function poolCells({ pool, family, region, range, block, held, free, room, next, id }: PoolRow): string[] {
  return [pool, FAMILIES[family], region, range, block, String(held), `${free} of ${room}`, next ?? '-', id ?? '-'];
}

function sourcesOf({ region, tier, ipv4, ipv6 }: RegistryFile): string {
  const source = ipv6 && ('amazon' in ipv6 ? `Amazon's /${ipv6.amazon.netmask} in each region` : ipv6.byoip.cidr);
  return [region, `${tier} tier`, ...(ipv4 ? [ipv4] : []), ...(source ? [`IPv6: ${source}`] : [])].join(', ');
}
