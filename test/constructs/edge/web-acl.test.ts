import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { WebAcl, type WebAclProps } from '../../../constructs/edge/web-acl';
import { blocks } from '../../helpers/blocks';
import { type Attributes, synth, type Synthesized } from '../../helpers/synth';

const NAME = 'hue-production--portal';
const ALB = 'arn:aws:elasticloadbalancing:ap-southeast-1:111122223333:loadbalancer/app/hue/1';

function webAcl(props: Partial<WebAclProps> = {}): Synthesized {
  return synth((scope) => new WebAcl(scope, 'Acl', { name: NAME, scope: 'REGIONAL', ...props }).guard(ALB));
}

const rulesOf = (stack: Synthesized): readonly Attributes[] => blocks(stack.only('aws_wafv2_web_acl').rule);

/** The names of the rules in their order. */
const namesOf = (stack: Synthesized): unknown[] =>
  [...rulesOf(stack)].sort((one, other) => Number(one.priority) - Number(other.priority)).map(({ name }) => name);

const ruleOf = (stack: Synthesized, name: string): Attributes => rulesOf(stack).find((rule) => rule.name === name)!;

const minimalStack = webAcl();
const office = ['203.0.113.0/24', '2001:db8::/48'];
const full = webAcl({ allow: office, block: ['198.51.100.0/24', '2001:db8:bad::/48'], probe: '2001:db8:1::/56' });

test('by default everybody may come, within a limit and by AWS’s rules', () => {
  expect(minimalStack.only('aws_wafv2_web_acl')).toMatchObject({
    name: NAME,
    scope: 'REGIONAL',
    default_action: { allow: {} },
    lifecycle: { create_before_destroy: true },
  });
  expect(namesOf(minimalStack)).toEqual(['rate-limit', 'ip-reputation', 'known-bad-inputs', 'common']);
  expect(minimalStack.ofType('aws_wafv2_ip_set')).toEqual([]);
});

test('guards a load balancer', () => {
  expect(minimalStack.only('aws_wafv2_web_acl_association')).toEqual({
    resource_arn: ALB,
    web_acl_arn: minimalStack.ref('Acl/Resource', 'arn'),
  });
});

test('fails to guard a load balancer from where distributions are guarded', () => {
  expect(() => webAcl({ scope: 'CLOUDFRONT' })).toThrow(
    'test/Acl: `scope` must be REGIONAL to guard a load balancer, got: "CLOUDFRONT"',
  );
});

describe('lists', () => {
  test('whom to keep out is asked first, whom to let in last, and nobody else comes', () => {
    expect(namesOf(full)).toEqual([
      'probe',
      'block',
      'rate-limit',
      'ip-reputation',
      'known-bad-inputs',
      'common',
      'allow',
    ]);
    expect(full.only('aws_wafv2_web_acl').default_action).toEqual({ block: {} });
  });

  test.each(['allow', 'block'] as const)('%s is one rule about both families', (list) => {
    expect(ruleOf(full, list)).toMatchObject({
      action: { [list]: {} },
      statement: {
        or_statement: {
          statement: ['ipv4', 'ipv6'].map((family) => ({
            ip_set_reference_statement: { arn: full.ref(`Acl/${list}/${family}`, 'arn') },
          })),
        },
      },
    });
    expect(full.at(`Acl/${list}/ipv6`).name).toBe(`${NAME}-${list}-ipv6`);
  });

  test('keeping somebody out lets all others in', () => {
    expect(webAcl({ block: office }).only('aws_wafv2_web_acl').default_action).toEqual({ allow: {} });
  });

  test('the probe comes whoever else may, and before anybody is judged', () => {
    expect(full.at('Acl/probe')).toMatchObject({ ip_address_version: 'IPV6', addresses: ['2001:db8:1::/56'] });
    expect(ruleOf(full, 'probe')).toMatchObject({
      priority: 0,
      action: { allow: {} },
      statement: { ip_set_reference_statement: { arn: full.ref('Acl/probe', 'arn') } },
    });
  });

  test('a rule that comes or goes moves no other', () => {
    const places = new Map(rulesOf(full).map(({ name, priority }) => [name, priority]));

    for (const rule of rulesOf(minimalStack)) expect(rule.priority).toBe(places.get(rule.name));
  });
});

