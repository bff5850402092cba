import { describe } from 'vitest';

import { runs } from '../../helpers/clarity-program.ts';
import { err, none, ok, record, some, variant } from '../../helpers/clarity-values.ts';

describe('programs over text', () => {
  runs(
    'roman numerals, both ways',
    `module Roman
type Step = { value: Int64, text: String }
function steps() -> List<Step> { [{ value: 1000, text: "M" }, { value: 900, text: "CM" }, { value: 500, text: "D" }, { value: 400, text: "CD" }, { value: 100, text: "C" }, { value: 90, text: "XC" }, { value: 50, text: "L" }, { value: 40, text: "XL" }, { value: 10, text: "X" }, { value: 9, text: "IX" }, { value: 5, text: "V" }, { value: 4, text: "IV" }, { value: 1, text: "I" }] }
function write(n: Int64, ss: List<Step>, acc: String) -> String {
  match is_empty(ss) {
    True -> acc,
    False -> { let s = head(ss); match n >= s.value { True -> write(n - s.value, ss, acc ++ s.text), False -> write(n, tail(ss), acc) } }
  }
}
export function to_roman(n: Int64) -> Result<String, String> { match n { 1..3999 -> Ok(write(n, steps(), "")), _ -> Err("out of range: \${int_to_string(n)}") } }
function digit(c: String) -> Int64 { match c { "I" -> 1, "V" -> 5, "X" -> 10, "L" -> 50, "C" -> 100, "D" -> 500, "M" -> 1000, _ -> 0 } }
function read(cs: List<String>, acc: Int64) -> Int64 {
  match length(cs) {
    0 -> acc,
    1 -> acc + digit(head(cs)),
    _ -> { let a = digit(head(cs)); let b = digit(nth(cs, 1)); read(tail(cs), match a < b { True -> acc - a, False -> acc + a }) }
  }
}
export function from_roman(s: String) -> Int64 { read(chars(to_uppercase(s)), 0) }`,
    [
      ['to_roman', [1994n], ok('MCMXCIV')],
      ['to_roman', [3999n], ok('MMMCMXCIX')],
      ['to_roman', [0n], err('out of range: 0')],
      ['from_roman', ['mcmxciv'], 1994n],
      ['from_roman', ['IV'], 4n],
      ['from_roman', [''], 0n],
    ],
  );
  runs(
    'run-length coding',
    `module Rle
type Run = { ch: String, count: Int64 }
function go(cs: List<String>, cur: Run, acc: List<Run>) -> List<Run> {
  match is_empty(cs) {
    True -> append(acc, cur),
    False -> match head(cs) == cur.ch { True -> go(tail(cs), { ch: cur.ch, count: cur.count + 1 }, acc), False -> go(tail(cs), { ch: head(cs), count: 1 }, append(acc, cur)) }
  }
}
export function runs_of(s: String) -> List<Run> { match chars(s) { cs if is_empty(cs) -> [], cs -> go(tail(cs), { ch: head(cs), count: 1 }, []) } }
function text(rs: List<Run>, acc: String) -> String { match is_empty(rs) { True -> acc, False -> { let r = head(rs); text(tail(rs), acc ++ (match r.count { 1 -> r.ch, n -> int_to_string(n) ++ r.ch })) } } }
export function encode(s: String) -> String { text(runs_of(s), "") }
function unpack(cs: List<String>, n: Int64, acc: String) -> String {
  match is_empty(cs) {
    True -> acc,
    False -> match string_to_int(head(cs)) { Some(d) -> unpack(tail(cs), n * 10 + d, acc), None -> unpack(tail(cs), 0, acc ++ string_repeat(head(cs), max_int(n, 1))) }
  }
}
export function decode(s: String) -> String { unpack(chars(s), 0, "") }
export function round(s: String) -> Bool { decode(encode(s)) == s }`,
    [
      ['runs_of', ['aab'], [record({ ch: 'a', count: 2n }), record({ ch: 'b', count: 1n })]],
      ['encode', ['aaaaaaaaaaaabccd'], '12ab2cd'],
      ['decode', ['12ab2cd'], 'aaaaaaaaaaaabccd'],
      ['encode', [''], ''],
      ['round', ['xxyzzz😀😀'], true],
    ],
  );
  runs(
    'text wrap',
    `module Wrap
function wrap(ws: List<String>, width: Int64, line: String, acc: List<String>) -> List<String> {
  match is_empty(ws) {
    True -> match line { "" -> acc, _ -> append(acc, line) },
    False -> {
      let w = head(ws);
      let joined = match line { "" -> w, _ -> "\${line} \${w}" };
      match string_length(joined) <= width or line == "" { True -> wrap(tail(ws), width, joined, acc), False -> wrap(tail(ws), width, w, append(acc, line)) }
    }
  }
}
export function lines(s: String, width: Int64) -> List<String> { wrap(split(trim(s), " "), width, "", []) }
export function block(s: String, width: Int64) -> String { frame(lines(s, width), width, "") }
function frame(ls: List<String>, width: Int64, acc: String) -> String { match is_empty(ls) { True -> acc, False -> frame(tail(ls), width, acc ++ "|" ++ pad_right(head(ls), width, " ") ++ "|\\n") } }`,
    [
      ['lines', ['the quick brown fox jumps', 10n], ['the quick', 'brown fox', 'jumps']],
      ['lines', ['incomprehensible word', 5n], ['incomprehensible', 'word']],
      ['lines', ['', 5n], []],
      ['block', ['a bb ccc', 4n], '|a bb|\n|ccc |\n'],
    ],
  );
  runs(
    'a tokenizer and a recursive descent parser',
    `module Calc
type Token = | Num(n: Int64) | Op(c: String) | Open | Close
type Parsed = { value: Int64, rest: List<Token> }
function is_digit(c: String) -> Bool { let k = char_code(c); k >= 48 and k <= 57 }
function number(cs: List<String>, acc: Int64) -> Parsed2 { match !is_empty(cs) and is_digit(head(cs)) { True -> number(tail(cs), acc * 10 + char_code(head(cs)) - 48), False -> { n: acc, left: cs } } }
type Parsed2 = { n: Int64, left: List<String> }
function lex(cs: List<String>, acc: List<Token>) -> Result<List<Token>, String> {
  match is_empty(cs) {
    True -> Ok(acc),
    False -> match head(cs) {
      " " -> lex(tail(cs), acc),
      "(" -> lex(tail(cs), append(acc, Open)),
      ")" -> lex(tail(cs), append(acc, Close)),
      c if c == "+" or c == "-" or c == "*" or c == "/" -> lex(tail(cs), append(acc, Op(c))),
      c if is_digit(c) -> { let p = number(cs, 0); lex(p.left, append(acc, Num(p.n))) },
      other -> Err("bad character \${other}")
    }
  }
}
function primary(ts: List<Token>) -> Result<Parsed, String> {
  match is_empty(ts) {
    True -> Err("unexpected end"),
    False -> match head(ts) {
      Num(n) -> Ok({ value: n, rest: tail(ts) }),
      Open -> match sum(tail(ts)) {
        Err(e) -> Err(e),
        Ok(p) -> match is_empty(p.rest) { True -> Err("missing )"), False -> match head(p.rest) { Close -> Ok({ value: p.value, rest: tail(p.rest) }), _ -> Err("missing )") } }
      },
      Op("-") -> match primary(tail(ts)) { Ok(p) -> Ok({ value: -p.value, rest: p.rest }), Err(e) -> Err(e) },
      _ -> Err("unexpected token")
    }
  }
}
function product(ts: List<Token>) -> Result<Parsed, String> { match primary(ts) { Err(e) -> Err(e), Ok(p) -> product_rest(p) } }
function product_rest(l: Parsed) -> Result<Parsed, String> {
  match is_empty(l.rest) {
    True -> Ok(l),
    False -> match head(l.rest) {
      Op("*") -> match primary(tail(l.rest)) { Ok(r) -> product_rest({ value: l.value * r.value, rest: r.rest }), Err(e) -> Err(e) },
      Op("/") -> match primary(tail(l.rest)) { Ok(r) if r.value == 0 -> Err("division by zero"), Ok(r) -> product_rest({ value: l.value / r.value, rest: r.rest }), Err(e) -> Err(e) },
      _ -> Ok(l)
    }
  }
}
function sum(ts: List<Token>) -> Result<Parsed, String> { match product(ts) { Err(e) -> Err(e), Ok(p) -> sum_rest(p) } }
function sum_rest(l: Parsed) -> Result<Parsed, String> {
  match is_empty(l.rest) {
    True -> Ok(l),
    False -> match head(l.rest) {
      Op("+") -> match product(tail(l.rest)) { Ok(r) -> sum_rest({ value: l.value + r.value, rest: r.rest }), Err(e) -> Err(e) },
      Op("-") -> match product(tail(l.rest)) { Ok(r) -> sum_rest({ value: l.value - r.value, rest: r.rest }), Err(e) -> Err(e) },
      _ -> Ok(l)
    }
  }
}
export function calc(s: String) -> Result<Int64, String> {
  match lex(chars(s), []) { Err(e) -> Err(e), Ok(ts) -> match sum(ts) { Err(e) -> Err(e), Ok(p) -> match is_empty(p.rest) { True -> Ok(p.value), False -> Err("trailing tokens") } } }
}`,
    [
      ['calc', ['1 + 2 * (10 - 4) / 3'], ok(5n)],
      ['calc', ['-(2+3)*-4'], ok(20n)],
      ['calc', ['2*(3'], err('missing )')],
      ['calc', ['4/(2-2)'], err('division by zero')],
      ['calc', ['1 2'], err('trailing tokens')],
      ['calc', ['1 & 2'], err('bad character &')],
      ['calc', [''], err('unexpected end')],
      ['calc', ['100-10-1'], ok(89n)],
    ],
  );
  runs(
    'a JSON value and its pretty printer',
    `module Json
type Field = { key: String, value: Json }
type Json = | Null | Flag(b: Bool) | Number(n: Float64) | Text(s: String) | Items(xs: List<Json>) | Fields(fs: List<Field>)
function indent(n: Int64) -> String { string_repeat("  ", n) }
function join(xs: List<String>, sep: String) -> String { match length(xs) { 0 -> "", 1 -> head(xs), _ -> head(xs) ++ sep ++ join(tail(xs), sep) } }
function map<T>(xs: List<T>, f: (T) -> String) -> List<String> { match is_empty(xs) { True -> [], False -> concat([f(head(xs))], map(tail(xs), f)) } }
function show(j: Json, depth: Int64) -> String {
  match j {
    Null -> "null",
    Flag(True) -> "true",
    Flag(False) -> "false",
    Number(n) -> float_to_string(n),
    Text(s) -> "\\"" ++ json_escape_string(s) ++ "\\"",
    Items(xs) if is_empty(xs) -> "[]",
    Items(xs) -> "[\\n" ++ join(map(xs, |x: Json| indent(depth + 1) ++ show(x, depth + 1)), ",\\n") ++ "\\n" ++ indent(depth) ++ "]",
    Fields(fs) if is_empty(fs) -> "{}",
    Fields(fs) -> "{\\n" ++ join(map(fs, |f: Field| "\${indent(depth + 1)}\\"\${f.key}\\": \${show(f.value, depth + 1)}"), ",\\n") ++ "\\n" ++ indent(depth) ++ "}"
  }
}
export function pretty(j: Json) -> String { show(j, 0) }
export function sample(name: String) -> String { show(Fields([{ key: "name", value: Text(name) }, { key: "tags", value: Items([Flag(True), Null, Number(1.5), Items([])]) }, { key: "o", value: Fields([]) }]), 0) }
export function size(j: Json) -> Int64 { match j { Items(xs) -> 1 + total(xs), Fields(fs) -> 1 + total(values(fs)), _ -> 1 } }
function values(fs: List<Field>) -> List<Json> { match is_empty(fs) { True -> [], False -> concat([head(fs).value], values(tail(fs))) } }
function total(xs: List<Json>) -> Int64 { match is_empty(xs) { True -> 0, False -> size(head(xs)) + total(tail(xs)) } }`,
    [
      ['sample', ['a"b'], JSON.stringify({ name: 'a"b', tags: [true, null, 1.5, []], o: {} }, null, 2)],
      ['pretty', [variant('Text', { s: '\n' })], '"\\n"'],
      [
        'size',
        [
          variant('Items', {
            xs: [variant('Null'), variant('Fields', { fs: [record({ key: 'k', value: variant('Null') })] })],
          }),
        ],
        4n,
      ],
    ],
  );
  runs(
    'Caesar and Vigenere',
    `module Ciphers
function shift(c: String, k: Int64) -> String {
  let n = char_code(c);
  let turn = |base: Int64| char_from_code((n - base + k % 26 + 26) % 26 + base);
  match n { 97..122 -> turn(97), 65..90 -> turn(65), _ -> c }
}
export function caesar(s: String, k: Int64) -> String { go(chars(s), k, "") }
function go(cs: List<String>, k: Int64, acc: String) -> String { match is_empty(cs) { True -> acc, False -> go(tail(cs), k, acc ++ shift(head(cs), k)) } }
export function vigenere(s: String, key: String, sign: Int64) -> String { vig(s, key, sign, 0, "") }
function vig(s: String, key: String, sign: Int64, i: Int64, acc: String) -> String {
  match i == string_length(s) { True -> acc, False -> vig(s, key, sign, i + 1, acc ++ shift(char_at(s, i), sign * (char_code(char_at(key, i % string_length(key))) - 97))) }
}`,
    [
      ['caesar', ['Hello, zed!', 3n], 'Khoor, chg!'],
      ['caesar', ['Khoor, chg!', -29n], 'Hello, zed!'],
      ['vigenere', ['attackatdawn', 'lemon', 1n], 'lxfopvefrnhr'],
      ['vigenere', ['lxfopvefrnhr', 'lemon', -1n], 'attackatdawn'],
    ],
  );
  runs(
    'a CSV reader with a state machine',
    `module Csv
type State = | Start | Plain | Quoted | Closing
type Acc = { fields: List<String>, cur: String, state: State }
function step(a: Acc, c: String) -> Option<Acc> {
  match a.state {
    Quoted -> match c { "'" -> Some({ fields: a.fields, cur: a.cur, state: Closing }), _ -> Some({ fields: a.fields, cur: a.cur ++ c, state: Quoted }) },
    Closing -> match c { "'" -> Some({ fields: a.fields, cur: a.cur ++ "'", state: Quoted }), "," -> Some({ fields: append(a.fields, a.cur), cur: "", state: Start }), _ -> None },
    s -> match c {
      "," -> Some({ fields: append(a.fields, a.cur), cur: "", state: Start }),
      "'" -> match s { Start -> Some({ fields: a.fields, cur: "", state: Quoted }), _ -> None },
      _ -> Some({ fields: a.fields, cur: a.cur ++ c, state: Plain })
    }
  }
}
function go(cs: List<String>, a: Acc) -> Option<List<String>> {
  match is_empty(cs) {
    True -> match a.state { Quoted -> None, _ -> Some(append(a.fields, a.cur)) },
    False -> match step(a, head(cs)) { None -> None, Some(b) -> go(tail(cs), b) }
  }
}
export function fields(line: String) -> Option<List<String>> { go(chars(line), { fields: [], cur: "", state: Start }) }`,
    [
      ['fields', ["a,'b,''c',,d"], some(['a', "b,'c", '', 'd'])],
      ['fields', ["'open"], none],
      ['fields', ["a'b"], none],
      ['fields', [''], some([''])],
    ],
  );
});
