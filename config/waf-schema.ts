import * as z from 'zod';
import { parseCidr } from '../core/cidr';
import { range } from './values';

/** The part of `schema.ts` about the web ACL in front of a portal. */

/** What AWS WAF takes in one IP set. */
export const WAF_RANGES = 10_000;

const RATE_RULE = 'write a whole number of requests, 100 to 2000000000, or off';

const ranges = z
  .array(
    range.refine(
      (text) => parseCidr(text)?.prefix !== 0,
      'is everybody, which AWS WAF takes in no list; leave it out, or write two halves such as ::/1 and 8000::/1',
    ),
  )
  .refine((list) => new Set(list).size === list.length, 'name each range once')
  .refine(
    (list) => [true, false].every((ipv6) => list.filter((text) => text.includes(':') === ipv6).length <= WAF_RANGES),
    'name at most 10,000 ranges of each family, the most that AWS WAF takes in one list',
  );

export const waf = z
  .strictObject({
    managedRules: z
      .union([z.boolean(), z.literal('count')], { error: 'write true, false or count' })
      .default(true)
      .describe(
        "AWS's own rules: addresses of bad repute, requests that exploit known holes, and the usual attacks. `count` lets " +
          'all through and only logs what they would have done, to try them out. A body above 8 KiB is counted and never ' +
          'blocked, because citizens hand in documents.',
      ),
    rateLimit: z
      .union([z.int(RATE_RULE).min(100, RATE_RULE).max(2_000_000_000, RATE_RULE), z.literal('off')], {
        error: RATE_RULE,
      })
      .default(2000)
      .describe(
        'Requests that one address may make in five minutes; more get status 429. It is no exact limit. Over IPv4 many ' +
          'citizens can share one address (CGNAT). Over IPv6 it is weaker: AWS does not say how it sums up IPv6 addresses, ' +
          'and a household has a /64 of them or more, so that a client can change addresses. `off`: no limit.',
      ),
    allow: ranges
      .default([])
      .describe(
        'Who may come: both families in one list, of which nobody else may. It is asked per request and takes 10,000 ranges a ' +
          'family, where `allow` of the portal is asked per connection and takes 29. Default: everybody.',
      ),
    block: ranges
      .default([])
      .describe('Who may not come, even if `allow` has them: both families in one list. Default: nobody.'),
  })
  .describe(
    'A web ACL of AWS WAF in front of the portal: who may come, how often, and what is an attack. Each list becomes one set ' +
      'of IPv4 and one of IPv6 ranges. `{}` takes the defaults below. Default: no web ACL.',
  );
