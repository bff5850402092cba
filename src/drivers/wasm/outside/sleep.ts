import type { Clock } from '../../../shared/clock.ts';
import { pause } from '../../../shared/pause.ts';
import { asDelay } from './bell.ts';
import { defineOperation } from './define-operation.ts';
import type { Operations } from './operation.ts';

/** `sleep` (language.md §11 time): 0 and below return at once, and the end of the call wakes it. */
export function sleepOperations(clock: Clock): Operations {
  return {
    sleep: defineOperation<'sleep'>('machines', async ([ms], { signal }) => {
      if (ms > 0n) await pause(clock, asDelay(ms), signal);
      return undefined;
    }),
  };
}
