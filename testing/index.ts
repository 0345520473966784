/** Importing this file gives jest's `expect` the matchers, with their types. */
import { type PolicyOptions, toBeDualStack, toHaveIpv6Path, toPassPolicy } from './matchers';

declare const expect: { extend(matchers: Record<string, unknown>): void };

expect.extend({ toBeDualStack, toHaveIpv6Path, toPassPolicy });

declare global {
  // The place where jest's types are extended.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace jest {
    interface Matchers<R> {
      /** Everything in the stack that can have both families has them. */
      toBeDualStack(): R;
      /** The stack passes the rules of `portal6 check`. */
      toPassPolicy(options?: PolicyOptions): R;
      /** A client reaches the name over IPv6: every hop from DNS to the target is open. */
      toHaveIpv6Path(domain: string): R;
    }
  }
}

export type { PolicyOptions, Stack } from './matchers';
