import { type Comment, withTag } from '../../../review/post/comment';
import { type GithubPlace, postToGithub } from '../../../review/post/github';
import { LABELS } from '../../../review/post/labels';
import { StillClock } from '../../helpers/clock';
import { ACTIONS, type GithubComment, GithubServer, OTHER_BOT, STRANGER } from '../../helpers/github-server';

const VALID_AT = '2026-11-24T08:00:00Z';
const COMMENT: Comment = {
  key: 'review',
  validAt: VALID_AT,
  body: 'One portal changes.',
  quiet: 'Nothing changes any more.',
  labels: [LABELS.destroy.name],
};
const COMMENTS = '/repos/hue/portals/issues/7/comments';
const URL_OF = (id: number) => `https://github.com/hue/portals/pull/7#issuecomment-${id}`;

let server: GithubServer;
let clock: StillClock;

beforeEach(async () => {
  server = new GithubServer();
  clock = new StillClock();
  await server.start();
});

function posted(comment: Partial<Comment> = {}, place: Partial<GithubPlace> = {}) {
  const { url: api, token } = server;
  const there = { api, token, repository: 'hue/portals', number: 7, fromFork: false, ...place };
  return postToGithub({ ...COMMENT, ...comment }, there, clock);
}

function tagged(id: number, user: GithubComment['user'], validAt = '2026-11-24T07:00:00Z'): GithubComment {
  return { id, user, body: withTag({ key: 'review', validAt }, 'Two portals change.').replace('\n', '\r\n') };
}

test('makes a comment and a label with its color, then updates that comment and takes the label off', async () => {
  server.labels = ['bug'];

  expect(await posted()).toEqual({ done: 'created', url: URL_OF(1000), notes: [] });
  expect(server.comments.map(({ body }) => body)).toEqual([withTag(COMMENT, 'One portal changes.')]);
  expect(server.labels).toEqual(['bug', 'portal6: destroy']);
  expect(server.colors.get('portal6: destroy')).toBe('d93f0b');

  const later = { body: undefined, labels: [LABELS.noChanges.name], validAt: '2026-11-24T09:00:00Z' };
  expect(await posted(later)).toEqual({ done: 'updated', url: URL_OF(1000), notes: [] });
  expect(server.comments.map(({ body }) => body)).toEqual([
    withTag({ ...COMMENT, ...later }, 'Nothing changes any more.'),
  ]);
  expect(server.labels).toEqual(['bug', 'portal6: no-changes']);
});

test('writes nothing when nothing has changed', async () => {
  await posted();
  const before = server.writes.length;

  expect(await posted()).toEqual({ done: 'unchanged', url: URL_OF(1000), notes: [] });
  expect(server.writes).toHaveLength(before);
});

test('finds its comment on any page', async () => {
  for (let id = 1; id <= 250; id++) server.comments.push({ id, user: STRANGER, body: 'hello' });
  server.comments.push(tagged(251, ACTIONS));

  expect(await posted()).toEqual({ done: 'updated', url: URL_OF(251), notes: [] });
});

test.each([STRANGER, OTHER_BOT])(
  'leaves a comment of $login alone that has our tag, whatever its time',
  async (user) => {
    server.comments.push(tagged(1, user, '2099-01-01T00:00:00Z'));

    expect(await posted()).toEqual({ done: 'created', url: URL_OF(1001), notes: [] });
    expect(server.comments[0]).toEqual(tagged(1, user, '2099-01-01T00:00:00Z'));
  },
);

test('takes its own for that of the bot whose token it has, whichever way GitHub writes its name', async () => {
  server.viewer = 'github-actions';
  server.comments.push(
    tagged(1, { login: 'github-actions[bot]', type: 'User' }),
    tagged(2, ACTIONS),
    tagged(3, OTHER_BOT),
  );

  expect(await posted()).toEqual({ done: 'updated', url: URL_OF(2), notes: [] });
});

test('takes its own for that of the person whose token it has', async () => {
  server.viewer = 'stranger';
  server.comments.push(tagged(1, STRANGER), tagged(2, ACTIONS));

  expect(await posted()).toEqual({ done: 'updated', url: URL_OF(1), notes: [] });
});

