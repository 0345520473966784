import { RamPrincipalAssociation } from '@cdktf/provider-aws/lib/ram-principal-association';
import { RamResourceAssociation } from '@cdktf/provider-aws/lib/ram-resource-association';
import { RamResourceShare } from '@cdktf/provider-aws/lib/ram-resource-share';
import { Construct } from 'constructs';
import { invalidProp } from '../../core/errors';
import type { IpamPool } from './ipam-pool';

/** Properties for `PoolShare`. */
export interface PoolShareProps {
  /** Name of the share, which those see who are invited. */
  readonly name: string;

  /** What is shared, by family. */
  readonly pools: Readonly<Record<string, IpamPool>>;

  /** Accounts by their 12 digits, and organizations and their units by their ARNs. */
  readonly shareWith: readonly string[];

  /**
   * Let accounts be among them that are not in the organization of the registry; each has to accept an invitation.
   *
   * @default false
   */
  readonly outsideOrganization?: boolean;
}

/**
 * Lets other accounts draw from pools, by AWS RAM. In the home region of the IPAM, whatever region the pools are for
 * (https://docs.aws.amazon.com/vpc/latest/ipam/share-pool-ipam.html).
 */
export class PoolShare extends Construct {
  constructor(scope: Construct, id: string, { name, pools, shareWith, outsideOrganization = false }: PoolShareProps) {
    super(scope, id);
    if (shareWith.length === 0) throw invalidProp(this, 'shareWith', 'must name somebody', shareWith);

    const { arn } = new RamResourceShare(this, 'Resource', {
      name,
      allowExternalPrincipals: outsideOrganization,
      tags: { Name: name },
    });
    for (const [family, pool] of Object.entries(pools)) {
      new RamResourceAssociation(this, family, {
        resourceShareArn: arn,
        resourceArn: pool.arn,
        // Whoever sees the pool may draw from it at once.
        dependsOn: pool.range ? [pool.range] : undefined,
      });
    }
    for (const principal of shareWith) {
      new RamPrincipalAssociation(this, `with-${lastOf(principal)}`, { resourceShareArn: arn, principal });
    }
  }
}

/** The account, or the id of the organization or unit at the end of its ARN. */
function lastOf(principal: string): string {
  return principal.slice(principal.lastIndexOf('/') + 1);
}
