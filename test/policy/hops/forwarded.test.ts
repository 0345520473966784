import type { Family } from '../../../core/cidr';
import { edgesOf } from '../../../policy/hops/edges';
import { groupsFor, groupsOf, handsOn } from '../../../policy/hops/forwarded';
import { type Edit, plainStack } from '../../helpers/plain-stack';

const FAMILIES: readonly Family[] = ['ipv4', 'ipv6'];
const REFUSE = [{ type: 'fixed-response', fixed_response: { status_code: '403' } }];
const REDIRECT = [{ type: 'redirect', redirect: { host: 'hue.gov.vn', status_code: 'HTTP_301' } }];
const TASKS = [{ type: 'forward', target_group_arn: '${aws_lb_target_group.tasks.arn}' }];
const OTHERS = [{ type: 'forward', target_group_arn: '${aws_lb_target_group.others.arn}' }];
const OFFICE = '203.0.113.0/24';
const from = (...values: string[]) => ({ source_ip: { values } });
const host = (...values: string[]) => ({ host_header: { values } });

type Rule = readonly [action: unknown, ...conditions: unknown[]];

/** The plain stack with a second target group, another default action, and rules in the order of their priority. */
function listening(default_action: unknown, ...rules: readonly Rule[]): Edit {
  return (resources) => {
    resources.aws_lb_target_group!.others = { port: 8080, target_type: 'ip' };
    resources.aws_lb_listener!.https!.default_action = default_action;
    resources.aws_lb_listener_rule = Object.fromEntries(
      rules.map(([action, ...condition], index) => [
        `r${index}`,
        { listener_arn: '${aws_lb_listener.https.arn}', priority: index + 1, action, condition },
      ]),
    );
  };
}

function found(...edits: readonly Edit[]) {
  const graph = plainStack(...edits);
  const [edge] = edgesOf(graph);
  return Object.fromEntries(
    FAMILIES.map((family) => {
      const { state, reason, causes = [] } = handsOn(graph, edge!, family);
      const groups = groupsFor(graph, edge!, family);
      return [
        family,
        {
          state,
          reason,
          causes: causes.map((cause) => ('rule' in cause ? `${cause.rule} ${cause.resource.address}` : cause.address)),
          groups: groups.found.map(({ address }) => address.split('.')[1]),
          complete: groups.complete,
        },
      ];
    }),
  ) as Record<Family, { state: string; reason?: string; causes: string[]; groups: string[]; complete: boolean }>;
}

const states = (...edits: readonly Edit[]) => FAMILIES.map((family) => found(...edits)[family].state);

test.each<[string, Edit, string, string]>([
  ['forwards by default', listening(TASKS), 'pass', 'pass'],
  [
    'refuses by default, and forwards everybody by a rule',
    listening(REFUSE, [TASKS, host('*.gov.vn')]),
    'pass',
    'pass',
  ],
  ['forwards both families by address', listening(REFUSE, [TASKS, from(OFFICE, '2001:db8::/32')]), 'pass', 'pass'],
  ['forwards IPv4 alone', listening(REFUSE, [TASKS, from(OFFICE)]), 'pass', 'fail'],
  ['forwards IPv6 alone', listening(REFUSE, [TASKS, from('2001:db8::/32')]), 'fail', 'pass'],
  ['redirects by default, and forwards IPv4 alone', listening(REDIRECT, [TASKS, from(OFFICE)]), 'pass', 'fail'],
  ['refuses all of IPv6', listening(TASKS, [REFUSE, from('::/0')]), 'pass', 'fail'],
  ['refuses a few', listening(TASKS, [REFUSE, from('2001:db8::/32')]), 'pass', 'pass'],
  ['refuses most', listening(TASKS, [REFUSE, from('2000::/4')]), 'pass', 'fail'],
  [
    'forwards all of IPv4, and a part of IPv6',
    listening(REFUSE, [TASKS, from('0.0.0.0/0', '2001:db8::/32')]),
    'pass',
    'fail',
  ],
  ['refuses everybody: rules of other stacks may forward', listening(REFUSE), 'unknown', 'unknown'],
  ['forwards other names alone', listening(REFUSE, [TASKS, host('other.vn')]), 'unknown', 'unknown'],
  ['redirects everybody', listening(REDIRECT), 'unknown', 'unknown'],
  ['forwards to who is not known', listening(REFUSE, [TASKS, from('${var.office}')]), 'unknown', 'unknown'],
  [
    'forwards elsewhere',
    listening([{ type: 'forward', target_group_arn: 'arn:aws:elasticloadbalancing:x' }]),
    'unknown',
    'unknown',
  ],
  ['refuses whom is not known', listening(TASKS, [REFUSE, from('${var.blocked}')]), 'unknown', 'unknown'],
  ['does what is not known', listening('${var.action}'), 'unknown', 'unknown'],
])('a listener that %s', (_, edit, ipv4, ipv6) => {
  expect(states(edit)).toEqual([ipv4, ipv6]);
});