test('takes the comment of a bot where GitHub does not tell who we are, and makes one where it may not edit that', async () => {
  server.viewer = undefined;
  server.comments.push(tagged(1, STRANGER), tagged(2, OTHER_BOT));
  server.instead.push({ request: /^PATCH/, answer: { status: 403, body: { message: 'Must have admin rights' } } });

  expect(await posted()).toEqual({
    done: 'created',
    url: URL_OF(1002),
    notes: ['the comment that was there cannot be edited'],
  });
});

test('leaves what was found out later', async () => {
  server.comments.push(tagged(1, ACTIONS, '2026-11-24T09:00:00Z'));

  expect(await posted()).toEqual({ done: 'left: newer there', url: URL_OF(1), notes: [] });
  expect(server.writes).toEqual([]);
});

test('waits as long as GitHub asks when it writes too often', async () => {
  server.instead.push({
    request: /^POST .*comments$/,
    answer: {
      status: 403,
      headers: { 'retry-after': '20' },
      body: { message: 'You have exceeded a secondary rate limit' },
    },
  });

  expect(await posted()).toMatchObject({ done: 'created' });
  expect(clock.slept).toEqual([20_000]);
});

test('asks again who we are where GitHub was down', async () => {
  server.instead.push({ request: /graphql/, answer: { status: 502, body: '<html>Bad Gateway</html>' } });
  server.comments.push(tagged(1, ACTIONS));

  expect(await posted()).toMatchObject({ done: 'updated' });
  expect(clock.slept).toEqual([1000]);
});

test('fails when GitHub stays down', async () => {
  for (let i = 0; i < 4; i++) {
    server.instead.push({ request: /^GET .*comments$/, answer: { status: 502, body: '<html>\nBad Gateway</html>' } });
  }

  await expect(posted()).rejects.toThrow('GitHub answers 502 (<html> Bad Gateway</html>); tried 4 times');
});

test('fails when nobody answers', async () => {
  const posting = posted({}, { api: 'http://127.0.0.1:9' });

  await expect(posting).rejects.toThrow(/^GitHub does not answer at http:\/\/127\.0\.0\.1:9 \(.+\); tried 4 times$/);
});

test('fails with the permission that is missing', async () => {
  const answer = { status: 403, body: { message: 'Resource not accessible by integration' } };
  server.instead.push({ request: /^POST .*comments$/, answer }, { request: /^POST .*comments$/, answer });

  const message =
    'GitHub answers 403 (Resource not accessible by integration): to comment on pull request 7 of hue/portals, the token needs `pull-requests: write`.';
  await expect(posted()).rejects.toThrow(new RegExp(`^${literal(message)}$`));
  await expect(posted({}, { fromFork: true })).rejects.toThrow(
    `${message} This pull request comes from a fork, whose token can only read`,
  );
});

test.each<[string, Partial<GithubPlace>, string]>([
  ['a wrong token', { token: 'ghs_Wrong' }, 'GitHub answers 401 (Bad credentials): the token is wrong, or has ended'],
  [
    'no such pull request',
    { number: 8 },
    'GitHub answers 404 (Not Found): there is no pull request 8 in hue/portals that the token may see',
  ],
])('fails in one line for %s', async (_, place, message) => {
  await expect(posted({}, place)).rejects.toThrow(new RegExp(`^${literal(message)}$`));
});

test('says what GitHub says to a comment that it does not take, but never the token', async () => {
  server.instead.push({
    request: new RegExp(`^POST ${COMMENTS}$`),
    answer: { status: 422, body: { message: `body is too long (${server.token})` } },
  });

  await expect(posted()).rejects.toThrow(/^GitHub answers 422 \(body is too long \(\*\*\*\)\)$/);
});

test('puts on a grey label where it may make none, and notes where it may put on none', async () => {
  const answer = { status: 403, body: { message: 'Resource not accessible by integration' } };
  server.instead.push({ request: /^POST \/repos\/hue\/portals\/labels/, answer });
  expect(await posted()).toMatchObject({ done: 'created', notes: [] });
  expect(server.labels).toEqual(['portal6: destroy']);

  server.labels = [];
  server.instead.push({ request: /^POST .*7\/labels$/, answer });
  expect((await posted()).notes).toEqual([expect.stringMatching(/^the labels are not up to date: GitHub answers 403/)]);
});

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
