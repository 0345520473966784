import * as fc from 'fast-check';
import { readTag, withTag } from '../../../review/post/comment';
import { LIMITS } from '../../../review/render/limits';
import { reviewMarkdown } from '../../../review/render/markdown';
import type { ResourceChange, Review } from '../../../review/report';
import { readReview } from '../../../review/report-schema';
import { CONTAINER, GATEWAY } from '../../helpers/agency';
import { hostileReview } from '../../helpers/hostile-review';
import { blocksOf, htmlOf, inSight, kindsIn, seenIn, tablesIn, tagsIn } from '../../helpers/markdown';
import { findingWith, reviewWith, stackReview, stackWith } from '../../helpers/reviews';
import { designed } from '../../helpers/snapshots';

const PLATFORMS = ['github', 'gitlab', 'azure'] as const;

const updated = (index: number, extra: Partial<ResourceChange> = {}): ResourceChange => ({
  address: `aws_route.r${index}`,
  type: 'aws_route',
  action: 'update',
  attributes: [{ path: 'destination_cidr_block', before: '10.0.0.0/8', after: '10.0.0.0/9' }],
  ...extra,
});

const manyOf = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** What holds of each comment, whatever is in it. */
function expectSound(text: string, limit: number): void {
  expect(text.length).toBeLessThanOrEqual(limit);
  const tags = tagsIn(text);
  expect(tags.filter((tag) => tag === 'details')).toHaveLength(tags.filter((tag) => tag === '/details').length);
  expect(tags.filter((tag) => !TAGS.has(tag.replace('/', '')))).toEqual([]);
  expect(
    kindsIn(text).filter((kind) => ['heading', 'image', 'def', 'hr', 'blockquote', 'checkbox', 'del'].includes(kind)),
  ).toEqual([]);
  for (const table of tablesIn(text)) for (const row of table.rows) expect(row).toHaveLength(table.header.length);
}

const TAGS = new Set(
  ['details', 'summary', 'sub', 'br', 'p', 'strong', 'em', 'code', 'pre', 'ul', 'li', 'a'].concat([
    'table',
    'thead',
    'tbody',
    'tr',
    'th',
    'td',
  ]),
);

test('the first line is the verdict with the counts of each stack', () => {
  const review = reviewWith({
    stacks: [stackWith({ changes: [updated(1), updated(2, { action: 'delete' })] })],
    findings: [findingWith()],
  });

  expect(reviewMarkdown(review).split('\n')[0]).toBe(
    '**Blocked: 1 new error** · hue-production: 1 to destroy, 1 to change',
  );
});

test('of many stacks and objections the first line names the first and counts the rest', () => {
  const stacks = manyOf(30, (index) =>
    stackWith({
      stack: `s${index}`,
      changes: [updated(1, { action: 'replace', type: 'aws_eip', holds: 'an address' })],
    }),
  );
  const [first] = reviewMarkdown(reviewWith({ stacks })).split('\n');

  expect(first).toContain('; and 25 more**');
  expect(first).toMatch(/ · and 25 stacks more$/);
  expect(first!.length).toBeLessThan(1200);
});

test('what is dangerous comes before the ways, the ways before what caused it, and all else is folded', () => {
  const staged = designed({ portals: { portal: { ...CONTAINER, publish: { aaaa: 'staged' } } } });
  const causes = [{ path: 'environments.production', counts: {} }];
  const seen = inSight(reviewMarkdown(reviewWith({ stacks: [{ ...stackReview(designed(), staged)!, causes }] })));
  const places = ['falls from L3 to L0', '| DNS |', 'By these lines:'].map((text) => seen.indexOf(text));

  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((one, other) => one - other));
  expect(seen).not.toContain('```');
});

test.each([
  ['another address block', { network: { ipv4: '10.47.0.0/20' } }],
  [
    'another kind of hosting',
    { portals: { portal: { ...GATEWAY, domain: CONTAINER.domain, aliases: CONTAINER.aliases } } },
  ],
  ['a portal that goes', { portals: {} }],
  ['one that comes', { portals: { portal: CONTAINER, motcua: GATEWAY } }],
  ['AAAA records that go', { portals: { portal: { ...CONTAINER, publish: { aaaa: 'staged' as const } } } }],
])('%s fits one screen before anything is unfolded', (_, environment) => {
  const text = reviewMarkdown(
    reviewWith({ stacks: [stackReview(designed(), designed(environment))!], findings: [findingWith()] }),
  );

  expect(inSight(text).split('\n').length).toBeLessThanOrEqual(45);
  expectSound(text, LIMITS.github);
});

