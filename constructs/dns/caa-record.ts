import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import { Construct } from 'constructs';

/** Properties for `CaaRecord`. */
export interface CaaRecordProps {
  readonly zoneId: string;

  /** Name that the rule holds for, names below it included. */
  readonly name: string;

  /** Certification authorities that may issue, e.g. `amazon.com`. */
  readonly authorities: readonly string[];
}

/** Which certification authorities may issue certificates for a name (RFC 8659); nobody may issue wildcards. */
export class CaaRecord extends Construct {
  constructor(scope: Construct, id: string, { zoneId, name, authorities }: CaaRecordProps) {
    super(scope, id);

    new Route53Record(this, 'Resource', {
      zoneId,
      name,
      type: 'CAA',
      ttl: 3600,
      records: [...authorities.map((authority) => `0 issue "${authority}"`), '0 issuewild ";"'],
    });
  }
}
