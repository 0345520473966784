import { error, type Finding } from '../finding';
import { checkDistribution } from './distribution';
import { checkEnvironment } from './environment';
import { checkPortal } from './portal';
import { checkSigning } from './signing';
import type { Subject } from './subject';

/** Stacks that belong to no agency have these names. */
const RESERVED_AGENCIES = ['state', 'address-registry'];

/** What one agency's file has to keep beyond its schema. */
export function checkAgency({ id, agency, environments }: Subject): Finding[] {
  const findings: Finding[] = [];
  if (agency && agency.id !== id) {
    findings.push(
      error(['agency', 'id'], `the file is called \`${id}\`; write that, or rename it to ${agency.id}.yaml`),
    );
  }
  if (agency && RESERVED_AGENCIES.includes(agency.id)) {
    findings.push(error(['agency', 'id'], `\`${agency.id}\` is reserved for portal6's own stack; choose another id`));
  }
  if (agency && /^internal(-|$)/.test(agency.id)) {
    findings.push(
      error(['agency', 'id'], 'AWS refuses load balancers whose name begins with `internal-`; choose another'),
    );
  }
  for (const { id: environmentId, environment, portals } of environments) {
    const path = ['environments', environmentId];
    if (environmentId === 'state') {
      findings.push(
        error(path, "`state` is reserved for the stack of the agency's Terraform state; choose another name"),
      );
    }
    for (const { id: portalId, portal } of portals)
      findings.push(
        ...checkPortal(portal, [...path, 'portals', portalId]),
        ...checkDistribution(portal, [...path, 'portals', portalId]),
      );
    findings.push(...checkSigning(portals, path));
    if (environment) findings.push(...checkEnvironment(environment, path));
  }
  return [...findings, ...checkZones(environments)];
}

/** A hosted zone belongs to one account, and an environment writes records in its own account alone. */
function checkZones(environments: Subject['environments']): Finding[] {
  const owners = new Map<string, { readonly account: string; readonly environment: string }>();
  return environments.flatMap(({ id, environment, portals }) =>
    portals.flatMap(({ id: portalId, portal: { zone } }) => {
      if (!environment || !('id' in zone)) return [];
      const owner = owners.get(zone.id) ?? { account: environment.account, environment: id };
      owners.set(zone.id, owner);
      if (owner.account === environment.account) return [];
      const message = `${zone.id} is in account ${owner.account} for environments.${owner.environment}; a zone belongs to one account`;
      return [error(['environments', id, 'portals', portalId, 'zone', 'id'], message)];
    }),
  );
}
