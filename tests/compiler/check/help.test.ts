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
  ['write `True`', 'function f(b: Bool) -> Int64 { match b { true -> 1, false -> 2 } }'],
  ['only a value of type `T` fits', 'function f<T>(x: T) -> T { 1 }'],
  ['`P<A, B>`', 'type P<A, B> = { a: A, b: B }\nfunction f(p: P) -> Int64 { 1 }'],
];

describe('help', () => {
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

  it.each(ROWS)('%s: %s', (help, text) => {
    expect(checkText(text).findings[0]?.help).toContain(help);
  });
});
