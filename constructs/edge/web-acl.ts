import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { Wafv2IpSet } from '@cdktf/provider-aws/lib/wafv2-ip-set';
import { Wafv2WebAcl, type Wafv2WebAclRule } from '@cdktf/provider-aws/lib/wafv2-web-acl';
import { Wafv2WebAclAssociation } from '@cdktf/provider-aws/lib/wafv2-web-acl-association';
import { Wafv2WebAclLoggingConfiguration } from '@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration';
import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { invalidProp } from '../../core/errors';
import { RETENTION_DAYS } from '../retention';
import { IpSetPair } from './ip-set-pair';

/** Properties for `WebAcl`. */
export interface WebAclProps {
  /** Name of the web ACL, and what those of its parts begin with; at most 100 letters, digits, `-` and `_`. */
  readonly name: string;

  /** What it guards: a load balancer, or a distribution, for which it has to be in us-east-1. */
  readonly scope: 'REGIONAL' | 'CLOUDFRONT';

  /**
   * What AWS's own rules do with an attack.
   *
   * @default 'block'
   */
  readonly managedRules?: 'block' | 'count' | 'off';

  /**
   * Requests in five minutes that one address may make, 100 to 2,000,000,000, or no limit.
   *
   * AWS counts by single address and does not say how it sums up IPv6 addresses. A household has a /64 or more of them,
   * so over IPv6 the limit is weaker.
   *
   * @default 2000
   */
  readonly rateLimit?: number | 'off';

  /**
   * Who may come: ranges of both families in canonical text, none of them /0, at most 10,000 of each.
   *
   * @default - everybody
   */
  readonly allow?: readonly string[];

  /**
   * Who may not come, even if `allow` has them: ranges as there.
   *
   * @default - nobody
   */
  readonly block?: readonly string[];

  /**
   * IPv6 block of the probe, whose requests no rule judges.
   *
   * @default - there is no probe
   */
  readonly probe?: string;

  /**
   * Key that encrypts the log at rest.
   *
   * @default - AWS's own key
   */
  readonly dataKeyArn?: string;

  /**
   * Provider of the region that it has to be in.
   *
   * @default - the stack's own
   */
  readonly provider?: TerraformProvider;
}

const RATE = { least: 100, most: 2_000_000_000, usual: 2000 };

/** Places of the rules, first to last. They are fixed, so that a rule that comes or goes moves no other. */
const PLACES = ['probe', 'block', 'rate-limit', 'ip-reputation', 'known-bad-inputs', 'common', 'allow'] as const;

type Place = (typeof PLACES)[number];

/**
 * AWS's groups of rules: addresses of bad repute, requests that exploit known holes, and the usual attacks. Together they
 * take 925 of the 1,500 units of capacity that a web ACL has without surcharge; all other rules here take 7 at most
 * (https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html).
 */
const MANAGED: readonly (readonly [place: Place, group: string, counted: readonly string[]])[] = [
  ['ip-reputation', 'AWSManagedRulesAmazonIpReputationList', []],
  ['known-bad-inputs', 'AWSManagedRulesKnownBadInputsRuleSet', []],
  // It refuses every body above 8 KiB, and citizens hand in documents.
  ['common', 'AWSManagedRulesCommonRuleSet', ['SizeRestrictions_BODY']],
];

/**
 * A web ACL of AWS WAF: lists of addresses, of both families from one list each, a rate limit, and AWS's own rules.
 *
 * It sees requests, so it guards application load balancers and distributions, but no network load balancer. What it
 * decided about each request is logged for a year, the client's address of either family in full.
 */
export class WebAcl extends Construct {
  public readonly arn: string;

  private readonly props: WebAclProps;

  constructor(scope: Construct, id: string, props: WebAclProps) {
    super(scope, id);
    this.props = props;
    this.requireName();
    const { name, allow = [], provider } = props;

    const rules = [
      ...this.probeRule(),
      ...this.listRule('block', { block: {} }),
      ...this.rateRule(),
      ...this.managedRules(),
      ...this.listRule('allow', { allow: {} }),
    ];
    const acl = new Wafv2WebAcl(this, 'Resource', {
      name,
      scope: props.scope,
      defaultAction: allow.length > 0 ? { block: {} } : { allow: {} },
      rule: rules,
      visibilityConfig: visibility(name),
      provider,
      lifecycle: { createBeforeDestroy: true },
    });
    this.arn = acl.arn;
    this.defineLog();
  }

