import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { WorkQueue } from '../../src/controller/work-queue.ts';
import { FakeClock } from '../helpers/clock.ts';
import { sized } from '../helpers/size.ts';

type Step = {
  readonly do: 'add' | 'addAfter' | 'take' | 'done' | 'advance';
  readonly key: number;
  readonly ms: number;
};

const step = fc.record({
  do: fc.constantFrom('add' as const, 'addAfter' as const, 'take' as const, 'done' as const, 'advance' as const),
  key: fc.nat(4),
  ms: fc.nat(50),
});

describe('work queue', () => {
  it('never hands a key out twice at once and loses no add, whatever the order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 120 }), async (steps) => {
        const clock = new FakeClock();
        const queue = new WorkQueue<number>(clock);
        const inWork = new Set<number>();
        /** Adds that no take has answered yet. */
        const owed = new Set<number>();
        /** One date a key, the earlier of two. */
        const dates = new Map<number, { at: number; cancel: () => void }>();
        const run = async ({ do: what, key, ms }: Step) => {
          if (what === 'add') {
            queue.add(key);
            owed.add(key);
          } else if (what === 'addAfter') {
            queue.addAfter(key, ms);
            const date = dates.get(key);
            if (date !== undefined && date.at <= clock.now() + ms) return;
            date?.cancel();
            const cancel = clock.after(ms, () => {
              dates.delete(key);
              owed.add(key);
            });
            dates.set(key, { at: clock.now() + ms, cancel });
          } else if (what === 'advance') clock.advance(ms);
          else if (what === 'done') {
            if (inWork.delete(key)) queue.done(key);
          } else if (queue.depth > 0) {
            const taken = await queue.take();
            if (taken === undefined) throw new Error('closed');
            expect(inWork.has(taken)).toBe(false);
            expect(owed.has(taken)).toBe(true);
            owed.delete(taken);
            inWork.add(taken);
          }
        };
        for (const one of steps) await run(one);
        clock.advance(1000);
        for (let round = 0; round < 20; round++) {
          for (const key of [...inWork]) await run({ do: 'done', key, ms: 0 });
          while (queue.depth > 0) await run({ do: 'take', key: 0, ms: 0 });
        }
        expect([...owed]).toEqual([]);
      }),
      { numRuns: sized(300, 5000) },
    );
  });

  it('is first come first served, and N adds before the work are one run', async () => {
    const queue = new WorkQueue<string>(new FakeClock());
    for (const key of ['b', 'a', 'b', 'c', 'a']) queue.add(key);
    expect([await queue.take(), await queue.take(), await queue.take()]).toEqual(['b', 'a', 'c']);
    expect(queue.depth).toBe(0);
  });

  it('runs a key once more that was added during its work', async () => {
    const queue = new WorkQueue<string>(new FakeClock());
    queue.add('a');
    await queue.take();
    queue.add('a');
    queue.add('a');
    expect(queue.depth).toBe(0);
    queue.done('a');
    expect(queue.depth).toBe(1);
  });

  it('keeps the earlier of two dates', async () => {
    const clock = new FakeClock();
    const queue = new WorkQueue<string>(clock);
    queue.addAfter('a', 100);
    queue.addAfter('a', 500);
    clock.advance(100);
    expect(queue.depth).toBe(1);
    await queue.take();
    queue.done('a');
    clock.advance(1000);
    expect(queue.depth).toBe(0);
  });

  it('forgets the date of one key alone among those that are due together', () => {
    const clock = new FakeClock();
    const queue = new WorkQueue<string>(clock);
    for (const key of ['a', 'b', 'c']) queue.addAfter(key, 100);
    queue.cancelDelay('b');
    clock.advance(100);
    expect(queue.depth).toBe(2);
    for (const key of ['b', 'd']) queue.addAfter(key, 50);
    for (const key of ['b', 'd']) queue.cancelDelay(key);
    expect(clock.nextAt).toBeUndefined();
  });

  it('lets every taker go when it is closed', async () => {
    const queue = new WorkQueue<string>(new FakeClock());
    const takers = [queue.take(), queue.take()];
    queue.close();
    queue.add('a');
    expect(await Promise.all(takers)).toEqual([undefined, undefined]);
    expect(await queue.take()).toBeUndefined();
  });
});
