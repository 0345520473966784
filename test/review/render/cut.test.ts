import { andMore, middleCut, ROOM } from '../../../review/render/cut';

test('what fits is not cut', () => {
  expect(middleCut(['a', 'b', 'c'], 3)).toEqual(['a', 'b', 'c']);
  expect(ROOM[0]).toBe(Infinity);
});

test.each([
  [4, ['a', 'b', '# 2 cut here, so that this fits a comment', 'e', 'f']],
  [3, ['a', '# 4 cut here, so that this fits a comment', 'f']],
  [1, ['# 6 cut here, so that this fits a comment']],
  [0, ['# 6 cut here, so that this fits a comment']],
])('with room for %i the middle is cut, and says how much that was', (room, expected) => {
  expect(middleCut(['a', 'b', 'c', 'd', 'e', 'f'], room)).toEqual(expected);
});

test('there is less room each time, until there is none', () => {
  expect([...ROOM].sort((one, other) => other - one)).toEqual(ROOM);
  expect(ROOM.at(-1)).toBe(0);
});

test.each([
  [2, 'And 2 stacks more, cut here.'],
  [0, ''],
  [-Infinity, ''],
])('of %i that were left out, says so', (count, expected) => {
  expect(andMore(count, 'stack')).toBe(expected);
});
