import { describe, expect, it } from 'vitest';
import { checkText, letTypes, type Files } from './check-text.ts';

/** Programs without a fault. */
const VALID: readonly [title: string, text: string, files?: Files][] = [
  ['a function before its definition', 'function f() -> Int64 { g() }\nfunction g() -> Int64 { 1 }'],
  ['constants after their definition', 'const B: Int64 = 1;\nconst A: Int64 = B + 1;\nfunction f() -> Int64 { A }'],
  [
    'a constant that a function it calls does not need',
    'const A: Int64 = g();\nfunction g() -> Int64 { 1 }\nfunction h() -> Int64 { A + g() }',
  ],
  [
    'a constant that holds a function which leads to it',
    'const A: () -> Int64 = || f();\nfunction f() -> Int64 { A() }',
  ],
  ['a type before its definition', 'type A = { b: B }\ntype B = { c: Option<A> }\nfunction f(a: A) -> B { a.b }'],
  ['a recursive union', 'type T = | Leaf | Node(l: T, r: List<T>)\nfunction f() -> T { Node(Leaf, [Leaf]) }'],
  ['an alias of a later type', 'type A = List<B>\ntype B = C\ntype C = { x: Int64 }\nfunction f() -> A { [{ x: 1 }] }'],
  ['a generic alias', 'type M<V> = Map<String, V>\nfunction f() -> M<Int64> { map_set(map_new(), "a", 1) }'],
  [
    'an alias of a function type',
    'type Op = (Int64) -> Int64\nfunction f(op: Op) -> Int64 { op(1) }\nfunction g() -> Int64 { f(|x: Int64| x) }',
  ],
  ['a local with the name of a function', 'function f() -> Int64 { let f = |x: Int64| x; f(1) }'],
  ['a local with the name of a builtin', 'function f() -> String { let length = "a"; length ++ "b" }'],
  [
    'a function with the name of a builtin',
    'function head(xs: List<Int64>) -> String { "a" }\nfunction f() -> String { head([1]) }',
  ],
  [
    'a type with the name of a built-in one',
    'type Result = | Ok(n: Int64) | Failed\nfunction f(r: Result) -> Int64 { match r { Ok(n) -> n, Failed -> 0 } }\nfunction g() -> Result { Ok(1) }',
  ],
  [
    'variants with the names of Option',
    'type Maybe = | Some(n: String) | None\nfunction f() -> Maybe { None }\nfunction g() -> Option<Int64> { Some(1) }\nfunction h(m: Maybe) -> String { match m { Some(s) -> s, None -> "" } }',
  ],
  ['a parameter of type Unit', 'function g(u: Unit) -> Int64 { 1 }\nfunction f() -> Int64 { g({}) }'],
  ['a let as an argument', 'function f() -> Int64 { let g = |u: Unit| 1; g(let x = 2); x }'],
  [
    'a function that calls itself generically',
    'function f<T>(x: T, n: Int64) -> Int64 { match n { 0 -> 0, _ -> f([x], n - 1) } }',
  ],
  ['a comparison of type parameters', 'function f<T>(x: T, y: T) -> Bool { x == y and x < y }'],
  [
    'variants of a type that is not imported',
    'import { make } from "./lib"\nfunction f() -> Int64 { match make() { Red -> 1, Mix(n) -> n } }',
    { lib: 'module L\nexport type C = | Red | Mix(n: Int64)\nexport function make() -> C { Red }' },
  ],
  [
    'imported types, variants, records and constants',
    'import { C, Mix, P, K, Same } from "./lib"\nfunction f() -> C { Red }\nfunction g() -> C { Mix(K) }\nfunction h(s: Same) -> P { { x: s.x } }',
    {
      lib: 'module L\nexport type C = | Red | Mix(n: Int64)\nexport type P = { x: Int64 }\nexport type Same = P\nexport const K: Int64 = 1;',
    },
  ],
  [
    'equal names in two modules',
    'import { go } from "./lib"\nfunction help() -> Int64 { go() }\ntype P = { y: Int64 }\nfunction p() -> P { { y: 1 } }',
    {
      lib: 'module L\nexport function go() -> Int64 { length("a") }\nfunction length(s: String) -> Int64 { help() }\nfunction help() -> Int64 { 1 }\ntype P = { x: Int64 }',
    },
  ],
  [
    'a name imported twice from one module',
    'import { x } from "./a"\nimport { x } from "./a"\nfunction f() -> Int64 { x }',
    { a: 'module A\nexport const x: Int64 = 1;' },
  ],
  [
    'a function named like a variant that came with an import',
    'import { C } from "./lib"\nfunction Red() -> Int64 { 1 }\nfunction f(c: C) -> Int64 { match c { Red -> Red(), Blue -> 2 } }',
    { lib: 'module L\nexport type C = | Red | Blue' },
  ],
  ['the smallest Int64', 'function f() -> Int64 { -9223372036854775808 }'],
  ['effects of a lambda, declared', 'effect[Log] function f() -> Unit { let g = |x: Int64| print_int(x); g(1) }'],
  ['an effectful function as a value, declared', 'effect[Log] function f(g: (Int64) -> Unit) -> Unit { f(print_int) }'],
];

describe('what a name means', () => {
  it.each(VALID)('%s', (_, text, files) => {
    expect(checkText(text, files).places).toEqual([]);
  });

  it('is the innermost local, then what the module declares or imports, then a builtin', () => {
    const text = `const x: String = "s";
function f(x: Int64) -> Unit {
  let a = x;
  let x = 1.5;
  let b = { let c = x; let x = True; x };
  let d = match Some("s") { Some(x) -> x, None -> "" };
  let e = |x: List<Int64>| x;
  let g = x;
}`;
    expect(letTypes(text)).toEqual([
      'a: Int64',
      'x: Float64',
      'b: Bool',
      'c: Float64',
      'x: Bool',
      'd: String',
      'e: (List<Int64>) -> List<Int64>',
      'g: Float64',
    ]);
  });

  it('does not leak from a module that is only imported', () => {
    const lib =
      'module L\nexport function a() -> Int64 { b() }\nexport function b() -> Int64 { 1 }\nexport type P = { x: Int64 }';
    const { places } = checkText('import { a } from "./lib"\nfunction f(p: P) -> Int64 { a() + b() }', { lib });
    expect(places).toEqual(['unknown-type 3:15', 'undefined-name 3:35']);
  });
});
