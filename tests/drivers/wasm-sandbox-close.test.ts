import { describe, expect, it } from 'vitest';
import { HeldOperation } from '../helpers/held-operation.ts';
import { sandboxThreads } from '../helpers/sandbox-threads.ts';
import { endOf, sandboxRig } from '../helpers/wasm-sandbox.ts';

const nap = { function: 'nap', arguments: { ms: 7 } };
const CLOSED = { reason: 'closed', message: 'default/tried was stopped before the call had ended.' };

describe('a program is closed', () => {
  it('takes no more calls, and ends those that it has: what computes, what waits, what has not begun', async () => {
    const sleep = new HeldOperation('minds');
    const program = sandboxRig({ slots: 1, operations: { sleep } }).open();
    const parked = endOf(program.call(nap));
    await sleep.begun(1);
    const calls = [parked, endOf(program.call({ function: 'spin', arguments: { n: 0 } })), endOf(program.call(nap))];
    const closed = program.close();
    expect(await endOf(program.call(nap))).toEqual({ reason: 'closed', message: 'default/tried was stopped.' });
    expect(await Promise.all(calls)).toEqual([CLOSED, CLOSED, CLOSED]);
    await closed;
    expect(program.stats()).toMatchObject({ running: 0, parked: 0, queued: 0 });
  });

  it('and was the last: no thread is left, and another can be opened', async () => {
    const before = sandboxThreads();
    const rig = sandboxRig();
    const [one, two] = [rig.open(), rig.open()];
    expect(await Promise.all([one.text('add', { a: 1, b: 2 }), two.text('add', { a: 2, b: 2 })])).toEqual(['3', '4']);
    await one.close();
    expect(sandboxThreads()).toBeGreaterThan(before);
    await two.close();
    expect(sandboxThreads()).toBe(before);
    expect(await rig.open().text('add', { a: 1, b: 2 })).toBe('3');
  });

  it('has no thread before its first call', async () => {
    const before = sandboxThreads();
    const program = sandboxRig().open();
    expect(sandboxThreads()).toBe(before);
    await program.close();
  });
});
