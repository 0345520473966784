import fc from 'fast-check';
import type { Family } from '../../../core/cidr';
import { forwardingOf } from '../../../policy/facts/forwarding';
import { readStackJson } from '../../../policy/sources/stack-json';

type Attributes = Record<string, unknown>;

const to = (name: string) => ({ type: 'forward', target_group_arn: `\${aws_lb_target_group.${name}.arn}` });
const weighted = (...groups: readonly (readonly [name: string, weight: unknown])[]) => ({
  type: 'forward',
  forward: {
    target_group: groups.map(([name, weight]) => ({ arn: `\${aws_lb_target_group.${name}.arn}`, weight })),
  },
});
const REFUSE = { type: 'fixed-response', fixed_response: { status_code: '403' } };
const REDIRECT = { type: 'redirect', redirect: { host: 'hue.gov.vn', status_code: 'HTTP_301' } };
const from = (...values: unknown[]) => ({ source_ip: { values } });
const host = (...values: unknown[]) => ({ host_header: { values } });
const path = (...values: unknown[]) => ({ path_pattern: { values } });
const rule = (priority: unknown, action: unknown, ...condition: unknown[]) => ({ priority, action, condition });

const OFFICE = '203.0.113.0/24';

/** What a listener does with the requests of each family: who is forwarded, where to, and what is not certain. */
function forwarded(
  rules: readonly Attributes[],
  default_action: unknown,
  name: string | undefined = 'hue.gov.vn',
): Record<Family, string> {
  const graph = readStackJson({
    resource: {
      aws_lb_listener: { https: { port: 443, default_action }, other: {} },
      aws_lb_listener_rule: Object.fromEntries(
        rules.map((one, index) => [`r${index}`, { listener_arn: '${aws_lb_listener.https.arn}', ...one }]),
      ),
      aws_lb_target_group: { a: {}, b: {}, c: {} },
    },
  });
  const describe = (family: Family): string => {
    const it = forwardingOf(graph, graph.at('aws_lb_listener.https')!, family, name);
    const who = it.clients.isEmpty ? 'nobody' : it.clients.holdsInternet ? 'all' : 'some';
    return [
      who,
      ...it.groups.map(({ address }) => address.split('.')[1]!),
      ...(it.groupsComplete ? [] : ['others']),
      ...(it.mayBeMore ? ['perhaps more'] : []),
      ...(it.mayBeFewer ? ['perhaps fewer'] : []),
      ...(it.redirects ? ['redirects'] : []),
    ].join(' ');
  };
  return { ipv4: describe('ipv4'), ipv6: describe('ipv6') };
}

const both = (text: string): Record<Family, string> => ({ ipv4: text, ipv6: text });

test.each<[string, unknown, string]>([
  ['forwards', [to('a')], 'all a'],
  ['forwards once it has signed people in', [{ type: 'authenticate-oidc' }, to('a')], 'all a'],
  ['forwards by weight', weighted(['a', 90], ['b', '10']), 'all a b'],
  ['forwards to one of two, the other waits', weighted(['a', 1], ['b', 0]), 'all a'],
  ['forwards by a weight that is not known', weighted(['a', 1], ['b', '${var.weight}']), 'all a b'],
  ['forwards to those that wait alone', weighted(['a', '0'], ['b', 0]), 'nobody'],
  ['forwards elsewhere', { type: 'forward', target_group_arn: 'arn:aws:elasticloadbalancing:x' }, 'all others'],
  ['forwards nowhere', [{ type: 'forward' }], 'all others'],
  ['refuses', [REFUSE], 'nobody'],
  ['redirects', [REDIRECT], 'nobody redirects'],
  ['is not known', '${var.action}', 'nobody perhaps more perhaps fewer'],
  ['is of a kind that is not known', [{ type: '${var.type}' }], 'nobody perhaps more perhaps fewer'],
])('a default action that %s: %j', (_, action, expected) => {
  expect(forwarded([], action)).toEqual(both(expected));
});

