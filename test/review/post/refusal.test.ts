import { Refusal, serverMessage } from '../../../review/post/refusal';

const NOW = Date.parse('2026-11-24T08:00:00Z');
const IN_30 = String(NOW / 1000 + 30);

test.each<[string, number, string, Record<string, string>, number | undefined]>([
  ['no answer', 0, 'refused', {}, undefined],
  ['a server that is down', 502, 'Bad Gateway', {}, undefined],
  ['a server that says when', 503, '', { 'retry-after': '7' }, 7000],
  ['a server that says when by date', 503, '', { 'retry-after': 'Tue, 24 Nov 2026 08:00:09 GMT' }, 9000],
  ['a limit', 429, '', { 'retry-after': '3' }, 3000],
  ["GitHub's limit", 403, 'API rate limit', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': IN_30 }, 30_000],
  ["GitLab's limit", 429, 'Retry later', { 'ratelimit-remaining': '0', 'ratelimit-reset': IN_30 }, 30_000],
  [
    "GitHub's secondary limit, for which the reset of the other says nothing",
    403,
    'You have exceeded a secondary rate limit',
    { 'x-ratelimit-remaining': '4000', 'x-ratelimit-reset': String(NOW / 1000 + 3000) },
    60_000,
  ],
])('may pass, after the time that is named: %s', (_, status, message, headers, wait) => {
  const refusal = new Refusal(status, message, headers);

  expect(refusal.mayPass).toBe(true);
  expect(refusal.waitingTime(NOW)).toBe(wait);
});

test.each([
  ['a token that is wrong', 401, {}],
  ['a permission that is missing', 403, { 'x-ratelimit-remaining': '4000', 'x-ratelimit-reset': IN_30 }],
  ['what is not there', 404, {}],
  ['what is too long', 422, {}],
])('does not pass: %s', (_, status, headers) => {
  expect(new Refusal(status, 'no', headers).mayPass).toBe(false);
});

test('quotes a server on one line, without the token, and not whole pages', () => {
  expect(serverMessage('<html>\n  token s3cret\n</html>', 's3cret')).toBe('<html> token *** </html>');
  expect(serverMessage('x'.repeat(5000), 't')).toHaveLength(301);
});
