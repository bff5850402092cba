import { describe, expect, it } from 'vitest';
import { checkText } from './check-text.ts';

/** A fault and a part of the help that teaches what to write. */
const ROWS: readonly [help: string, text: string][] = [
  ['Did you mean `total`?', 'function f(total: Int64) -> Int64 { totl }'],
  ['Did you mean `print_string`?', 'function f() -> Unit { print_sting("a") }'],
  ['Did you mean `String`?', 'function f(x: Strng) -> Int64 { 1 }'],
  ['Did you mean `Green`?', 'type C = | Red | Green\nfunction f(c: C) -> Int64 { match c { Gren -> 1, _ -> 2 } }'],
  ['Did you mean `name`?', 'type P = { name: String }\nfunction f(p: P) -> String { p.nmae }'],
  ['Did you mean `Log`?', 'effect[Logg] function f() -> Unit { }'],
  [
    '`import { filter } from "std/list"`',
    'function f(xs: List<Int64>) -> List<Int64> { filter(xs, |x: Int64| x > 1) }',
  ],
  ['`import { MapEntry } from "std/map"`', 'function f(e: MapEntry<Int64, Int64>) -> Int64 { 1 }'],
  ['`Option<T>`', 'function f() -> Int64 { nil }'],
  ['`print_string(text)`', 'function f() -> Unit { println("a") }'],
  ['`int_to_string(n)`', 'function f() -> String { str(1) }'],
  ['`length(list)`', 'function f() -> Int64 { len("a") }'],
  ['Write `Int64`.', 'function f(x: int) -> Int64 { 1 }'],
  ['Write `Float64`.', 'function f(x: double) -> Int64 { 1 }'],
  ['Write `Bool`.', 'function f(x: boolean) -> Int64 { 1 }'],
  ['joined with `++`', 'function f(s: String) -> String { s + "a" }'],
  ['`concat(a, b)`', 'function f(s: List<Int64>) -> List<Int64> { s + s }'],
  ['`length(xs)`', 'function f(xs: List<Int64>) -> Int64 { xs.length }'],
  ['`string_length(s)`', 'function f(s: String) -> Int64 { s.length }'],
  ['write `map(xs, …)`, with `import { map } from "std/list"`', 'function f(xs: List<Int64>) -> Int64 { xs.map(f) }'],
  ['write `trim(s)`', 'function f(s: String) -> String { s.trim() }'],
  ['`int_to_string(n)`', `function f(n: Int64) -> String { "\${n}" }`],
  ['`int_to_string(…)`', 'function f(n: Int64) -> String { n }'],
  ['`Some(x) -> …, None -> …`'.slice(1, -1), 'function f(o: Option<Int64>) -> Int64 { o }'],
  ['leave that `;` out', 'function f() -> Int64 { 1; }'],
  ['`let mut x = …`', 'function f() -> Unit { let x = 1; x = 2; }'],
  ['`let mut x = …`', 'function f() -> Unit { x = 2; }'],
  ['Write `Red`.', 'type C = | Red\nfunction f() -> C { Red() }'],
  [
    'Write `export effect[Log, Random, Time] function f(…)`.',
    'export effect[Time] function f() -> Unit { print_int(random_int(1, 2)) }',
  ],
  ['Write `effect[Log] function f(…)`.', 'function f() -> Unit { print_int(1) }'],
  ['A2A, Embed, Eval, FileSystem', 'effect[Nothing] function f() -> Unit { }'],
  ['Write `True`', 'function f(b: Bool) -> Int64 { match b { true -> 1, false -> 2 } }'],
  ['only a value of type `T` fits', 'function f<T>(x: T) -> T { 1 }'],
  ['Write `assert_eq_string(f(), "a")`.', 'effect[Test] function f() -> String { assert_eq(f(), "a"); "" }'],
  ['Write `assert_eq_float(1.5, x)`.', 'effect[Test] function f(x: Float64) -> Unit { assert_eq(1.5, x) }'],
  ['Write `assert_true([1] == [2])`.', 'effect[Test] function f() -> Unit { assert_eq([1], [2]) }'],
  ['Write `assert_eq(1, 2)`.', 'effect[Test] function f() -> Unit { assert_eq_string(1, 2) }'],
  ['`assert_true(a == b)`', 'effect[Test] function f() -> Unit { assert(True) }'],
  ['Write `2.0`.', 'function f(x: Float64) -> Float64 { x * 2 }'],
  ['`match map_get(m, 1) { Some(x)', 'function f(m: Map<Int64, Int64>) -> Int64 { map_get(m, 1) + 1 }'],
  ['`{ x: …, y: … }`', 'type P = { x: Int64, y: Int64 }\nfunction f() -> P { P(1, 2) }'],
  ['makes a `String` of `List<Int64>`', `function f(xs: List<Int64>) -> String { "\${xs}" }`],
  ['Did you mean `from "std/list"`?', 'import { map } from "std/lists"'],
  ['Write `from "std/list"`.', 'import { map } from "list"'],
  ['The bundled library has std/list, std/string', 'import { x } from "std/collections"'],
  ['`P<A, B>`', 'type P<A, B> = { a: A, b: B }\nfunction f(p: P) -> Int64 { 1 }'],
];

const IMPORTS: readonly [help: string, text: string][] = [
  ['`split` is built in', 'import { split } from "std/map"'],
  ['`Map` is built in', 'import { Map } from "std/map"'],
  ['`import { join } from "std/list"`', 'import { join } from "std/map"'],
  ['It has map_merge, map_filter', 'import { everything } from "std/map"'],
];

describe('help', () => {
  it.each(IMPORTS)('%s: %s', (help, text) => {
    const { findings } = checkText(text, { 'std/map': 'module StdMap\nexport function one() -> Int64 { 1 }' });
    expect(findings[0]?.help).toContain(help);
  });

  it('tells two types of one name apart', () => {
    const lib = 'module L\nexport type P = { x: Int64 }\nexport function make() -> P { { x: 1 } }';
    const { findings } = checkText(
      'import { make } from "./lib"\ntype P = { y: Int64 }\nfunction f() -> P { make() }',
      { lib },
    );
    expect(findings[0]?.help).toBe(
      "These are two types of one name: the value's is of module `L`, the other is of module `T`.",
    );
  });

  it('names every part of a text that is no String', () => {
    const { findings } = checkText(`function f(a: Int64, b: Float64) -> String { "\${a} \${b}" }`);
    expect(findings.map(({ help }) => help)).toEqual(['Write `int_to_string(a)`.', 'Write `float_to_string(b)`.']);
  });

  it('says once that an assertion is for other types', () => {
    const { findings } = checkText('effect[Test] function f() -> Unit { assert_eq("a", "b") }');
    expect(findings).toHaveLength(1);
  });

  it.each(ROWS)('%s: %s', (help, text) => {
    expect(checkText(text).findings[0]?.help).toContain(help);
  });
});
