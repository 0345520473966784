import { askInVietnamese } from '../../report/asks-in-vietnamese';
import { stackView } from '../../report/stack-view';
import { CONTAINER, production } from '../helpers/agency';

test.each([
  ['publish AAAA for hue.gov.vn, www.hue.gov.vn', 'công bố bản ghi AAAA cho hue.gov.vn, www.hue.gov.vn'],
  ['publish A for a.vn; enable the distribution', 'công bố bản ghi A cho a.vn; bật CloudFront (distribution)'],
  ['run the application subnets IPv6-only', 'chạy các mạng con ứng dụng chỉ với IPv6'],
  ['open port 443 to IPv6 in the security group', 'mở cổng 443 cho IPv6 trong nhóm bảo mật (security group)'],
])('%s', (ask, vietnamese) => {
  expect(askInVietnamese(ask)).toBe(vietnamese);
});

test.each(['something new', 'publish AAAA for a.vn; something new', 'please publish AAAA for a.vn'])(
  'what is not known as a whole stays as it is: %s',
  (ask) => {
    expect(askInVietnamese(ask)).toBeUndefined();
  },
);

test.each([{ aaaa: 'staged' as const }, { aaaa: 'off' as const }])(
  'all that is asked of a portal can be said in Vietnamese while its AAAA is $aaaa',
  ({ aaaa }) => {
    const graph = production({ portals: { portal: { ...CONTAINER, publish: { aaaa } } } });
    const [portal] = stackView('hue-production', graph).portals;
    const reasons = portal!.hops.flatMap(({ ipv4, ipv6 }) => [ipv4.reason, ipv6.reason]);
    const asked = [...portal!.missing, ...reasons].filter((text) => text !== undefined);

    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((ask) => askInVietnamese(ask) === undefined)).toEqual([]);
  },
);
