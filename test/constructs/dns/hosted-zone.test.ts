import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { HostedZone } from '../../../constructs/dns/hosted-zone';
import { synth } from '../../helpers/synth';

test('defines a public zone: no VPC is tied to it', () => {
  const stack = synth((scope) => new HostedZone(scope, 'Zone', { name: 'hue.gov.vn' }));

  expect(stack.only('aws_route53_zone')).toEqual({ name: 'hue.gov.vn', comment: 'Managed by portal6' });
});

test('gives its id to records, and its name servers to whoever looks after the parent zone', () => {
  const stack = synth((scope) => {
    const { zoneId, nameServers } = new HostedZone(scope, 'Zone', { name: 'hue.gov.vn' });
    new Route53Record(scope, 'delegation', { zoneId, name: 'hue.gov.vn', type: 'NS', records: nameServers });
  });

  expect(stack.at('delegation')).toMatchObject({
    zone_id: stack.ref('Zone/Resource', 'zone_id'),
    records: stack.ref('Zone/Resource', 'name_servers'),
  });
});
