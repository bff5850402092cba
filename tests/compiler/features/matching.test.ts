import { describe } from 'vitest';

import { runs, trap } from '../../helpers/clarity-program.ts';
import { none, some, variant } from '../../helpers/clarity-values.ts';

describe('match-bool', () => {
  runs(
    'conditions as values, operands and arguments',
    `module MB
export function sign(n: Int64) -> Int64 { match n == 0 { True -> 0, False -> match n > 0 { True -> 1, False -> -1 } } }
export function operand(b: Bool, c: Bool) -> Int64 { 10 + match b { True -> 1, False -> 2 } * match c { False -> 3, True -> 4 } }
export function argument(b: Bool) -> Int64 { string_length(match b { True -> "four", False -> "" }) }
export function bound(b: Bool) -> Bool { match b { x -> !x } }
export function condition(a: Bool, b: Bool) -> String { match match a { True -> b, False -> !b } { True -> "same", False -> "differ" } }`,
    [
      ['sign', [-4n], -1n],
      ['sign', [0n], 0n],
      ['operand', [true, false], 13n],
      ['operand', [false, true], 18n],
      ['argument', [true], 4n],
      ['bound', [true], false],
      ['condition', [false, false], 'same'],
      ['condition', [true, false], 'differ'],
    ],
  );
  runs(
    'guards on Bool and effects only in the chosen arm',
    `module MBGuard
export function f(b: Bool, n: Int64) -> String { match b { True if n == 0 -> "t0", False if n == 0 -> "f0", True -> "t", False -> "f" } }
effect[Log] function say(s: String) -> Int64 { print_string(s); string_length(s) }
export effect[Log] function g(b: Bool) -> Int64 { match b { True -> say("yes"), False -> say("no") } }
export effect[Log] function h(n: Int64) -> Unit { match n > 3 { True -> print_int(n), False -> {} } }`,
    [
      ['f', [true, 0n], 't0'],
      ['f', [false, 0n], 'f0'],
      ['f', [true, 1n], 't'],
      ['f', [false, 1n], 'f'],
      ['g', [true], 3n, { stdout: ['yes'] }],
      ['g', [false], 2n, { stdout: ['no'] }],
      ['h', [4n], undefined, { stdout: ['4'] }],
      ['h', [3n], undefined],
    ],
  );
});

describe('match-int', () => {
  runs(
    'literals, inclusive ranges, guards and bindings',
    `module MI
export function grade(n: Int64) -> String { match n { 90..100 -> "A", 80..89 -> "B", 0..79 -> "C", _ -> "?" } }
export function leap(y: Int64) -> Bool { match y { k if k % 400 == 0 -> True, k if k % 100 == 0 -> False, k if k % 4 == 0 -> True, _ -> False } }
export function absolute(n: Int64) -> Int64 { match n { k if k < 0 -> -k, k -> k } }
export function first(n: Int64) -> Int64 { match n { 1..10 if n % 2 == 0 -> 1, 5..20 -> 2, 3 -> 3, other -> other * 100 } }
export function edge(n: Int64) -> Int64 { match n { 9223372036854775807 -> 1, 0 -> 2, _ -> 3 } }`,
    [
      ['grade', [100n], 'A'],
      ['grade', [90n], 'A'],
      ['grade', [89n], 'B'],
      ['grade', [0n], 'C'],
      ['grade', [-1n], '?'],
      ['grade', [101n], '?'],
      ['leap', [2000n], true],
      ['leap', [1900n], false],
      ['leap', [2024n], true],
      ['leap', [2023n], false],
      ['absolute', [-9n], 9n],
      ['absolute', [9n], 9n],
      ['first', [4n], 1n],
      ['first', [5n], 2n],
      ['first', [3n], 3n],
      ['first', [21n], 2100n],
      ['edge', [2n ** 63n - 1n], 1n],
    ],
  );
  runs(
    'many literals',
    `module MIMany
export function days(m: Int64) -> Int64 { match m { 1 -> 31, 2 -> 28, 3 -> 31, 4 -> 30, 5 -> 31, 6 -> 30, 7 -> 31, 8 -> 31, 9 -> 30, 10 -> 31, 11 -> 30, 12 -> 31, _ -> 0 } }
export function year() -> Int64 { total(12, 0) }
function total(m: Int64, acc: Int64) -> Int64 { match m { 0 -> acc, _ -> total(m - 1, acc + days(m)) } }
export function sparse(n: Int64) -> Int64 { match n { 1 -> 1, 1000 -> 2, 1000000 -> 3, 1000000000000 -> 4, _ -> 5 } }
export function once(n: Int64) -> Int64 { match n * n + 1 { 1 -> 0, 2 -> 1, k -> k } }`,
    [
      ['days', [2n], 28n],
      ['days', [13n], 0n],
      ['year', [], 365n],
      ['sparse', [1000000000000n], 4n],
      ['sparse', [2n], 5n],
      ['once', [3n], 10n],
    ],
  );
});

