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
