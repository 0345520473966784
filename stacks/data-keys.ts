import type { TerraformStack } from 'cdktf';
import { DataKey } from '../constructs/data-key';
import { GLOBAL_REGION } from '../core/regions';
import type { Providers } from './providers';

/** What the data keys of a stack have in common. */
export interface DataKeySettings {
  /** Id of the stack. */
  readonly name: string;

  readonly region: string;
  readonly account: string;

  /** Let CloudFront read what is encrypted in the stack's region. */
  readonly distributions: boolean;

  readonly providers: Providers;
}

/** The stack's keys for data at rest, each made once something is encrypted with it: a key is good for one region. */
export class DataKeys {
  private own: DataKey | undefined;
  private global: DataKey | undefined;

  constructor(
    private readonly stack: TerraformStack,
    private readonly settings: DataKeySettings,
  ) {}

  /** ARN of the key in the stack's region. */
  public get arn(): string {
    const { name, region, account, distributions } = this.settings;
    this.own ??= new DataKey(this.stack, 'data-key', { name, region, account, distributions });
    return this.own.arn;
  }

  /** ARN of the key in `GLOBAL_REGION`. */
  public get globalArn(): string {
    const { name, region, account, providers } = this.settings;
    if (region === GLOBAL_REGION) return this.arn;
    this.global ??= new DataKey(this.stack, `data-key-${GLOBAL_REGION}`, {
      name,
      region: GLOBAL_REGION,
      account,
      provider: providers.global,
    });
    return this.global.arn;
  }
}
