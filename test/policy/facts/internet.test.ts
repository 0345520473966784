import { isOnInternet } from '../../../policy/facts/internet';

test.each([
  ['203.162.0.1', true],
  ['2406:DA18:0:0::10', true],
  ['10.0.0.1', false],
  ['100.64.0.1', false],
  ['203.0.113.1', false],
  ['fd00::1', false],
  ['fe80::1', false],
  ['64:ff9b::1', false],
  ['2001:db8::1', false],
  ['3fff::1', false],
  ['hue.gov.vn', false],
  ['203.162.0.1/32', false],
])('the Internet reaches %s: %s', (text, expected) => {
  expect(isOnInternet(text)).toBe(expected);
});
