import { type Finding, type Path, warning } from '../finding';
import type { CheckedPortal } from './subject';

/** Signatures are trusted from the root down: below a zone that is not signed nobody looks at them. */
export function checkSigning(portals: readonly CheckedPortal[], path: Path): Finding[] {
  const zones = portals.flatMap(({ id, portal: { domain, zone } }) =>
    'create' in zone ? [{ id, name: domain, dnssec: zone.dnssec }] : [],
  );
  return zones.flatMap(({ id, name, dnssec }) => {
    if (dnssec !== true) return [];
    const [parent] = zones
      .filter((other) => name.endsWith(`.${other.name}`))
      .sort((one, other) => other.name.length - one.name.length);
    if (!parent || parent.dnssec !== false) return [];
    const message =
      `nobody looks at the signatures while the zone above, ${parent.name} of \`${parent.id}\`, is not signed; ` +
      'write `dnssec: true` there, too';
    return [warning([...path, 'portals', id, 'zone', 'dnssec'], message)];
  });
}
