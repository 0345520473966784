import { error, type Finding, type Path } from '../finding';
import { isDistributed } from '../portal-front';
import type { Portal } from '../schema';

/** Alarms that a portal asks for, but that nothing it has could raise. */
export function checkAlarms({ alarms, hosting, edge }: Portal, path: Path): Finding[] {
  const asked = (['errors', 'latency'] as const).filter((key) => alarms[key] !== undefined);
  if (isDistributed(hosting)) {
    if (!asked.includes('latency')) return [];
    return [error([...path, 'alarms', 'latency'], 'does not go with CloudFront, which does not count it; take it out')];
  }
  if (edge !== 'network') return [];
  return asked.map((key) =>
    error([...path, 'alarms', key], 'does not go with `edge: network`, which knows nothing of requests; take it out'),
  );
}
