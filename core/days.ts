/** Calendar days as texts, `2026-10-01`, which sort as they follow one another. */

const DAY = 24 * 60 * 60 * 1000;

/** The day that it is in UTC, so that a run says the same wherever it runs. */
export function today(now = new Date()): string {
  return now.toISOString().slice(0, 10);
}

/** How many days from one day to another; negative where the other is earlier. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY;
}

export function addDays(day: string, days: number): string {
  return today(new Date(Date.parse(day) + days * DAY));
}
