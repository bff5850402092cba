import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CallWindow } from '../../../src/gateway/circuits/call-window.ts';

const START = 1_700_000_000_000;

describe('the window of a circuit', () => {
  it('holds the calls of the last minute, and no others', () => {
    const step = fc.record({ passes: fc.integer({ min: 0, max: 70_000 }), failed: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const window = new CallWindow(60_000);
        const calls: { readonly at: number; readonly failed: boolean }[] = [];
        let now = START;
        for (const { passes, failed } of steps) {
          now += passes;
          window.add(failed, now);
          calls.push({ at: now, failed });
          const second = (at: number) => Math.floor(at / 1000);
          const held = calls.filter(({ at }) => second(at) > second(now) - 60);
          expect([window.calls, window.failures]).toEqual([held.length, held.filter((call) => call.failed).length]);
        }
      }),
    );
  });

  it.each([
    ['a little, goes on', -5000, 3],
    ['by hours, begins anew', -7_200_000, 1],
    ['forward by hours, begins anew', 7_200_000, 1],
  ])('whose clock is set %s', (_, jump, calls) => {
    const window = new CallWindow(60_000);
    window.add(true, START);
    window.add(false, START);
    window.add(true, START + jump);
    expect([window.calls, window.failures]).toEqual([calls, calls === 3 ? 2 : 1]);
  });
});