describe.each(PLATFORMS)('on %s', (platform) => {
  test.each([1, 100, 5000])('fits with %i changes, and says what was cut', (count) => {
    const text = reviewMarkdown(
      reviewWith({ stacks: [stackWith({ changes: manyOf(count, (index) => updated(index)) })] }),
      { platform },
    );

    expectSound(text, LIMITS[platform]);
    expect(text).toContain(`${count} to change`);
    if (count === 5000 && platform === 'github') expect(text).toMatch(/# \d+ cut here/);
    expect(text.includes('cut here')).toBe(text.includes('_Cut to fit a comment;'));
  });

  test('fits with 1,000 stacks, and shows first those that lose something', () => {
    const stacks = manyOf(1000, (index) =>
      stackWith({
        stack: `s${index}`,
        fingerprint: '0'.repeat(64),
        changes: [
          index === 900 ? updated(1, { action: 'delete', type: 'aws_eip', holds: 'an address' }) : updated(index),
        ],
      }),
    );
    const text = reviewMarkdown(reviewWith({ stacks }), { platform });

    expectSound(text, LIMITS[platform]);
    expect(text).toContain('and 995 stacks more');
    expect(inSight(text)).toContain('- Destroyed: ');
    expect(text.match(/And \d+ stacks more, cut here\./) !== null).toBe(text.includes('_Cut to fit a comment;'));
    expect(text.length).toBeGreaterThan(10_000);
  });

  test('fits with 500 findings, shows errors before warnings, and counts what was cut', () => {
    const findings = manyOf(500, (index) =>
      findingWith({
        address: `aws_route.r${index}`,
        severity: index < 499 ? 'warning' : 'error',
        message: 'm'.repeat(200),
      }),
    );
    const text = reviewMarkdown(reviewWith({ findings }), { platform });

    expectSound(text, LIMITS[platform]);
    expect(tablesIn(text)[0]!.rows[0]![0]!.text).toBe('error');
    expect(text).toContain('495 more new findings');
    const rows = tablesIn(text).flatMap((table) => table.rows).length;
    expect(rows + Number(/And (\d+) findings more, cut here/.exec(text)?.[1] ?? 0)).toBe(500);
  });

  test('fits with an attribute of 200,000 characters, and a change of 10,000 attributes', () => {
    const long = { path: 'policy', before: 'á'.repeat(200_000), after: '`|'.repeat(100_000) };
    const many = manyOf(10_000, (index) => ({ path: `tags.k${index}`, after: 'v' }));
    const text = reviewMarkdown(
      reviewWith({
        stacks: [stackWith({ changes: [updated(1, { attributes: [long] }), updated(2, { attributes: many })] })],
      }),
      { platform },
    );

    expectSound(text, LIMITS[platform]);
    expect(text).toContain('more)');
    expect(text).toContain('# and 9900 lines more');
  });
});

test('GitHub counts characters up to 65,536, or bytes up to 262,144: Vietnamese text fits both', () => {
  const changes = manyOf(3000, (index) =>
    updated(index, { attributes: [{ path: 'tags.Name', after: 'Cổng dịch vụ công 🌈' }] }),
  );
  const text = withTag(
    { key: 'review', validAt: '2026-11-24T00:00:00.000Z' },
    reviewMarkdown(reviewWith({ stacks: [stackWith({ changes })] })),
  );

  expect(text.length).toBeLessThanOrEqual(65_536);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(262_144);
});

test('what was cut is linked, by an address that ends no link', () => {
  const stacks = [stackWith({ changes: manyOf(5000, (index) => updated(index)) })];
  const text = reviewMarkdown(reviewWith({ stacks }), { artifactUrl: 'https://ci.example/a)b <img> "x"' });

  expect(text).toContain(
    '_Cut to fit a comment; [the whole of it](<https://ci.example/a)b%20%3Cimg%3E%20%22x%22>) has all._',
  );
  expect(tagsIn(text)).not.toContain('img');
  expect(reviewMarkdown(reviewWith({ stacks }))).toContain('`--format json` has all of it');
});

test('where nothing helps, the verdict alone is left, and says that all else was cut', () => {
  const name = '@'.repeat(5000);
  const stack = stackWith({
    stack: name,
    exposure: manyOf(8, () => ({ subject: name, text: name, kind: 'opened' as const, families: ['ipv4' as const] })),
    causes: manyOf(3, () => ({ path: name, counts: {} })),
  });
  const findings = manyOf(5, () => findingWith({ stack: name, message: name, fix: name, address: name }));
  const text = reviewMarkdown(reviewWith({ stacks: [stack, stack, stack], findings }));

  expectSound(text, LIMITS.github);
  expect(text).toMatch(/^\*\*Blocked: 5 new errors\*\*/);
  expect(text).toContain('_Cut to fit a comment;');
});

test('what a table of findings cannot show is never an empty table', () => {
  const findings = manyOf(400, (index) =>
    findingWith({ address: `r${index}`, message: 'x'.repeat(490), fix: 'y'.repeat(490) }),
  );
  const changes = manyOf(3000, (index) => updated(index));
  const text = reviewMarkdown(reviewWith({ stacks: [stackWith({ changes })], findings }));

  for (const table of tablesIn(text)) expect(table.rows.length).toBeGreaterThan(0);
});

test('a stack without changes in its files says where they come from', () => {
  expect(reviewMarkdown(reviewWith({ stacks: [stackWith({ changes: [updated(1)] })] }))).toContain(
    'No line of YAML has changed for this stack: it comes from portal6 itself.',
  );
});

test('what closes is told, and of much of it how much more', () => {
  const closed = manyOf(6, (index) => ({
    subject: 's',
    text: `port ${index} closes`,
    kind: 'closed' as const,
    families: ['ipv4' as const],
  }));

  expect(inSight(reviewMarkdown(reviewWith({ stacks: [stackWith({ exposure: closed })] })))).toContain(
    '- port 2 closes\n- and 3 more that close',
  );
});

test('more than three stacks are folded, those in danger last', () => {
  const stacks = manyOf(5, (index) =>
    stackWith({
      stack: `s${index}`,
      changes: [index === 4 ? updated(1, { action: 'delete', type: 'aws_eip', holds: 'an address' }) : updated(index)],
    }),
  );
  const seen = inSight(reviewMarkdown(reviewWith({ stacks })));

  expect(seen.indexOf('**s4**')).toBeLessThan(seen.indexOf('**s0**'));
  expect(seen).not.toContain('**s3**');
  expect(reviewMarkdown(reviewWith({ stacks }))).toContain('<summary>s3: 1 to change</summary>');
});

test('whatever somebody writes into a review, it stays in its place, and the hidden tag is ours', () => {
  fc.assert(
    fc.property(
      hostileReview,
      fc.constantFrom(...PLATFORMS),
      fc.option(fc.constantFrom('https://ci.example/1', 'javascript:x', '|\n<b>)')),
      (review, platform, artifactUrl) => {
        const text = reviewMarkdown(review, { platform, ...(artifactUrl !== null && { artifactUrl }) });

        expectSound(text, LIMITS[platform]);
        expect(text).toMatch(/^\*\*/);
        expect(htmlOf(text)).not.toMatch(/<!--|href="(?!https?:)/i);
        expect(readTag(text)).toBeUndefined();
        expect(readTag(withTag({ key: 'review', validAt: review.validAt }, text))).toEqual({
          key: 'review',
          validAt: review.validAt,
        });
        // A line of GitLab's commands begins with a slash, wherever it stands.
        expect(text).not.toMatch(/^\s*\//m);
        expect(text).not.toMatch(/\p{Bidi_Control}|(?!\n)\p{Cc}/u);
      },
    ),
    { numRuns: 150 },
  );
});

test('nobody is called and no issue mentioned, but in code', () => {
  fc.assert(
    fc.property(hostileReview, (review) => {
      const prose = htmlOf(reviewMarkdown(review)).replace(/<pre>[^]*?<\/pre>|<code>[^]*?<\/code>/g, '');

      expect(prose).not.toMatch(/@(?!&#8203;)\w|(?<!&)#\d/);
    }),
    { numRuns: 60 },
  );
});

test('a review that came as JSON reads as the one that was made', () => {
  const review: Review = reviewWith({
    stacks: [stackReview(designed(), designed({ network: { ipv4: '10.47.0.0/20' } }))!],
  });

  expect(reviewMarkdown(readReview(JSON.parse(JSON.stringify(review)))!)).toBe(reviewMarkdown(review));
});

test('titles that open are read as they are written', () => {
  const text = reviewMarkdown(
    reviewWith({ stacks: [stackWith({ stack: 'hue_prod', changes: [updated(1)] }), stackWith({ stack: 'b' })] }),
  );

  expect(text).toContain('<summary>What changes of hue_prod: 1 to change (from the configuration alone)</summary>');
  expect(seenIn(text)).toContain('hue_prod');
  expect(blocksOf(text).length).toBeGreaterThan(3);
});
