import { IpamPool } from '../../../constructs/network/ipam-pool';
import { PoolShare, type PoolShareProps } from '../../../constructs/network/pool-share';
import { synth } from '../../helpers/synth';

const ORGANIZATION = 'arn:aws:organizations::999900001111:organization/o-exampleorgid';
const UNIT = 'arn:aws:organizations::999900001111:ou/o-exampleorgid/ou-1a2b-12345678';

const share = (props: Partial<PoolShareProps> = {}) =>
  synth((scope) => {
    const common = { name: 'pool', scopeId: 'ipam-scope-1' };
    const pools = {
      ipv4: new IpamPool(scope, 'ipv4', { ...common, family: 'ipv4', range: { cidr: '10.0.0.0/10' } }),
      ipv6: new IpamPool(scope, 'ipv6', { ...common, family: 'ipv6' }),
    };
    new PoolShare(scope, 'share', { name: 'registry-provinces', pools, shareWith: ['111122223333'], ...props });
  });

test('shares each pool with each account, inside the organization alone', () => {
  const stack = share({ shareWith: ['111122223333', ORGANIZATION, UNIT] });
  const resource_share_arn = stack.ref('share/Resource', 'arn');

  expect(stack.at('share/Resource')).toEqual({
    name: 'registry-provinces',
    allow_external_principals: false,
    tags: { Name: 'registry-provinces' },
  });
  expect(stack.at('share/ipv6')).toEqual({ resource_share_arn, resource_arn: stack.ref('ipv6/Resource', 'arn') });
  expect(stack.pathsOf('aws_ram_principal_association')).toEqual([
    'share/with-111122223333',
    'share/with-o-exampleorgid',
    'share/with-ou-1a2b-12345678',
  ]);
  expect(stack.at('share/with-ou-1a2b-12345678')).toEqual({ resource_share_arn, principal: UNIT });
});

test('shares a pool once it has its range', () => {
  const stack = share();

  expect(stack.at('share/ipv4')).toMatchObject({ depends_on: [stack.addressOf('ipv4/range')] });
});

test('lets accounts of others in when that is asked for', () => {
  expect(share({ outsideOrganization: true }).at('share/Resource')).toMatchObject({ allow_external_principals: true });
});

test('fails when it is for nobody', () => {
  expect(() => share({ shareWith: [] })).toThrow('test/share: `shareWith` must name somebody, got: []');
});
