import type { Clock } from '../../review/post/insist';

/** A clock that stands still but for sleep, which takes no time. */
export class StillClock implements Clock {
  /** How long was slept, each time, in milliseconds. */
  public readonly slept: number[] = [];

  constructor(private time = Date.parse('2026-11-24T08:00:00Z')) {}

  public now(): number {
    return this.time;
  }

  public async sleep(milliseconds: number): Promise<void> {
    this.slept.push(milliseconds);
    this.time += milliseconds;
  }
}
