import fc from 'fast-check';
import type { ReportFinding } from '../../policy/report';
import { applyWaivers, type Scope, type Waiver, WAIVER_RULES } from '../../policy/waivers';

const ADDRESS = 'aws_lb.portals_portal_edge_1234';
const CONSTRUCT = 'hue-production/portals/portal/edge/Resource';

const finding = (props: Partial<ReportFinding> = {}): ReportFinding => ({
  rule: 'V6-LB-001',
  severity: 'error',
  result: 'fail',
  address: ADDRESS,
  message: 'answers over IPv4 alone',
  fix: 'Set ip_address_type to dualstack.',
  stack: 'hue-production',
  construct: CONSTRUCT,
  ...props,
});

const waiver = (props: Partial<Waiver> = {}): Waiver => ({
  rule: 'V6-LB-001',
  at: ADDRESS,
  reason: 'The old portal is switched off in March.',
  owner: 'ipv6@hue.gov.vn',
  expires: '2027-03-31',
  source: { file: 'config/waivers.yaml', line: 2, column: 5 },
  ...props,
});

const SCOPE: Scope = {
  today: '2026-10-01',
  stacks: ['hue-production', 'hue-staging', 'langson-production'],
  complete: true,
  rules: ['V6-LB-001', 'V6-SUB-001'],
};

const apply = (findings: readonly ReportFinding[], waivers: readonly Waiver[], scope: Partial<Scope> = {}) =>
  applyWaivers(findings, waivers, { ...SCOPE, ...scope });

const covers = (props: Partial<Waiver>, found: Partial<ReportFinding> = {}): boolean =>
  apply([finding(found)], [waiver(props)])[0]!.result === 'waived';

describe('a waiver', () => {
  test('covers a failure of its rule at its address, and says why, whose and until when', () => {
    const other = finding({ address: 'aws_lb.other' });

    expect(apply([other, finding()], [waiver()])).toEqual([
      other,
      {
        ...finding(),
        result: 'waived',
        waiver: {
          reason: 'The old portal is switched off in March.',
          owner: 'ipv6@hue.gov.vn',
          expires: '2027-03-31',
        },
      },
    ]);
  });

  test('covers what is not known, too', () => {
    expect(covers({}, { result: 'unknown' })).toBe(true);
  });

  test('covers no finding of another rule', () => {
    expect(covers({}, { rule: 'V6-SUB-001' })).toBe(false);
  });

  test('holds through its last day', () => {
    expect(covers({ expires: '2026-10-01' })).toBe(true);
    expect(covers({ expires: '2026-09-30' })).toBe(false);
  });

  test('that lasts longest is the one that is named', () => {
    const [waived] = apply(
      [finding()],
      [waiver(), waiver({ expires: '2027-05-01' }), waiver({ expires: '2027-04-01' })],
    );

    expect(waived!.waiver!.expires).toBe('2027-05-01');
  });
});

describe('an address', () => {
  test.each([
    ['aws_lb.*', ADDRESS],
    ['aws_*.portals_*_1234', ADDRESS],
    ['module.*.aws_subnet.public', 'module.network.aws_subnet.public'],
    ['module.a.aws_subnet.public["a"]', 'module.a.aws_subnet.public["a"]'],
    ['module.a.aws_subnet.public[*]', 'module.a.aws_subnet.public["a.b"]'],
    ['aws_route.out[*]', 'aws_route.out["10.0.0.0/8"]'],
    ['aws_route.out[*]', 'aws_route.out["say \\".a"]'],
    ['aws_route.out["10.*"]', 'aws_route.out["10.0.0.0/8"]'],
    ['aws_route.out["say \\"a.b\\""]', 'aws_route.out["say \\"a.b\\""]'],
    ['**.aws_subnet.public[0]', 'module.a.module.b[1].aws_subnet.public[0]'],
    ['module.a.**', 'module.a.module.b.aws_subnet.public'],
    ['**', 'module.a.aws_subnet.public'],
  ])('%s covers %s', (at, address) => {
    expect(covers({ at }, { address, construct: undefined })).toBe(true);
  });

  test.each([
    ['aws_lb', 'aws_lb.portal'],
    ['aws_lb.portal', 'aws_lb.portal[0]'],
    ['aws_lb.portal', 'aws_lb.portal_2'],
    ['aws_lb.portal', 'module.a.aws_lb.portal'],
    ['*.portal', 'module.a.aws_lb.portal'],
    ['module.*.aws_lb.portal', 'module.a.module.b.aws_lb.portal'],
    ['module.*.aws_lb.portal', 'module.a["x"].module.b.aws_lb.portal'],
    ['aws_subnet.public["a"]', 'aws_subnet.public["b"]'],
    ['aws_subnet.public[ab]', 'aws_subnet.publica'],
    ['aws_lb.{portal,other}', 'aws_lb.portal'],
    ['aws_lb.porta?', 'aws_lb.portal'],
    ['aws_lb.portal.', 'aws_lb.portal'],
  ])('%s does not cover %s', (at, address) => {
    expect(covers({ at }, { address, construct: undefined })).toBe(false);
  });

  test('covers the resource in every stack, or in those that the waiver is for', () => {
    expect(covers({}, { stack: 'langson-production' })).toBe(true);
    expect(covers({ stacks: ['hue-production'] }, { stack: 'langson-production', construct: undefined })).toBe(false);
  });

  test('covers a second stack of one id, which is called by its file', () => {
    const stack = 'head/stacks/hue-production/cdk.tf.json';

    expect(covers({ stacks: ['hue-production'] }, { stack })).toBe(true);
    expect(covers({ stacks: ['hue'] }, { stack })).toBe(false);
  });
});

