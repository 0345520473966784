import { type Comment, withTag } from '../../../review/post/comment';
import { type GitlabPlace, postToGitlab } from '../../../review/post/gitlab';
import { LABELS } from '../../../review/post/labels';
import { StillClock } from '../../helpers/clock';
import { type GitlabNote, GitlabServer } from '../../helpers/gitlab-server';

const VALID_AT = '2026-11-24T08:00:00Z';
const COMMENT: Comment = {
  key: 'review',
  validAt: VALID_AT,
  body: 'One portal changes.',
  quiet: 'Nothing changes any more.',
  labels: [LABELS.destroy.name],
};
const URL_OF = (id: number) => `https://gitlab.com/hue/portals/-/merge_requests/7#note_${id}`;

let server: GitlabServer;
let clock: StillClock;

beforeEach(async () => {
  server = new GitlabServer();
  clock = new StillClock();
  await server.start();
});

function posted(comment: Partial<Comment> = {}, place: Partial<GitlabPlace> = {}) {
  const { url: host, token } = server;
  return postToGitlab({ ...COMMENT, ...comment }, { host, token, project: '42', number: 7, ...place }, clock);
}

function tagged(id: number, author: number, validAt = '2026-11-24T07:00:00Z', system = false): GitlabNote {
  return { id, author: { id: author }, system, body: withTag({ key: 'review', validAt }, 'Two portals change.') };
}

test('makes a note and a label with its color, then updates that note and takes the label off', async () => {
  server.labels = ['bug'];

  expect(await posted()).toEqual({ done: 'created', url: URL_OF(1000), notes: [] });
  expect(server.notes.map(({ body }) => body)).toEqual([withTag(COMMENT, 'One portal changes.')]);
  expect(server.labels).toEqual(['bug', 'portal6: destroy']);
  expect(server.colors.get('portal6: destroy')).toBe('#d93f0b');

  const later = { body: undefined, labels: [LABELS.noChanges.name], validAt: '2026-11-24T09:00:00Z' };
  expect(await posted(later)).toEqual({ done: 'updated', url: URL_OF(1000), notes: [] });
  expect(server.notes.map(({ body }) => body)).toEqual([
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

test('finds its note on any page, and takes neither that of a stranger nor one that GitLab wrote for its own', async () => {
  for (let id = 1; id <= 250; id++) server.notes.push({ id, author: { id: 2 }, system: false, body: 'hello' });
  server.notes.push(tagged(251, 1), tagged(252, 2, '2099-01-01T00:00:00Z'), tagged(253, 1, VALID_AT, true));

  expect(await posted()).toEqual({ done: 'updated', url: URL_OF(251), notes: [] });
});

test('leaves what was found out later', async () => {
  server.notes.push(tagged(1, 1, '2026-11-24T09:00:00Z'));

  expect(await posted()).toEqual({ done: 'left: newer there', url: URL_OF(1), notes: [] });
  expect(server.writes).toEqual([]);
});

test('writes no command that GitLab would obey with the rights of the token', async () => {
  await posted({ body: 'Changes\n/merge\n  /Approve\na/b and /close' });

  expect(server.notes[0]!.body).toBe(withTag(COMMENT, 'Changes\n\\/merge\n  \\/Approve\na/b and /close'));
  expect(await posted({ body: 'Changes\n/merge\n  /Approve\na/b and /close' })).toMatchObject({ done: 'unchanged' });
});

test('asks once, then waits as long as GitLab asks', async () => {
  const answer = { status: 429, headers: { 'retry-after': '20' }, body: 'Retry later' };
  server.instead.push({ request: /^POST .*notes$/, answer });

  expect(await posted()).toMatchObject({ done: 'created' });
  expect(clock.slept).toEqual([20_000]);
  expect(server.requests.filter((request) => /^POST .*notes$/.test(request))).toHaveLength(2);
});

test('fails when GitLab stays down', async () => {
  for (let i = 0; i < 4; i++) server.instead.push({ request: /user$/, answer: { status: 503, body: 'down' } });

  await expect(posted()).rejects.toThrow('GitLab answers 503 (down); tried 4 times');
});

test('fails when nobody answers', async () => {
  const posting = posted({}, { host: 'http://127.0.0.1:9' });

  await expect(posting).rejects.toThrow(/^GitLab does not answer at http:\/\/127\.0\.0\.1:9 \(.+\); tried 4 times$/);
});

test('fails with the scope that is missing', async () => {
  server.instead.push({ request: /^POST .*notes$/, answer: { status: 403, body: { message: '403 Forbidden' } } });

  await expect(posted()).rejects.toThrow(
    /^GitLab answers 403 \(403 Forbidden\): to comment on merge request 7 of project 42, the token needs the scope `api` and at least the role Reporter$/,
  );
});

test.each<[string, Partial<GitlabPlace>, string]>([
  ['a wrong token', { token: 'glpat-Wrong' }, 'GitLab answers 401 (Bad credentials): the token is wrong, has ended'],
  [
    'no such merge request',
    { number: 8 },
    'GitLab answers 404 (Not Found): there is no merge request 8 in project 42 that the token may see',
  ],
])('fails in one line for %s', async (_, place, message) => {
  await expect(posted({}, place)).rejects.toThrow(message);
});

test('puts on a label in a color of GitLab where it may make none', async () => {
  server.instead.push({ request: /^POST .*labels$/, answer: { status: 403, body: { message: '403 Forbidden' } } });

  expect(await posted()).toMatchObject({ done: 'created', notes: [] });
  expect(server.labels).toEqual(['portal6: destroy']);
});
