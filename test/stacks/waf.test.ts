import { judge } from '../../policy/check';
import { portalPaths } from '../../policy/levels';
import { readStackJson } from '../../policy/sources/stack-json';
import { CONTAINER, productionJson } from '../helpers/agency';
import { blocks } from '../helpers/blocks';
import { synthesized } from '../helpers/stacks';
import type { Synthesized } from '../helpers/synth';

type Portal = NonNullable<NonNullable<Parameters<typeof productionJson>[0]>['portals']>[string];
type Waf = Portal['waf'];

const OFFICE = ['203.0.113.0/24', '2001:db8::/48'];
const BAD = ['198.51.100.0/24', '2001:db8:bad::/48'];

const jsonOf = (waf: Waf, portal: Partial<Portal> = {}) =>
  productionJson({ portals: { portal: { ...CONTAINER, waf, ...portal } } });
const stackOf = (waf: Waf, portal: Partial<Portal> = {}): Synthesized => synthesized(jsonOf(waf, portal));
const STATIC: Partial<Portal> = { hosting: { type: 'static' }, aliases: [] };

test('without the key there is no web ACL', () => {
  expect(stackOf(undefined).resources.filter(({ type }) => type.startsWith('aws_wafv2_'))).toEqual([]);
});

test('a load balancer is guarded where it is', () => {
  const stack = stackOf({});

  expect(stack.only('aws_wafv2_web_acl_association')).toEqual({
    resource_arn: stack.ref('portals/portal/edge/Resource', 'arn'),
    web_acl_arn: stack.ref('portals/portal/waf/Resource', 'arn'),
  });
  expect(stack.at('portals/portal/waf/log-group').kms_key_id).toBe(stack.ref('data-key/Resource', 'arn'));
  expect(jsonOf({}).provider.aws).toHaveLength(1);
});

test('a distribution is guarded from us-east-1', () => {
  const stack = stackOf({ allow: OFFICE }, STATIC);

  expect(stack.only('aws_cloudfront_distribution').web_acl_id).toBe(
    stack.ref('portals/portal/waf-global/Resource', 'arn'),
  );
  expect(stack.only('aws_wafv2_web_acl')).toMatchObject({ scope: 'CLOUDFRONT', provider: 'aws.us-east-1' });
  expect(stack.at('portals/portal/waf-global/log-group')).toMatchObject({
    provider: 'aws.us-east-1',
    kms_key_id: stack.ref('data-key-us-east-1/Resource', 'arn'),
  });
  expect(stack.ofType('aws_wafv2_web_acl_association')).toEqual([]);
});

describe('behind an accelerator', () => {
  const asked = (waf: Waf) => stackOf(waf, { edge: 'accelerator' }).pathsOf('aws_route53_health_check').length;

  test('the load balancer is guarded, which sees who comes', () => {
    const stack = stackOf({ allow: OFFICE }, { edge: 'accelerator' });

    expect(stack.only('aws_wafv2_web_acl_association').resource_arn).toBe(
      stack.ref('portals/portal/edge/Resource', 'arn'),
    );
  });

  test('the addresses are asked from outside unless a list keeps Route 53 out', () => {
    expect(asked({ block: BAD })).toBe(asked(undefined));
    expect(asked({ allow: OFFICE })).toBe(1);
  });
});

test('what the file says reaches the rules', () => {
  const names = (waf: Waf) => blocks(stackOf(waf).only('aws_wafv2_web_acl').rule).map(({ name }) => name);

  expect(names({ managedRules: false, rateLimit: 'off', block: BAD })).toEqual(['probe', 'block']);
  expect(names({ managedRules: false, rateLimit: 100, allow: OFFICE })).toEqual(['probe', 'rate-limit', 'allow']);
  const [common] = blocks(stackOf({ managedRules: 'count' }).only('aws_wafv2_web_acl').rule).filter(
    ({ name }) => name === 'common',
  );
  expect(common?.override_action).toEqual({ count: {} });
});

test('the probe comes whoever else may, where there is one', () => {
  const probe = (waf: Waf, aaaa: 'off' | 'live') =>
    stackOf(waf, { publish: { aaaa } })
      .resources.filter(({ path }) => path === 'portals/portal/waf/probe')
      .map(({ attributes }) => attributes.addresses);

  expect(probe({ allow: OFFICE }, 'live')).toEqual([[stackOf({}).ref('probe/vpc', 'ipv6_cidr_block')]]);
  expect(probe({ allow: OFFICE }, 'off')).toEqual([]);
});

describe.each<[string, Partial<Portal>]>([
  ['a load balancer', {}],
  ['a distribution', STATIC],
])('before %s', (_, portal) => {
  const judged = (waf: Waf) => {
    const graph = readStackJson(jsonOf(waf, portal));
    const { findings, crashes } = judge(graph);
    expect(crashes).toEqual([]);
    const [path] = portalPaths(graph);
    return {
      findings: findings
        .filter(({ severity }) => severity !== 'notice')
        .map(({ rule, message }) => `${rule}: ${message}`),
      firewall: path!.hops.find(({ hop }) => hop === 'firewall'),
      level: path!.level,
    };
  };

  test.each<[string, Waf]>([
    ['the defaults', {}],
    ['lists of both families', { allow: OFFICE, block: BAD }],
  ])('rules have nothing above a notice to say of %s, and both families come in', (__, waf) => {
    expect(judged(waf)).toMatchObject({
      findings: [],
      firewall: { ipv4: { state: 'pass' }, ipv6: { state: 'pass' } },
      level: judged(undefined).level,
    });
  });

  test('who may come, by IPv4 alone, shuts IPv6 out', () => {
    const { findings, firewall, level } = judged({ allow: ['203.0.113.0/24'] });

    expect(findings).toEqual([
      expect.stringMatching(/^V6-WAF-001: rule allow names IPv4 addresses, but its set of IPv6/),
    ]);
    expect(firewall).toMatchObject({ ipv4: { state: 'pass' }, ipv6: { state: 'fail' } });
    expect(level).toBe(1);
  });

  test('who may not, by IPv4 alone, is said', () => {
    const { findings, firewall } = judged({ block: ['203.0.113.0/24'] });

    expect(findings).toEqual([expect.stringMatching(/^V6-WAF-001: rule block names IPv4 addresses, but/)]);
    expect(firewall).toMatchObject({ ipv4: { state: 'pass' }, ipv6: { state: 'pass' } });
  });
});
