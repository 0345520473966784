import { judge } from '../../../policy/check';
import type { Rule } from '../../../policy/rule';
import { rule as waf001 } from '../../../policy/rules/v6-waf-001';
import { rule as waf002 } from '../../../policy/rules/v6-waf-002';
import { rule as waf003 } from '../../../policy/rules/v6-waf-003';
import { rule as waf004 } from '../../../policy/rules/v6-waf-004';
import { readStackJson } from '../../../policy/sources/stack-json';
import type { PlainResources } from '../../helpers/plain-stack';

type Attributes = Record<string, unknown>;

function saysOf(about: Rule, resource: PlainResources): string[] {
  const { findings, crashes } = judge(readStackJson({ resource }), [about]);
  expect(crashes).toEqual([]);
  return findings.map(
    ({ result, severity, resource: { address }, message }) =>
      `${result === 'fail' ? severity : result} ${address}: ${message}`,
  );
}

const IPV4 = { ip_set_reference_statement: { arn: '${aws_wafv2_ip_set.v4.arn}' } };
const IPV6 = { ip_set_reference_statement: { arn: '${aws_wafv2_ip_set.v6.arn}' } };
const ELSEWHERE = { ip_set_reference_statement: { arn: 'arn:aws:wafv2:ap-southeast-1:111122223333:regional/ipset/x' } };
const URI = { byte_match_statement: { search_string: '/admin', positional_constraint: 'STARTS_WITH' } };

function rule(name: string, action: string, statement: Attributes): Attributes {
  return { name, action: { [action]: {} }, statement };
}

/** A web ACL before a dual-stack load balancer. */
function guarding(rules: readonly unknown[], others: PlainResources = {}): PlainResources {
  return {
    aws_lb: { portal: { ip_address_type: 'dualstack' } },
    aws_wafv2_web_acl_association: {
      a: { resource_arn: '${aws_lb.portal.arn}', web_acl_arn: '${aws_wafv2_web_acl.x.arn}' },
    },
    aws_wafv2_ip_set: {
      v4: { ip_address_version: 'IPV4', addresses: ['203.113.1.0/24'] },
      v6: { ip_address_version: 'IPV6', addresses: ['2405:4800:77::/48'] },
    },
    ...others,
    aws_wafv2_web_acl: { x: { default_action: { allow: {} }, rule: rules } },
  };
}

