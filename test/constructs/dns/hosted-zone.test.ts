import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
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

describe('below another zone of ours', () => {
  const zones = (announce?: boolean) =>
    synth((scope) => {
      const provider = new AwsProvider(scope, 'other', { region: 'us-east-1', alias: 'us-east-1' });
      const parent = new HostedZone(scope, 'Parent', { name: 'hue.gov.vn' });
      const zone = new HostedZone(scope, 'Zone', { name: 'motcua.hue.gov.vn' });
      if (announce !== undefined) {
        zone.sign({ name: 'hue', account: '111122223333', email: 'ipv6@hue.gov.vn', provider }, { announce });
      }
      zone.delegateFrom(parent);
      new Route53Record(scope, 'output', { zoneId: 'Z1', name: 'x', type: 'TXT', records: [zone.dsRecord ?? 'none'] });
    });

  test('the parent points to it', () => {
    const stack = zones();

    expect(stack.at('Zone/delegation')).toEqual({
      zone_id: stack.ref('Parent/Resource', 'zone_id'),
      name: 'motcua.hue.gov.vn',
      type: 'NS',
      ttl: 3600,
      records: `\${${stack.addressOf('Zone/Resource')}.name_servers}`,
    });
    expect(stack.pathsOf('aws_route53_record')).toEqual(['Zone/delegation', 'output']);
    expect(stack.at('output').records).toEqual(['none']);
  });

  test('the parent says that it is signed, once it is', () => {
    const stack = zones(true);
    const ds = stack.ref('Zone/signing/key-signing-key', 'ds_record');

    expect(stack.at('Zone/ds')).toEqual({
      zone_id: stack.ref('Parent/Resource', 'zone_id'),
      name: 'motcua.hue.gov.vn',
      type: 'DS',
      ttl: 300,
      records: [ds],
      depends_on: [stack.addressOf('Zone/signing/Resource')],
    });
    expect(stack.at('output').records).toEqual([ds]);
  });

  test('it may be signed before the parent says so, and after', () => {
    const stack = zones(false);

    expect(stack.pathsOf('aws_route53_hosted_zone_dnssec')).toEqual(['Zone/signing/Resource']);
    expect(stack.pathsOf('aws_route53_record')).toEqual(['Zone/delegation', 'output']);
    expect(stack.at('output').records).toEqual(['none']);
  });
});
