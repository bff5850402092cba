import { describe } from 'vitest';

import { runs, trap } from '../../helpers/clarity-program.ts';
import { none, record } from '../../helpers/clarity-values.ts';

const SAY = `effect[Log] function say(s: String, n: Int64) -> Int64 { print_string(s); n }
effect[Log] function yes(s: String) -> Bool { print_string(s); True }
effect[Log] function unit(s: String) -> Unit { print_string(s); }`;

describe('evaluation', () => {
  runs(
    'arguments and fields in written order, wherever they belong',
    `module Order
${SAY}
type R = { a: Int64, b: Int64, c: Int64 }
type U = | U(a: Int64, b: Int64)
function sub(a: Int64, b: Int64, c: Int64) -> Int64 { a * 100 + b * 10 + c }
export effect[Log] function named() -> Int64 { sub(c: say("c", 3), a: say("a", 1), b: 2) }
export effect[Log] function builtin() -> String { substring(end: say("end", 2), s: "hello", start: say("start", 1)) }
export effect[Log] function fields() -> R { { c: say("c", 3), a: say("a", 1), b: say("b", 2) } }
export effect[Log] function variant() -> Int64 { match U(b: say("b", 2), a: say("a", 1)) { U(a, b) -> a * 10 + b } }
export effect[Log] function items() -> List<Int64> { [say("1", 1), say("2", 2)] }
export effect[Log] function operands() -> Int64 { say("l", 7) - say("r", 2) * say("t", 3) }
export function assigned() -> Int64 { let mut x = 1; sub(c: x, b: { x = 5; x }, a: x) }
export function read() -> Int64 { let mut x = 1; x + { x = 5; x } + x }
export effect[Log] function callee() -> Int64 { (match yes("callee") { True -> |a: Int64, b: Int64| a - b, False -> |a: Int64, b: Int64| b })(say("x", 9), say("y", 4)) }`,
    [
      ['named', [], 123n, { stdout: ['c', 'a'] }],
      ['builtin', [], 'el', { stdout: ['end', 'start'] }],
      ['fields', [], record({ a: 1n, b: 2n, c: 3n }), { stdout: ['c', 'a', 'b'] }],
      ['variant', [], 12n, { stdout: ['b', 'a'] }],
      ['items', [], [1n, 2n], { stdout: ['1', '2'] }],
      ['operands', [], 1n, { stdout: ['l', 'r', 't'] }],
      ['assigned', [], 551n],
      ['read', [], 11n],
      ['callee', [], 5n, { stdout: ['callee', 'x', 'y'] }],
    ],
  );
  runs(
    'Unit everywhere: parameters, fields, elements, results, captured and compared',
    `module Units
${SAY}
type R = { a: Int64, u: Unit, b: Int64 }
type V = | V(u: Unit, n: Int64) | W(u: Unit)
function last(u: Unit, n: Int64, v: Unit) -> Int64 { n }
function id<T>(x: T) -> T { x }
function first<T>(xs: List<T>) -> T { head(xs) }
export effect[Log] function params() -> Int64 { last(unit("a"), say("b", 5), unit("c")) }
export effect[Log] function fields() -> Int64 { let r = { a: say("a", 1), u: unit("u"), b: say("b", 2) }; r.u; r.a * 10 + r.b }
export effect[Log] function variants() -> Int64 { match V(unit("u"), say("n", 3)) { V(u, n) -> { u; n }, W(_) -> 0 } }
export effect[Log] function elements() -> Int64 { let xs = [unit("1"), unit("2")]; let ys = append(xs, unit("3")); head(ys); nth(ys, 9); length(concat(reverse(tail(ys)), list_set(ys, 0, {}))) }
export effect[Log] function generic() -> Unit { id(unit("x")); first([unit("y")]) }
export effect[Log] function value() -> Int64 { let f = |u: Unit, n: Int64| { u; n }; let g = last; f(unit("f"), 1) + g({}, 2, unit("g")) }
export effect[Log] function bound() -> Unit { let u = unit("u"); let f = || u; match f() { v -> v } }
export function dropped(n: Int64) -> Int64 { let _ = n; 1 / 1; [n]; n }
export function option() -> Option<Unit> { match Some({}) { Some(u) -> match u { _ -> None }, None -> Some({}) } }`,
    [
      ['params', [], 5n, { stdout: ['a', 'b', 'c'] }],
      ['fields', [], 12n, { stdout: ['a', 'u', 'b'] }],
      ['variants', [], 3n, { stdout: ['u', 'n'] }],
      ['elements', [], 5n, { stdout: ['1', '2', '3'] }],
      ['generic', [], undefined, { stdout: ['x', 'y'] }],
      ['value', [], 3n, { stdout: ['f', 'g'] }],
      ['bound', [], undefined, { stdout: ['u'] }],
      ['dropped', [4n], 4n],
      ['option', [], none],
    ],
  );
  runs(
    'and, or stop early; what is dropped is still evaluated',
    `module Short
${SAY}
export effect[Log] function f(a: Bool, b: Bool) -> Bool { a and yes("and") or b and yes("or") }
export function g(n: Int64) -> Bool { n == 0 or 10 / n > 2 }
export function h(n: Int64) -> Int64 { let _ = 1 / n; 5 }
export function i(n: Int64) -> Int64 { 1 / n; 5 }`,
    [
      ['f', [false, false], false],
      ['f', [true, true], true, { stdout: ['and'] }],
      ['f', [false, true], true, { stdout: ['or'] }],
      ['g', [0n], true],
      ['g', [5n], false],
      ['h', [0n], trap('divide-by-zero')],
      ['i', [0n], trap('divide-by-zero')],
    ],
  );
});
