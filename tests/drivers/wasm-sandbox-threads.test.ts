import { describe, expect, it } from 'vitest';
import { FakeClock } from '../helpers/clock.ts';
import { sandboxThreads } from '../helpers/sandbox-threads.ts';
import { sized } from '../helpers/size.ts';
import { endOf, sandboxRig } from '../helpers/wasm-sandbox.ts';

const spin = { function: 'spin', arguments: { n: 0 } };

describe('the threads of the sandbox', () => {
  it('end 30 s after the last call', async () => {
    const before = sandboxThreads();
    const clock = new FakeClock();
    const program = sandboxRig({ clock }).open();
    expect(await program.text('add', { a: 1, b: 2 })).toBe('3');
    clock.advance(29_999);
    expect(await program.text('add', { a: 1, b: 2 })).toBe('3');
    clock.advance(29_999);
    expect(sandboxThreads()).toBeGreaterThan(before);
    // The spare one may have been starting all the while.
    const after30s = () => {
      clock.advance(30_000);
      return sandboxThreads();
    };
    await expect.poll(after30s).toBe(before);
    expect(await program.text('add', { a: 1, b: 2 })).toBe('3');
  });

  it('are as many as before after many endless loops, as are handles and memory', { timeout: 120_000 }, async () => {
    const rig = sandboxRig({ slots: 1 });
    const good = rig.open();
    const bad = rig.open(undefined, {}, { timeoutMs: 50, maxConcurrency: 32 });
    const loops = async (count: number) => {
      const ends = await Promise.all(Array.from({ length: count }, () => endOf(bad.call(spin))));
      expect(new Set(ends.map(({ reason }) => reason))).toEqual(new Set(['timeout']));
      expect(await good.text('add', { a: 1, b: 2 })).toBe('3');
    };
    await loops(5);
    const observed = () => ({ threads: sandboxThreads(), handles: process.getActiveResourcesInfo().length });
    await expect.poll(() => bad.stats().running).toBe(0);
    const before = { ...observed(), rss: process.memoryUsage().rss };
    // In a queue of 1,000 the last would wait for too long.
    for (let round = 0; round < sized(1, 40); round++) await loops(25);
    await expect.poll(() => bad.stats().running).toBe(0);
    await expect.poll(() => observed().threads).toBeLessThanOrEqual(before.threads + 1);
    expect(observed().handles).toBeLessThanOrEqual(before.handles + 4);
    expect(process.memoryUsage().rss).toBeLessThan(before.rss + 100 * 1024 * 1024);
  });

  it('hold 32 programs, and those that are used less come back', async () => {
    const rig = sandboxRig({ slots: 1 });
    const programs = Array.from({ length: 40 }, () => rig.open());
    for (const round of [1, 2])
      for (const [at, program] of programs.entries())
        expect(await program.text('add', { a: at, b: round })).toBe(String(at + round));
  });
});
