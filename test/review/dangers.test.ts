import { dangersOf, stackSummary } from '../../review/dangers';
import type { AttributeChange, ResourceChange } from '../../review/report';
import { CONTAINER } from '../helpers/agency';
import { stackReview, stackWith } from '../helpers/reviews';
import { designed } from '../helpers/snapshots';

const change = (extra: Partial<ResourceChange> & Pick<ResourceChange, 'action' | 'type'>): ResourceChange => ({
  address: `${extra.type}.a`,
  attributes: [],
  ...extra,
});

const dangers = (...changes: ResourceChange[]): string[] => dangersOf(stackWith({ changes }));

test('a replaced network is told once, with what follows from it as a number', () => {
  const review = stackReview(designed(), designed({ network: { ipv4: '10.47.0.0/20' } }))!;
  const [first, second, ...others] = dangersOf(review);

  expect(first).toBe(
    'Replaced (predicted): `network` (`aws_vpc`), by `cidr_block`. Lost: its address blocks, and all that is in it.',
  );
  expect(second).toMatch(
    /^Replaced \(predicted\): `network\/\S+` and 5 more \(`aws_subnet`\), by `cidr_block`\. Lost: the addresses in it; with it \d+ resources more\.$/,
  );
  expect(others).toEqual([expect.stringContaining('`portals/portal/edge` cannot follow into another VPC')]);
});

test('a plan is sure of what it replaces', () => {
  expect(
    dangers(change({ action: 'replace', type: 'aws_eip', holds: 'a public IPv4 address', reasons: ['domain'] })),
  ).toEqual(['Replaced: `aws_eip.a` (`aws_eip`), by `domain`. Lost: a public IPv4 address.']);
});

test('what is deleted and holds nothing is no danger by itself', () => {
  expect(dangers(change({ action: 'delete', type: 'aws_route' }))).toEqual([]);
});

test('a portal that is no longer served comes before what is destroyed with it', () => {
  const [first, ...others] = dangersOf(stackReview(designed(), designed({ portals: {} }))!);

  expect(first).toBe('portal.hue.gov.vn is no longer served (was L3).');
  expect(others.join('\n')).toContain('Destroyed: `portals/portal/edge` (`aws_lb`)');
  expect(others.join('\n')).toContain('is protected from deletion');
});

test('a portal that falls says how far, and where which family is closed', () => {
  const staged = designed({ portals: { portal: { ...CONTAINER, publish: { aaaa: 'staged' } } } });

  expect(dangersOf(stackReview(designed(), staged)!)).toContain(
    'portal.hue.gov.vn falls from L3 to L0: IPv6 is now closed at dns.',
  );
});

test('a stack that no file makes any more stays, and says what to do', () => {
  const [first, ...others] = dangersOf(stackReview(designed(), undefined)!);

  expect(first).toMatch(
    /^No file makes hue-production any more, but what it made stays, serves and costs: \d+ resources, among them .*aws_lb/,
  );
  expect(first).toContain('`terraform destroy` in `cdktf.out/stacks/hue-production`');
  expect(others).toEqual([]);
});

test('moves that no block says are told as what they are', () => {
  expect(
    dangers(
      change({
        action: 'replace',
        type: 'aws_eip',
        from: 'aws_eip.old',
        unwritten: true,
        holds: 'a public IPv4 address',
      }),
    ),
  ).toEqual([
    '1 resource got another address. Without the `moved` blocks below, Terraform destroys and makes them anew.',
  ]);
});

const attribute = (one: AttributeChange, type = 'aws_lb', action: ResourceChange['action'] = 'update') =>
  dangers(change({ action, type, attributes: [one] }));

test.each([
  [
    'deletion protection goes',
    { path: 'enable_deletion_protection', before: 'true', after: 'false' },
    'aws_lb',
    'The deletion protection of `aws_lb.a` goes.',
  ],
  [
    'a bucket may be destroyed',
    { path: 'force_destroy', after: 'true' },
    'aws_s3_bucket',
    '`aws_s3_bucket.a` may be destroyed with all that is in it.',
  ],
  [
    'failover routing changes',
    { path: 'failover_routing_policy', after: [{ type: 'PRIMARY' }] },
    'aws_route53_record',
    '`aws_route53_record.a` changes its failover routing: Route 53 takes the old record away and makes the new one in one change.',
  ],
])('%s', (_, one, type, text) => {
  expect(attribute(one, type)).toEqual([text]);
});

