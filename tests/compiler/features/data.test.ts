import { describe } from 'vitest';

import { runs } from '../../helpers/clarity-program.ts';
import { err, none, ok, record, some, variant } from '../../helpers/clarity-values.ts';

describe('records', () => {
  runs(
    'fields of every width, in any order of writing',
    `module RecWide
type Wide = { flag: Bool, n: Int64, s: String, f: Float64, on: Bool, xs: List<Float64>, t: Timestamp, o: Option<Int64> }
export function mk(n: Int64) -> Wide { { o: Some(n), t: timestamp_from_int(n * 1000), xs: [0.5], on: n > 0, f: int_to_float(n) / 2.0, s: int_to_string(n), n: n, flag: False } }
export function read(w: Wide) -> String { w.s ++ "|" ++ float_to_string(w.f) ++ "|" ++ int_to_string(timestamp_to_int(w.t)) ++ "|" ++ float_to_string(head(w.xs)) ++ (match w.on { True -> "|on", False -> "|off" }) }
export effect[Log] function order() -> Int64 { let p = { b: say("b"), a: say("a") }; p.a * 10 + p.b }
type Two = { a: Int64, b: Int64 }
effect[Log] function say(s: String) -> Int64 { print_string(s); string_length(s) }`,
    [
      ['mk', [3n], record({ flag: false, n: 3n, s: '3', f: 1.5, on: true, xs: [0.5], t: 3000n, o: some(3n) })],
      [
        'read',
        [record({ flag: true, n: 1n, s: 'x', f: 0.25, on: false, xs: [8.5], t: 77n, o: none })],
        'x|0.25|77|8.5|off',
      ],
      ['order', [], 11n, { stdout: ['b', 'a'] }],
    ],
  );
  runs(
    'nested records, records in lists and the same field names in several records',
    `module RecNest
type P = { x: Int64, y: Int64 }
type Seg = { from_p: P, to_p: P }
type Named = { x: Int64, name: String }
export function seg(a: Int64) -> Seg { { from_p: { x: 0, y: 0 }, to_p: { x: a, y: a * 2 } } }
export function len1(s: Seg) -> Int64 { abs_int(s.to_p.x - s.from_p.x) + abs_int(s.to_p.y - s.from_p.y) }
export function flip(s: Seg) -> Seg { { from_p: s.to_p, to_p: s.from_p } }
export function names(xs: List<Named>) -> String { match is_empty(xs) { True -> "", False -> head(xs).name ++ names(tail(xs)) } }
export function mixed(n: Int64) -> Named { let p = { x: n, y: n + 1 }; { x: p.x + p.y, name: "m" } }`,
    [
      ['seg', [2n], record({ from_p: record({ x: 0n, y: 0n }), to_p: record({ x: 2n, y: 4n }) })],
      ['len1', [record({ from_p: record({ x: 1n, y: 1n }), to_p: record({ x: -2n, y: 4n }) })], 6n],
      [
        'flip',
        [record({ from_p: record({ x: 1n, y: 2n }), to_p: record({ x: 3n, y: 4n }) })],
        record({ from_p: record({ x: 3n, y: 4n }), to_p: record({ x: 1n, y: 2n }) }),
      ],
      ['names', [[record({ x: 1n, name: 'a' }), record({ x: 2n, name: 'b' })]], 'ab'],
      ['mixed', [1n], record({ x: 3n, name: 'm' })],
    ],
  );
  runs(
    'calls on fields and structural equality',
    `module RecFn
type Counter = { start: Int64, step: (Int64) -> Int64 }
type P = { x: Int64, s: String }
function run(c: Counter, n: Int64) -> Int64 { match n { 0 -> c.start, _ -> run({ start: c.step(c.start), step: c.step }, n - 1) } }
export function f(n: Int64) -> Int64 { run({ start: 1, step: |k: Int64| k * 2 }, n) }
export function eq(a: P, b: P) -> Bool { a == b }`,
    [
      ['f', [10n], 1024n],
      ['eq', [record({ x: 1n, s: 'a' }), record({ x: 1n, s: 'a' })], true],
      ['eq', [record({ x: 1n, s: 'a' }), record({ x: 1n, s: 'b' })], false],
    ],
  );
});

