import { describe, expect, it } from 'vitest';
import { HeldOperation } from '../helpers/held-operation.ts';
import { endOf, sandboxRig } from '../helpers/wasm-sandbox.ts';

const spin = { function: 'spin', arguments: { n: 0 } };
const nap = { function: 'nap', arguments: { ms: 7 } };
const CANCELLED = { reason: 'cancelled', message: 'The call was cancelled.' };

describe('a call is cancelled', () => {
  it('before it is made', async () => {
    const program = sandboxRig().open();
    expect(await endOf(program.call(spin, AbortSignal.abort()))).toEqual(CANCELLED);
    expect(program.stats()).toMatchObject({ running: 0, queued: 0 });
  });

  it('while it waits for its turn: it leaves the queue', async () => {
    const sleep = new HeldOperation();
    const program = sandboxRig({ slots: 1, operations: { sleep } }).open(undefined, {}, { maxConcurrency: 1 });
    const first = program.text('nap', { ms: 7 });
    await sleep.begun(1);
    const cancel = new AbortController();
    const end = endOf(program.call(spin, cancel.signal));
    expect(program.stats()).toMatchObject({ queued: 1 });
    cancel.abort();
    expect(await end).toEqual(CANCELLED);
    expect(program.stats()).toMatchObject({ running: 1, queued: 0 });
    sleep.answerAll();
    expect(await first).toBe('7');
  });

  it('while it computes: its thread is ended, and the next call has another', async () => {
    const sleep = new HeldOperation();
    const program = sandboxRig({ slots: 1, operations: { sleep } }).open();
    const cancel = new AbortController();
    const end = endOf(program.call({ function: 'nap_then_spin', arguments: {} }, cancel.signal));
    await sleep.begun(1);
    sleep.answerAll();
    // The answer is taken in a microtask; from then on it computes for ever.
    await new Promise(setImmediate);
    expect(program.stats()).toMatchObject({ running: 1, parked: 0 });
    cancel.abort();
    expect(await end).toEqual(CANCELLED);
    expect(await program.text('add', { a: 1, b: 2 })).toBe('3');
    await expect.poll(() => program.stats()).toMatchObject({ running: 0 });
  });

  it('while it waits for somebody outside: what it waits for is told', async () => {
    const sleep = new HeldOperation();
    const program = sandboxRig({ slots: 1, operations: { sleep } }).open();
    const cancel = new AbortController();
    const end = endOf(program.call(nap, cancel.signal));
    await sleep.begun(1);
    cancel.abort();
    expect(await end).toEqual(CANCELLED);
    expect(sleep.runs[0]!.call.signal.aborted).toBe(true);
    expect(await program.text('add', { a: 1, b: 2 })).toBe('3');
    await expect.poll(() => program.stats()).toMatchObject({ running: 0, parked: 0 });
  });

  it('after it has ended: nothing happens', async () => {
    const program = sandboxRig().open();
    const cancel = new AbortController();
    expect(await program.text('add', { a: 1, b: 2 }, cancel.signal)).toBe('3');
    cancel.abort();
    expect(await program.text('add', { a: 2, b: 2 })).toBe('4');
    expect(program.stats()).toMatchObject({ failures: 0 });
  });
});
