import { eitherMarked, secretChanges, withoutMarked } from '../../review/plan-marks';

test('what is marked on either side is marked', () => {
  expect(eitherMarked({ a: true }, { b: { c: true } })).toEqual({ a: true, b: { c: true } });
  expect(eitherMarked(true, { b: true })).toBe(true);
  expect(eitherMarked(false, { list: [{ x: true }] })).toEqual({ list: [{ x: true }] });
  expect(eitherMarked([{ a: true }], [{ b: true }, true])).toEqual([{ a: true, b: true }, true]);
  expect(eitherMarked(undefined, undefined)).toBeUndefined();
});

test('a value is left without what is marked in it, however deep', () => {
  const value = { a: 'hunter2', list: [{ b: 'hunter2', c: 'seen' }], none: null };
  const left = JSON.stringify(withoutMarked(value, { a: true, list: [{ b: true }], none: true }));

  expect(left).toBe('{"a":"(sensitive)","list":[{"b":"(sensitive)","c":"seen"}],"none":null}');
});

test('where secrets differ is told, and not how', () => {
  const marks = { a: true, same: true, list: { 0: { 'x y': true } } };
  const changes = secretChanges(
    { a: 'one', same: 'x', list: [{ 'x y': 'one' }] },
    { same: 'x', list: [{ 'x y': 'two' }] },
    { ...marks, list: [{ 'x y': true }] },
    '',
  );

  expect(changes).toEqual([
    { path: 'a', before: '(sensitive)', sensitive: true },
    { path: 'list[0]["x y"]', before: '(sensitive)', after: '(sensitive)', sensitive: true },
  ]);
});
