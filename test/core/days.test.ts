import { addDays, daysBetween, today } from '../../core/days';

test('the day is that of UTC', () => {
  expect(today(new Date('2026-10-01T23:30:00-07:00'))).toBe('2026-10-02');
});

test.each([
  ['2026-10-01', '2026-10-01', 0],
  ['2026-10-01', '2026-10-31', 30],
  ['2026-10-31', '2026-10-01', -30],
  ['2027-12-31', '2028-12-31', 366],
])('from %s to %s it is %d days', (from, to, days) => {
  expect(daysBetween(from, to)).toBe(days);
  expect(addDays(from, days)).toBe(to);
});
