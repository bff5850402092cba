import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/compiler/compile.ts';
import { start } from '../wasm/harness.ts';

const SOURCE = `module Main
function range(i: Int64, n: Int64, acc: List<Int64>) -> List<Int64> {
  match i == n { True -> acc, False -> range(i + 1, n, append(acc, i)) }
}
function map(xs: List<Int64>, f: (Int64) -> Int64, acc: List<Int64>) -> List<Int64> {
  match is_empty(xs) { True -> acc, False -> map(tail(xs), f, append(acc, f(head(xs)))) }
}
function filter(xs: List<Int64>, f: (Int64) -> Bool, acc: List<Int64>) -> List<Int64> {
  match is_empty(xs) {
    True -> acc,
    False -> {
      let x = head(xs);
      let rest = tail(xs);
      let next = match f(x) { True -> append(acc, x), False -> acc };
      filter(rest, f, next)
    }
  }
}
function sum(xs: List<Int64>, total: Int64) -> Int64 {
  match is_empty(xs) { True -> total, False -> sum(tail(xs), total + head(xs)) }
}
function dashes(n: Int64, text: String) -> String {
  match n == 0 { True -> text, False -> dashes(n - 1, text ++ "-") }
}
function chunks(xs: List<Int64>, chunk: List<Int64>, all: List<List<Int64>>) -> List<List<Int64>> {
  match is_empty(xs) {
    True -> append(all, chunk),
    False -> match length(chunk) == 10 {
      True -> chunks(tail(xs), [head(xs)], append(all, chunk)),
      False -> chunks(tail(xs), append(chunk, head(xs)), all)
    }
  }
}
function mapped(n: Int64) -> Int64 { sum(map(range(0, n, []), |x: Int64| x * 2, []), 0) }
function filtered(n: Int64) -> Int64 { length(filter(range(0, n, []), |x: Int64| x % 2 == 0, [])) }
function written(n: Int64) -> String { dashes(n, "") }
function chunked(n: Int64) -> Int64 { length(chunks(range(0, n, []), [], [])) }
`;

describe('loops written in Clarity', () => {
  const { wasm, diagnostics } = compile({ path: 'main', text: SOURCE }, { resolve: () => undefined });

  it('compile', () => expect(diagnostics).toEqual([]));

  it.each([
    ['mapped', 9_999_900_000n],
    ['filtered', 50_000n],
    ['chunked', 10_000n],
  ])('%s takes a list of 100,000 elements within the memory of a module', (name, expected) => {
    expect(start(wasm!).exports[name]!(100_000n)).toBe(expected);
  });

  it('a text of 1,000,000 characters is written one by one', () => {
    const { exports, string } = start(wasm!);
    expect(string(exports.written!(1_000_000n))).toHaveLength(1_000_000);
  });
});