describe('a rule by address', () => {
  test.each<[string, readonly Attributes[], unknown, string, string]>([
    ['lets those of its family alone in', [rule(1, to('a'), from(OFFICE))], REFUSE, 'some a', 'nobody'],
    ['of IPv6 likewise', [rule(1, to('a'), from('::/0'))], REFUSE, 'nobody', 'all a'],
    ['of both lets both in', [rule(1, to('a'), from('0.0.0.0/0', '::/0'))], REFUSE, 'all a', 'all a'],
    ['as two conditions is nobody’s', [rule(1, to('a'), from(OFFICE), from('::/0'))], REFUSE, 'nobody', 'nobody'],
    [
      'sends those of its family to a group of their own',
      [rule(1, to('a'), from(OFFICE))],
      to('b'),
      'all a b',
      'all b',
    ],
    ['takes everybody of a family from the default', [rule(1, to('a'), from('::/0'))], to('b'), 'all b', 'all a'],
    ['may refuse a family', [rule(1, REFUSE, from('::/0'))], to('a'), 'all a', 'nobody'],
    ['may refuse some', [rule(1, REFUSE, from('2001:db8::/32', '2400::/12'))], to('a'), 'all a', 'some a'],
    ['may send a family elsewhere', [rule(1, REDIRECT, from('0.0.0.0/0'))], to('a'), 'nobody redirects', 'all a'],
    ['beside one for everybody', [rule(1, to('a'), from(OFFICE)), rule(2, to('b'))], REFUSE, 'all a b', 'all b'],
    [
      'after one for everybody is never asked',
      [rule(1, to('b')), rule(2, REFUSE, from('::/0'))],
      REFUSE,
      'all b',
      'all b',
    ],
    [
      'without a priority comes after those that have one',
      [rule(undefined, REFUSE, from('::/0')), rule(7, to('b'))],
      REFUSE,
      'all b',
      'all b',
    ],
    [
      'whose ranges are known in part',
      [rule(1, to('a'), from(OFFICE, '${var.x}'))],
      REFUSE,
      'nobody a perhaps more',
      'nobody a perhaps more',
    ],
    [
      'whose ranges are none',
      [rule(1, to('a'), from('the office'))],
      REFUSE,
      'nobody a perhaps more',
      'nobody a perhaps more',
    ],
    [
      'that refuses who is not known',
      [rule(1, REFUSE, from('${var.x}'))],
      to('a'),
      'all a perhaps fewer',
      'all a perhaps fewer',
    ],
  ])('%s', (_, rules, action, ipv4, ipv6) => {
    expect(forwarded(rules, action)).toEqual({ ipv4, ipv6 });
  });
});

describe('a rule for a host', () => {
  test.each<[unknown, string, boolean]>([
    ['hue.gov.vn', 'hue.gov.vn', true],
    ['HUE.gov.vn', 'hue.gov.vn', true],
    ['www.hue.gov.vn', 'hue.gov.vn', false],
    ['*.hue.gov.vn', 'www.hue.gov.vn', true],
    ['*.hue.gov.vn', 'hue.gov.vn', false],
    ['*', 'hue.gov.vn', true],
    ['h?e.*.vn', 'hue.gov.vn', true],
    ['h?e.gov.vn', 'he.gov.vn', false],
    ['hue.gov.*x', 'hue.gov.vn', false],
    ['hue.gov.vn*', 'hue.gov.vn', true],
    ['hue-gov.vn', 'hue.gov.vn', false],
    ['www.hue.gov.vn', '*.hue.gov.vn', true],
  ])('%s is about %s: %s', (pattern, name, isAbout) => {
    expect(forwarded([rule(1, to('a'), host(pattern))], REFUSE, name)).toEqual(both(isAbout ? 'all a' : 'nobody'));
  });

  test('is about any of its hosts, and about all of them where no name is known', () => {
    const rules = [rule(1, to('a'), host('x.vn', 'hue.gov.vn')), rule(2, to('b'), host('x.vn'))];

    expect(forwarded(rules, REFUSE)).toEqual(both('all a'));
    expect(forwarded([rules[1]!], REFUSE, 'y.vn')).toEqual(both('nobody'));
    expect(forwarded([rules[1]!], REFUSE, undefined)).toEqual(both('nobody'));
  });

  test.each<[string, unknown]>([
    ['of a variable', host('${var.host}')],
    ['in a block that is not known', { host_header: '${var.hosts}' }],
    ['by an expression', { host_header: { regex_values: ['^hue.*$'] } }],
  ])('%s may be about the name', (_, condition) => {
    expect(forwarded([rule(1, to('a'), condition)], REFUSE)).toEqual(both('nobody a perhaps more'));
    expect(forwarded([rule(1, REFUSE, condition)], to('a'))).toEqual(both('all a perhaps fewer'));
  });

  test('and address lets in those who ask for it from there', () => {
    const rules = [rule(1, to('a'), host('hue.gov.vn'), from(OFFICE)), rule(2, to('b'), host('www.hue.gov.vn'))];

    expect(forwarded(rules, REFUSE)).toEqual({ ipv4: 'some a', ipv6: 'nobody' });
    expect(forwarded(rules, REFUSE, 'www.hue.gov.vn')).toEqual(both('all b'));
  });
});

