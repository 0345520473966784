import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { healthOf } from '../config/portal-front';
import type { Front } from '../constructs/edge/front';
import { AddressHealth } from '../constructs/health/address-health';
import type { PortalContext } from './portal-context';

/** Where alarms of us-east-1 go, which alone has the metrics of health checks. */
export interface GlobalTopic {
  readonly alarmTopicArn: string;
  readonly provider: TerraformProvider;
}

/** Health checks of a portal's fixed addresses, if it has any. Route 53 asks from outside, so everybody has to be let in. */
export function defineAddressHealth(
  scope: Construct,
  { name, portal }: PortalContext,
  { addresses }: Front,
  topic: () => GlobalTopic,
): void {
  const { domain, publish, allow, waf, edge } = portal;
  // A web ACL that lists who may come lets Route 53 in no more than a firewall that does.
  if (!addresses || (waf && waf.allow.length > 0)) return;
  const asked = {
    A: allow.includes('0.0.0.0/0') ? addresses.A : [],
    AAAA: allow.includes('::/0') && publish.aaaa !== 'off' ? addresses.AAAA : [],
  };
  if (asked.A.length + asked.AAAA.length === 0) return;
  new AddressHealth(scope, 'address-health', {
    name,
    addresses: asked,
    probe: edge === 'network' ? 'connect' : { host: domain, path: healthOf(portal).path },
    ...topic(),
  });
}
