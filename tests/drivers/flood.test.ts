import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';

import { readEvents } from '../../src/drivers/remote/event-stream.ts';
import { readFairly } from '../../src/drivers/read-fairly.ts';

/** A stream that always has more at hand. */
const flood = () => Readable.from(Array.from({ length: 100 }, () => Buffer.from('data: {}\n\n')));

describe('a flood', () => {
  it('of output is taken a chunk a turn of the loop', async () => {
    let chunks = 0;
    readFairly(flood(), () => (chunks += 1));
    for (let turn = 0; turn < 20; turn++) {
      const before = chunks;
      await nextTurn();
      expect(chunks - before).toBeLessThanOrEqual(1);
    }
    expect(chunks).toBeGreaterThan(5);
  });

  it('of events is taken a chunk a turn of the loop', async () => {
    let events = 0;
    const reading = (async () => {
      for await (const _ of readEvents(flood(), 1024, 'x', {})) events += 1;
    })();
    for (let turn = 0; turn < 20; turn++) {
      const before = events;
      await nextTurn();
      expect(events - before).toBeLessThanOrEqual(1);
    }
    expect(events).toBeGreaterThan(5);
    void reading;
  });

  it('loses nothing', async () => {
    let text = '';
    readFairly(flood(), (chunk) => (text += chunk.toString()));
    await expect.poll(() => text).toBe('data: {}\n\n'.repeat(100));
  });
});
