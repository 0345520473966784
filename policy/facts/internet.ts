import { AddressSet } from '../../core/address-set';
import { addressBits, contains, parseAddress, parseCidr } from '../../core/cidr';

/** Whether a text is an address that the Internet reaches, whoever has it. */
export function isOnInternet(text: string): boolean {
  const address = parseAddress(text);
  const range = address && parseCidr(`${text}/${addressBits(address.family)}`);
  if (!range || DOCUMENTATION.some((one) => contains(one, range))) return false;
  return AddressSet.internet(range.family).holds(range);
}

/** In 2000::/3, and in no network. */
const DOCUMENTATION = ['2001:db8::/32', '3fff::/20'].map((text) => parseCidr(text)!);
