import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { StateStackPlan } from '../config/state-buckets';
import { StateBucket } from '../constructs/state/state-bucket';
import { output } from './output';
import { Providers } from './providers';
import { defineBackend, requireVersions } from './terraform-settings';

/**
 * The buckets for states of one account. Its own state is on the machine of whoever applies it: a bucket cannot hold that
 * before it is there.
 */
export class StateStack extends TerraformStack {
  constructor(scope: Construct, { id, holder, account, region, provider, buckets }: StateStackPlan) {
    super(scope, id);
    const tags = { agency: holder, 'managed-by': 'portal6' };
    const providers = new Providers(this, { region, account, tags });
    requireVersions(this, provider);
    defineBackend(this, id, undefined, region);

    const scopeOfBuckets = new Construct(this, 'buckets');
    for (const { name, region: own, guests } of buckets) {
      new StateBucket(scopeOfBuckets, name, { name, region: own, guests, provider: providers.in(own) });
    }
    output(
      this,
      'buckets',
      buckets.map(({ name, region: own }) => ({ name, region: own })),
    );
  }
}