describe('V6-WAF-001', () => {
  const lone = (name: string) =>
    `error aws_wafv2_web_acl.x: rule ${name} knows IPv4 addresses alone (aws_wafv2_ip_set.v4): clients over IPv6 match none of them`;
  const unseen = 'unknown aws_wafv2_web_acl.x: whether IPv6 addresses are named, too, cannot be seen here';

  test.each<[string, readonly unknown[], PlainResources, string[]]>([
    ['a list of whom to keep out', [rule('bad', 'block', IPV4)], {}, [lone('bad')]],
    ['a list of whom to let in', [rule('ok', 'allow', IPV4)], {}, [lone('ok')]],
    ['both in one rule', [rule('ok', 'allow', { or_statement: { statement: [IPV4, IPV6] } })], {}, []],
    ['both in two rules of one purpose', [rule('a', 'block', IPV4), rule('b', 'block', IPV6)], {}, []],
    ['both in two rules of two purposes', [rule('a', 'block', IPV4), rule('b', 'allow', IPV6)], {}, [lone('a')]],
    [
      'a list deep in other statements',
      [
        rule('admin', 'block', {
          and_statement: [{ statement: [URI, { not_statement: { statement: [IPV4] } }] }],
        }),
      ],
      {},
      [lone('admin')],
    ],
    [
      'a list that narrows a limit',
      [rule('limit', 'block', { rate_based_statement: { limit: 100, scope_down_statement: IPV4 } })],
      {},
      [lone('limit')],
    ],
    ['counting', [rule('count', 'count', IPV4)], {}, []],
    [
      'a set elsewhere beside it',
      [rule('ok', 'allow', { or_statement: { statement: [IPV4, ELSEWHERE] } })],
      {},
      [unseen],
    ],
    ['sets elsewhere alone', [rule('ok', 'allow', ELSEWHERE)], {}, []],
    [
      'a rule group that is part of this input',
      [
        {
          name: 'group',
          override_action: { none: {} },
          statement: { rule_group_reference_statement: { arn: '${aws_wafv2_rule_group.g.arn}' } },
        },
      ],
      { aws_wafv2_rule_group: { g: { rule: [rule('inner', 'block', IPV4)] } } },
      [lone('inner')],
    ],
    [
      'a set elsewhere in another rule',
      [rule('bad', 'block', IPV4), rule('worse', 'block', ELSEWHERE), rule('ok', 'allow', IPV6)],
      {},
      [unseen],
    ],
    [
      'sets of IPv6 in rules of their own, and rules without sets',
      [rule('six', 'allow', IPV6), rule('admin', 'block', URI)],
      {},
      [],
    ],
    [
      'a rule group elsewhere beside it',
      [
        rule('bad', 'block', IPV4),
        { name: 'group', statement: { rule_group_reference_statement: { arn: 'arn:aws:wafv2:x' } } },
      ],
      {},
      [unseen],
    ],
    ['rules that only apply will know', ['${var.rule}', rule('bad', 'block', IPV4)], {}, [unseen]],
  ])('%s', (_, rules, others, expected) => {
    expect(saysOf(waf001, guarding(rules, others))).toEqual(expected);
  });

  describe('with both sets in one rule', () => {
    const both = { or_statement: { statement: [IPV4, IPV6] } };
    const half = (family: string, other: string, set: string) =>
      `aws_wafv2_web_acl.x: rule r names ${family} addresses, but its set of ${other} addresses, aws_wafv2_ip_set.${set}, is empty: clients over ${other} match none`;
    const ipv4Alone = half('IPv4', 'IPv6', 'v6');
    const ipv6Alone = half('IPv6', 'IPv4', 'v4');
    const PROBE = '${aws_vpc.probe.ipv6_cidr_block}';
    const office = ['203.113.1.0/24'];
    const office6 = ['2405:4800:77::/48'];

    test.each<[string, string, string[], string[], string[]]>([
      ['whom to let in', 'allow', office, office6, []],
      ['whom to let in, without IPv6', 'allow', office, [], [`error ${ipv4Alone}`]],
      ['whom to let in, without IPv4', 'allow', [], office6, [`warning ${ipv6Alone}`]],
      ['whom to keep out, without IPv6', 'block', office, [], [`warning ${ipv4Alone}`]],
      ['whom to keep out, without IPv4', 'block', [], office6, [`warning ${ipv6Alone}`]],
      ['nobody', 'allow', [], [], []],
      ['the probe beside the office', 'allow', office, [PROBE], [`error ${ipv4Alone}`]],
    ])('that say %s', (_, action, v4, v6, expected) => {
      const sets = {
        aws_vpc: { probe: { assign_generated_ipv6_cidr_block: true } },
        aws_wafv2_ip_set: {
          v4: { ip_address_version: 'IPV4', addresses: v4 },
          v6: { ip_address_version: 'IPV6', addresses: v6 },
        },
      };

      expect(saysOf(waf001, guarding([rule('r', action, both)], sets))).toEqual(expected);
    });

    test('what something else fills is not known', () => {
      const filled = { addresses: [], lifecycle: { ignore_changes: ['addresses'] } };
      const sets = {
        aws_wafv2_ip_set: {
          v4: { ip_address_version: 'IPV4', addresses: office },
          v6: { ip_address_version: 'IPV6', ...filled },
        },
      };

      expect(saysOf(waf001, guarding([rule('r', 'allow', both)], sets))).toEqual([
        'unknown aws_wafv2_web_acl.x: what is in the IP sets is not said here',
      ]);
    });

    test('a set of the wrong family is one finding', () => {
      const sets = {
        aws_wafv2_ip_set: {
          v4: { ip_address_version: 'IPV4', addresses: office },
          v6: { ip_address_version: 'IPV4', addresses: office6 },
        },
      };
      const { findings } = judge(readStackJson({ resource: guarding([rule('r', 'allow', both)], sets) }), [
        waf001,
        waf002,
      ]);

      expect(findings.map(({ rule: id }) => id)).toEqual(['V6-WAF-002']);
    });

    test("the probe's own rule is no pair of anybody's", () => {
      const sets = {
        aws_vpc: { probe: { assign_generated_ipv6_cidr_block: true } },
        aws_wafv2_ip_set: {
          v4: { ip_address_version: 'IPV4', addresses: office },
          v6: { ip_address_version: 'IPV6', addresses: [PROBE] },
        },
      };

      expect(saysOf(waf001, guarding([rule('p', 'allow', IPV6), rule('r', 'allow', IPV4)], sets))).toEqual([lone('r')]);
    });
  });

  const bad = [rule('bad', 'block', IPV4)];

  test.each<[string, PlainResources, string[]]>([
    ['nobody', { aws_wafv2_web_acl_association: {} }, []],
    ['an IPv4 load balancer', { aws_lb: { portal: {} } }, []],
    ['a load balancer elsewhere', { aws_lb: {} }, [unseen]],
    [
      'what a variable says',
      {
        aws_wafv2_web_acl_association: {
          a: { resource_arn: '${var.arn}', web_acl_arn: '${aws_wafv2_web_acl.x.arn}' },
        },
        aws_lb: { one: {}, other: {} },
      },
      [unseen],
    ],
    [
      'a distribution',
      {
        aws_wafv2_web_acl_association: {},
        aws_cloudfront_distribution: { d: { web_acl_id: '${aws_wafv2_web_acl.x.arn}', is_ipv6_enabled: true } },
      },
      [lone('bad')],
    ],
    [
      'a distribution without IPv6',
      {
        aws_wafv2_web_acl_association: {},
        aws_cloudfront_distribution: { d: { web_acl_id: '${aws_wafv2_web_acl.x.arn}' } },
      },
      [],
    ],
  ])('before %s', (_, others, expected) => {
    expect(saysOf(waf001, guarding(bad, others))).toEqual(expected);
  });
});

