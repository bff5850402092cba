import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { instantiate } from '../../../src/wasm-host/instantiate.ts';
import { compileText, wasmOf } from '../../helpers/clarity-compile.ts';
import { runs } from '../../helpers/clarity-program.ts';
import { record } from '../../helpers/clarity-values.ts';

const PROGRAM = `module Main
import { map_merge, map_filter, map_transform, map_entries, MapEntry } from "std/map"
function merge(a: Map<String, Int64>, b: Map<String, Int64>) -> Map<String, Int64> { map_merge(a, b) }
function positive(m: Map<String, Int64>) -> Map<String, Int64> { map_filter(m, |v: Int64| v > 0) }
function twice(m: Map<String, Int64>) -> Map<String, Int64> { map_transform(m, |v: Int64| v * 2) }
function entries(m: Map<String, Int64>) -> List<MapEntry<String, Int64>> { map_entries(m) }
function by_number(m: Map<Int64, String>) -> Map<Int64, String> { map_transform(map_merge(m, m), |v: String| v ++ "!") }
function floats(m: Map<Int64, Float64>) -> Map<Int64, Float64> { map_filter(m, |v: Float64| v > 0.5) }
`;

const map = (...entries: [string, bigint][]) => new Map(entries);

describe('std/map', () => {
  runs('at its edges', PROGRAM, [
    ['merge', [map(), map()], map()],
    ['merge', [map(['a', 1n], ['b', 2n]), map(['c', 3n], ['a', 4n])], map(['a', 4n], ['b', 2n], ['c', 3n])],
    ['positive', [map()], map()],
    ['positive', [map(['a', 1n], ['b', -1n], ['c', 2n])], map(['a', 1n], ['c', 2n])],
    ['twice', [map(['a', 1n])], map(['a', 2n])],
    ['entries', [map()], []],
    ['entries', [map(['b', 1n], ['a', 2n])], [record({ key: 'b', value: 1n }), record({ key: 'a', value: 2n })]],
    ['by_number', [new Map([[1n, 'x']])], new Map([[1n, 'x!']])],
    ['floats', [new Map([[1n, 0.25], [2n, 0.75]])], new Map([[2n, 0.75]])],
  ]); // prettier-ignore

  it('does what JavaScript does, in the same order', () => {
    const instance = instantiate(wasmOf(compileText(PROGRAM)), {});
    const maps = fc
      .array(fc.tuple(fc.string({ maxLength: 2 }), fc.bigInt({ min: -5n, max: 5n })))
      .map((all) => new Map(all));
    const call = (name: string, ...args: Map<string, bigint>[]) => [
      ...(instance.call(name, args) as Map<string, bigint>),
    ];
    fc.assert(
      fc.property(maps, maps, (a, b) => {
        expect(call('merge', a, b)).toEqual([...new Map([...a, ...b])]);
        expect(call('positive', a)).toEqual([...a].filter(([, value]) => value > 0n));
        expect(call('twice', a)).toEqual([...a].map(([key, value]) => [key, value * 2n]));
      }),
    );
  });
});
