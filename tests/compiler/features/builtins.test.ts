import { describe } from 'vitest';

import { runs, trap } from '../../helpers/clarity-program.ts';
import { err, none, ok, some } from '../../helpers/clarity-values.ts';

describe('builtins-string', () => {
  runs(
    'search, cut and replace',
    `module BS
export function cut(s: String, a: Int64, n: Int64) -> String { substring(s, a, n) }
export function find(s: String, t: String) -> Int64 { index_of(s, t) }
export function swap(s: String) -> String { string_replace(string_replace(s, "a", "\\t"), "b", "a") }
export function trims(s: String) -> List<String> { [trim(s), trim_start(s), trim_end(s)] }
export function sides(s: String, t: String) -> List<Bool> { [string_starts_with(s, t), string_ends_with(s, t), contains(s, t)] }
export function cases(s: String) -> String { to_uppercase(s) ++ to_lowercase(s) }
export function title(s: String) -> String { to_uppercase(substring(s, 0, 1)) ++ substring(s, 1, string_length(s)) }`,
    [
      ['cut', ['hello', -2n, 3n], 'h'],
      ['cut', ['hello', 4n, -2n], 'll'],
      ['cut', ['hello', 9n, 2n], ''],
      ['find', ['banana', 'nan'], 2n],
      ['find', ['banana', 'x'], -1n],
      ['find', ['banana', ''], 0n],
      ['swap', ['abab'], '\ta\ta'],
      ['trims', ['\t a \n'], ['a', 'a \n', '\t a']],
      ['sides', ['abc', 'ab'], [true, false, true]],
      ['sides', ['abc', ''], [true, true, true]],
      ['cases', ['Straße'], 'STRASSEstraße'],
      ['title', ['word'], 'Word'],
    ],
  );
  runs(
    'padding, splitting and codes',
    `module BS2
export function table(k: String, v: Int64) -> String { pad_right(k, 8, ".") ++ pad_left(int_to_string(v), 5, " ") }
export function fill(s: String) -> String { pad_left(s, 7, "ab") ++ pad_right(s, 1, "x") }
export function lines(s: String) -> List<String> { split_lines(s) }
export function parts(s: String, d: String) -> List<String> { split(s, d) }
export function code(s: String) -> Int64 { char_code(s) }
export function text(n: Int64) -> String { char_from_code(n) }
export function letters(s: String) -> List<String> { chars(s) }
export function rep(n: Int64) -> String { string_repeat("ab", n) }`,
    [
      ['table', ['key', 42n], 'key.....   42'],
      ['fill', ['xyz'], 'ababxyzxyz'],
      ['lines', ['a\r\nb\rc\n'], ['a', 'b', 'c', '']],
      ['parts', ['a--b--', '--'], ['a', 'b', '']],
      ['code', ['é'], 233n],
      ['text', [128512n], '😀'],
      ['text', [55296n], '\ufffd'],
      ['letters', ['a😀'], ['a', '😀']],
      ['rep', [-1n], ''],
      ['rep', [2n], 'abab'],
    ],
  );
});

describe('builtins-convert', () => {
  runs(
    'numbers and texts',
    `module BC
export function int(s: String) -> Option<Int64> { string_to_int(s) }
export function float(s: String) -> Option<Float64> { string_to_float(s) }
export function back(n: Int64) -> Option<Int64> { string_to_int(int_to_string(n)) }
export function trunc(x: Float64) -> Int64 { float_to_int(x) }`,
    [
      ['int', ['\n12 '], some(12n)],
      ['int', ['1.0'], none],
      ['int', ['--1'], none],
      ['int', ['-'], none],
      ['int', ['0012'], some(12n)],
      ['float', ['.5'], some(0.5)],
      ['float', ['1e3'], some(1000)],
      ['float', ['0x10'], some(16)],
      ['float', ['-Infinity'], some(-Infinity)],
      ['float', ['  '], none],
      ['float', ['1,5'], none],
      ['back', [-(2n ** 63n)], some(-(2n ** 63n))],
      ['trunc', [-1.99], -1n],
    ],
  );
});

