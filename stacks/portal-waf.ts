import type { Construct } from 'constructs';
import { WebAcl } from '../constructs/edge/web-acl';
import type { PortalContext } from './portal-context';

const MANAGED_RULES = { true: 'block', false: 'off', count: 'count' } as const;

/**
 * The web ACL of a portal, where it asks for one.
 *
 * A portal that moves between a load balancer and CloudFront gets another: those are in two places.
 */
export function defineWebAcl(
  scope: Construct,
  { portal, name, probe, providers, dataKeys }: PortalContext,
  guarded: 'load-balancer' | 'distribution',
): WebAcl | undefined {
  if (!portal.waf) return undefined;
  const { managedRules, rateLimit, allow, block } = portal.waf;
  const rules = {
    name,
    managedRules: MANAGED_RULES[`${managedRules}`],
    rateLimit,
    allow,
    block,
    probe: portal.publish.aaaa === 'off' ? undefined : probe?.ipv6Cidr,
  };
  return guarded === 'load-balancer'
    ? new WebAcl(scope, 'waf', { ...rules, scope: 'REGIONAL', dataKeyArn: dataKeys.arn })
    : new WebAcl(scope, 'waf-global', {
        ...rules,
        scope: 'CLOUDFRONT',
        dataKeyArn: dataKeys.globalArn,
        provider: providers.global,
      });
}