describe('unions', () => {
  runs(
    'expressions with a recursive union',
    `module Expr
type Expr = | Num(v: Int64) | Add(l: Expr, r: Expr) | Mul(l: Expr, r: Expr) | Neg(e: Expr)
export function eval(e: Expr) -> Int64 { match e { Num(v) -> v, Add(l, r) -> eval(l) + eval(r), Mul(l, r) -> eval(l) * eval(r), Neg(x) -> -eval(x) } }
export function show(e: Expr) -> String { match e { Num(v) -> int_to_string(v), Add(l, r) -> "(" ++ show(l) ++ "+" ++ show(r) ++ ")", Mul(l, r) -> show(l) ++ "*" ++ show(r), Neg(x) -> "-" ++ show(x) } }
export function simple(e: Expr) -> Expr { match e { Add(Num(0), r) -> simple(r), Add(l, Num(0)) -> simple(l), Mul(Num(1), r) -> simple(r), Neg(Neg(x)) -> simple(x), other -> other } }
export function sample(n: Int64) -> Expr { Add(Num(n), Neg(Mul(Num(2), Num(n)))) }`,
    [
      ['sample', [3n], add(num(3n), neg(mul(num(2n), num(3n))))],
      ['eval', [add(num(3n), neg(mul(num(2n), num(3n))))], -3n],
      ['show', [add(num(3n), neg(mul(num(2n), num(3n))))], '(3+-2*3)'],
      ['simple', [add(num(0n), neg(neg(mul(num(1n), num(5n)))))], num(5n)],
      ['simple', [mul(num(2n), num(5n))], mul(num(2n), num(5n))],
    ],
  );
  runs(
    'nullary and wide variants',
    `module Wide
type Ev = | Tick | Key(code: Int64, shift: Bool) | Text(s: String, at: Float64, n: Int64) | Batch(items: List<Ev>)
export function weigh(e: Ev) -> Int64 { match e { Tick -> 1, Key(code, shift) -> match shift { True -> code * 2, False -> code }, Text(s, at, n) -> string_length(s) + float_to_int(at) + n, Batch(items) -> sum(items, 0) } }
function sum(xs: List<Ev>, acc: Int64) -> Int64 { match is_empty(xs) { True -> acc, False -> sum(tail(xs), acc + weigh(head(xs))) } }
export function mk(n: Int64) -> Ev { match n { 0 -> Tick, 1 -> Key(65, True), 2 -> Text("abc", 2.5, 100), _ -> Batch([Tick, mk(n - 1)]) } }
export function total(n: Int64) -> Int64 { weigh(mk(n)) }`,
    [
      ['mk', [0n], variant('Tick')],
      ['mk', [1n], variant('Key', { code: 65n, shift: true })],
      ['mk', [2n], variant('Text', { s: 'abc', at: 2.5, n: 100n })],
      ['mk', [3n], variant('Batch', { items: [variant('Tick'), variant('Text', { s: 'abc', at: 2.5, n: 100n })] })],
      ['total', [5n], 108n],
      ['weigh', [variant('Key', { code: 7n, shift: false })], 7n],
    ],
  );
  runs(
    'constructors as functions, named patterns and a variable arm',
    `module Ctor
type S = | Pt(x: Int64, y: Int64) | Origin
function both(f: (Int64, Int64) -> S, n: Int64) -> S { f(n, n + 1) }
export function f(n: Int64) -> S { both(|a: Int64, b: Int64| Pt(y: a, x: b), n) }
export function g(s: S) -> Int64 { match s { Pt(y: b, x: a) -> a * 10 + b, Origin -> 0 } }
export function h(s: S) -> S { match s { Origin -> Pt(1, 1), same -> same } }
export function i(s: S) -> Int64 { match s { Origin() -> 0, Pt(x, _) -> x } }`,
    [
      ['f', [1n], variant('Pt', { x: 2n, y: 1n })],
      ['g', [variant('Pt', { x: 3n, y: 4n })], 34n],
      ['h', [variant('Origin')], variant('Pt', { x: 1n, y: 1n })],
      ['h', [variant('Pt', { x: 9n, y: 9n })], variant('Pt', { x: 9n, y: 9n })],
      ['i', [variant('Pt', { x: 9n, y: 8n })], 9n],
    ],
  );
});

