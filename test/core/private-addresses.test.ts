import { parseCidr } from '../../core/cidr';
import { isOriginAddress, isPrivateRange, isPublicIpv4 } from '../../core/private-addresses';

test.each([
  ['10.0.0.0/8', true],
  ['172.31.0.0/16', true],
  ['192.168.7.0/24', true],
  ['172.32.0.0/16', false],
  ['100.64.0.0/10', false],
  ['9.0.0.0/7', false],
  ['2001:db8::/32', false],
])('%s is a private range: %s', (text, expected) => {
  expect(isPrivateRange(parseCidr(text)!)).toBe(expected);
});

test.each([
  ['10.1.2.3', true],
  ['100.127.255.255', true],
  ['100.128.0.0', false],
  ['203.0.113.9', false],
  ['2001:db8::1', false],
  ['10.1.2.3/32', false],
  ['origin.hue.gov.vn', false],
])('a load balancer reaches %s outside its VPC: %s', (address, expected) => {
  expect(isOriginAddress(address)).toBe(expected);
});

test.each([
  ['113.160.0.9', true],
  // In examples it stands for one.
  ['203.0.113.9', true],
  ['10.1.2.3', false],
  ['100.64.0.1', false],
  ['169.254.1.1', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['2001:db8::1', false],
  ['203.0.113.0/24', false],
  ['vpn.hue.gov.vn', false],
])('the Internet reaches %s over IPv4: %s', (address, expected) => {
  expect(isPublicIpv4(address)).toBe(expected);
});