describe('conditions on something else', () => {
  test.each<[string, unknown]>([
    ['a path', path('/admin/*')],
    ['a header', { http_header: { http_header_name: 'X', values: ['y'] } }],
    ['a method', { http_request_method: { values: ['POST'] } }],
    ['a query', { query_string: { value: 'x' } }],
    ['a path that is not known', { path_pattern: '${var.path}' }],
  ])('match a part of what everybody asks: %s', (_, condition) => {
    expect(forwarded([rule(1, to('a'), condition)], to('b'))).toEqual(both('all a b'));
    expect(forwarded([rule(1, REFUSE, condition)], to('b'))).toEqual(both('all b'));
    expect(forwarded([rule(1, to('a'), condition)], REFUSE)).toEqual(both('all a'));
  });

  test.each([['*'], ['/*']])('match all where the path is %s', (pattern) => {
    expect(forwarded([rule(1, REFUSE, path(pattern))], to('b'))).toEqual(both('nobody'));
  });

  test('that are not set are none, as plans have them', () => {
    const empty = { host_header: [], http_header: [], path_pattern: [], query_string: [], source_ip: [] };

    expect(forwarded([rule(1, REFUSE, { ...empty, source_ip: [{ values: ['::/0'] }] })], to('b'))).toEqual({
      ipv4: 'all b',
      ipv6: 'nobody',
    });
  });

  test('that are not known may be about everybody', () => {
    const rules = (action: unknown) => [{ priority: 1, action, condition: '${var.condition}' }];

    expect(forwarded(rules(to('a')), REFUSE)).toEqual(both('nobody a perhaps more'));
    expect(forwarded(rules(REFUSE), to('a'))).toEqual(both('all a perhaps fewer'));
  });
});

test('a priority that is not known makes a difference where rules differ in what they do', () => {
  const forward = rule('${var.priority}', to('a'));

  expect(forwarded([forward, rule(2, to('b'), path('/b'))], REFUSE)).toEqual(both('all b a'));
  expect(forwarded([forward, rule(2, REFUSE)], REFUSE)).toEqual(both('nobody a perhaps more'));
});

test('rules of some listener may be of this one', () => {
  expect(forwarded([{ ...rule(1, to('a')), listener_arn: '${var.listener}' }], REFUSE)).toEqual(
    both('nobody others perhaps more'),
  );
});

test('a pattern is what a regular expression says, and no pattern takes long', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 });
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 8 });
  fc.assert(
    fc.property(pattern, text, (written, name) => {
      const expression = new RegExp(`^${written.replace(/[.]/g, '\\.').replaceAll('*', '.*').replaceAll('?', '.')}$`);
      const seen = forwarded([rule(1, to('a'), host(written))], REFUSE, name);
      expect(seen.ipv4 === 'all a').toBe(expression.test(name));
    }),
  );
  const started = Date.now();
  forwarded([rule(1, to('a'), host(`${'*a'.repeat(60)}b`))], REFUSE, 'a'.repeat(250));

  expect(Date.now() - started).toBeLessThan(1000);
});
