import { contains, formatCidr, overlaps, parseCidr } from '../../core/cidr';
import { enumerate, error, type Finding, type Path } from '../finding';
import type { AddressGatewayHosting } from '../portal-front';
import type { Network } from '../schema';
import { networkRange } from './network-range';

/** What a gateway to addresses has to keep by itself. */
export function checkGateway({ origin }: AddressGatewayHosting, path: Path): Finding[] {
  return origin.addresses.flatMap((address, index) =>
    origin.addresses.indexOf(address) < index
      ? [error([...path, 'origin', 'addresses', index], `${address} is in the list twice`)]
      : [],
  );
}

/** What a gateway to addresses has to keep where it is: the way to its origin. */
export function checkGatewayIn({ origin, connection }: AddressGatewayHosting, network: Network, path: Path): Finding[] {
  const findings: Finding[] = [];
  const vpcText = networkRange(network);
  const vpc = parseCidr(vpcText)!;
  if ('existing' in network && connection) {
    findings.push(error([...path, 'connection'], 'leave it out: an existing network keeps the routes it has'));
  } else if (!('existing' in network) && !connection) {
    const message =
      'is missing; say which way leads to the origin: { transitGateway: tgw-..., routes: [...] }, { vpnGateway: vgw-..., routes: [...] } or { vpn: { address: 203.0.113.9 }, routes: [...] }';
    findings.push(error([...path, 'connection'], message));
  }

  const routes = (connection?.routes ?? []).map((text) => ({ text, range: parseCidr(text)! }));
  routes.forEach(({ text, range }, index) => {
    const here = [...path, 'connection', 'routes', index];
    if (overlaps(vpc, range))
      findings.push(error(here, `${text} overlaps the VPC's own block, ${vpcText}; it could not be reached`));
    else if (routes.findIndex((other) => other.text === text) < index)
      findings.push(error(here, `${text} is in the list twice`));
  });
  origin.addresses.forEach((text, index) => {
    const here = [...path, 'origin', 'addresses', index];
    const address = parseCidr(`${text}/32`)!;
    if (contains(vpc, address)) {
      findings.push(error(here, `${text} is in the VPC's own block, ${vpcText}, not in the data center`));
    } else if (connection && !routes.some(({ range }) => contains(range, address))) {
      const listed = enumerate(routes.map(({ range }) => formatCidr(range)));
      findings.push(error(here, `${text} is in none of the routes of the connection, ${listed}`));
    }
  });
  return findings;
}