describe('the rate limit', () => {
  test('counts by address in five minutes, and says 429', () => {
    expect(ruleOf(minimalStack, 'rate-limit')).toMatchObject({
      statement: { rate_based_statement: { limit: 2000, aggregate_key_type: 'IP', evaluation_window_sec: 300 } },
      action: { block: { custom_response: { response_code: 429 } } },
    });
  });

  test.each([100, 2_000_000_000])('may be %i', (rateLimit) => {
    expect(ruleOf(webAcl({ rateLimit }), 'rate-limit').statement).toMatchObject({
      rate_based_statement: { limit: rateLimit },
    });
  });

  test('may be off', () => {
    expect(namesOf(webAcl({ rateLimit: 'off' }))).not.toContain('rate-limit');
  });

  test.each([99, 2_000_000_001, 100.5])('fails for %d', (rateLimit) => {
    expect(() => webAcl({ rateLimit })).toThrow(
      `test/Acl: \`rateLimit\` must be a whole number, 100 to 2,000,000,000, got: ${rateLimit}`,
    );
  });
});

describe("AWS's rules", () => {
  const MANAGED = [
    ['ip-reputation', 'AWSManagedRulesAmazonIpReputationList'],
    ['known-bad-inputs', 'AWSManagedRulesKnownBadInputsRuleSet'],
    ['common', 'AWSManagedRulesCommonRuleSet'],
  ] as const;

  test.each(MANAGED)('%s are %s', (name, group) => {
    expect(ruleOf(minimalStack, name)).toMatchObject({
      statement: { managed_rule_group_statement: { vendor_name: 'AWS', name: group } },
      override_action: { none: {} },
    });
  });

  test('count a body above 8 KiB and let it through, because citizens hand in documents', () => {
    expect(ruleOf(minimalStack, 'common').statement).toMatchObject({
      managed_rule_group_statement: {
        rule_action_override: [{ name: 'SizeRestrictions_BODY', action_to_use: { count: {} } }],
      },
    });
  });

  test('may be tried out first', () => {
    const counting = webAcl({ managedRules: 'count' });

    for (const [name] of MANAGED) expect(ruleOf(counting, name).override_action).toEqual({ count: {} });
  });

  test('may be off', () => {
    expect(namesOf(webAcl({ managedRules: 'off' }))).toEqual(['rate-limit']);
  });
});

describe('the log', () => {
  test('is kept for a year, under a name that AWS takes', () => {
    expect(minimalStack.at('Acl/log-group')).toEqual({ name: `aws-waf-logs-${NAME}`, retention_in_days: 400 });
    expect(webAcl({ dataKeyArn: 'arn:aws:kms:key' }).at('Acl/log-group').kms_key_id).toBe('arn:aws:kms:key');
  });

  test('has all of a request but what lets somebody in: no address is hidden', () => {
    expect(minimalStack.only('aws_wafv2_web_acl_logging_configuration')).toEqual({
      resource_arn: minimalStack.ref('Acl/Resource', 'arn'),
      log_destination_configs: [minimalStack.ref('Acl/log-group', 'arn')],
      redacted_fields: [{ single_header: { name: 'authorization' } }, { single_header: { name: 'cookie' } }],
    });
  });

  test('there are metrics, and no samples, which would show cookies', () => {
    const configs = [minimalStack.only('aws_wafv2_web_acl'), ...rulesOf(full)].map((one) => one.visibility_config);

    expect(configs).toMatchObject(
      configs.map(() => ({ cloudwatch_metrics_enabled: true, sampled_requests_enabled: false })),
    );
    expect(ruleOf(full, 'block').visibility_config).toMatchObject({ metric_name: `${NAME}-block` });
  });
});

test('for a distribution all of it is in us-east-1', () => {
  const stack = synth((scope) => {
    const provider = new AwsProvider(scope, 'other', { region: 'us-east-1', alias: 'us-east-1' });
    new WebAcl(scope, 'Acl', { name: NAME, scope: 'CLOUDFRONT', allow: office, probe: '2001:db8:1::/56', provider });
  });

  expect(stack.resources.length).toBe(6);
  for (const { attributes } of stack.resources) expect(attributes.provider).toBe('aws.us-east-1');
  expect(stack.only('aws_wafv2_web_acl').scope).toBe('CLOUDFRONT');
  for (const { scope } of stack.ofType('aws_wafv2_ip_set')) expect(scope).toBe('CLOUDFRONT');
});

test('an association is where its web ACL is', () => {
  const stack = synth((scope) => {
    const provider = new AwsProvider(scope, 'other', { region: 'us-east-1', alias: 'us-east-1' });
    new WebAcl(scope, 'Acl', { name: NAME, scope: 'REGIONAL', provider }).guard(ALB);
  });

  expect(stack.only('aws_wafv2_web_acl_association').provider).toBe('aws.us-east-1');
});

test.each(['', 'cổng', 'a'.repeat(101)])('fails for the name %j', (name) => {
  expect(() => webAcl({ name })).toThrow('test/Acl: `name` must be 1 to 100 letters, digits, `-` and `_`, got: ');
});