describe('builtins-math', () => {
  runs(
    'integers and floats',
    `module BM
export function clampi(n: Int64) -> Int64 { int_clamp(n, -3, 3) }
export function clampf(x: Float64) -> Float64 { float_clamp(x, 0.0, 1.0) }
export function powers(x: Float64) -> List<Float64> { [pow(x, 3.0), pow(x, 0.5), pow(x, 0.0), sqrt(x)] }
export function rounds(x: Float64) -> List<Float64> { [floor(x), ceil(x)] }
export function logs() -> List<Float64> { [log(1.0), log2(1024.0), log10(0.01), log(0.0), exp(0.0)] }
export function dist(a: Int64, b: Int64) -> Int64 { abs_int(a - b) }
export function angle() -> Bool { abs_close(atan2(1.0, 1.0) * 4.0, 3.141592653589793) }
function abs_close(a: Float64, b: Float64) -> Bool { let d = a - b; d < 0.000001 and d > -0.000001 }`,
    [
      ['clampi', [-9n], -3n],
      ['clampi', [2n], 2n],
      ['clampf', [1.5], 1],
      ['clampf', [NaN], NaN],
      ['powers', [4], [64, 2, 1, 2]],
      ['rounds', [-1.5], [-2, -1]],
      ['logs', [], [0, 10, -2, -Infinity, 1]],
      ['dist', [-(2n ** 63n), 0n], -(2n ** 63n)],
      ['angle', [], true],
    ],
  );
});

describe('builtins-bytes', () => {
  runs(
    'bytes are values',
    `module BB
export function build(n: Int64) -> Bytes { bytes_set(bytes_set(bytes_new(3), 0, n), 2, n * 2) }
export function same(b: Bytes) -> List<Int64> { let c = bytes_set(b, 0, 9); [bytes_get(b, 0), bytes_get(c, 0), bytes_length(c)] }
export function cut(b: Bytes, s: Int64, n: Int64) -> Bytes { bytes_slice(b, s, n) }
export function text(s: String) -> String { bytes_to_string(bytes_concat(bytes_from_string(s), bytes_from_string("!"))) }
export function sum(b: Bytes) -> Int64 { go(b, 0, 0) }
function go(b: Bytes, i: Int64, acc: Int64) -> Int64 { match i == bytes_length(b) { True -> acc, False -> go(b, i + 1, acc + bytes_get(b, i)) } }
export function hash(s: String) -> Int64 { string_length(sha256(s)) }`,
    [
      ['build', [200n], Uint8Array.of(200, 0, 144)],
      ['same', [Uint8Array.of(1, 2)], [1n, 9n, 2n]],
      ['cut', [Uint8Array.of(1, 2, 3, 4), -2n, 2n], Uint8Array.of(1, 2)],
      ['cut', [Uint8Array.of(1, 2, 3, 4), 3n, 9n], Uint8Array.of(4)],
      ['text', ['é😀'], 'é😀!'],
      ['sum', [Uint8Array.of(255, 255)], 510n],
      ['hash', [''], 64n],
    ],
  );
});

describe('builtins-json', () => {
  runs(
    'reading',
    `module BJ
export function get(j: String, k: String) -> Option<String> { json_get(j, k) }
export function path(j: String, p: String) -> Option<String> { json_get_path(j, p) }
export function nested(j: String, p: String) -> Option<String> { json_get_nested(j, p) }
export function at(j: String, i: Int64) -> Option<String> { json_array_get(j, i) }
export function total(j: String) -> Int64 { match json_array_length(j) { None -> -1, Some(n) -> go(j, n, 0) } }
function go(j: String, n: Int64, acc: Int64) -> Int64 { match n { 0 -> acc, _ -> go(j, n - 1, acc + (match json_array_get(j, n - 1) { Some(s) -> (match string_to_int(s) { Some(k) -> k, None -> 0 }), None -> 0 })) } }`,
    [
      ['get', ['{"a":{"b":[1, 2]}}', 'a'], some('{"b":[1,2]}')],
      ['get', ['{"a":null}', 'a'], none],
      ['get', ['[1]', '0'], none],
      ['get', ['{', 'a'], none],
      ['path', ['{"a":{"b":false}}', 'a.b'], some('false')],
      ['path', ['{"a":[1]}', 'a.0'], none],
      ['nested', ['{"a":[{"b":"x"}]}', 'a.0.b'], some('x')],
      ['nested', ['{"a":[1]}', 'a.1'], none],
      ['at', ['[null,"s",{"k":1}]', 0n], some('null')],
      ['at', ['[null,"s",{"k":1}]', 2n], some('{"k":1}')],
      ['at', ['[]', 0n], none],
      ['total', ['[1,2,"39",true]'], 42n],
      ['total', ['{}'], -1n],
    ],
  );
  runs(
    'writing',
    `module BJ2
export function mk(a: String, b: String) -> String { let m: Map<String, String> = map_new(); json_stringify(map_set(map_set(m, "a", a), "b", b)) }
export function esc(s: String) -> String { json_escape_string(s) }
export function parse(j: String) -> Result<Map<String, String>, String> { match json_parse_object(j) { Ok(m) -> Ok(m), Err(e) -> Err("bad") } }`,
    [
      ['mk', ['01', '-1.5'], '{"a":"01","b":-1.5}'],
      ['mk', ['true', 'x"y'], '{"a":true,"b":"x\\"y"}'],
      ['esc', ['a"\\\n\u0001'], 'a\\"\\\\\\n\\u0001'],
      [
        'parse',
        ['{"a":[1, 2],"b":null}'],
        ok(
          new Map([
            ['a', '[1,2]'],
            ['b', 'null'],
          ]),
        ),
      ],
      ['parse', ['[]'], err('bad')],
    ],
  );
});

