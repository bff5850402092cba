import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VersionedMap } from '../../src/wasm-host/maps/versioned-map.ts';
import { sized } from '../helpers/size.ts';

type Step =
  | { readonly op: 'set'; readonly version: number; readonly key: string; readonly cell: number }
  | { readonly op: 'remove' | 'get' | 'entries'; readonly version: number; readonly key: string };

const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', '');
/** Mostly the newest version, as programs do. */
const version = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(60));
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ op: fc.constant('set' as const), version, key, cell: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constantFrom('remove' as const, 'get' as const), version, key }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('entries' as const), version, key }) },
);

/** A version, and what it must hold: a plain copy. */
type Pair = readonly [VersionedMap, ReadonlyMap<string, number>];

function apply([map, copy]: Pair, action: Step): Pair | undefined {
  const next = new Map(copy);
  switch (action.op) {
    case 'set':
      return [map.set(action.key, action.cell), next.set(action.key, action.cell)];
    case 'remove':
      next.delete(action.key);
      return [map.remove(action.key), next];
    case 'get':
      expect(map.get(action.key)).toBe(copy.get(action.key));
      return undefined;
    case 'entries':
      expect([...map.entries()]).toEqual([...copy]);
      expect(map.size).toBe(copy.size);
      return undefined;
  }
}

describe('a map with versions', () => {
  it('is in every version what a plain copy would be', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const pairs: Pair[] = [[new VersionedMap(() => undefined), new Map()]];
        for (const action of steps) {
          const made = apply(pairs[Math.max(0, pairs.length - 1 - action.version)]!, action);
          if (made !== undefined) pairs.push(made);
        }
        for (const [map, copy] of pairs) expect([...map.entries()]).toEqual([...copy]);
      }),
      { numRuns: sized(200, 5000) },
    );
  });

  it.each([
    ['new keys', (map: VersionedMap, i: number) => map.set(BigInt(i), i)],
    ['the same keys', (map: VersionedMap, i: number) => map.set(BigInt(i % 100), i)],
    [
      'a key that moves to the end',
      (map: VersionedMap, i: number) => map.remove(BigInt(i % 100)).set(BigInt(i % 100), i),
    ],
  ])('copies no more entries than it is changed, with %s', (_, change) => {
    let copied = 0;
    let map = new VersionedMap((entries) => (copied += entries));
    for (let i = 0; i < 20_000; i++) map = change(map, i);
    expect(copied).toBeLessThan(25_000);
  });

  it('reads old versions without changing the newest', () => {
    const first = new VersionedMap(() => undefined).set('a', 1);
    const versions = Array.from({ length: 50 }, (_, i) => first.set('a', i + 2));
    expect(first.get('a')).toBe(1);
    expect(versions.map((each) => each.get('a'))).toEqual(versions.map((_, i) => i + 2));
  });
});
