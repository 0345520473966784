import { portalRows, whenLive } from '../../cli/portal-rows';
import type { AgencyFile } from '../../config/schema';
import { portalPaths } from '../../policy/levels';
import { agencyFile, CONTAINER, production } from '../helpers/agency';

/** The row of the one portal, as `synth` makes it. */
function rowOf(portal: Partial<typeof CONTAINER>) {
  const portals = { portal: { ...CONTAINER, ...portal } };
  const config: AgencyFile = agencyFile({ portals });
  const live = whenLive(config.environments.production!) && {
    portal: { ...portals.portal, publish: { aaaa: 'live' as const } },
  };
  const livePaths = live ? portalPaths(production({ portals: live })) : [];
  return portalRows(config, 'production', portalPaths(production({ portals })), livePaths)[0]!;
}

test('a portal that is live has its level, and no other', () => {
  expect(rowOf({})).toMatchObject({ ipv4: 'open', ipv6: 'open', level: 3 });
  expect(rowOf({})).not.toHaveProperty('atLeast');
  expect(rowOf({})).not.toHaveProperty('levelWhenLive');
});

test('a staged portal says where it is staged, and its level when live', () => {
  expect(rowOf({ publish: { aaaa: 'staged' } })).toMatchObject({
    ipv6: 'staged at v6.portal.hue.gov.vn',
    level: 0,
    levelWhenLive: 3,
    missing: ['verify v6.portal.hue.gov.vn, then set `aaaa: live`'],
  });
});

test('a portal whose zone is elsewhere is at a level or higher: records there cannot be seen', () => {
  const zone = { external: true as const };

  expect(rowOf({ zone })).toMatchObject({ ipv6: 'unknown at dns', level: 0, atLeast: true });
  expect(rowOf({ zone, publish: { aaaa: 'staged' } })).toMatchObject({ levelWhenLive: 0, atLeastWhenLive: true });
});

test('a portal whose zone is not delegated yet is nothing but that', () => {
  expect(rowOf({ zone: { create: true, delegated: false } })).toMatchObject({ ipv4: 'zone only', level: 0, hops: [] });
});
