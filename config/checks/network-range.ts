import type { Network } from '../schema';

/** IPv4 block of the VPC, built or adopted. */
export function networkRange(network: Network): string {
  return 'existing' in network ? network.existing.ipv4 : network.ipv4;
}

/** The same as a list: an environment may do without a VPC. */
export function networkRanges(network: Network | undefined): string[] {
  return network ? [networkRange(network)] : [];
}