describe('builtins-misc', () => {
  runs(
    'time, urls, regular expressions, eval',
    `module BX
export function iso(n: Int64) -> String { timestamp_to_string(timestamp_from_int(n)) }
export function parse(s: String) -> Option<Timestamp> { timestamp_parse_iso(s) }
export function diff(a: Timestamp, b: Timestamp) -> Int64 { timestamp_diff(timestamp_add(a, 500), b) }
export effect[Time] function clock() -> String { iso(timestamp_to_int(now())) }
export function url(s: String) -> String { url_decode(url_encode(s)) ++ url_encode(s) }
export function caps(s: String) -> Option<List<String>> { regex_captures("^(\\\\w+)@(\\\\w+)(\\\\.org)?", s) }
export function is(s: String) -> Bool { regex_match("^[0-9]+$", s) }
export function judge(a: String, b: String) -> List<Bool> { [eval_exact(a, b), eval_contains(a, b)] }
export function chunks(s: String, n: Int64) -> String { chunk_text(s, n) }
export function cos2(a: String, b: String) -> Float64 { cosine_similarity(a, b) }`,
    [
      ['iso', [0n], '1970-01-01T00:00:00.000Z'],
      ['parse', ['1970-01-01T00:00:01Z'], some(1000n)],
      ['parse', ['soon'], none],
      ['diff', [1000n, 200n], 1300n],
      ['clock', [], '2023-11-14T22:13:20.000Z'],
      ['url', ['a b'], 'a ba%20b'],
      ['caps', ['me@home'], some(['me@home', 'me', 'home', ''])],
      ['caps', ['@'], none],
      ['is', ['123'], true],
      ['is', ['12a'], false],
      ['judge', ['abc', 'b'], [false, true]],
      ['chunks', ['abcde', 2n], '["ab","cd","e"]'],
      ['cos2', ['[3,4]', '[6,8]'], 1],
      ['cos2', ['[0]', '[1]'], 0],
    ],
  );
  runs(
    'standard input and the arena',
    `module BX2
export effect[FileSystem] function sum() -> Int64 { go(0) }
effect[FileSystem] function go(acc: Int64) -> Int64 { match read_line_or_eof() { None -> acc, Some("") -> go(acc), Some(s) -> go(acc + (match string_to_int(s) { Some(n) -> n, None -> 1000 })) } }
export function steady(n: Int64) -> String { let mark = arena_save(); let s = loop(n, ""); arena_restore_keeping_str(mark, s) }
function loop(n: Int64, s: String) -> String { match n { 0 -> s, _ -> loop(n - 1, int_to_string(n)) } }
export function bad(n: Int64) -> String { char_from_code(n) }`,
    [
      ['sum', [], 1006n, { stdin: '1\n2\nx\n3' }],
      ['sum', [], 0n, { stdin: '' }],
      ['steady', [10n], '1'],
      ['bad', [-1n], trap('conversion')],
    ],
  );
});
