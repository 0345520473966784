import { Users } from '@gitbeaker/rest';
import { requestsWith } from '../../../review/post/gitlab-requests';
import { Refusal } from '../../../review/post/refusal';
import { GitlabServer } from '../../helpers/gitlab-server';

async function asked(answer: GitlabServer['instead'][number]['answer']) {
  const server = new GitlabServer();
  await server.start();
  server.instead.push({ request: /user/, answer });
  const { url: host, token } = server;
  const users = new Users({ host, token, requesterFn: requestsWith(token) });
  return users.showCurrentUser().catch((error: unknown) => error);
}

test.each([
  ['a message', { message: 'no' }, 'no'],
  ['an error', { error: 'insufficient_scope' }, 'insufficient_scope'],
  ['messages by field', { message: { note: ['is too long'] } }, '{"note":["is too long"]}'],
  ['a page', '<html>\nno</html>', '<html> no</html>'],
  ['neither', { detail: 1 }, '{"detail":1}'],
  ['the token', { message: 'glpat-Secret0123 is wrong' }, '*** is wrong'],
])('quotes what GitLab says: %s', async (_, body, said) => {
  const error = await asked({ status: 400, body });

  expect(error).toBeInstanceOf(Refusal);
  expect(error).toMatchObject({ status: 400, message: `GitLab answers 400 (${said})` });
});

test('tells how long GitLab asks to wait', async () => {
  const error = await asked({ status: 429, headers: { 'retry-after': '5' }, body: 'Retry later' });

  expect((error as Refusal).waitingTime(0)).toBe(5000);
});
