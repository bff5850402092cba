import { describe, expect, it } from 'vitest';
import { HeldOperation } from '../helpers/held-operation.ts';
import { sandboxRig } from '../helpers/wasm-sandbox.ts';

describe('what a program prints', () => {
  it('is logged as lines when the call ends', async () => {
    const program = sandboxRig().open();
    await program.text('say', { text: 'one\r\ntwo\n\nthree' });
    expect(program.lines).toEqual(['one', 'two', '', 'three'].map((line) => ['stdout', line]));
  });

  it('is logged before a call waits', async () => {
    const sleep = new HeldOperation();
    const program = sandboxRig({ operations: { sleep } }).open();
    const call = program.text('say_and_nap', { text: 'soon' });
    await sleep.begun(1);
    expect(program.lines).toEqual([['stdout', 'soon']]);
    sleep.answerAll();
    await call;
    expect(program.lines).toHaveLength(1);
  });

  it('is cut where a line is long', async () => {
    const program = sandboxRig().open();
    await program.text('say', { text: 'x'.repeat(10_000) });
    expect(program.lines).toEqual([['stdout', `${'x'.repeat(4095)}…`]]);
  });

  it('is dropped beyond 1 MiB in one call, which is said; the next call prints again', async () => {
    const program = sandboxRig().open();
    await program.text('say_much', { times: 40_000 });
    const size = program.lines.reduce((sum, [, text]) => sum + text.length + 1, 0);
    expect(size).toBeLessThan(1024 * 1024 + 200);
    expect(program.lines.at(-1)).toEqual([
      'stderr',
      '(the rest of the output of this call was dropped: it is over 1024 KiB)',
    ]);
    await program.text('say', { text: 'again' });
    expect(program.lines.at(-1)).toEqual(['stdout', 'again']);
  });

  it('costs more than its characters: lines that are empty are dropped, too', async () => {
    const program = sandboxRig().open();
    await program.text('say', { text: '\n'.repeat(500_000) });
    expect(program.lines.length).toBeLessThan(32_768);
    expect(program.lines.at(-1)?.[1]).toContain('was dropped');
  });
});
