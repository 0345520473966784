import { Route53Record, type Route53RecordConfig } from '@cdktf/provider-aws/lib/route53-record';
import { type ITerraformDependable, Token } from 'cdktf';
import { Construct } from 'constructs';
import { invalidProp } from '../../core/errors';

/** What answers for a name, by the name and zone that AWS gave it. */
export interface AliasTarget {
  readonly dnsName: string;
  readonly zoneId: string;

  /**
   * Whether Route 53 can see how it is. It cannot of CloudFront
   * (https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html).
   *
   * @default true
   */
  readonly checkHealth?: boolean;
}

/** Properties for `DualStackAlias`. */
export interface DualStackAliasProps {
  /** Hosted zone that holds the records. */
  readonly zoneId: string;

  /** Full name to answer for, e.g. `portal.hue.gov.vn`. */
  readonly name: string;

  /** What answers over each family. */
  readonly targets: Readonly<Record<'A' | 'AAAA', AliasTarget>>;

  /**
   * Which records to define. One alone is for a name on its way: `A` while IPv6 is not published, `AAAA` for the name
   * by which IPv6 is verified first.
   *
   * @default ['A', 'AAAA']
   */
  readonly types?: readonly ('A' | 'AAAA')[];

  /**
   * Overwrite records of this name that are there already.
   *
   * @default false
   */
  readonly takeOver?: boolean;

  /**
   * Which of two answers for the name these records are: the one that Route 53 gives, or the one that it gives while the
   * first one's targets are all unhealthy
   * (https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-types.html).
   *
   * @default - the only one
   */
  readonly failover?: Failover;
}

/**
 * `healthCheckId` is for what Route 53 cannot see the health of by itself. `after` are the primary records: Route 53
 * refuses secondary ones beside records that are the only ones.
 */
export type Failover =
  | { readonly role: 'primary'; readonly healthCheckId?: string }
  | { readonly role: 'secondary'; readonly after: readonly ITerraformDependable[] };

/**
 * One name that resolves over IPv4 and over IPv6.
 *
 * Both records come from the same props, so the pair cannot drift apart.
 */
export class DualStackAlias extends Construct {
  public readonly records: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: DualStackAliasProps) {
    super(scope, id);
    const { zoneId, name, targets, types = ['A', 'AAAA'], takeOver = false, failover } = props;
    requireHostName(this, name);

    this.records = types.map((type) => {
      const { dnsName, zoneId: aliasZoneId, checkHealth = true } = targets[type];
      return new Route53Record(this, type, {
        zoneId,
        name,
        type,
        alias: { name: dnsName, zoneId: aliasZoneId, evaluateTargetHealth: checkHealth },
        ...(takeOver ? { allowOverwrite: true } : {}),
        ...(failover ? routingOf(failover) : {}),
      });
    });
  }
}

function routingOf(
  failover: Failover,
): Pick<Route53RecordConfig, 'setIdentifier' | 'failoverRoutingPolicy' | 'healthCheckId' | 'dependsOn'> {
  return {
    setIdentifier: failover.role,
    failoverRoutingPolicy: { type: failover.role === 'primary' ? 'PRIMARY' : 'SECONDARY' },
    ...(failover.role === 'secondary' ? { dependsOn: [...failover.after] } : { healthCheckId: failover.healthCheckId }),
  };
}

const HOST_NAME = /^([a-z0-9-]{1,63}\.)+[a-z][a-z0-9-]{0,62}$/;

function requireHostName(scope: Construct, name: string): void {
  if (Token.isUnresolved(name) || HOST_NAME.test(name)) return;
  throw invalidProp(scope, 'name', 'must be a full lower-case host name without a final dot', name);
}
