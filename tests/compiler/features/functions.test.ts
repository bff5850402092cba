import { describe } from 'vitest';

import { runs, trap } from '../../helpers/clarity-program.ts';
import { record, variant } from '../../helpers/clarity-values.ts';

describe('recursion-tco', () => {
  runs(
    'a call of itself in tail position runs in constant stack',
    `module Tail
export function count(n: Int64) -> Int64 { match n { 0 -> 0, _ -> { let m = n - 1; count(m) } } }
export function gcd(a: Int64, b: Int64) -> Int64 { match b { 0 -> a, _ -> gcd(b, a % b) } }
export function swap(n: Int64, a: Int64, b: Int64) -> Int64 { match n == 0 { True -> a, False -> swap(n - 1, b, a) } }
export function guarded(n: Int64, acc: Int64) -> Int64 { match n { k if k <= 0 -> acc, k if k % 2 == 0 -> guarded(k - 2, acc + 1), _ -> guarded(n - 1, acc) } }
export function named(n: Int64, acc: Int64) -> Int64 { match n { 0 -> acc, _ -> named(acc: acc + n, n: n - 1) } }
export function opt(o: Option<Int64>, acc: Int64) -> Int64 { match o { None -> acc, Some(0) -> acc + 1000, Some(n) -> opt(Some(n - 1), acc + 1) } }
function poly<T>(n: Int64, x: T) -> T { match n { 0 -> x, _ -> poly(n - 1, x) } }
export function generic(n: Int64) -> String { poly(n, "done") }`,
    [
      ['count', [3_000_000n], 0n],
      ['gcd', [1071n, 462n], 21n],
      ['swap', [1_000_001n, 1n, 2n], 2n],
      ['guarded', [2_000_000n, 0n], 1_000_000n],
      ['named', [1_000_000n, 0n], 500000500000n],
      ['opt', [variant('Some', { value: 9n }), 0n], 1009n],
      ['generic', [1_000_000n], 'done'],
    ],
  );
  runs(
    'recursion that is no tail call',
    `module NotTail
export function fib(n: Int64) -> Int64 { match n { 0 -> 0, 1 -> 1, _ -> fib(n - 1) + fib(n - 2) } }
export function fact(n: Int64) -> Int64 { match n <= 1 { True -> 1, False -> n * fact(n - 1) } }
export function ack(m: Int64, n: Int64) -> Int64 { match m { 0 -> n + 1, _ -> match n { 0 -> ack(m - 1, 1), _ -> ack(m - 1, ack(m, n - 1)) } } }
export function hanoi(n: Int64, a: String, b: String, c: String) -> Int64 { match n { 0 -> 0, _ -> hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a) } }
export function forever(n: Int64) -> Int64 { 1 + forever(n + 1) }
export function ping(n: Int64) -> Int64 { match n { 0 -> 1, _ -> pong(n - 1) } }
function pong(n: Int64) -> Int64 { match n { 0 -> 2, _ -> ping(n - 1) } }`,
    [
      ['fib', [20n], 6765n],
      ['fact', [21n], BigInt.asIntN(64, 51090942171709440000n)],
      ['ack', [2n, 3n], 9n],
      ['hanoi', [6n, 'a', 'b', 'c'], 63n],
      ['forever', [0n], trap('stack-overflow')],
      ['ping', [5n], 2n],
    ],
  );
});

