import { describe } from 'vitest';

import { runs } from '../../helpers/clarity-program.ts';
import { none, record, some, variant } from '../../helpers/clarity-values.ts';

describe('instances', () => {
  runs(
    'one function for each tuple of types, exported by its types',
    `module Gen
type Pair<A, B> = { first: A, second: B }
function swap<A, B>(p: Pair<A, B>) -> Pair<B, A> { { first: p.second, second: p.first } }
function pair<A, B>(a: A, b: B) -> Pair<A, B> { { first: a, second: b } }
function count<T>(xs: List<T>, n: Int64) -> Int64 { match is_empty(xs) { True -> n, False -> count(tail(xs), n + 1) } }
export function f(n: Int64) -> Pair<Bool, Pair<String, Int64>> { swap(pair(swap(pair(n, "s")), n > 0)) }
export function g() -> Int64 { count([1.5], 0) + count(["a", "b"], 0) + count([[1]], 0) }`,
    [
      ['f', [3n], record({ first: true, second: record({ first: 's', second: 3n }) })],
      ['g', [], 4n],
    ],
  );
  runs(
    'recursive generic types, mutual recursion of types and of functions',
    `module Rec
type Tree<T> = | Leaf | Node(left: Tree<T>, value: T, right: Tree<T>)
type Expr = | Num(n: Int64) | Neg(e: Expr) | Call(args: List<Arg>)
type Arg = { name: String, value: Option<Expr> }
function insert<T>(t: Tree<T>, x: T) -> Tree<T> { match t { Leaf -> Node(Leaf, x, Leaf), Node(l, v, r) -> match x < v { True -> Node(insert(l, x), v, r), False -> Node(l, v, insert(r, x)) } } }
function flat<T>(t: Tree<T>) -> List<T> { match t { Leaf -> [], Node(l, v, r) -> concat(flat(l), concat([v], flat(r))) } }
function build<T>(xs: List<T>, t: Tree<T>) -> Tree<T> { match is_empty(xs) { True -> t, False -> build(tail(xs), insert(t, head(xs))) } }
export function ints() -> List<Int64> { flat(build([3, 1, 2], Leaf)) }
export function texts() -> List<String> { flat(build(["b", "c", "a"], Leaf)) }
export function floats() -> List<Float64> { flat(build([2.5, 0.5], Leaf)) }
export function eval(e: Expr) -> Int64 { match e { Num(n) -> n, Neg(e) -> 0 - eval(e), Call(args) -> sum(args, 0) } }
function sum(args: List<Arg>, acc: Int64) -> Int64 { match is_empty(args) { True -> acc, False -> sum(tail(args), acc + arg(head(args))) } }
function arg(a: Arg) -> Int64 { match a.value { Some(e) -> eval(e), None -> string_length(a.name) } }`,
    [
      ['ints', [], [1n, 2n, 3n]],
      ['texts', [], ['a', 'b', 'c']],
      ['floats', [], [0.5, 2.5]],
      ['eval', [variant('Neg', { e: variant('Num', { n: 4n }) })], -4n],
      [
        'eval',
        [
          variant('Call', {
            args: [record({ name: 'abc', value: none }), record({ name: '', value: some(variant('Num', { n: 5n })) })],
          }),
        ],
        8n,
      ],
    ],
  );
  runs(
    'recursion at another instance is a call, at the same one a jump',
    `module Poly
function depth<T>(n: Int64, x: T) -> Int64 { match n { 0 -> 0, 1 -> depth(0, [0]) + 1, _ -> depth(n - 1, x) } }
export function f(n: Int64) -> Int64 { depth(n, "x") }`,
    [['f', [1_000_000n], 1n]],
  );
});