describe('the path of a construct', () => {
  test.each([
    'hue-production/portals/portal/edge',
    'hue-production/portals/portal/edge/Resource',
    'hue-production',
    '*/portals/*/edge',
    'hue-*/portals',
    '**/edge',
    '**/Resource',
  ])('%s covers its subtree', (at) => {
    expect(covers({ at })).toBe(true);
  });

  test.each([
    'hue-production/portals/portal/edg',
    'hue-production/portals/portal/edge/Resource/x',
    'hue-production/portals/por',
    'hue-staging/portals/portal/edge',
    'hue-production/*/edge',
    'portals/portal/edge',
    'production/portals/portal/edge',
  ])('%s does not cover another', (at) => {
    expect(covers({ at })).toBe(false);
  });

  test('leaves out the stack where the waiver says which stacks it is for', () => {
    const stacks = ['hue-production', 'hue-staging'];

    expect(covers({ at: 'portals/portal/edge', stacks })).toBe(true);
    expect(covers({ at: 'hue-production/portals/portal/edge', stacks })).toBe(true);
    expect(covers({ at: 'portal/edge', stacks })).toBe(false);
    expect(covers({ at: 'portals/portal/edge', stacks: ['langson-production'] })).toBe(false);
  });
});

test('no pattern takes long, whatever its stars', () => {
  const at = `${'*a**'.repeat(70)}b`;
  const address = `aws_lb.${'a'.repeat(3000)}`;

  expect(covers({ at }, { address, construct: undefined })).toBe(false);
});

test('a pattern without stars covers the text that it is, and no other', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'b', '.', '"', '[', ']', '\\', '(', '+'),
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(text, text, (at, address) => {
      expect(covers({ at }, { address, construct: undefined })).toBe(at === address);
    }),
  );
});

const about = (findings: readonly ReportFinding[]) =>
  findings
    .filter(({ rule }) => rule.startsWith('V6-WVR'))
    .map(({ rule, severity, message }) => [rule, severity, message]);

const NAMED = `the waiver of V6-LB-001 at ${ADDRESS}, owned by ipv6@hue.gov.vn,`;

