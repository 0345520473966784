import { topologyOf } from '../../report/topology';
import { CONTAINER, GATEWAY, production } from '../helpers/agency';

/** Links as text, such as `ipv6 citizen ipv6 -AAAA-> name`, by kinds of nodes. */
function linksOf(environment: Parameters<typeof production>[0] = {}): string[] {
  const { nodes, links } = topologyOf(production(environment));
  const kind = (id: string): string => nodes.find((node) => node.id === id)!.kind;
  return links.map(
    ({ from, to, family, label, state }) =>
      `${family}: ${kind(from)} -${label ?? ''}-> ${kind(to)}${state === 'pass' ? '' : ` (${state})`}`,
  );
}

test('both families lead by the name to the load balancer, and each has its own way out', () => {
  expect(linksOf()).toEqual([
    'ipv4: citizen-ipv4 -A-> name',
    'ipv4: name --> application-load-balancer',
    'ipv6: citizen-ipv6 -AAAA-> name',
    'ipv6: name --> application-load-balancer',
    'ipv6: probe --> name',
    'ipv4: application-load-balancer --> tasks',
    'ipv4: tasks --> nat-gateway',
    'ipv4: nat-gateway --> internet',
    'ipv6: tasks --> egress-only-gateway',
    'ipv6: egress-only-gateway --> internet',
  ]);
});

test('tasks without IPv4 are reached over IPv6, and reach IPv4 by NAT64', () => {
  const links = linksOf({
    network: { ipv4: '10.46.0.0/20', appSubnets: 'ipv6-only' },
    portals: {
      portal: {
        ...CONTAINER,
        hosting: { type: 'container', image: '111122223333.dkr-ecr.ap-southeast-1.on.aws/portal:1' },
      },
    },
  });

  expect(links).toContain('ipv6: application-load-balancer --> tasks');
  expect(links).toContain('ipv6: tasks -NAT64-> nat-gateway');
  expect(links).not.toContain('ipv4: tasks --> nat-gateway');
});

test('instances are reached over IPv6', () => {
  const links = linksOf({
    portals: { portal: { ...CONTAINER, hosting: { type: 'instances', ami: 'ami-0123456789abcdef0' } } },
  });

  expect(links).toContain('ipv6: application-load-balancer --> instances');
});

test('a gateway leads over IPv4 to the data center, whichever family citizens come by', () => {
  const { nodes } = topologyOf(production({ portals: { portal: GATEWAY } }));

  expect(linksOf({ portals: { portal: GATEWAY } })).toEqual(
    expect.arrayContaining([
      'ipv6: name --> application-load-balancer',
      'ipv4: application-load-balancer --> transit-gateway',
      'ipv4: transit-gateway --> data-center',
    ]),
  );
  expect(nodes.find(({ kind }) => kind === 'data-center')?.lines).toEqual(['10.1.2.3']);
});

test('a staged portal is closed to citizens over IPv6, and asked by the probe', () => {
  const links = linksOf({ portals: { portal: { ...CONTAINER, publish: { aaaa: 'staged' } } } });

  expect(links).toContain('ipv6: citizen-ipv6 -AAAA-> name (fail)');
  expect(links).toContain('ipv6: probe --> name');
});

test('what an existing network hides is not drawn as open', () => {
  const subnet = (id: string, zone: 'a' | 'b', slot: string) => ({ id, zone, ipv6: `2001:db8:46:${slot}::/64` });
  const links = linksOf({
    network: {
      existing: {
        vpc: 'vpc-0123456789abcdef0',
        ipv4: '10.46.0.0/20',
        ipv6: '2001:db8:46::/56',
        subnets: {
          public: [subnet('subnet-00000001', 'a', '0'), subnet('subnet-00000002', 'b', '1')],
          app: [subnet('subnet-00000003', 'a', '10'), subnet('subnet-00000004', 'b', '11')],
        },
      },
    },
  });

  expect(links).toContain('ipv6: name --> application-load-balancer (unknown)');
});

test('boxes say what they hold: names, counts, zones and blocks', () => {
  const { nodes, vpc, zones } = topologyOf(production());

  expect(nodes.find(({ kind }) => kind === 'name')?.lines).toEqual(['portal.hue.gov.vn', 'www.hue.gov.vn']);
  expect(nodes.find(({ kind }) => kind === 'tasks')?.lines).toEqual(['2 – 10']);
  expect(nodes.find(({ kind }) => kind === 'nat-gateway')?.lines).toHaveLength(2);
  expect(vpc).toEqual(['10.46.0.0/20', 'IPv6 /56']);
  expect(zones).toEqual({ public: ['a', 'b'], app: ['a', 'b'] });
});

test('two portals of a stack share citizens, probe and network', () => {
  const { nodes } = topologyOf(production({ portals: { portal: CONTAINER, motcua: GATEWAY } }));
  const count = (kind: string) => nodes.filter((node) => node.kind === kind).length;

  expect([count('citizen-ipv6'), count('probe'), count('name'), count('application-load-balancer')]).toEqual([
    1, 1, 2, 2,
  ]);
});
