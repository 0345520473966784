import { fingerprintOf } from '../../review/fingerprint';
import { productionJson } from '../helpers/agency';

const stack = (extra: object = {}) => ({
  '//': { metadata: { version: '0.21.0' } },
  resource: { aws_vpc: { v: { '//': { metadata: { path: 'a' } }, cidr_block: '10.0.0.0/20', ...extra } } },
});

test('the order of keys and what cdktf writes beside do not change it', () => {
  const other = {
    resource: { aws_vpc: { v: { cidr_block: '10.0.0.0/20' } } },
    '//': { metadata: { version: '0.22.0' } },
  };

  expect(fingerprintOf(other)).toBe(fingerprintOf(stack()));
});

test('any attribute changes it', () => {
  expect(fingerprintOf(stack({ tags: { a: '1' } }))).not.toBe(fingerprintOf(stack()));
});

test('the same configuration has the same one in every run', () => {
  expect(fingerprintOf(productionJson())).toBe(fingerprintOf(productionJson()));
  expect(fingerprintOf(productionJson())).toMatch(/^[0-9a-f]{64}$/);
});
