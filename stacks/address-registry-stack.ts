import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { type RegistryFile, regionOf } from '../config/registry-schema';
import { AddressRegistry } from '../constructs/network/address-registry';
import { REGISTRY_STACK } from '../core/names';
import { output } from './output';
import { Providers } from './providers';
import { defineBackend, requireVersions } from './terraform-settings';

/** The pools that agencies get their addresses from: an account's IPAM, in a state of its own. */
export class AddressRegistryStack extends TerraformStack {
  constructor(scope: Construct, registry: RegistryFile) {
    super(scope, REGISTRY_STACK);
    const { account, region, operatingRegions, tier, provider, state, ipv4, ipv6, pools } = registry;
    new Providers(this, { region, account, tags: { 'managed-by': 'portal6' } });
    requireVersions(this, provider);
    defineBackend(this, REGISTRY_STACK, state, region);

    const { ipamId, topPoolIds, poolIds } = new AddressRegistry(this, 'registry', {
      name: REGISTRY_STACK,
      region,
      operatingRegions,
      tier,
      ipv4,
      ipv6,
      pools: Object.fromEntries(
        Object.entries(pools)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, pool]) => [name, { ...pool, region: regionOf(registry, pool) }]),
      ),
    });
    output(this, 'ipam', { id: ipamId, top_pools: topPoolIds });
    output(this, 'pools', poolIds);
  }
}