describe('closures', () => {
  runs(
    'captures by value, of every kind',
    `module Capture
type P = { x: Int64 }
type U = | A(n: Int64) | B
export function f(n: Int64) -> Int64 { let mut k = n; let g = || k; k = 99; g() * 100 + k }
export function own(n: Int64) -> Int64 { let mut k = n; let g = |d: Int64| { k = k + d; k }; g(1) + g(1) + k }
export function kinds(a: Int64, b: Float64, c: String, d: Bool, e: List<Int64>) -> String {
  let p = { x: a }; let u = A(7); let o = Some(b);
  let g = || int_to_string(p.x + length(e)) ++ c ++ (match d { True -> "T", False -> "F" }) ++ (match u { A(n) -> int_to_string(n), B -> "" }) ++ (match o { Some(x) -> float_to_string(x), None -> "" });
  g()
}
export function nested(a: Int64) -> Int64 { let f = |b: Int64| { let g = |c: Int64| { let h = |d: Int64| a * 1000 + b * 100 + c * 10 + d; h(4) }; g(3) }; f(2) }
export function arm(o: Option<Int64>) -> Int64 { match o { Some(n) -> { let g = |k: Int64| k + n; g(1) }, None -> 0 } }`,
    [
      ['f', [5n], 599n],
      ['own', [10n], 32n],
      ['kinds', [1n, 2.5, 's', true, [1n, 2n]], '3sT72.5'],
      ['nested', [1n], 1234n],
      ['arm', [variant('Some', { value: 4n })], 5n],
    ],
  );
  runs(
    'closures in lists, records and returned ones',
    `module Store
type Rule = { name: String, test: (Int64) -> Bool }
function adder(n: Int64) -> (Int64) -> Int64 { |x: Int64| x + n }
function compose(f: (Int64) -> Int64, g: (Int64) -> Int64) -> (Int64) -> Int64 { |x: Int64| g(f(x)) }
function all(fs: List<(Int64) -> Int64>, x: Int64) -> Int64 { match is_empty(fs) { True -> x, False -> { let f = head(fs); all(tail(fs), f(x)) } } }
export function f(n: Int64) -> Int64 { all([adder(n), |x: Int64| x * 2, adder(1), compose(adder(10), adder(100))], 5) }
function matching(rs: List<Rule>, n: Int64) -> List<String> { match is_empty(rs) { True -> [], False -> { let r = head(rs); let rest = matching(tail(rs), n); match r.test(n) { True -> concat([r.name], rest), False -> rest } } } }
export function g(n: Int64) -> List<String> { let limit = 10; matching([{ name: "big", test: |k: Int64| k > limit }, { name: "even", test: |k: Int64| k % 2 == 0 }, { test: |_k: Int64| True, name: "any" }], n) }
export function h(b: Bool) -> Int64 { let k = 3; let f = match b { True -> |x: Int64| x + k, False -> |x: Int64| x * k }; f(10) }
export function direct(n: Int64) -> Int64 { adder(n)(1) }`,
    [
      ['f', [1n], 123n],
      ['g', [12n], ['big', 'even', 'any']],
      ['g', [7n], ['any']],
      ['h', [true], 13n],
      ['h', [false], 30n],
      ['direct', [5n], 6n],
    ],
  );
});

describe('higher-order', () => {
  runs(
    'map, filter, fold by hand',
    `module Hof
function map(xs: List<Int64>, f: (Int64) -> Int64) -> List<Int64> { match is_empty(xs) { True -> [], False -> concat([f(head(xs))], map(tail(xs), f)) } }
function filter(xs: List<Int64>, p: (Int64) -> Bool) -> List<Int64> { match is_empty(xs) { True -> [], False -> { let rest = filter(tail(xs), p); match p(head(xs)) { True -> concat([head(xs)], rest), False -> rest } } } }
function fold(xs: List<Int64>, a: Int64, f: (Int64, Int64) -> Int64) -> Int64 { match is_empty(xs) { True -> a, False -> fold(tail(xs), f(a, head(xs)), f) } }
function add(a: Int64, b: Int64) -> Int64 { a + b }
function odd(n: Int64) -> Bool { n % 2 != 0 }
export function f(xs: List<Int64>) -> Int64 { fold(map(filter(xs, odd), |n: Int64| n * n), 0, add) }
export function g(xs: List<Int64>) -> Int64 { fold(xs, head(xs), max_int) }
export function h(n: Int64, s: String) -> String { repeat(|acc: String| acc ++ s, n, "") }
function repeat(f: (String) -> String, n: Int64, x: String) -> String { match n { 0 -> x, _ -> repeat(f, n - 1, f(x)) } }`,
    [
      ['f', [[1n, 2n, 3n]], 10n],
      ['g', [[3n, 9n, 2n]], 9n],
      ['h', [3n, 'ab'], 'ababab'],
    ],
  );
  runs(
    'functions that take and give functions',
    `module Hof2
function twice(f: (Int64) -> Int64) -> (Int64) -> Int64 { |x: Int64| f(f(x)) }
function flip(f: (Int64, Int64) -> Int64) -> (Int64, Int64) -> Int64 { |a: Int64, b: Int64| f(b, a) }
function sub(a: Int64, b: Int64) -> Int64 { a - b }
export function a(n: Int64) -> Int64 { twice(twice(|x: Int64| x + 3))(n) }
export function b(x: Int64, y: Int64) -> Int64 { let g = flip(sub); g(x, y) }
function choose(name: String) -> (Int64, Int64) -> Int64 { match name { "sub" -> sub, "add" -> |a: Int64, b: Int64| a + b, _ -> flip(sub) } }
export function c(name: String) -> Int64 { choose(name)(10, 3) }
function each(xs: List<String>, f: (String) -> Unit) -> Unit { match is_empty(xs) { True -> {}, False -> { f(head(xs)); each(tail(xs), f) } } }
export effect[Log] function d(xs: List<String>) -> Unit { each(xs, |s: String| print_string("- " ++ s)) }`,
    [
      ['a', [1n], 13n],
      ['b', [1n, 10n], 9n],
      ['c', ['sub'], 7n],
      ['c', ['add'], 13n],
      ['c', ['?'], -7n],
      ['d', [['x', 'y']], undefined, { stdout: ['- x', '- y'] }],
    ],
  );
});

