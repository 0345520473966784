import { pathChanges } from '../../review/path-changes';
import { CONTAINER, production } from '../helpers/agency';
import { plainStack } from '../helpers/plain-stack';

test('what is the same is not told', () => {
  expect(pathChanges(production(), production())).toEqual([]);
});

test('a name that loses its AAAA falls, and the hop says what it was', () => {
  const [change, ...others] = pathChanges(
    production(),
    production({ portals: { portal: { ...CONTAINER, publish: { aaaa: 'staged' } } } }),
  );

  expect(others).toEqual([]);
  expect(change).toMatchObject({ names: ['portal.hue.gov.vn', 'www.hue.gov.vn'], levelBefore: 'L3', levelAfter: 'L0' });
  expect(change!.hops.find(({ hop }) => hop === 'dns')).toEqual({
    hop: 'dns',
    ipv4: { before: 'open', after: 'open' },
    ipv6: { before: 'open', after: 'closed', was: ['AAAA portal.hue.gov.vn', 'AAAA www.hue.gov.vn'], is: [] },
  });
});

test('another port behind the same states is a change, too', () => {
  const hosting = { ...(CONTAINER.hosting as object), port: 9090 } as typeof CONTAINER.hosting;
  const [change] = pathChanges(production(), production({ portals: { portal: { ...CONTAINER, hosting } } }));

  expect(change!.hops.find(({ hop }) => hop === 'target')!.ipv6).toMatchObject({
    before: 'open',
    after: 'open',
    is: ['aws_lb_target_group ipv4, port 9090', 'aws_ecs_service'],
  });
});

test('a name that is new has no before, and one that is gone has no after', () => {
  const [none, one] = [production({ portals: {} }), production()];

  expect(pathChanges(none, one)).toMatchObject([{ levelAfter: 'L3' }]);
  expect(pathChanges(none, one)[0]).not.toHaveProperty('levelBefore');
  expect(pathChanges(one, undefined)).toMatchObject([{ levelBefore: 'L3' }]);
  expect(pathChanges(one, undefined)[0]).not.toHaveProperty('levelAfter');
});

test('what this input does not tell is unknown, and neither open nor closed', () => {
  const hidden = plainStack((resources) => {
    resources.aws_lb!.edge!.ip_address_type = '${var.type}';
  });
  const [change] = pathChanges(plainStack(), hidden);

  expect(change!.hops.find(({ hop }) => hop === 'edge')!.ipv6).toMatchObject({ before: 'open', after: 'unknown' });
});