describe('option', () => {
  runs(
    'map, then, or_else',
    `module Opt
function map<A, B>(o: Option<A>, f: (A) -> B) -> Option<B> { match o { Some(v) -> Some(f(v)), None -> None } }
function then<A, B>(o: Option<A>, f: (A) -> Option<B>) -> Option<B> { match o { Some(v) -> f(v), None -> None } }
function or_else<T>(o: Option<T>, d: T) -> T { match o { Some(v) -> v, None -> d } }
function half(n: Int64) -> Option<Int64> { match n % 2 { 0 -> Some(n / 2), _ -> None } }
export function quarter(n: Int64) -> Option<Int64> { then(half(n), half) }
export function text(n: Int64) -> String { or_else(map(half(n), |k: Int64| int_to_string(k)), "odd") }
export function floats(x: Float64) -> Option<Float64> { match x > 0.0 { True -> Some(sqrt(x)), False -> None } }
export function bools(o: Option<Bool>) -> Int64 { match o { Some(True) -> 1, Some(False) -> 0, None -> -1 } }`,
    [
      ['quarter', [12n], some(3n)],
      ['quarter', [6n], none],
      ['quarter', [3n], none],
      ['text', [8n], '4'],
      ['text', [7n], 'odd'],
      ['floats', [6.25], some(2.5)],
      ['floats', [-1], none],
      ['bools', [some(false)], 0n],
      ['bools', [none], -1n],
    ],
  );
  runs(
    'options in lists, records and options',
    `module OptNest
type User = { name: String, age: Option<Int64> }
export function mk(s: String) -> User { { name: s, age: string_to_int(s) } }
export function ages(us: List<User>) -> Int64 { match is_empty(us) { True -> 0, False -> (match head(us).age { Some(n) -> n, None -> 0 }) + ages(tail(us)) } }
export function all(xs: List<Option<Int64>>) -> Option<Int64> { go(xs, 0) }
function go(xs: List<Option<Int64>>, acc: Int64) -> Option<Int64> { match is_empty(xs) { True -> Some(acc), False -> match head(xs) { None -> None, Some(n) -> go(tail(xs), acc + n) } } }
export function deep(n: Int64) -> Option<Option<Int64>> { match n { 0 -> None, 1 -> Some(None), _ -> Some(Some(n)) } }`,
    [
      ['mk', ['12'], record({ name: '12', age: some(12n) })],
      ['mk', ['x'], record({ name: 'x', age: none })],
      ['ages', [[record({ name: 'a', age: some(3n) }), record({ name: 'b', age: none })]], 3n],
      ['all', [[some(1n), some(2n)]], some(3n)],
      ['all', [[some(1n), none]], none],
      ['deep', [0n], none],
      ['deep', [1n], some(none)],
      ['deep', [2n], some(some(2n))],
    ],
  );
});

describe('result', () => {
  runs(
    'a validation chain',
    `module Validate
type Problem = | Empty | TooLong(max: Int64, was: Int64) | Bad(ch: String)
function not_empty(s: String) -> Result<String, Problem> { match s { "" -> Err(Empty), _ -> Ok(s) } }
function short(s: String, max: Int64) -> Result<String, Problem> { match string_length(s) > max { True -> Err(TooLong(max, string_length(s))), False -> Ok(s) } }
function clean(s: String) -> Result<String, Problem> { match contains(s, "!") { True -> Err(Bad("!")), False -> Ok(s) } }
export function check(s: String) -> Result<Int64, Problem> {
  match not_empty(trim(s)) { Err(p) -> Err(p), Ok(a) -> match short(a, 5) { Err(p) -> Err(p), Ok(b) -> match clean(b) { Err(p) -> Err(p), Ok(c) -> Ok(string_length(c)) } } }
}
export function say(s: String) -> String { match check(s) { Ok(n) -> "ok " ++ int_to_string(n), Err(Empty) -> "empty", Err(TooLong(max, was)) -> int_to_string(was - max) ++ " over", Err(Bad(ch)) -> "no " ++ ch } }`,
    [
      ['check', ['  '], err(variant('Empty'))],
      ['check', ['abcdef'], err(variant('TooLong', { max: 5n, was: 6n }))],
      ['check', ['ab!'], err(variant('Bad', { ch: '!' }))],
      ['check', [' ab '], ok(2n)],
      ['say', ['abcdefgh'], '3 over'],
      ['say', ['a'], 'ok 1'],
    ],
  );
  runs(
    'different widths on the two sides',
    `module ResWide
export function a(n: Int64) -> Result<Float64, Int64> { match n > 0 { True -> Ok(int_to_float(n) / 4.0), False -> Err(n) } }
export function b(r: Result<Float64, Int64>) -> String { match r { Ok(x) -> float_to_string(x), Err(e) -> int_to_string(e) } }
export function c(n: Int64) -> Result<Bool, List<String>> { match n { 0 -> Ok(False), _ -> Err(["n", int_to_string(n)]) } }
function sum_all(xs: List<String>, acc: Int64) -> Result<Int64, String> { match is_empty(xs) { True -> Ok(acc), False -> match string_to_int(head(xs)) { Some(n) -> sum_all(tail(xs), acc + n), None -> Err(head(xs)) } } }
export function d(s: String) -> Result<Int64, String> { sum_all(split(s, "+"), 0) }`,
    [
      ['a', [3n], ok(0.75)],
      ['a', [-3n], err(-3n)],
      ['b', [ok(0.5)], '0.5'],
      ['b', [err(7n)], '7'],
      ['c', [0n], ok(false)],
      ['c', [2n], err(['n', '2'])],
      ['d', ['1+2+39'], ok(42n)],
      ['d', ['1+z'], err('z')],
    ],
  );
});

function num(v: bigint) {
  return variant('Num', { v });
}
function add(l: ReturnType<typeof variant>, r: ReturnType<typeof variant>) {
  return variant('Add', { l, r });
}
function mul(l: ReturnType<typeof variant>, r: ReturnType<typeof variant>) {
  return variant('Mul', { l, r });
}
function neg(e: ReturnType<typeof variant>) {
  return variant('Neg', { e });
}
