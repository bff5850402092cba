import { describe, expect, it } from 'vitest';
import { checkText, type Files } from './check-text.ts';

/** Programs with several faults: each is found, in the order of files and places. */
const SEVERAL: readonly [title: string, text: string, kinds: readonly string[], files?: Files][] = [
  [
    'in one expression',
    'function f() -> Int64 { abs_int("a") + min_int(one, two) + string_length(3) }',
    ['arg-type', 'undefined-name', 'undefined-name', 'arg-type'],
  ],
  [
    'in one call',
    'function g(a: Int64, b: Int64) -> Int64 { a }\nfunction f() -> Int64 { g("a", "b") }',
    ['arg-type', 'arg-type'],
  ],
  [
    'in several functions',
    'function a() -> Int64 { "x" }\nfunction b() -> Nope { 1 }\nfunction c() -> Unit { d() }',
    ['return-type', 'unknown-type', 'undefined-name'],
  ],
  [
    'in a match',
    'function f(o: Option<Int64>) -> Int64 { match o { Some(x) if 1 -> 2, Nope -> y, None -> True } }',
    ['guard-type', 'unknown-variant', 'undefined-name', 'arm-type'],
  ],
  [
    'the effects of a function',
    'function f() -> Unit { print_int(random_int(1, 2)); print_int(1); sleep(1) }',
    ['missing-effect', 'missing-effect', 'missing-effect'],
  ],
  [
    'inside of a body before its result',
    'function g(n: Int64) -> Int64 { n }\nfunction f() -> String { g("a") }\nfunction h() -> Int64 { print_int(1) }',
    ['arg-type', 'return-type', 'missing-effect', 'return-type'],
  ],
  [
    'in two files',
    'import { g } from "./lib"\nfunction f() -> Int64 { g(1) + x }',
    ['lib return-type', 'lib undefined-name', 'arg-count', 'undefined-name'],
    { lib: 'module L\nexport function g() -> Int64 { "x" }\nfunction h() -> Int64 { y }' },
  ],
  [
    'beside a syntax error',
    'function a() -> Int64 { let x = ; x }\nfunction b() -> Int64 { "s" }',
    ['parse', 'return-type'],
  ],
];

/** Programs in which one fault could lead to more: only it is reported. */
const ONE: readonly [kind: string, text: string, files?: Files][] = [
  ['undefined-name', 'function f() -> Int64 { let x = nope; let y = x + 1; y.z(3)(4) }'],
  ['undefined-name', 'function f() -> Int64 { nope + nope + nope(1) }'],
  ['undefined-name', 'function f() -> List<Int64> { append([nope], 1) }'],
  ['undefined-name', 'function f() -> Int64 { match nope { Some(x) -> x, Nope(y) -> y } }'],
  ['unknown-type', 'function f(x: Nope) -> Nope { match x { A(y) -> y, _ -> x.z } }'],
  ['unknown-type', 'type R = { x: Nope }\nfunction f(r: R) -> Int64 { r.x + 1 }'],
  ['arg-count', 'function f() -> String { head([1], 2) }'],
  [
    'not-exported',
    'import { x, y } from "./lib"\nfunction f() -> x { x(1) }',
    { lib: 'module L\nexport type y = { a: Int64 }' },
  ],
  ['module-not-found', 'import { A, b } from "./lib"\nfunction f(a: A) -> Int64 { b(a) + a.x }'],
  ['unknown-effect', 'effect[Log, Nope] function f() -> Unit { print_int(random_int(1, 2)) }'],
  ['pattern-arity', 'function f(o: Option<Int64>) -> Int64 { match o { Some(a, b) -> a + b } }'],
  [
    'duplicate-definition',
    'function f() -> Int64 { 1 }\nfunction f() -> String { "s" }\nfunction g() -> Int64 { f() }',
  ],
  ['parse', 'function f( -> Int64 { 1 }\nfunction g() -> Int64 { f(1, 2) + 1 }'],
  ['parse', 'type T = | Red(\nfunction g(t: T) -> Int64 { match t { Red -> 1, Green -> 2 } }'],
  ['parse', 'function f() -> Int64 {\n  let x = 1;\n'],
  [
    'parse',
    'type E = | Say(s: String)) | Num(n: Int64)\nfunction f(e: E) -> Int64 { match e { Say(s) -> 1, Num(n) -> n } }',
  ],
  ['parse', ' Op = { x: Int64 }\nfunction f() -> Int64 { let o = { x: 1 }; o.x }'],
  ['parse', 'function f() -> Int64 { let x: String = @; 1 }'],
  [
    'lib parse',
    'import { q } from "./lib"\nfunction f() -> Int64 { q(1) }',
    { lib: 'module L\nexport function q( -> Int64 { 1 }' },
  ],
  [
    'module-unavailable',
    'import { q } from "./lib"\nexport function f() -> Int64 { q() }',
    { lib: 'module L\nimport { f } from "./main"\nexport function q() -> Int64 { f(2).a + 1 }', main: '' },
  ],
];

describe('every independent error is reported', () => {
  it.each(SEVERAL)('%s', (_, text, kinds, files) => {
    expect(checkText(text, files).places.map((place) => place.replace(/ \d+:\d+$/, ''))).toEqual(kinds);
  });
});

describe('no error follows from another', () => {
  it.each(ONE)('%s: %s', (kind, text, files) => {
    expect(checkText(text, files).places.map((place) => place.replace(/ \d+:\d+$/, ''))).toEqual([kind]);
  });
});