describe('V6-WAF-002', () => {
  test.each<[string, unknown, string[]]>([
    ['IPV4', ['203.113.1.0/24', '203.113.2.1/32'], []],
    ['IPV6', ['2405:4800::/32', '::/1'], []],
    ['IPV6', ['203.113.1.0/24', '2405:4800::/32'], ["203.113.1.0/24 is not a range of IPV6, the set's family"]],
    ['IPV4', ['203.113.1.1'], ['203.113.1.1 is not a range']],
    ['IPV6', ['0::/0'], ['0::/0 is everybody, which AWS WAF does not take']],
    ['IPV6', ['203.113.1.1', '::/0'], ['203.113.1.1 is not a range; ::/0 is everybody, which AWS WAF does not take']],
    ['IPV6', [], []],
    ['IPV6', ['${aws_vpc.probe.ipv6_cidr_block}'], []],
    ['IPV4', ['${aws_vpc.probe[0].cidr_block}'], []],
    [
      'IPV4',
      ['${aws_vpc.probe.ipv6_cidr_block}'],
      ["${aws_vpc.probe.ipv6_cidr_block} is not a range of IPV4, the set's family"],
    ],
  ])('%s with %j', (version, addresses, expected) => {
    expect(saysOf(waf002, { aws_wafv2_ip_set: { x: { ip_address_version: version, addresses } } })).toEqual(
      expected.map((message) => `error aws_wafv2_ip_set.x: ${message}`),
    );
  });

  test('what is not known of a set is not known', () => {
    const sets = {
      some: { ip_address_version: 'IPV6', addresses: ['2405:4800::/32', '${var.office}'] },
      version: { ip_address_version: '${var.version}', addresses: ['2405:4800::/32'] },
    };

    expect(saysOf(waf002, { aws_wafv2_ip_set: sets })).toEqual([
      'unknown aws_wafv2_ip_set.some: what is in the set is only known after apply',
      'unknown aws_wafv2_ip_set.version: what is in the set is only known after apply',
    ]);
  });

  test('what is wrong whatever the family will be is wrong now', () => {
    const set = { ip_address_version: '${var.version}', addresses: ['10.0.0.1'] };

    expect(saysOf(waf002, { aws_wafv2_ip_set: { x: set } })).toEqual([
      'error aws_wafv2_ip_set.x: 10.0.0.1 is not a range',
    ]);
  });
});

describe('V6-WAF-003', () => {
  const limit = (attributes: Attributes) =>
    rule('flood', 'block', { rate_based_statement: { limit: 100, ...attributes } });

  test.each<[string, unknown, boolean]>([
    ['IP', limit({ aggregate_key_type: 'IP' }), true],
    ['nothing, which is IP', limit({}), true],
    ['custom keys', limit({ aggregate_key_type: 'CUSTOM_KEYS' }), false],
    ['no limit', rule('bad', 'block', URI), false],
  ])('%s', (_, one, expected) => {
    expect(saysOf(waf003, guarding([one]))).toEqual(
      expected ? ['notice aws_wafv2_web_acl.x: rate limits count by single address: flood'] : [],
    );
  });

  test('says nothing where no IPv6 comes by', () => {
    expect(saysOf(waf003, guarding([limit({})], { aws_lb: { portal: {} } }))).toEqual([]);
  });
});

describe('V6-WAF-004', () => {
  const loose = [
    'warning aws_wafv2_web_acl.x: it guards nothing: neither a load balancer nor a distribution refers to it',
  ];

  test.each<[string, PlainResources, string[]]>([
    ['a load balancer', {}, []],
    ['a load balancer elsewhere', { aws_lb: {} }, []],
    ['nothing', { aws_wafv2_web_acl_association: {} }, loose],
    [
      'nothing, beside a distribution that names another',
      {
        aws_wafv2_web_acl_association: {},
        aws_cloudfront_distribution: { d: { web_acl_id: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/y' } },
      },
      loose,
    ],
    [
      'a distribution',
      {
        aws_wafv2_web_acl_association: {},
        aws_cloudfront_distribution: { d: { web_acl_id: '${aws_wafv2_web_acl.x.arn}' } },
      },
      [],
    ],
  ])('a web ACL before %s', (_, others, expected) => {
    expect(saysOf(waf004, guarding([], others))).toEqual(expected);
  });

  test('which of two a variable names is not known', () => {
    const resource = {
      aws_wafv2_web_acl: { x: {}, y: {} },
      aws_wafv2_web_acl_association: { a: { web_acl_arn: '${var.acl}' } },
    };

    expect(saysOf(waf004, resource)).toEqual([
      'unknown aws_wafv2_web_acl.x: what it guards is only known after apply',
      'unknown aws_wafv2_web_acl.y: what it guards is only known after apply',
    ]);
  });
});
