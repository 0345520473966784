import { Token } from 'cdktf';
import { DualStackAlias, type DualStackAliasProps } from '../../../constructs/dns/dual-stack-alias';
import { type Attributes, synth } from '../../helpers/synth';

const LOAD_BALANCER = { dnsName: 'lb.example', zoneId: 'ZLB' };

const minimal: DualStackAliasProps = {
  zoneId: 'ZHUE',
  name: 'portal.hue.gov.vn',
  targets: { A: LOAD_BALANCER, AAAA: LOAD_BALANCER },
};

const records = (props: Partial<DualStackAliasProps> = {}): Attributes[] =>
  synth((scope) => new DualStackAlias(scope, 'Alias', { ...minimal, ...props })).ofType('aws_route53_record');

test('defines an A and an AAAA record that differ in nothing else', () => {
  const [one, other] = records();

  expect([one?.type, other?.type]).toEqual(['A', 'AAAA']);
  expect({ ...one, type: 'AAAA' }).toEqual(other);
});

test('both follow the load balancer, and stop answering for one that has no healthy target', () => {
  for (const record of records()) {
    expect(record).toEqual({
      zone_id: 'ZHUE',
      name: 'portal.hue.gov.vn',
      type: expect.any(String),
      alias: { name: 'lb.example', zone_id: 'ZLB', evaluate_target_health: true },
    });
  }
});

test('each family may have a name of its own to lead to', () => {
  const targets = { A: { dnsName: 'v4.example', zoneId: 'ZGA' }, AAAA: { dnsName: 'both.example', zoneId: 'ZGA' } };

  expect(records({ targets }).map(({ type, alias }) => [type, (alias as Attributes).name])).toEqual([
    ['A', 'v4.example'],
    ['AAAA', 'both.example'],
  ]);
});

test('what Route 53 cannot see the health of answers always', () => {
  const cdn = { ...LOAD_BALANCER, checkHealth: false };

  for (const { alias } of records({ targets: { A: cdn, AAAA: cdn } })) {
    expect(alias).toMatchObject({ evaluate_target_health: false });
  }
});

test.each([[['A']], [['AAAA']], [['A', 'AAAA']]] as const)('types says which records there are: %j', (types) => {
  expect(records({ types }).map(({ type }) => type)).toEqual(types);
});

test('adding the AAAA later leaves the A record as it is', () => {
  const before = synth((scope) => new DualStackAlias(scope, 'Alias', { ...minimal, types: ['A'] })).resources;
  const after = synth((scope) => new DualStackAlias(scope, 'Alias', minimal)).resources;

  expect(after).toEqual(expect.arrayContaining([...before]));
});

test.each([
  [undefined, undefined],
  [false, undefined],
  [true, true],
])('takeOver %s overwrites records that are there: %s', (takeOver, expected) => {
  for (const { allow_overwrite } of records({ takeOver })) expect(allow_overwrite).toBe(expected);
});

describe('of two answers for a name', () => {
  const CDN = { dnsName: 'd1.cloudfront.example', zoneId: 'Z2FDTNDATAQYW2', checkHealth: false };
  const stack = synth((scope) => {
    const primary = new DualStackAlias(scope, 'Primary', { ...minimal, failover: { role: 'primary' } });
    new DualStackAlias(scope, 'Secondary', {
      ...minimal,
      targets: { A: CDN, AAAA: CDN },
      failover: { role: 'secondary', after: primary.records },
    });
  });

  test.each(['A', 'AAAA'])('the first %s is given as long as its target is well', (type) => {
    expect(stack.at(`Primary/${type}`)).toMatchObject({
      set_identifier: 'primary',
      failover_routing_policy: { type: 'PRIMARY' },
      alias: { evaluate_target_health: true },
    });
    expect(stack.at(`Primary/${type}`)).not.toHaveProperty('depends_on');
  });

  test.each(['A', 'AAAA'])('the second %s is given otherwise, whatever its own target is like', (type) => {
    expect(stack.at(`Secondary/${type}`)).toMatchObject({
      set_identifier: 'secondary',
      failover_routing_policy: { type: 'SECONDARY' },
      alias: { name: 'd1.cloudfront.example', evaluate_target_health: false },
    });
  });

  test('the families differ in nothing else, so that they fail over together', () => {
    for (const role of ['Primary', 'Secondary']) {
      expect({ ...stack.at(`${role}/A`), type: 'AAAA' }).toEqual(stack.at(`${role}/AAAA`));
    }
  });

  test('a health check may say how the first are, for both families the same', () => {
    const failover = { role: 'primary', healthCheckId: 'check-1' } as const;

    for (const record of records({ failover })) expect(record.health_check_id).toBe('check-1');
    expect(stack.at('Primary/A')).not.toHaveProperty('health_check_id');
  });

  test('the second waits for both of the first, which Route 53 would not take it beside as they were', () => {
    const primaries = ['Primary/A', 'Primary/AAAA'].map((path) => stack.addressOf(path));

    expect(stack.at('Secondary/A').depends_on).toEqual(primaries);
  });
});

test.each(['hue.gov.vn', 'v6.hue.gov.vn', 'xn--hu-mia.gov.vn', 'portal.xn--abc'])('takes %s', (name) => {
  expect(records({ name })[0]!.name).toBe(name);
});

test('takes a name that is known only after apply', () => {
  expect(() => records({ name: Token.asString({ resolve: () => 'later' }) })).not.toThrow();
});

test.each([
  'portal',
  'Portal.gov.vn',
  'portal.gov.vn.',
  '*.gov.vn',
  'cổng.gov.vn',
  'https://hue.gov.vn',
  '10.0.0.1',
  '',
])('fails when name is %j', (name) => {
  expect(() => records({ name })).toThrow(
    `test/Alias: \`name\` must be a full lower-case host name without a final dot, got: ${JSON.stringify(name)}`,
  );
});
