import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { TerraformStack } from 'cdktf';
import { GLOBAL_REGION } from '../core/regions';

/** What all AWS providers of a stack have in common, and the region of the first. */
export interface ProviderSettings {
  readonly region: string;

  /** The one account that they may work in. */
  readonly account: string;

  readonly tags: Readonly<Record<string, string>>;
}

/** The AWS providers of a stack: one for its region and, once something asks for it, one for another. */
export class Providers {
  private readonly byRegion = new Map<string, AwsProvider>();

  constructor(
    private readonly stack: TerraformStack,
    private readonly settings: ProviderSettings,
  ) {
    this.byRegion.set(settings.region, this.define('aws', settings.region));
  }

  /** The provider for what has to be in `GLOBAL_REGION`. */
  public get global(): AwsProvider {
    return this.in(GLOBAL_REGION);
  }

  /** The provider for what has to be in a region. */
  public in(region: string): AwsProvider {
    const provider = this.byRegion.get(region) ?? this.define(`aws-${region}`, region, region);
    this.byRegion.set(region, provider);
    return provider;
  }

  private define(id: string, region: string, alias?: string): AwsProvider {
    const { account, tags } = this.settings;
    return new AwsProvider(this.stack, id, {
      region,
      ...(alias === undefined ? {} : { alias }),
      allowedAccountIds: [account],
      defaultTags: [{ tags: { ...tags } }],
    });
  }
}
