import { Gallery } from '../../report/gallery';
import { topologyOf } from '../../report/topology';
import { CONTAINER, GATEWAY, production } from '../helpers/agency';

test('stacks that are built alike share a picture, in both languages, and keep their names', async () => {
  const gallery = new Gallery();
  const renamed = { ...CONTAINER, domain: 'cong.hue.gov.vn' };
  const references = [CONTAINER, renamed, GATEWAY].map((portal) =>
    gallery.add(topologyOf(production({ portals: { portal } }))),
  );
  const pictures = await gallery.draw();

  expect(references).toEqual([
    { index: 0, names: ['portal.hue.gov.vn'] },
    { index: 0, names: ['cong.hue.gov.vn'] },
    { index: 1, names: ['motcua.hue.gov.vn'] },
  ]);
  expect(pictures).toHaveLength(2);
  expect(pictures[0]!.en).toContain('Citizen');
  expect(pictures[0]!.vi).toContain('Người dân');
  expect(JSON.stringify(pictures)).not.toContain('gov.vn');
});