describe('generics', () => {
  runs(
    'list functions at several types',
    `module GenList
function map<T, R>(xs: List<T>, f: (T) -> R) -> List<R> { go(xs, f, []) }
function go<T, R>(xs: List<T>, f: (T) -> R, acc: List<R>) -> List<R> { match is_empty(xs) { True -> acc, False -> go(tail(xs), f, append(acc, f(head(xs)))) } }
function zip<A, B, C>(a: List<A>, b: List<B>, f: (A, B) -> C) -> List<C> { match is_empty(a) or is_empty(b) { True -> [], False -> concat([f(head(a), head(b))], zip(tail(a), tail(b), f)) } }
function last<T>(xs: List<T>, d: T) -> T { match length(xs) { 0 -> d, n -> nth(xs, n - 1) } }
export function a(xs: List<Int64>) -> List<Float64> { map(xs, |n: Int64| int_to_float(n) / 2.0) }
export function b(xs: List<Float64>) -> List<Bool> { map(xs, |x: Float64| x > 1.0) }
export function c(xs: List<String>, ys: List<Int64>) -> List<String> { zip(xs, ys, |s: String, n: Int64| string_repeat(s, n)) }
export function d(xs: List<List<Int64>>) -> List<Int64> { last(xs, [0]) }
export function e(xs: List<String>) -> String { last(map(xs, to_uppercase), "none") }`,
    [
      ['a', [[1n, 2n]], [0.5, 1]],
      ['b', [[0.5, 1.5]], [false, true]],
      [
        'c',
        [
          ['a', 'b', 'c'],
          [2n, 0n],
        ],
        ['aa', ''],
      ],
      ['d', [[]], [0n]],
      ['d', [[[1n], [2n, 3n]]], [2n, 3n]],
      ['e', [['x', 'y']], 'Y'],
    ],
  );
  runs(
    'generic types',
    `module GenTypes
type Pair<A, B> = { first: A, second: B }
type Tree<T> = | Leaf | Node(left: Tree<T>, value: T, right: Tree<T>)
function swap<A, B>(p: Pair<A, B>) -> Pair<B, A> { { first: p.second, second: p.first } }
function insert<T>(t: Tree<T>, v: T, less: (T, T) -> Bool) -> Tree<T> { match t { Leaf -> Node(Leaf, v, Leaf), Node(l, x, r) -> match less(v, x) { True -> Node(insert(l, v, less), x, r), False -> Node(l, x, insert(r, v, less)) } } }
function walk<T>(t: Tree<T>) -> List<T> { match t { Leaf -> [], Node(l, x, r) -> concat(append(walk(l), x), walk(r)) } }
function build<T>(xs: List<T>, t: Tree<T>, less: (T, T) -> Bool) -> Tree<T> { match is_empty(xs) { True -> t, False -> build(tail(xs), insert(t, head(xs), less), less) } }
export function ints(xs: List<Int64>) -> List<Int64> { walk(build(xs, Leaf, |a: Int64, b: Int64| a < b)) }
export function texts(xs: List<String>) -> List<String> { walk(build(xs, Leaf, |a: String, b: String| string_length(a) < string_length(b))) }
export function s(n: Int64) -> String { let p = swap({ first: n, second: "s" }); p.first ++ int_to_string(p.second) }
export function pair(n: Int64) -> Pair<Int64, Float64> { { first: n, second: 0.5 } }`,
    [
      ['ints', [[3n, 1n, 2n]], [1n, 2n, 3n]],
      ['texts', [['ccc', 'a', 'bb']], ['a', 'bb', 'ccc']],
      ['s', [4n], 's4'],
      ['pair', [1n], record({ first: 1n, second: 0.5 })],
    ],
  );
  runs(
    'a generic stack and polymorphic helpers',
    `module GenStack
type Stack<T> = | Empty | Push(top: T, rest: Stack<T>)
function push<T>(s: Stack<T>, x: T) -> Stack<T> { Push(x, s) }
function size<T>(s: Stack<T>) -> Int64 { match s { Empty -> 0, Push(_, r) -> 1 + size(r) } }
function peek<T>(s: Stack<T>) -> Option<T> { match s { Empty -> None, Push(t, _) -> Some(t) } }
function const_of<A, B>(a: A, b: B) -> A { a }
export function f(n: Int64) -> Int64 { size(push(push(Empty, n), n + 1)) * 100 + (match peek(push(Empty, n)) { Some(k) -> k, None -> 0 }) }
export function g(s: String) -> Int64 { size(push(Empty, s)) + const_of(1, s) + string_length(const_of(s, 1)) }
function apply_n<T>(n: Int64, x: T, f: (T) -> T) -> T { match n { 0 -> x, _ -> apply_n(n - 1, f(x), f) } }
export function h(n: Int64) -> List<Int64> { apply_n(n, [0], |xs: List<Int64>| append(xs, length(xs))) }`,
    [
      ['f', [7n], 207n],
      ['g', ['abc'], 5n],
      ['h', [3n], [0n, 1n, 2n, 3n]],
    ],
  );
});

