import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { TerraformStack } from 'cdktf';

/** Where AWS keeps what belongs to no region: certificates, web ACLs and metrics of CloudFront, keys of DNSSEC. */
export const GLOBAL_REGION = 'us-east-1';

/** What all AWS providers of a stack have in common, and the region of the first. */
export interface ProviderSettings {
  readonly region: string;

  /** The one account that they may work in. */
  readonly account: string;

  readonly tags: Readonly<Record<string, string>>;
}

/** The AWS providers of a stack: one for its region and, once something asks for it, one for `GLOBAL_REGION`. */
export class Providers {
  private readonly own: AwsProvider;
  private second: AwsProvider | undefined;

  constructor(
    private readonly stack: TerraformStack,
    private readonly settings: ProviderSettings,
  ) {
    this.own = this.define('aws', settings.region);
  }

  /** The provider for what has to be in `GLOBAL_REGION`. */
  public get global(): AwsProvider {
    if (this.settings.region === GLOBAL_REGION) return this.own;
    return (this.second ??= this.define(`aws-${GLOBAL_REGION}`, GLOBAL_REGION, GLOBAL_REGION));
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
