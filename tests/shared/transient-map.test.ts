import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TransientMap } from '../../src/shared/transient-map.ts';

describe('a TransientMap', () => {
  it('holds what a Map holds, in its order', () => {
    const step = fc.record({ act: fc.constantFrom('set', 'delete'), key: fc.nat(8), value: fc.string() });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const model = new Map<number, string>();
        const map = new TransientMap<number, string>();
        for (const { act, key, value } of steps) {
          if (act === 'set') {
            model.set(key, value);
            map.set(key, value);
          } else expect(map.delete(key)).toBe(model.delete(key));
          expect([...map.values()]).toEqual([...model.values()]);
          expect([map.size, map.has(key), map.get(key)]).toEqual([model.size, model.has(key), model.get(key)]);
        }
      }),
    );
  });

  it('lets go of what was deleted while it is walked through', () => {
    const map = new TransientMap<number, string>();
    for (const key of [1, 2, 3]) map.set(key, String(key));
    const seen: string[] = [];
    for (const value of map.values()) {
      seen.push(value);
      map.delete(2);
    }
    expect(seen).toEqual(['1', '3']);
  });

  it('leaves nothing of short calls in the old generation, where a Map leaves them all', () => {
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc') as (options?: { type: 'minor' }) => void;
    expect(oldAfterCalls(new TransientMap(), gc)).toBeLessThan(oldAfterCalls(new Map(), gc) / 4);
  });
});

interface CallMap {
  set(key: number, value: object): unknown;
  delete(key: number): boolean;
}

/** Bytes that 20,000 calls of 1.6 KB each, 32 at a time, leave behind for a full collection. */
function oldAfterCalls(map: CallMap, gc: (options?: { type: 'minor' }) => void): number {
  let id = 0;
  const call = () => {
    map.set(id, new Array(200).fill(id));
    map.delete(id++ - 32);
  };
  for (let i = 0; i < 1000; i++) call();
  // Its table is old now, as it is in a daemon that has run for a while.
  gc();
  const before = oldBytes();
  for (let i = 0; i < 20_000; i++) {
    call();
    if (i % 1000 === 999) gc({ type: 'minor' });
  }
  return oldBytes() - before;
}

function oldBytes(): number {
  return getHeapSpaceStatistics().find(({ space_name: name }) => name === 'old_space')?.space_used_size ?? 0;
}
