import type { Agency, Environment } from './schema';

/** Tags of all that a stack makes, by which a bill, a person or a policy tells whose a resource is. */
export function tagsOf(
  agency: Pick<Agency, 'id'>,
  environmentId: string,
  { dataLocation, securityLevel }: Pick<Environment, 'dataLocation' | 'securityLevel'>,
): Record<string, string> {
  return {
    agency: agency.id,
    environment: environmentId,
    'managed-by': 'portal6',
    'data-location': dataLocation,
    'security-level': String(securityLevel),
  };
}