describe('effects', () => {
  runs(
    'declared effects, superset and repeated ones',
    `module Eff
effect[Log] function log2x(s: String) -> Unit { print_string(s); print_string(s) }
export effect[Log, Time, Random] function all() -> Int64 { log2x("a"); random_int(3, 9) + timestamp_to_int(now()) }
export effect[Log] function unused(n: Int64) -> Int64 { n }
export effect[Log, Log] function twice(n: Int64) -> Unit { print_int(n); print_float(0.5); print_no_newline("x"); print_no_newline("y") }
export effect[Log] function err(s: String) -> Unit { log_info(s); log_warn(s); print_stderr(s) }
export effect[Random] function dice() -> List<Float64> { [random_float(), int_to_float(random_int(1, 6))] }`,
    [
      ['all', [], 1700000000003n, { stdout: ['a', 'a'] }],
      ['unused', [1n], 1n],
      ['twice', [2n], undefined, { stdout: ['2', '0.5', 'xy'] }],
      ['err', ['m'], undefined, { stdout: ['[INFO] m'], stderr: ['[WARN] m', 'm'] }],
      ['dice', [], [0, 1]],
    ],
  );
  runs(
    'order of evaluation seen through effects',
    `module Order
effect[Log] function t(n: Int64) -> Int64 { print_int(n); n }
function three(a: Int64, b: Int64, c: Int64) -> Int64 { a * 100 + b * 10 + c }
export effect[Log] function args() -> Int64 { three(t(1), t(2), t(3)) }
export effect[Log] function list() -> List<Int64> { [t(3), t(1), t(2)] }
export effect[Log] function ops() -> Int64 { t(1) - t(2) * t(3) }
export effect[Log] function scrutinee() -> Int64 { match t(5) { 1 -> t(10), k if t(k) == 5 -> t(20), _ -> t(30) } }
export effect[Log] function dropped() -> Int64 { t(1); let _ = t(2); t(3) }`,
    [
      ['args', [], 123n, { stdout: ['1', '2', '3'] }],
      ['list', [], [3n, 1n, 2n], { stdout: ['3', '1', '2'] }],
      ['ops', [], -5n, { stdout: ['1', '2', '3'] }],
      ['scrutinee', [], 20n, { stdout: ['5', '5', '20'] }],
      ['dropped', [], 3n, { stdout: ['1', '2', '3'] }],
    ],
  );
  runs(
    'a scrutinee that no arm looks at is evaluated',
    `module Unread
type One = | Only(x: Int64)
effect[Log] function t(n: Int64) -> Int64 { print_int(n); n }
export effect[Log] function wild() -> Int64 { match t(1) { _ -> 0 } }
export effect[Log] function only() -> Int64 { match Only(t(2)) { Only(_) -> 0 } }
export effect[Log] function listed() -> Int64 { match [t(3)] { _ -> 0 } }
export effect[Log] function guarded() -> Int64 { match t(4) { _ if t(5) == 0 -> 1, _ -> 0 } }
export function fails(n: Int64) -> Int64 { match 1 / n { _ -> 0 } }`,
    [
      ['wild', [], 0n, { stdout: ['1'] }],
      ['only', [], 0n, { stdout: ['2'] }],
      ['listed', [], 0n, { stdout: ['3'] }],
      ['guarded', [], 0n, { stdout: ['4', '5'] }],
      ['fails', [0n], trap('divide-by-zero')],
    ],
  );
  runs(
    'assertions count and never trap',
    `module Asserts
export effect[Test] function test_all() -> Unit { assert_eq(1 + 1, 2); assert_eq(1, 2); assert_eq_string("a", "b"); assert_true(1 > 0); assert_false(True); assert_eq_float(0.1 + 0.2, 0.3) }`,
    [['test_all', [], undefined, { asserts: { total: 6, failed: 3 } }]],
  );
});
