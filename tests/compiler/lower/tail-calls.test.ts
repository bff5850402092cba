import { describe } from 'vitest';

import { runs, trap } from '../../helpers/clarity-program.ts';
import { some } from '../../helpers/clarity-values.ts';

const N = 300_000n;

describe('tail calls', () => {
  runs(
    'of a function to itself, through everything that hands its value on',
    `module Tail
export function block(n: Int64) -> Int64 { { let m = n - 1; { match m < 0 { True -> 7, False -> { block(m) } } } } }
export function both(n: Int64) -> Bool { n == 0 or n > 0 and both(n - 1) }
export function guard(n: Int64) -> Int64 { match n { k if k > 10 -> guard(k - 1), 10 -> guard(9), 0..5 -> 1, _ -> guard(n - 1) } }
export function nested(o: Option<Int64>, n: Int64) -> Int64 { match o { Some(0) -> n, Some(k) if k % 2 == 0 -> match k { 2 -> nested(Some(0), n), _ -> nested(Some(k - 1), n + 1) }, Some(k) -> nested(Some(k - 1), n), None -> -1 } }
export effect[Log] function unit(n: Int64) -> Unit { match n { 0 -> print_string("end"), _ -> { unit(n - 1); } } }
export function swap(n: Int64, a: Int64, b: Int64) -> Int64 { match n { 0 -> a, _ -> swap(b: a, a: b, n: n - 1) } }
function same<T>(n: Int64, x: T, u: Unit) -> T { match n { 0 -> x, _ -> same(n - 1, x, u) } }
export function generic(n: Int64) -> String { same(n, "s", {}) ++ float_to_string(same(n, 1.5, {})) }
function build(n: Int64, acc: List<Int64>) -> List<Int64> { match n { 0 -> acc, _ -> build(n - 1, append(acc, n)) } }
export function built() -> Int64 { length(build(1000, [])) }`,
    [
      ['block', [N], 7n],
      ['both', [N], true],
      ['guard', [N], 1n],
      ['nested', [some(N), 0n], N / 2n - 1n],
      ['unit', [N], undefined, { stdout: ['end'] }],
      ['swap', [N + 1n, 1n, 2n], 2n],
      ['generic', [N], 's1.5'],
      ['built', [], 1000n],
    ],
  );
  runs(
    'what is no tail call stays a call',
    `module Calls
export function scrutinee(n: Int64) -> Int64 { match n { 0 -> 5, _ -> match scrutinee(n - 1) { k -> k + 1 } } }
export function left(n: Int64) -> Bool { match n { 0 -> True, _ -> left(n - 1) and True } }
export function lambda(n: Int64) -> Int64 { match n { 0 -> 3, _ -> (|m: Int64| lambda(m))(n - 1) } }
export function shadowed(n: Int64) -> Int64 { let shadowed = |k: Int64| k + 1; shadowed(n) }
export function again(n: Int64) -> Int64 { let r = match n { 0 -> 0, _ -> again(n - 1) }; r + 1 }
export function deep(n: Int64) -> Int64 { 1 + deep(n + 1) }`,
    [
      ['scrutinee', [3n], 8n],
      ['left', [3n], true],
      ['lambda', [3n], 3n],
      ['shadowed', [3n], 4n],
      ['again', [3n], 4n],
      ['deep', [0n], trap('stack-overflow')],
    ],
  );
});