describe('match-string', () => {
  runs(
    'literals, guards and a binding',
    `module MS
export function apply(op: String, a: Int64, b: Int64) -> Option<Int64> { match op { "+" -> Some(a + b), "-" -> Some(a - b), "*" -> Some(a * b), "/" if b != 0 -> Some(a / b), _ -> None } }
export function echo(s: String) -> String { match s { "" -> "(empty)", "a\\nb" -> "lines", other -> other ++ other } }
export function kind(s: String) -> String { match s { t if string_starts_with(t, "--") -> "flag", t if string_length(t) == 1 -> "char " ++ t, "é" -> "never", _ -> "word" } }
export function built(s: String) -> Int64 { match s ++ "!" { "x!" -> 1, "!" -> 2, _ -> 3 } }`,
    [
      ['apply', ['*', 6n, 7n], some(42n)],
      ['apply', ['/', 6n, 0n], none],
      ['apply', ['/', 6n, 4n], some(1n)],
      ['echo', [''], '(empty)'],
      ['echo', ['a\nb'], 'lines'],
      ['echo', ['x'], 'xx'],
      ['kind', ['--v'], 'flag'],
      ['kind', ['é'], 'char é'],
      ['kind', ['ab'], 'word'],
      ['built', ['x'], 1n],
      ['built', [''], 2n],
    ],
  );
  runs(
    'a traffic light as strings, with a loop',
    `module MSLoop
function next(s: String) -> String { match s { "red" -> "green", "green" -> "amber", "amber" -> "red", _ -> "off" } }
export function after(s: String, n: Int64) -> String { match n { 0 -> s, _ -> after(next(s), n - 1) } }
export function floats(x: Float64) -> String { match x { 0.5 -> "half", 1.0 -> "one", _ -> "other" } }`,
    [
      ['after', ['red', 3n], 'red'],
      ['after', ['red', 100001n], 'amber'],
      ['after', ['blue', 1n], 'off'],
      ['floats', [0.5], 'half'],
      ['floats', [1], 'one'],
      ['floats', [2], 'other'],
    ],
  );
});

describe('nested patterns', () => {
  runs(
    'literals, ranges and variants below a variant',
    `module Deep
type Cmd = | Move(dir: String, steps: Int64) | Say(text: Option<String>) | Stop
export function run(c: Cmd) -> String {
  match c {
    Move("up", 0) -> "nothing",
    Move("up", n) -> "up " ++ int_to_string(n),
    Move(d, 1..3) -> d ++ " a bit",
    Move(d, n) if n < 0 -> "back " ++ d,
    Move(d, _) -> d ++ " far",
    Say(Some("")) -> "silence",
    Say(Some(t)) -> t,
    Say(None) -> "mute",
    Stop -> "stop"
  }
}
export function deep(r: Result<Option<Result<Int64, String>>, String>) -> Int64 {
  match r { Ok(Some(Ok(0))) -> 1, Ok(Some(Ok(n))) -> n, Ok(Some(Err(_))) -> 2, Ok(None) -> 3, Err("x") -> 4, Err(_) -> 5 }
}`,
    [
      ['run', [variant('Move', { dir: 'up', steps: 0n })], 'nothing'],
      ['run', [variant('Move', { dir: 'up', steps: 2n })], 'up 2'],
      ['run', [variant('Move', { dir: 'left', steps: 3n })], 'left a bit'],
      ['run', [variant('Move', { dir: 'left', steps: -3n })], 'back left'],
      ['run', [variant('Move', { dir: 'left', steps: 4n })], 'left far'],
      ['run', [variant('Say', { text: some('') })], 'silence'],
      ['run', [variant('Say', { text: some('hi') })], 'hi'],
      ['run', [variant('Say', { text: none })], 'mute'],
      ['run', [variant('Stop')], 'stop'],
      ['deep', [variant('Ok', { value: some(variant('Ok', { value: 0n })) })], 1n],
      ['deep', [variant('Ok', { value: some(variant('Ok', { value: 9n })) })], 9n],
      ['deep', [variant('Ok', { value: some(variant('Err', { error: 'e' })) })], 2n],
      ['deep', [variant('Ok', { value: none })], 3n],
      ['deep', [variant('Err', { error: 'x' })], 4n],
      ['deep', [variant('Err', { error: 'y' })], 5n],
    ],
  );
  runs(
    'a guard that fails falls to the next arm; traps come from the chosen arm only',
    `module GuardTrap
type T = | A(n: Int64) | B
export function f(t: T) -> Int64 { match t { A(n) if n > 0 -> n, A(_) -> 0, B -> -1 } }
export function g(n: Int64) -> Int64 { let d = match n { 0 -> 0, k -> 10 / (k - 1) }; d }`,
    [
      ['f', [variant('A', { n: 5n })], 5n],
      ['f', [variant('A', { n: -5n })], 0n],
      ['f', [variant('B')], -1n],
      ['g', [1n], trap('divide-by-zero')],
      ['g', [0n], 0n],
    ],
  );
});