  /** Puts it in front of a load balancer. A distribution names its web ACL itself. */
  public guard(loadBalancerArn: string): void {
    if (this.props.scope !== 'REGIONAL') {
      throw invalidProp(this, 'scope', 'must be REGIONAL to guard a load balancer', this.props.scope);
    }
    new Wafv2WebAclAssociation(this, 'association', {
      resourceArn: loadBalancerArn,
      webAclArn: this.arn,
      provider: this.props.provider,
    });
  }

  /** Its dozen requests a minute are below any limit; this is so that no list ends it and no repute falls on it. */
  private probeRule(): Wafv2WebAclRule[] {
    const { name, scope, probe, provider } = this.props;
    if (probe === undefined) return [];
    const set = new Wafv2IpSet(this, 'probe', {
      name: `${name}-probe`,
      scope,
      ipAddressVersion: 'IPV6',
      addresses: [probe],
      provider,
      lifecycle: { createBeforeDestroy: true },
    });
    return [this.rule('probe', { ip_set_reference_statement: { arn: set.arn } }, { action: { allow: {} } })];
  }

  private listRule(place: 'allow' | 'block', action: Wafv2WebAclRule['action']): Wafv2WebAclRule[] {
    const { name, scope, provider, [place]: ranges = [] } = this.props;
    if (ranges.length === 0) return [];
    const pair = new IpSetPair(this, place, { name: `${name}-${place}`, ranges, scope, provider });
    return [this.rule(place, pair.statement, { action })];
  }

  private rateRule(): Wafv2WebAclRule[] {
    const { rateLimit = RATE.usual } = this.props;
    if (rateLimit === 'off') return [];
    if (!Number.isInteger(rateLimit) || rateLimit < RATE.least || rateLimit > RATE.most) {
      throw invalidProp(this, 'rateLimit', 'must be a whole number, 100 to 2,000,000,000', rateLimit);
    }
    const statement = {
      rate_based_statement: { limit: rateLimit, aggregate_key_type: 'IP', evaluation_window_sec: 300 },
    };
    return [this.rule('rate-limit', statement, { action: { block: { customResponse: { responseCode: 429 } } } })];
  }

  private managedRules(): Wafv2WebAclRule[] {
    const { managedRules = 'block' } = this.props;
    if (managedRules === 'off') return [];
    return MANAGED.map(([place, group, counted]) =>
      this.rule(
        place,
        {
          managed_rule_group_statement: {
            vendor_name: 'AWS',
            name: group,
            rule_action_override: counted.map((name) => ({ name, action_to_use: { count: {} } })),
          },
        },
        { overrideAction: managedRules === 'count' ? { count: {} } : { none: {} } },
      ),
    );
  }

  private rule(
    place: Place,
    statement: object,
    action: Pick<Wafv2WebAclRule, 'action' | 'overrideAction'>,
  ): Wafv2WebAclRule {
    const visibilityConfig = visibility(`${this.props.name}-${place}`);
    return { name: place, priority: PLACES.indexOf(place), statement, visibilityConfig, ...action };
  }

  /** AWS lets WAF write to the group by a resource policy that it makes itself. */
  private defineLog(): void {
    const { name, dataKeyArn, provider } = this.props;
    const group = new CloudwatchLogGroup(this, 'log-group', {
      // Another beginning AWS refuses.
      name: `aws-waf-logs-${name}`,
      retentionInDays: RETENTION_DAYS,
      kmsKeyId: dataKeyArn,
      provider,
    });
    new Wafv2WebAclLoggingConfiguration(this, 'logging', {
      resourceArn: this.arn,
      logDestinationConfigs: [group.arn],
      redactedFields: ['authorization', 'cookie'].map((header) => ({ singleHeader: { name: header } })),
      provider,
    });
  }

  private requireName(): void {
    const { name } = this.props;
    if (/^[\w-]{1,100}$/.test(name)) return;
    throw invalidProp(this, 'name', 'must be 1 to 100 letters, digits, `-` and `_`', name);
  }
}

/** Metrics yes, samples no: they would show whole requests, cookies among them. The log leaves those out. */
function visibility(metricName: string): Wafv2WebAclRule['visibilityConfig'] {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: false };
}
