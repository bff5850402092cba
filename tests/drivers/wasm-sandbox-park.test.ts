import { describe, expect, it } from 'vitest';
import { FakeClock } from '../helpers/clock.ts';
import { HeldOperation } from '../helpers/held-operation.ts';
import { sized } from '../helpers/size.ts';
import { endOf, sandboxRig } from '../helpers/wasm-sandbox.ts';

const nap = { function: 'nap', arguments: { ms: 7 } };

describe('a call that waits for somebody outside', () => {
  it('gives its slot to another, and takes one again to go on', async () => {
    const sleep = new HeldOperation();
    const program = sandboxRig({ slots: 1, operations: { sleep } }).open();
    const waiting = program.text('nap', { ms: 7 });
    await sleep.begun(1);
    expect(program.stats()).toMatchObject({ running: 1, parked: 1 });
    expect(await program.text('add', { a: 1, b: 2 })).toBe('3');
    sleep.answerAll();
    expect(await waiting).toBe('7');
    expect(program.stats()).toMatchObject({ running: 0, parked: 0, failures: 0 });
  });

  it('goes on before calls that have not begun', async () => {
    const sleep = new HeldOperation();
    const program = sandboxRig({ slots: 1, operations: { sleep } }).open();
    const order: string[] = [];
    const note = (name: string) => () => order.push(name);
    const waiting = program.text('nap', { ms: 7 }).then(note('waiting'));
    await sleep.begun(1);
    const first = program.text('big', { n: 1 }).then(note('first'));
    const second = program.text('big', { n: 1 }).then(note('second'));
    sleep.answerAll();
    await Promise.all([waiting, first, second]);
    expect(order.indexOf('waiting')).toBeLessThan(order.indexOf('second'));
  });

  it('may wait for a mind as long as it likes', async () => {
    const clock = new FakeClock();
    const sleep = new HeldOperation('minds');
    const program = sandboxRig({ clock, operations: { sleep } }).open();
    const waiting = program.text('nap', { ms: 7 });
    await sleep.begun(1);
    clock.advance(600_000);
    sleep.answerAll();
    expect(await waiting).toBe('7');
  });

  it.each([
    ['a machine', 'machines', false],
    ['a mind, where the manifest counts that', 'minds', true],
  ] as const)(
    'is ended when its time is over while it waits for %s, and its thread lives',
    async (_, who, countWaits) => {
      const clock = new FakeClock();
      const sleep = new HeldOperation(who);
      const program = sandboxRig({ clock, slots: 1, operations: { sleep } }).open(undefined, {}, { countWaits });
      const end = endOf(program.call(nap));
      await sleep.begun(1);
      clock.advance(2000);
      expect(await end).toEqual({
        reason: 'timeout',
        message: '`nap` waited for an answer beyond limits.timeoutMs (2000 ms) and was ended.',
      });
      expect(sleep.runs[0]!.call.signal.aborted).toBe(true);
      expect(await program.text('add', { a: 1, b: 2 })).toBe('3');
      await expect.poll(() => program.stats()).toMatchObject({ running: 0, parked: 0, failures: 1 });
    },
  );

  it('loses what it has opened when it ends, however it ends', async () => {
    const sleep = new HeldOperation();
    const program = sandboxRig({ operations: { sleep } }).open();
    const calls = [program.call(nap), program.call(nap)];
    const closed: number[] = [];
    for (const at of [0, 1]) {
      await sleep.begun(at + 1);
      expect(sleep.runs[at]!.call.handles.open({ close: () => closed.push(at) })).toBe(1n);
    }
    sleep.runs[0]!.answer(undefined);
    sleep.runs[1]!.answer({ trap: 'The host has failed.' });
    expect((await Promise.all(calls)).map(({ isError }) => isError === true)).toEqual([false, true]);
    expect(closed.toSorted()).toEqual([0, 1]);
    expect(sleep.runs.map(({ call }) => call.signal.aborted)).toEqual([true, true]);
  });

  it('holds at most 64 things open', async () => {
    const sleep = new HeldOperation();
    const program = sandboxRig({ operations: { sleep } }).open();
    const call = program.text('nap', { ms: 7 });
    await sleep.begun(1);
    const { handles } = sleep.runs[0]!.call;
    let closed = 0;
    const open = () => handles.open({ close: () => closed++ });
    for (let i = 0; i < 64; i++) open();
    expect(open).toThrow('at most 64 open');
    handles.close(1n);
    handles.close(1n);
    open();
    expect(closed).toBe(2);
    sleep.answerAll();
    await call;
    expect(closed).toBe(66);
  });

  it('is refused where nobody carries it out, or whoever does has a bug', async () => {
    const program = sandboxRig().open();
    expect(await program.text('nap', { ms: 1 })).toContain('`sleep` is not offered');
    const sleep = { waitsFor: 'machines', run: () => Promise.reject(new Error('a bug')) } as const;
    const other = sandboxRig({ operations: { sleep } }).open();
    expect(await other.text('nap', { ms: 1 })).toContain('`sleep` failed: a bug');
  });

  it.runIf(sized(0, 1))('is refused where 64 wait already', async () => {
    const sleep = new HeldOperation();
    const program = sandboxRig({ operations: { sleep } }).open(
      undefined,
      {},
      { maxConcurrency: 100, timeoutMs: 60_000 },
    );
    const waiting = Array.from({ length: 64 }, () => program.text('nap', { ms: 7 }));
    await sleep.begun(64);
    expect(program.stats()).toMatchObject({ running: 64, parked: 64 });
    expect(await program.text('nap', { ms: 7 })).toContain('too many calls wait for answers already');
    expect(await program.text('add', { a: 1, b: 2 })).toBe('3');
    sleep.answerAll();
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['7']));
  });
});
