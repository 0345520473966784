import { CaaRecord } from '../../../constructs/dns/caa-record';
import { synth } from '../../helpers/synth';

test('names the authorities that may issue, and nobody for wildcards', () => {
  const stack = synth(
    (scope) =>
      new CaaRecord(scope, 'Caa', {
        zoneId: 'ZHUE',
        name: 'hue.gov.vn',
        authorities: ['amazon.com', 'letsencrypt.org'],
      }),
  );

  expect(stack.only('aws_route53_record')).toEqual({
    zone_id: 'ZHUE',
    name: 'hue.gov.vn',
    type: 'CAA',
    ttl: 3600,
    records: ['0 issue "amazon.com"', '0 issue "letsencrypt.org"', '0 issuewild ";"'],
  });
});
