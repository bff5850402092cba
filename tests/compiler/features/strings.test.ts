import { describe } from 'vitest';

import { runs } from '../../helpers/clarity-program.ts';

describe('strings-basic', () => {
  runs(
    'escapes',
    `module Esc
export function all() -> String { "a\\nb\\tc\\rd\\0e\\e[0m\\\\ \\"q\\" \\$x" }
export function unknown() -> String { "\\q\\d" }
export function dollar() -> String { "5$ and $x$" }
export function many() -> String { "one
two" }`,
    [
      ['all', [], 'a\nb\tc\rd\0e\u001b[0m\\ "q" $x'],
      ['unknown', [], '\\q\\d'],
      ['dollar', [], '5$ and $x$'],
      ['many', [], 'one\ntwo'],
    ],
  );
  runs(
    'triple strings',
    `module Triple
export function bare() -> String { """x""" }
export function empty() -> String { """""" }
export function first() -> String { """
a
""" }
export function two() -> String { """

a""" }
export function esc() -> String { """tab\\there \\\\ "quoted" \${no}""" }`,
    [
      ['bare', [], 'x'],
      ['empty', [], ''],
      ['first', [], 'a\n'],
      ['two', [], '\na'],
      ['esc', [], `tab\there \\ "quoted" \${no}`],
    ],
  );
  runs(
    'code units and code points',
    `module Units
export function rev(s: String) -> String { join(reverse(chars(s)), "") }
function join(xs: List<String>, acc: String) -> String { match is_empty(xs) { True -> acc, False -> join(tail(xs), acc ++ head(xs)) } }
export function at(s: String, i: Int64) -> String { char_at(s, i) }
export function count(s: String, c: String) -> Int64 { length(split(s, c)) - 1 }
export function pal(s: String) -> Bool { s == rev(s) }`,
    [
      ['rev', ['aé😀'], '😀éa'],
      ['at', ['héllo', 1n], 'é'],
      ['at', ['abc', 3n], ''],
      ['at', ['abc', -1n], ''],
      ['at', ['😀', 0n], '\ufffd'],
      ['count', ['banana', 'an'], 2n],
      ['pal', ['racecar'], true],
      ['pal', ['ab'], false],
    ],
  );
});

describe('interpolation', () => {
  runs(
    'pieces, nesting and escapes',
    `module Inter
export function two(a: String, b: String) -> String { "\${a}\${b}" }
export function only(a: String) -> String { "\${a}" }
export function nested(a: String, n: Int64) -> String { "<\${a ++ "[\${int_to_string(n)}]"}>" }
export function escaped(a: String) -> String { "\\\${a} = \${a}" }
export function call(a: String) -> String { "\${to_uppercase(string_repeat("\${a}-", 2))}!" }
export function block(n: Int64) -> String { "v=\${{ let k = n * 2; int_to_string(k) }};" }`,
    [
      ['two', ['x', 'y'], 'xy'],
      ['only', ['q'], 'q'],
      ['nested', ['k', 3n], '<k[3]>'],
      ['escaped', ['v'], `\${a} = v`],
      ['call', ['ab'], 'AB-AB-!'],
      ['block', [4n], 'v=8;'],
    ],
  );
  runs(
    'a report',
    `module Report
type Row = { name: String, qty: Int64, price: Float64 }
function line(r: Row) -> String { "\${pad_right(r.name, 6, ".")}\${pad_left(int_to_string(r.qty), 3, " ")} @ \${float_to_string(r.price)}" }
export function show(name: String, qty: Int64, price: Float64) -> String { line({ price: price, name: name, qty: qty }) }
export function plural(n: Int64) -> String { "\${int_to_string(n)} item\${match n { 1 -> "", _ -> "s" }}" }`,
    [
      ['show', ['nut', 12n, 0.25], 'nut... 12 @ 0.25'],
      ['plural', [1n], '1 item'],
      ['plural', [0n], '0 items'],
    ],
  );
});
