import { describe } from 'vitest';

import { runs } from '../../helpers/clarity-program.ts';
import { err, none, ok, record, some, variant } from '../../helpers/clarity-values.ts';

describe('programs over data', () => {
  runs(
    'n queens',
    `module Queens
function safe(qs: List<Int64>, col: Int64, dist: Int64) -> Bool {
  match is_empty(qs) { True -> True, False -> { let q = head(qs); q != col and abs_int(q - col) != dist and safe(tail(qs), col, dist + 1) } }
}
function place(n: Int64, row: Int64, col: Int64, qs: List<Int64>) -> Int64 {
  match row == n {
    True -> 1,
    False -> match col == n { True -> 0, False -> (match safe(qs, col, 1) { True -> place(n, row + 1, 0, concat([col], qs)), False -> 0 }) + place(n, row, col + 1, qs) }
  }
}
export function count(n: Int64) -> Int64 { place(n, 0, 0, []) }
function first(n: Int64, row: Int64, col: Int64, qs: List<Int64>) -> Option<List<Int64>> {
  match row == n {
    True -> Some(reverse(qs)),
    False -> match col == n {
      True -> None,
      False -> match safe(qs, col, 1) { False -> first(n, row, col + 1, qs), True -> match first(n, row + 1, 0, concat([col], qs)) { Some(s) -> Some(s), None -> first(n, row, col + 1, qs) } }
    }
  }
}
export function solve(n: Int64) -> Option<List<Int64>> { first(n, 0, 0, []) }`,
    [
      ['count', [4n], 2n],
      ['count', [6n], 4n],
      ['solve', [3n], none],
      ['solve', [6n], some([1n, 3n, 5n, 0n, 2n, 4n])],
    ],
  );
  runs(
    'matrices',
    `module Matrix
type Matrix = { rows: Int64, cols: Int64, cells: List<Float64> }
function cell(m: Matrix, r: Int64, c: Int64) -> Float64 { nth(m.cells, r * m.cols + c) }
function dot(a: Matrix, b: Matrix, r: Int64, c: Int64, k: Int64, acc: Float64) -> Float64 { match k == a.cols { True -> acc, False -> dot(a, b, r, c, k + 1, acc + cell(a, r, k) * cell(b, k, c)) } }
function fill(a: Matrix, b: Matrix, i: Int64, acc: List<Float64>) -> List<Float64> { match i == a.rows * b.cols { True -> acc, False -> fill(a, b, i + 1, append(acc, dot(a, b, i / b.cols, i % b.cols, 0, 0.0))) } }
export function mul(a: Matrix, b: Matrix) -> Result<Matrix, String> { match a.cols == b.rows { True -> Ok({ rows: a.rows, cols: b.cols, cells: fill(a, b, 0, []) }), False -> Err("\${int_to_string(a.cols)} columns, \${int_to_string(b.rows)} rows") } }
function power(m: Matrix, n: Int64) -> Result<Matrix, String> { match n { 1 -> Ok(m), _ -> match power(m, n - 1) { Ok(p) -> mul(p, m), Err(e) -> Err(e) } } }
export function fib(n: Int64) -> Float64 { match power({ rows: 2, cols: 2, cells: [1.0, 1.0, 1.0, 0.0] }, n) { Ok(m) -> cell(m, 0, 1), Err(_) -> -1.0 } }`,
    [
      [
        'mul',
        [record({ rows: 2n, cols: 2n, cells: [1, 2, 3, 4] }), record({ rows: 2n, cols: 1n, cells: [0.5, 2] })],
        ok(record({ rows: 2n, cols: 1n, cells: [4.5, 9.5] })),
      ],
      [
        'mul',
        [record({ rows: 1n, cols: 2n, cells: [1, 2] }), record({ rows: 3n, cols: 1n, cells: [1, 2, 3] })],
        err('2 columns, 3 rows'),
      ],
      ['fib', [30n], 832040],
    ],
  );
  runs(
    'a binary search tree with removal',
    `module Bst
type Tree = | Leaf | Node(left: Tree, key: Int64, right: Tree)
function insert(t: Tree, k: Int64) -> Tree {
  match t { Leaf -> Node(Leaf, k, Leaf), Node(l, x, r) if k < x -> Node(insert(l, k), x, r), Node(l, x, r) if k > x -> Node(l, x, insert(r, k)), same -> same }
}
function min(t: Tree) -> Option<Int64> { match t { Leaf -> None, Node(Leaf, k, _) -> Some(k), Node(l, _, _) -> min(l) } }
function remove(t: Tree, k: Int64) -> Tree {
  match t {
    Leaf -> Leaf,
    Node(l, x, r) if k < x -> Node(remove(l, k), x, r),
    Node(l, x, r) if k > x -> Node(l, x, remove(r, k)),
    Node(Leaf, _, r) -> r,
    Node(l, _, Leaf) -> l,
    Node(l, _, r) -> match min(r) { Some(m) -> Node(l, m, remove(r, m)), None -> l }
  }
}
function walk(t: Tree, acc: List<Int64>) -> List<Int64> { match t { Leaf -> acc, Node(l, k, r) -> walk(r, append(walk(l, acc), k)) } }
function depth(t: Tree) -> Int64 { match t { Leaf -> 0, Node(l, _, r) -> 1 + max_int(depth(l), depth(r)) } }
function build(xs: List<Int64>, t: Tree) -> Tree { match is_empty(xs) { True -> t, False -> build(tail(xs), insert(t, head(xs))) } }
function without(xs: List<Int64>, t: Tree) -> Tree { match is_empty(xs) { True -> t, False -> without(tail(xs), remove(t, head(xs))) } }
export function keys(xs: List<Int64>, gone: List<Int64>) -> List<Int64> { walk(without(gone, build(xs, Leaf)), []) }
export function height(xs: List<Int64>) -> Int64 { depth(build(xs, Leaf)) }
export function tree(xs: List<Int64>) -> Tree { build(xs, Leaf) }`,
    [
      ['keys', [[5n, 2n, 8n, 1n, 9n, 3n, 5n], []], [1n, 2n, 3n, 5n, 8n, 9n]],
      [
        'keys',
        [
          [5n, 2n, 8n, 1n, 9n, 3n],
          [5n, 1n, 77n],
        ],
        [2n, 3n, 8n, 9n],
      ],
      ['height', [[1n, 2n, 3n, 4n]], 4n],
      [
        'tree',
        [[2n, 1n]],
        variant('Node', {
          left: variant('Node', { left: variant('Leaf'), key: 1n, right: variant('Leaf') }),
          key: 2n,
          right: variant('Leaf'),
        }),
      ],
    ],
  );
  runs(
    'shortest paths on a small graph',
    `module Dijkstra
type Edge = { a: String, b: String, w: Int64 }
type Best = { node: String, cost: Int64 }
function closest(open: Map<String, Int64>, ks: List<String>, best: Option<Best>) -> Option<Best> {
  match is_empty(ks) {
    True -> best,
    False -> {
      let k = head(ks);
      let cost = match map_get(open, k) { Some(c) -> c, None -> 0 };
      let next = match best { Some(b) if b.cost <= cost -> best, _ -> Some({ node: k, cost: cost }) };
      closest(open, tail(ks), next)
    }
  }
}
function relax(es: List<Edge>, at: Best, done: Map<String, Int64>, open: Map<String, Int64>) -> Map<String, Int64> {
  match is_empty(es) {
    True -> open,
    False -> {
      let e = head(es);
      let total = at.cost + e.w;
      let better = match map_get(open, e.b) { None -> True, Some(old) -> total < old };
      match e.a == at.node and !map_has(done, e.b) and better { True -> relax(tail(es), at, done, map_set(open, e.b, total)), False -> relax(tail(es), at, done, open) }
    }
  }
}
function search(es: List<Edge>, done: Map<String, Int64>, open: Map<String, Int64>) -> Map<String, Int64> {
  match closest(open, map_keys(open), None) {
    None -> done,
    Some(b) -> { let seen = map_set(done, b.node, b.cost); search(es, seen, relax(es, b, seen, map_remove(open, b.node))) }
  }
}
function parse(lines: List<String>, acc: List<Edge>) -> List<Edge> {
  match is_empty(lines) {
    True -> acc,
    False -> { let p = split(head(lines), " "); match string_to_int(nth(p, 2)) { Some(w) -> parse(tail(lines), append(acc, { a: nth(p, 0), b: nth(p, 1), w: w })), None -> parse(tail(lines), acc) } }
  }
}
export function distances(graph: String, from_node: String) -> Map<String, Int64> { search(parse(split(graph, ";"), []), map_new(), map_set(map_new(), from_node, 0)) }
export function distance(graph: String, a: String, b: String) -> Option<Int64> { map_get(distances(graph, a), b) }`,
    [
      ['distance', ['a b 7;a c 3;c b 1;b d 2;c d 8', 'a', 'd'], some(6n)],
      ['distance', ['a b 7;a c 3', 'b', 'a'], none],
      [
        'distances',
        ['a b 7;a c 3;c b 1', 'a'],
        new Map([
          ['a', 0n],
          ['c', 3n],
          ['b', 4n],
        ]),
      ],
    ],
  );
  runs(
    'a bank ledger',
    `module Bank
type Account = { id: Int64, owner: String, cents: Int64 }
type Tx = | Deposit(id: Int64, cents: Int64) | Withdraw(id: Int64, cents: Int64) | Transfer(from_id: Int64, to_id: Int64, cents: Int64)
type Problem = | NoAccount(id: Int64) | Short(id: Int64, missing: Int64) | BadAmount
function find(as: List<Account>, id: Int64) -> Option<Account> { match is_empty(as) { True -> None, False -> match head(as).id == id { True -> Some(head(as)), False -> find(tail(as), id) } } }
function put(as: List<Account>, a: Account) -> List<Account> { match is_empty(as) { True -> [a], False -> match head(as).id == a.id { True -> concat([a], tail(as)), False -> concat([head(as)], put(tail(as), a)) } } }
function change(as: List<Account>, id: Int64, by: Int64) -> Result<List<Account>, Problem> {
  match find(as, id) {
    None -> Err(NoAccount(id)),
    Some(a) if a.cents + by < 0 -> Err(Short(id, -(a.cents + by))),
    Some(a) -> Ok(put(as, { id: a.id, owner: a.owner, cents: a.cents + by }))
  }
}
function amount(tx: Tx) -> Int64 { match tx { Deposit(_, c) -> c, Withdraw(cents: c, id: _) -> c, Transfer(_, _, c) -> c } }
function apply(as: List<Account>, tx: Tx) -> Result<List<Account>, Problem> {
  match amount(tx) > 0 {
    False -> Err(BadAmount),
    True -> match tx {
      Deposit(id, c) -> change(as, id, c),
      Withdraw(id, c) -> change(as, id, -c),
      Transfer(a, b, c) -> match change(as, a, -c) { Ok(next) -> change(next, b, c), Err(p) -> Err(p) }
    }
  }
}
function run(as: List<Account>, txs: List<Tx>) -> Result<List<Account>, Problem> { match is_empty(txs) { True -> Ok(as), False -> match apply(as, head(txs)) { Ok(next) -> run(next, tail(txs)), Err(p) -> Err(p) } } }
function money(c: Int64) -> String { "\${int_to_string(c / 100)}.\${pad_left(int_to_string(c % 100), 2, "0")}" }
function report(as: List<Account>, acc: String) -> String { match is_empty(as) { True -> acc, False -> report(tail(as), "\${acc}\${head(as).owner}: \${money(head(as).cents)}\\n") } }
export function settle(txs: List<Tx>) -> String {
  match run([{ id: 1, owner: "Ada", cents: 10000 }, { id: 2, owner: "Bob", cents: 5 }], txs) {
    Ok(as) -> report(as, ""),
    Err(NoAccount(id)) -> "no account \${int_to_string(id)}",
    Err(Short(id, m)) -> "account \${int_to_string(id)} is short of \${money(m)}",
    Err(BadAmount) -> "bad amount"
  }
}`,
    [
      ['settle', [[]], 'Ada: 100.00\nBob: 0.05\n'],
      [
        'settle',
        [[variant('Transfer', { from_id: 1n, to_id: 2n, cents: 250n }), variant('Deposit', { id: 2n, cents: 1n })]],
        'Ada: 97.50\nBob: 2.56\n',
      ],
      ['settle', [[variant('Withdraw', { id: 2n, cents: 10n })]], 'account 2 is short of 0.05'],
      ['settle', [[variant('Deposit', { id: 3n, cents: 1n })]], 'no account 3'],
      ['settle', [[variant('Deposit', { id: 1n, cents: 0n })]], 'bad amount'],
    ],
  );
  runs(
    'a queue simulation',
    `module Queue
type Queue<T> = { front: List<T>, back: List<T> }
type Job = { name: String, left: Int64 }
function push<T>(q: Queue<T>, x: T) -> Queue<T> { { front: q.front, back: concat([x], q.back) } }
type Popped<T> = | Nothing | Popped(item: T, rest: Queue<T>)
function pop<T>(q: Queue<T>) -> Popped<T> {
  match is_empty(q.front) {
    False -> Popped(head(q.front), { front: tail(q.front), back: q.back }),
    True -> match is_empty(q.back) { True -> Nothing, False -> pop({ front: reverse(q.back), back: [] }) }
  }
}
effect[Log] function run(q: Queue<Job>, slice: Int64, clock: Int64) -> Int64 {
  match pop(q) {
    Nothing -> clock,
    Popped(j, rest) -> match j.left <= slice {
      True -> { print_string("\${j.name} done at \${int_to_string(clock + j.left)}"); run(rest, slice, clock + j.left) },
      False -> run(push(rest, { name: j.name, left: j.left - slice }), slice, clock + slice)
    }
  }
}
export effect[Log] function simulate(slice: Int64) -> Int64 { run({ front: [{ name: "a", left: 3 }, { name: "b", left: 1 }], back: [{ name: "c", left: 2 }] }, slice, 0) }`,
    [
      ['simulate', [1n], 6n, { stdout: ['b done at 2', 'c done at 5', 'a done at 6'] }],
      ['simulate', [10n], 6n, { stdout: ['a done at 3', 'b done at 4', 'c done at 6'] }],
    ],
  );
  runs(
    'a vending machine and a small virtual machine',
    `module Machines
type State = | Idle | HasCoins(cents: Int64) | Sold(item: String, change: Int64)
type Input = | Coin(cents: Int64) | Pick(item: String) | Refund
function price(item: String) -> Option<Int64> { match item { "tea" -> Some(120), "water" -> Some(80), _ -> None } }
export function step(s: State, i: Input) -> State {
  match i {
    Coin(c) -> match s { Idle -> HasCoins(c), HasCoins(k) -> HasCoins(k + c), Sold(_, _) -> HasCoins(c) },
    Refund -> Idle,
    Pick(item) -> match s { HasCoins(k) -> match price(item) { Some(p) if p <= k -> Sold(item, k - p), _ -> s }, other -> other }
  }
}
export function all(s: State, is: List<Input>) -> State { match is_empty(is) { True -> s, False -> all(step(s, head(is)), tail(is)) } }
type Code = | Push(n: Int64) | Add | Sub | Dup | Swap | JumpIfZero(to: Int64) | Jump(to: Int64) | Halt
function exec(code: List<Code>, pc: Int64, st: List<Int64>, fuel: Int64) -> Result<Int64, String> {
  match fuel == 0 or pc < 0 or pc >= length(code) {
    True -> Err("stopped at \${int_to_string(pc)}"),
    False -> match nth(code, pc) {
      Halt -> Ok(head(st)),
      Push(n) -> exec(code, pc + 1, concat([n], st), fuel - 1),
      Add -> exec(code, pc + 1, concat([nth(st, 1) + head(st)], tail(tail(st))), fuel - 1),
      Sub -> exec(code, pc + 1, concat([nth(st, 1) - head(st)], tail(tail(st))), fuel - 1),
      Dup -> exec(code, pc + 1, concat([head(st)], st), fuel - 1),
      Swap -> exec(code, pc + 1, concat([nth(st, 1), head(st)], tail(tail(st))), fuel - 1),
      JumpIfZero(t) -> exec(code, match head(st) { 0 -> t, _ -> pc + 1 }, tail(st), fuel - 1),
      Jump(t) -> exec(code, t, st, fuel - 1)
    }
  }
}
export function triangle(n: Int64) -> Result<Int64, String> {
  exec([Push(0), Push(n), Dup, JumpIfZero(12), Dup, Push(1), Sub, Swap, Push(0), Add, Jump(14), Halt, Swap, Halt, Swap, Push(0), Add, Halt], 0, [], 1000)
}
export function loop() -> Result<Int64, String> { exec([Jump(0)], 0, [], 50) }`,
    [
      [
        'all',
        [
          variant('Idle'),
          [
            variant('Coin', { cents: 100n }),
            variant('Pick', { item: 'tea' }),
            variant('Coin', { cents: 50n }),
            variant('Pick', { item: 'tea' }),
          ],
        ],
        variant('Sold', { item: 'tea', change: 30n }),
      ],
      ['step', [variant('HasCoins', { cents: 5n }), variant('Refund')], variant('Idle')],
      ['step', [variant('Idle'), variant('Pick', { item: 'tea' })], variant('Idle')],
      ['loop', [], err('stopped at 0')],
      ['triangle', [0n], ok(0n)],
      ['triangle', [3n], ok(2n)],
    ],
  );
  runs(
    'the game of life, primes and Collatz with local mutation',
    `module Sims
function alive(g: List<Bool>, w: Int64, x: Int64, y: Int64) -> Int64 { match x < 0 or y < 0 or x >= w or y >= length(g) / w { True -> 0, False -> match nth(g, y * w + x) { True -> 1, False -> 0 } } }
function around(g: List<Bool>, w: Int64, x: Int64, y: Int64) -> Int64 {
  let mut n = 0;
  n = n + alive(g, w, x - 1, y - 1) + alive(g, w, x, y - 1) + alive(g, w, x + 1, y - 1);
  n = n + alive(g, w, x - 1, y) + alive(g, w, x + 1, y);
  n + alive(g, w, x - 1, y + 1) + alive(g, w, x, y + 1) + alive(g, w, x + 1, y + 1)
}
function next(g: List<Bool>, w: Int64, i: Int64, acc: List<Bool>) -> List<Bool> {
  match i == length(g) {
    True -> acc,
    False -> { let k = around(g, w, i % w, i / w); next(g, w, i + 1, append(acc, k == 3 or k == 2 and nth(g, i))) }
  }
}
function read(cs: List<String>) -> List<Bool> { match is_empty(cs) { True -> [], False -> concat([head(cs) == "#"], read(tail(cs))) } }
function write(g: List<Bool>, acc: String) -> String { match is_empty(g) { True -> acc, False -> write(tail(g), acc ++ match head(g) { True -> "#", False -> "." }) } }
function steps(g: List<Bool>, w: Int64, n: Int64) -> List<Bool> { match n { 0 -> g, _ -> steps(next(g, w, 0, []), w, n - 1) } }
export function life(s: String, w: Int64, n: Int64) -> String { write(steps(read(chars(s)), w, n), "") }
export function collatz_max(limit: Int64) -> Int64 { longest(1, limit, 0, 0) }
function chain(n: Int64, k: Int64) -> Int64 { match n { 1 -> k, m if m % 2 == 0 -> chain(m / 2, k + 1), m -> chain(3 * m + 1, k + 1) } }
function longest(n: Int64, limit: Int64, best: Int64, at: Int64) -> Int64 { match n > limit { True -> at, False -> { let k = chain(n, 0); match k > best { True -> longest(n + 1, limit, k, n), False -> longest(n + 1, limit, best, at) } } } }`,
    [
      [
        'life',
        ['.....' + '..#..' + '..#..' + '..#..' + '.....', 5n, 1n],
        '.....' + '.....' + '.###.' + '.....' + '.....',
      ],
      ['life', ['.#.' + '..#' + '###', 3n, 0n], '.#.' + '..#' + '###'],
      ['collatz_max', [30n], 27n],
    ],
  );
});
