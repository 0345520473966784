import { ToolError } from '../../core/errors';
import { Refusal } from './refusal';

/** The world's time; tests give their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

const ATTEMPTS = 4;

/** Longer than this no job should stand idle. */
const LONGEST_WAIT = 120_000;

/**
 * Does something again that a platform refused for the moment, after the time that its server names, or else 1, 2 and 4
 * seconds.
 *
 * @param action begins anew each time: it looks at what is there first, so that what got through without an answer is
 * not done twice.
 * @throws ToolError when it does not pass.
 */
export async function insist<T>(action: () => Promise<T>, clock: Clock): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof Refusal) || !error.mayPass) throw error;
      const wait = error.waitingTime(clock.now()) ?? 1000 * 2 ** (attempt - 1);
      if (wait > LONGEST_WAIT) {
        throw new ToolError(`${error.message}; it asks to wait ${Math.ceil(wait / 1000)} seconds: run this again then`);
      }
      if (attempt === ATTEMPTS) throw new ToolError(`${error.message}; tried ${ATTEMPTS} times`);
      await clock.sleep(wait);
    }
  }
}