describe('an expired waiver', () => {
  const old = waiver({ expires: '2026-09-30' });

  test('covers nothing, and is an error that says which, since when, and what is open now', () => {
    const [open, found] = apply([finding()], [old]);

    expect(open).toEqual(finding());
    expect(found).toEqual({
      rule: 'V6-WVR-001',
      severity: 'error',
      result: 'fail',
      address: ADDRESS,
      message: `${NAMED} expired on 2026-09-30, 1 day ago, and no longer covers ${ADDRESS}`,
      fix: WAIVER_RULES[0]!.fix,
      stack: '',
      source: old.source,
    });
  });

  test('is an error although nothing is left to cover', () => {
    expect(about(apply([], [old]))).toEqual([
      ['V6-WVR-001', 'error', `${NAMED} expired on 2026-09-30, 1 day ago, and has nothing left to cover`],
    ]);
  });

  test('names few addresses and counts the rest', () => {
    const findings = ['e', 'd', 'c', 'b', 'a', 'a'].map((name) => finding({ address: `aws_lb.${name}` }));
    const [[, , message]] = about(apply(findings, [waiver({ at: 'aws_lb.*', expires: '2025-10-01' })])) as [string[]];

    expect(message).toMatch(
      / expired on 2025-10-01, 365 days ago, and no longer covers aws_lb.a, aws_lb.b, aws_lb.c and 2 more$/,
    );
  });

  test('leaves open nothing that another waiver covers', () => {
    expect(about(apply([finding()], [old, waiver()]))).toEqual([
      ['V6-WVR-001', 'error', expect.stringMatching(/has nothing left to cover$/)],
    ]);
  });

  test('is not spoken of where a run is not about it', () => {
    expect(apply([], [old], { complete: false })).toEqual([]);
    expect(apply([], [old], { rules: ['V6-SUB-001'] })).toEqual([]);
    expect(about(apply([finding()], [old], { complete: false }))).toHaveLength(1);
  });
});

describe('an unused waiver', () => {
  test('is a warning', () => {
    expect(about(apply([finding({ rule: 'V6-SUB-001' })], [waiver()]))).toEqual([
      ['V6-WVR-002', 'warning', `${NAMED} covers no finding`],
    ]);
  });

  test.each<[string, Partial<Waiver>, Partial<Scope>, boolean]>([
    ['its rule was skipped', {}, { rules: ['V6-SUB-001'] }, false],
    ['it is for all stacks and some were judged', {}, { complete: false }, false],
    ['it is for all stacks and all were judged', {}, {}, true],
    [
      'it is for stacks of which one was not judged',
      { stacks: ['hue-production', 'hue-test'] },
      { complete: false },
      false,
    ],
    ['it is for stacks that were judged', { stacks: ['hue-production', 'hue-staging'] }, { complete: false }, true],
    ['its path is in a stack that was judged', { at: 'hue-production/network' }, { complete: false }, true],
    ['its path is in a stack that was not judged', { at: 'hue-test/network' }, { complete: false }, false],
  ])('where %s', (_, props, scope, spoken) => {
    expect(apply([], [waiver(props)], scope)).toHaveLength(spoken ? 1 : 0);
  });

  test('is not also said to expire soon', () => {
    expect(about(apply([], [waiver({ expires: '2026-10-02' })])).map(([rule]) => rule)).toEqual(['V6-WVR-002']);
  });
});

describe('a waiver that expires soon', () => {
  test.each([
    ['2026-10-01', 'expires today, on 2026-10-01'],
    ['2026-10-02', 'expires in 1 day, on 2026-10-02'],
    ['2026-10-31', 'expires in 30 days, on 2026-10-31'],
  ])('on %s is a notice, and still covers', (expires, message) => {
    const [waived, ...rest] = apply([finding()], [waiver({ expires })]);

    expect(waived!.result).toBe('waived');
    expect(about(rest)).toEqual([['V6-WVR-003', 'notice', `${NAMED} ${message}`]]);
  });

  test('is none while more than 30 days are left', () => {
    expect(about(apply([finding()], [waiver({ expires: '2026-11-01' })]))).toEqual([]);
  });
});

test('nothing waives what is said of waivers', () => {
  const said = apply([finding()], [waiver({ expires: '2026-09-30' })]);
  const again = apply(said, [waiver({ rule: 'V6-WVR-001', at: '**' })], { rules: [] });

  expect(again).toEqual(said);
});

test('what is said of a waiver belongs to its stack, where it is for one alone', () => {
  const stackOf = (stacks: readonly string[] | undefined) => apply([], [waiver({ stacks })])[0]!.stack;

  expect(stackOf(['hue-production'])).toBe('hue-production');
  expect(stackOf(['hue-production', 'hue-staging'])).toBe('');
  expect(stackOf(undefined)).toBe('');
});

test('the rules about waivers say what they are about', () => {
  expect(WAIVER_RULES.map(({ id }) => id)).toEqual(['V6-WVR-001', 'V6-WVR-002', 'V6-WVR-003']);
  for (const { title, why, fix } of WAIVER_RULES) {
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(why).toMatch(/\.$/);
    expect(fix).toMatch(/\.$/);
  }
});
