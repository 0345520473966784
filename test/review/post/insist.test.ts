import { ToolError } from '../../../core/errors';
import { insist } from '../../../review/post/insist';
import { Refusal } from '../../../review/post/refusal';
import { StillClock } from '../../helpers/clock';

test('does again what was refused for the moment, and waits longer each time', async () => {
  const clock = new StillClock();
  const action = jest.fn<Promise<string>, []>().mockResolvedValue('done');
  for (const status of [502, 503, 0]) action.mockRejectedValueOnce(new Refusal(status, 'down'));

  expect(await insist(action, clock)).toBe('done');
  expect(clock.slept).toEqual([1000, 2000, 4000]);
});

test('waits as long as the server asks', async () => {
  const clock = new StillClock();
  const action = jest.fn<Promise<string>, []>().mockResolvedValue('done');
  action.mockRejectedValueOnce(new Refusal(429, 'limit', { 'retry-after': '17' }));

  await insist(action, clock);

  expect(clock.slept).toEqual([17_000]);
});

test('fails when it does not pass', async () => {
  const clock = new StillClock();
  const tried = insist(() => Promise.reject(new Refusal(502, 'GitHub answers 502')), clock);

  await expect(tried).rejects.toThrow(new ToolError('GitHub answers 502; tried 4 times'));
  expect(clock.slept).toHaveLength(3);
});

test('fails at once where the server asks to wait longer than a job should', async () => {
  const clock = new StillClock();
  const tried = insist(() => Promise.reject(new Refusal(429, 'GitHub answers 429', { 'retry-after': '900' })), clock);

  await expect(tried).rejects.toThrow('GitHub answers 429; it asks to wait 900 seconds');
  expect(clock.slept).toEqual([]);
});

test.each([new Refusal(403, 'no'), new TypeError('a bug')])('hands on what time does not mend: %s', async (error) => {
  const clock = new StillClock();

  await expect(insist(() => Promise.reject(error), clock)).rejects.toBe(error);
  expect(clock.slept).toEqual([]);
});
