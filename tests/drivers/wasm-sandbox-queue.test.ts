import { describe, expect, it } from 'vitest';
import { FakeClock } from '../helpers/clock.ts';
import { HeldOperation } from '../helpers/held-operation.ts';
import { endOf, sandboxRig } from '../helpers/wasm-sandbox.ts';

const nap = { function: 'nap', arguments: { ms: 7 } };

/** A program whose only place is taken by a call that waits. */
async function busy(clock = new FakeClock()) {
  const sleep = new HeldOperation('minds');
  const program = sandboxRig({ clock, operations: { sleep } }).open(undefined, {}, { maxConcurrency: 1 });
  const first = program.text('nap', { ms: 7 });
  first.catch(() => 'it may be closed with the test');
  await sleep.begun(1);
  return { clock, sleep, program, first };
}

describe('calls beyond limits.maxConcurrency', () => {
  it('wait for their turn, waiting calls counted', async () => {
    const { sleep, program, first } = await busy();
    const second = program.text('add', { a: 1, b: 2 });
    expect(program.stats()).toMatchObject({ running: 1, parked: 1, queued: 1 });
    sleep.answerAll();
    expect(await Promise.all([first, second])).toEqual(['7', '3']);
  });

  it('are refused where 1,000 wait', async () => {
    const { sleep, program, first } = await busy();
    const waiting = Array.from({ length: 1000 }, (_, a) => program.text('add', { a, b: 0 }));
    expect(await endOf(program.call(nap))).toEqual({
      reason: 'overloaded',
      message:
        '1 calls of default/tried run (1 of them wait for an answer from outside), and 1000 more wait already: try again later.',
    });
    sleep.answerAll();
    await first;
    expect(await Promise.all(waiting)).toEqual(Array.from({ length: 1000 }, (_, a) => String(a)));
  });

  it('are refused after 50 s, each in its own time', async () => {
    const { clock, program } = await busy();
    const early = endOf(program.call(nap));
    clock.advance(20_000);
    const late = endOf(program.call(nap));
    clock.advance(30_000);
    expect((await early).reason).toBe('overloaded');
    expect((await early).message).toContain('did not get its turn within 50 s: 1 calls of default/tried run');
    expect(program.stats()).toMatchObject({ queued: 1 });
    clock.advance(20_000);
    expect((await late).reason).toBe('overloaded');
    expect(program.stats()).toMatchObject({ queued: 0, running: 1 });
  });
});
