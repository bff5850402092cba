import { describe, expect, it } from 'vitest';
import { sized } from '../helpers/size.ts';
import { HeldOperation } from '../helpers/held-operation.ts';
import { endOf, sandboxRig, sharedRig, type Tried } from '../helpers/wasm-sandbox.ts';

const rig = sharedRig({ slots: 1 });
const ROUNDS = sized(2, 10);

/** From here on its calls are taken to be quick, and are sent ahead. */
async function warm(program: Tried): Promise<void> {
  for (let i = 0; i < 20; i++) await program.text('add', { a: i, b: 1 });
}

/** Makes so many calls at once, each of which leaves a line of its own. */
function say(program: Tried, from: number, count: number): Promise<unknown>[] {
  return Array.from({ length: count }, (_, i) => program.text('say', { text: `call ${String(from + i)}` }));
}

const said = (program: Tried) => program.lines.map(([, text]) => text).sort();
const expected = (count: number) => Array.from({ length: count }, (_, i) => `call ${String(i)}`).sort();

describe('calls that are sent ahead', () => {
  it('are made once each, whatever slow, ended or failing calls are among them', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const program = rig.open(undefined, {}, { timeoutMs: 400 });
      await warm(program);
      const first = say(program, 0, 30);
      const spins = [program.call({ function: 'spin', arguments: { n: 0 } })];
      const middle = say(program, 30, 10);
      spins.push(program.call({ function: 'spin', arguments: { n: 0 } }));
      const trap = program.call({ function: 'divide', arguments: { a: 1, b: 0 } });
      const last = say(program, 40, 30);
      for (const spin of spins) expect(await endOf(spin)).toMatchObject({ reason: 'timeout' });
      expect(await trap).toMatchObject({ isError: true });
      await Promise.all([...first, ...middle, ...last]);
      expect(said(program)).toEqual(expected(70));
      expect(program.stats()).toMatchObject({ running: 0, queued: 0 });
    }
  });

  it('go on elsewhere where the one before them waits outside', async () => {
    const sleep = new HeldOperation();
    const program = sandboxRig({ slots: 1, operations: { sleep } }).open();
    await warm(program);
    const before = say(program, 0, 5);
    const nap = program.text('nap', { ms: 7 });
    const after = say(program, 5, 20);
    await Promise.all([...before, ...after]);
    sleep.answerAll();
    expect(await nap).toBe('7');
    expect(said(program)).toEqual(expected(25));
  });

  it('can be cancelled one by one', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const program = rig.open();
      await warm(program);
      const cancels = Array.from({ length: 40 }, () => new AbortController());
      const calls = cancels.map(({ signal }, i) => program.text('say', { text: `call ${String(i)}` }, signal));
      const kept = calls.filter((_, i) => i % 3 !== 0);
      const gone = calls.filter((_, i) => i % 3 === 0).map((call) => endOf(call));
      cancels.forEach((cancel, i) => (i % 3 === 0 ? cancel.abort() : undefined));
      for (const end of await Promise.all(gone)) expect(end.reason).toBe('cancelled');
      await Promise.all(kept);
      const lines = said(program);
      expect(new Set(lines).size).toBe(lines.length);
      for (let i = 0; i < 40; i++) if (i % 3 !== 0) expect(lines).toContain(`call ${String(i)}`);
    }
  });

  it('are over, too, when the program is closed', async () => {
    const program = rig.open();
    await warm(program);
    const ends = Array.from({ length: 60 }, () => program.call({ function: 'spin', arguments: { n: 0 } })).map(endOf);
    const closed = program.close();
    for (const end of await Promise.all(ends)) expect(end.reason).toBe('closed');
    await closed;
    expect(program.stats()).toMatchObject({ running: 0, queued: 0 });
  });
});
