import { describe, expect, it } from 'vitest';

import { instantiate } from '../../../src/wasm-host/instantiate.ts';
import { compileText, wasmOf } from '../../helpers/clarity-compile.ts';

/** The memory of a module of the reference (abi.md §3). */
const MEMORY = 16 * 1024 * 1024;

/** Each takes a list of n numbers (or texts) and gives a number that tells of its result. */
const OPERATIONS: Readonly<Record<string, readonly [imports: string, body: string, result: (n: number) => number]>> = {
  map: ['map', 'length(map(xs, |x: Int64| x + 1))', (n) => n],
  'map to texts': ['map', 'length(map(xs, |x: Int64| "x"))', (n) => n],
  filter: ['filter', 'length(filter(xs, |x: Int64| x % 2 == 0))', (n) => n / 2],
  reject: ['reject', 'length(reject(xs, |x: Int64| x % 2 == 0))', (n) => n / 2],
  fold_left: ['fold_left', 'fold_left(xs, 0, |a: Int64, x: Int64| a + x)', (n) => (n * (n - 1)) / 2],
  fold_right: ['fold_right', 'fold_right(xs, 0, |x: Int64, a: Int64| x - a)', (n) => -n / 2],
  'fold to a list': ['fold', 'length(fold(xs, [], |a: List<Int64>, x: Int64| [x]))', () => 1],
  any: ['any', 'match any(xs, |x: Int64| x < 0) { True -> 1, False -> 0 }', () => 0],
  all: ['all', 'match all(xs, |x: Int64| x >= 0) { True -> 1, False -> 0 }', () => 1],
  count_where: ['count_where', 'count_where(xs, |x: Int64| x % 2 == 0)', (n) => n / 2],
  zip_with: ['zip_with', 'length(zip_with(xs, xs, |x: Int64, y: Int64| x + y))', (n) => n],
  flatten: ['flatten', 'length(flatten([xs, xs]))', (n) => 2 * n],
  flat_map: ['flat_map', 'length(flat_map(xs, |x: Int64| [x, x]))', (n) => 2 * n],
  take: ['take', 'length(take(xs, length(xs) - 1))', (n) => n - 1],
  drop: ['drop', 'length(drop(xs, 1))', (n) => n - 1],
  sum: ['sum', 'sum(xs)', (n) => (n * (n - 1)) / 2],
  replicate: ['replicate', 'length(replicate("x", length(xs)))', (n) => n],
  'sort of a sorted list': ['sort', 'nth(sort(xs), 1)', () => 1],
  'sort of a reversed list': ['sort', 'nth(sort(reverse(xs)), 1)', () => 1],
  'sort of a shuffled list': ['map, sort', 'nth(sort(map(xs, |x: Int64| x * 48271 % length(xs))), 1)', () => 1],
  uniq: ['uniq', 'length(uniq(xs, |a: Int64, b: Int64| a / 2 == b / 2))', (n) => n / 2],
  'group_by of one group': ['group_by', 'length(head(group_by(xs, |a: Int64, b: Int64| True)))', (n) => n],
  'group_by of many': ['group_by', 'length(group_by(xs, |a: Int64, b: Int64| False))', (n) => n],
  intersperse: ['intersperse', 'length(intersperse(xs, 0))', (n) => 2 * n - 1],
};

describe('std/list on long lists', () => {
  it.each(Object.entries(OPERATIONS))('%s', (_, [imports, body, result]) => {
    const extra = imports.split(', ').includes('range') ? imports : `${imports}, range`;
    const wasm = wasmOf(
      compileText(`module Main
import { ${extra} } from "std/list"
function work(n: Int64) -> Int64 { let xs = range(0, n); ${body} }
function used(n: Int64) -> Int64 {
  let xs = range(0, n);
  let before = arena_save();
  let answer = ${body};
  arena_save() - before + answer - answer
}`),
    );
    const instance = instantiate(wasm, {}, { limits: { memoryBytes: MEMORY } });
    const n = 100_000;
    expect(instance.call('work', [BigInt(n)])).toBe(BigInt(result(n)));
    // Blocks grow by doubling: one list more or less of the last size is luck.
    const [once, twice] = [n / 4, n / 2].map((size) => Number(instance.call('used', [BigInt(size)])));
    expect(twice! / Math.max(once!, 1000)).toBeLessThan(3);
  });
});
