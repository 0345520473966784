import { ExistingNetwork } from '../../../constructs/network/existing-network';
import { synth } from '../../helpers/synth';

const props = {
  vpc: 'vpc-0123456789abcdef0',
  ipv4: '10.1.0.0/16',
  ipv6: '2001:db8:1::/56',
  subnets: {
    public: [
      { id: 'subnet-public-c', zone: 'c', ipv6: '2001:db8:1:2::/64' },
      { id: 'subnet-public-a', zone: 'a', ipv6: '2001:db8:1::/64' },
    ],
    app: [
      { id: 'subnet-app-b', zone: 'b' },
      { id: 'subnet-app-c', zone: 'c' },
      { id: 'subnet-app-a', zone: 'a' },
    ],
  },
};

test('tells portals what they need to know, with subnets by zone however they were listed', () => {
  synth((scope) => {
    expect(new ExistingNetwork(scope, 'Network', props)).toMatchObject({
      vpcId: 'vpc-0123456789abcdef0',
      ipv4Cidr: '10.1.0.0/16',
      ipv6Cidr: '2001:db8:1::/56',
      publicSubnetIds: ['subnet-public-a', 'subnet-public-c'],
      publicSubnets: [
        { id: 'subnet-public-a', zone: 'a', ipv6Cidr: '2001:db8:1::/64' },
        { id: 'subnet-public-c', zone: 'c', ipv6Cidr: '2001:db8:1:2::/64' },
      ],
      appSubnetIds: ['subnet-app-a', 'subnet-app-b', 'subnet-app-c'],
      appSubnets: 'dual-stack',
      routes: [],
    });
  });
});

test('touches nothing that is there', () => {
  expect(synth((scope) => new ExistingNetwork(scope, 'Network', props)).resources).toEqual([]);
});

test('leaves the list it was given as it was', () => {
  const before = structuredClone(props);

  synth((scope) => new ExistingNetwork(scope, 'Network', props));

  expect(props).toEqual(before);
});