test('what is closed names the family, the listener, and the rules that tell the families apart', () => {
  expect(found(listening(REFUSE, [TASKS, host('hue.gov.vn', 'www.hue.gov.vn'), from(OFFICE)])).ipv6).toMatchObject({
    state: 'fail',
    reason: 'forward requests to hue.gov.vn over IPv6: the rules of aws_lb_listener.https leave them out',
    causes: ['V6-LB-009 aws_lb_listener_rule.r0'],
  });
  expect(found(listening(REFUSE, [TASKS, from('0.0.0.0/0', '2001:db8::/32')])).ipv6.reason).toBe(
    'forward requests to hue.gov.vn over all of IPv6: the rules of aws_lb_listener.https leave them out',
  );
});

test('each name needs a way, but for one that is sent on to another', () => {
  const hue: Rule = [TASKS, host('hue.gov.vn')];

  expect(states(listening(REFUSE, hue))).toEqual(['unknown', 'unknown']);
  expect(states(listening(REFUSE, hue, [TASKS, host('www.hue.gov.vn')]))).toEqual(['pass', 'pass']);
  expect(states(listening(REFUSE, hue, [REDIRECT, host('www.hue.gov.vn')]))).toEqual(['pass', 'pass']);
  expect(states(listening(REFUSE, hue, [TASKS, host('www.hue.gov.vn'), from(OFFICE)]))).toEqual(['pass', 'fail']);
});

describe('target groups', () => {
  const groups = (edit: Edit) =>
    FAMILIES.map((family) => [...found(edit)[family].groups, found(edit)[family].complete]);

  test.each<[string, Edit, unknown[], unknown[]]>([
    ['of the default action', listening(TASKS), ['tasks', true], ['tasks', true]],
    ['of a rule', listening(REFUSE, [OTHERS]), ['others', true], ['others', true]],
    ['of a rule for one family', listening(TASKS, [OTHERS, from(OFFICE)]), ['others', 'tasks', true], ['tasks', true]],
    [
      'of a family that nobody forwards are those of the other',
      listening(REFUSE, [OTHERS, from(OFFICE)]),
      ['others', true],
      ['others', true],
    ],
    [
      'by weight are all of them',
      listening([
        {
          type: 'forward',
          forward: {
            target_group: [
              { arn: '${aws_lb_target_group.tasks.arn}', weight: 90 },
              { arn: '${aws_lb_target_group.others.arn}', weight: 10 },
            ],
          },
        },
      ]),
      ['tasks', 'others', true],
      ['tasks', 'others', true],
    ],
    [
      'may be elsewhere in part',
      listening([
        { type: 'forward', forward: { target_group: [{ arn: '${aws_lb_target_group.tasks.arn}' }, { arn: 'arn:x' }] } },
      ]),
      ['tasks', false],
      ['tasks', false],
    ],
    ['are none where nobody is forwarded', listening(REFUSE), [false], [false]],
  ])('%s', (_, edit, ipv4, ipv6) => {
    expect(groups(edit)).toEqual([ipv4, ipv6]);
  });

  test('of both families are each once', () => {
    const graph = plainStack(listening(TASKS, [OTHERS, from('::/0')]));

    expect(groupsOf(graph, edgesOf(graph)[0]!).map(({ address }) => address)).toEqual([
      'aws_lb_target_group.tasks',
      'aws_lb_target_group.others',
    ]);
  });
});
