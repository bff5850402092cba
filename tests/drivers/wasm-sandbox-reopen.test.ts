import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { sandboxRig } from '../helpers/wasm-sandbox.ts';

describe('a program that is opened while the threads of the last one end', () => {
  it('gets a thread, also where the only one had just begun to start', async () => {
    const rig = sandboxRig();
    for (let ms = 0; ms < 12; ms++) {
      const last = rig.open();
      const given = last.text('add', { a: 1, b: 2 }).catch(String);
      // So long it takes to compile the module and begin with a thread.
      await sleep(ms);
      const closed = last.close();
      await given;
      const next = rig.open();
      expect(await next.text('add', { a: ms, b: 1 })).toBe(String(ms + 1));
      await Promise.all([closed, next.close()]);
    }
  });
});