test('a new A record that takes over what is there is a danger, and the CNAME of a certificate is none', () => {
  const record = (type: string) =>
    dangers(
      change({
        action: 'create',
        type: 'aws_route53_record',
        attributes: [
          { path: 'allow_overwrite', after: 'true' },
          { path: 'name', after: 'hue.gov.vn' },
          { path: 'type', after: type },
        ],
      }),
    );

  expect(record('A')).toEqual(['`aws_route53_record.a` takes over the A record that hue.gov.vn has now.']);
  expect(record('CNAME')).toEqual([]);
});

test('another backend, account or region is told with what becomes of the state', () => {
  const settings = [
    { path: 'terraform.backend.s3.bucket', before: 'a', after: 'b' },
    { path: 'provider.aws.region', before: 'ap-southeast-1', after: 'ap-northeast-1' },
    { path: 'output.x.value', before: 'a', after: 'b' },
  ];

  expect(dangersOf(stackWith({ settings }))).toEqual([
    'The state moves: `terraform.backend.s3.bucket` "a" → "b". Run `terraform init -migrate-state` once it is merged.',
    'Another account or region: `provider.aws.region` "ap-southeast-1" → "ap-northeast-1". Terraform loses sight of all that is there now.',
  ]);
});

test.each([
  [
    { presence: 'new' as const, changes: [change({ action: 'create', type: 'aws_vpc' })] },
    'hue-production: new, 1 to add',
  ],
  [
    { presence: 'gone' as const, changes: [change({ action: 'delete', type: 'aws_vpc' })] },
    'hue-production: gone, 1 resource left behind',
  ],
  [{ settings: [{ path: 'output.x', after: 'a' }] }, 'hue-production: no resource changes'],
])('a stack is summed up in one line', (extra, text) => {
  expect(stackSummary(stackWith(extra))).toBe(text);
});

test.each([
  ['aws_wafv2_web_acl_association', 'Web requests are no longer filtered: `aws_wafv2_web_acl_association.a`.'],
  [
    'aws_s3_bucket_public_access_block',
    'What keeps a bucket from being public goes: `aws_s3_bucket_public_access_block.a`.',
  ],
  [
    'aws_route53_hosted_zone_dnssec',
    'DNS answers are no longer signed; the DS record of the parent zone has to go first: `aws_route53_hosted_zone_dnssec.a`.',
  ],
])('a safeguard that goes is told: %s', (type, text) => {
  expect(dangers(change({ action: 'delete', type }))).toEqual([text]);
});

test('what an earlier replacement has left over is no loss', () => {
  const reasons = ['left over from an earlier replacement of aws_lb.a'];

  expect(dangers(change({ action: 'delete', type: 'aws_lb', holds: 'its DNS name and addresses', reasons }))).toEqual(
    [],
  );
});

test('a database that the Internet can reach is a danger', () => {
  expect(attribute({ path: 'publicly_accessible', after: 'true' }, 'aws_db_instance')).toEqual([
    '`aws_db_instance.a` can be reached from the Internet.',
  ]);
});

test.each([
  ['L1?', 'L1', []],
  ['L3', 'L1?', ['a falls from L3 to L1?.']],
])('from %s to %s', (levelBefore, levelAfter, expected) => {
  expect(dangersOf(stackWith({ paths: [{ names: ['a'], levelBefore, levelAfter, hops: [] }] }))).toEqual(expected);
});

test('a safeguard that goes with what it protects is not told beside it', () => {
  const bucket = change({
    action: 'delete',
    type: 'aws_s3_bucket',
    construct: 'hue/logs/Resource',
    holds: 'the data in it',
  });
  const block = change({ action: 'delete', type: 'aws_s3_bucket_public_access_block', construct: 'hue/logs/block' });

  expect(dangers(bucket, block)).toEqual([
    'Destroyed: `logs` (`aws_s3_bucket`). Lost: the data in it; with it 1 resource more.',
  ]);
  expect(dangers(block)).toEqual(['What keeps a bucket from being public goes: `logs/block`.']);
});

test('a family that is left as it was while the other is opened is behind, and not closed', () => {
  const rules = (ipv4: string): typeof CONTAINER => ({ ...CONTAINER, allow: [ipv4, '2001:db8::/48'] });
  const [before, after] = ['203.0.113.0/24', '0.0.0.0/0'].map((ipv4) => designed({ portals: { portal: rules(ipv4) } }));

  expect(dangersOf(stackReview(before, after)!)[0]).toMatch(/: IPv6 is now behind IPv4 at firewall\.$/);
});

test('other default tags change every resource that has tags, though no resource says so', () => {
  const settings = [{ path: 'provider.aws.default_tags.tags.agency', before: 'a', after: 'b' }];

  expect(dangersOf(stackWith({ settings }))).toEqual([
    'Every resource with tags is updated, too: `provider.aws.default_tags.tags.agency` "a" → "b".',
  ]);
});
