import { describe, expect, it } from 'vitest';
import type { DiagnosticKind } from '../../../src/compiler/diagnostics/kinds.ts';
import { checkText, marked, type Files } from './check-text.ts';

/** One finding each; `«` marks its place (language.md §8.1). */
type Row = [kind: DiagnosticKind, text: string, files?: Files];

const NAMES: readonly Row[] = [
  ['undefined-name', 'function f() -> Int64 { «missing }'],
  ['undefined-name', 'function f() -> Unit { «ghost = 1; }'],
  ['undefined-name', 'function f() -> Int64 { let g = |x: Int64| «g(x); 1 }'],
  ['undefined-name', 'type U = | A(x: Int64) | B\nfunction f() -> U { «C }'],
  ['undefined-name', `function f() -> String {\n  "a \${«missing} b"\n}`],
  ['undefined-name', 'function f() -> Int64 { let z = { let a = 1; a }; «a + z }'],
  ['unknown-type', 'function f(x: «Widget, y: Widget) -> Int64 { 1 }'],
  ['unknown-type', 'function f(x: Option<«Widget>) -> Int64 { 1 }'],
  ['unknown-type', 'function f(x: «Map<String>) -> Int64 { 1 }'],
  ['unknown-type', 'function f(x: «List) -> Int64 { 1 }'],
  ['unknown-type', 'function f() -> Int64 { let x: «number = 1; x }'],
  ['unknown-type', 'type P<A, B> = { a: A, b: B }\nfunction f(x: «P<Int64>) -> Int64 { 1 }'],
  ['unknown-type', 'type P<A, B> = { a: A, b: B }\nfunction f(x: «P) -> Int64 { 1 }'],
  ['unknown-type', 'type A = «A\nfunction f(a: A) -> Int64 { a }'],
  ['unknown-type', 'type A = B\ntype B = Option<C>\ntype C = List<«A>'],
];

const DUPLICATES: readonly Row[] = [
  ['duplicate-definition', 'export function f() -> Int64 { 1 }\nexport «function f() -> Int64 { 2 }'],
  ['duplicate-definition', 'function f() -> Unit { }\nexport «effect[Log] function f() -> Unit { }'],
  ['duplicate-definition', 'type A = { x: Int64 }\n«type A = | Red'],
  ['duplicate-definition', 'const K: Int64 = 1;\n«const K: Int64 = 2;'],
  ['duplicate-definition', 'const K: Int64 = 1;\n«function K() -> Int64 { 2 }'],
  ['duplicate-definition', 'type A = { x: Int64, «x: String }'],
  ['duplicate-definition', 'type A = | Red | «Red'],
  ['duplicate-definition', 'type A = | Red\ntype B = | «Red'],
  ['duplicate-definition', 'type A = | V(x: Int64, «x: Int64)'],
  ['duplicate-definition', 'function f(a: Int64, «a: Int64) -> Int64 { 1 }'],
  ['duplicate-definition', 'function f<T, «T>(a: Int64) -> Int64 { a }'],
  ['duplicate-definition', 'function f() -> Unit { let g = |a: Int64, «a: Int64| 1; }'],
  ['duplicate-definition', 'type A = { x: Int64 }\nfunction f() -> A { { x: 1, «x: 2 } }'],
  ['duplicate-definition', 'type A = | V(x: Int64, y: Int64)\nfunction f(a: A) -> Int64 { match a { V(n, «n) -> n } }'],
];

const CALLS: readonly Row[] = [
  ['arg-count', 'function f() -> Unit { «f(1) }'],
  ['arg-count', 'function f() -> Int64 { «abs_int() }'],
  ['arg-count', 'function f() -> Option<Int64> { «Some(1, 2) }'],
  ['arg-count', 'function f(g: (Int64) -> Int64) -> Int64 { «g() }'],
  ['arg-count', 'function g(a: Int64, b: Int64) -> Int64 { a }\nfunction f() -> Int64 { «g(a: 1) }'],
  ['arg-type', 'function f() -> Int64 { abs_int(«"x") }'],
  ['arg-type', 'function f(x: Int64, y: String) -> Int64 { f(x, «x) }'],
  ['arg-type', 'function f<T>(x: T, y: T) -> Int64 { f(1, «"x") }'],
  ['arg-type', 'function f<T>(x: T, y: Int64) -> Int64 { f(1, «x) }'],
  ['named-mixed', 'function g(a: Int64, b: Int64) -> Int64 { a }\nfunction f() -> Int64 { «g(a: 1, 2) }'],
  ['named-unknown', 'function g(a: Int64, b: Int64) -> Int64 { a }\nfunction f() -> Int64 { g(a: 1, «c: 2) }'],
  ['named-duplicate', 'function g(a: Int64, b: Int64) -> Int64 { a }\nfunction f() -> Int64 { g(a: 1, «a: 2) }'],
  ['named-on-value', 'function f(g: (Int64) -> Int64) -> Int64 { «g(x: 1) }'],
  ['not-callable', 'function f(n: Int64) -> Int64 { «n(1) }'],
  ['not-callable', 'type U = | Red\nfunction f() -> U { «Red() }'],
  ['generic-value', 'function id<T>(x: T) -> T { x }\nfunction f() -> Unit { let g = «id; }'],
  ['map-key', 'function f() -> Unit { let m = «map_set(map_new(), [1], 2); }'],
  ['map-key', 'function f(m: Map<«List<Int64>, Int64>) -> Unit { }'],
];

const OPERATORS: readonly Row[] = [
  ['mixed-numeric', 'function f(n: Int64) -> Int64 { «n + 1.5 }'],
  ['operand-type', 'function f(s: String) -> String { «s + s }'],
  ['operand-type', 'function f(n: Int64) -> String { «"a" ++ n }'],
  ['operand-type', `function f(n: Int64) -> String { «"a\${n}" }`],
  ['operand-type', `function f(n: Int64) -> String { «"\${n}" }`],
  ['operand-type', 'function f(b: Bool) -> Bool { «-b }'],
  ['operand-type', 'function f(b: Bool) -> Bool { «b or 1 }'],
  ['operand-type', 'function f<T>(x: T) -> T { «x + x }'],
  ['compare-type', 'function f(b: Bool) -> Bool { «b < b }'],
  ['compare-type', 'function f(n: Int64) -> Bool { «n == "x" }'],
  ['compare-type', 'type R = { g: (Int64) -> Int64 }\nfunction f(r: R) -> Bool { «[r] == [] }'],
  ['compare-type', 'function f(m: Map<String, Int64>) -> Bool { «m == m }'],
  ['int-range', 'function f() -> Int64 { «9223372036854775808 }'],
  ['int-range', 'function f() -> Int64 { -«9223372036854775809 }'],
];

const TYPES: readonly Row[] = [
  ['return-type', 'function f() -> Int64 «{ "x" }'],
  ['return-type', 'function f() -> Int64 «{ 1; }'],
  ['return-type', 'function f<T>(x: T) -> T «{ 1 }'],
  ['return-type', 'function f() -> Option<Int64> «{ Some("x") }'],
  ['const-type', 'const K: Int64 = «"x";'],
  ['let-type', 'function f() -> Unit { let x: String = «5; }'],
  ['assign-type', 'function f() -> Unit { let mut x = 5; x = «"a"; }'],
  ['immutable-assign', 'function f() -> Unit { let x = 5; «x = 6; }'],
  ['immutable-assign', 'function f(x: Int64) -> Unit { «x = 6; }'],
  ['immutable-assign', 'function f() -> Unit { «f = 6; }'],
  ['list-element', 'function f() -> List<Int64> { [1, «"x"] }'],
  ['arm-type', 'function f(b: Bool) -> Int64 { match b { True -> 1, False -> «"x" } }'],
  ['guard-type', 'function f(n: Int64) -> Int64 { match n { k if «7 -> 1, _ -> 0 } }'],
  ['no-member', 'function f(n: Int64) -> Int64 { «n.x }'],
  ['no-field', 'type P = { x: Int64 }\nfunction f(p: P) -> Int64 { «p.y }'],
  ['no-record-type', 'type P = { x: Int64 }\nfunction f() -> P { «{ y: 1 } }'],
  ['field-type', 'type P = { x: Int64 }\nfunction f() -> P { { «x: "s" } }'],
];

const PATTERNS: readonly Row[] = [
  ['unknown-variant', 'type C = | Red | Green\nfunction f(c: C) -> Int64 { match c { «Blue -> 1, _ -> 2 } }'],
  ['pattern-arity', 'function f(o: Option<Int64>) -> Int64 { match o { «Some(a, b) -> a, None -> 2 } }'],
  ['pattern-arity', 'function f(o: Option<Int64>) -> Int64 { match o { «Some -> 1, None -> 2 } }'],
  ['pattern-arity', 'function f(o: Option<Int64>) -> Int64 { match o { «Some(x: a) -> a, None -> 2 } }'],
  ['pattern-not-union', 'function f(n: Int64) -> Int64 { match n { «Some(k) -> k, _ -> 0 } }'],
  ['pattern-type', 'function f(n: Int64) -> Int64 { match n { «"x" -> 1, _ -> 0 } }'],
  ['range-type', 'function f(s: String) -> Int64 { match s { «1..2 -> 1, _ -> 0 } }'],
  ['range-bounds', 'function f(n: Int64) -> Int64 { match n { «2..2 -> 1, _ -> 0 } }'],
  ['int-range', 'function f(n: Int64) -> Int64 { match n { «9223372036854775808 -> 1, _ -> 0 } }'],
  ['non-exhaustive', 'function f(n: Int64) -> Int64 { «match n { 1 -> 1 } }'],
];

const EFFECTS: readonly Row[] = [
  ['unknown-effect', '«effect[Logg] function f() -> Unit { print_int(1) }'],
  ['missing-effect', 'function f() -> Unit { «print_int(1); print_int(2) }'],
  ['missing-effect', 'function f() -> Unit { let g = || «print_int(1); }'],
  ['missing-effect', 'function f() -> Unit { let p = «print_int; }'],
  ['missing-effect', 'const K: Int64 = «random_int(1, 2);'],
];

const ONE = 'module A\nexport function get() -> Int64 { 1 }';

const MODULES: readonly Row[] = [
  ['module-not-found', '«import { x } from "./absent"\nfunction f() -> Int64 { x(1) }'],
  [
    'not-exported',
    '«import { x } from "./lib"\nfunction f() -> Int64 { x(1) }',
    { lib: 'module L\nfunction x(n: Int64) -> Int64 { n }' },
  ],
  ['duplicate-definition', 'import { get } from "./a"\nimport { «get } from "./b"', { a: ONE, b: ONE }],
  ['duplicate-definition', 'import { get } from "./a"\n«function get() -> Int64 { 1 }', { a: ONE }],
];

const CONSTANTS: readonly Row[] = [
  ['undefined-name', 'const A: Int64 = «A;'],
  ['undefined-name', 'const A: Int64 = «B + 1;\nconst B: Int64 = 1;'],
  ['undefined-name', 'function f() -> Int64 { «A }\nconst A: Int64 = 1;'],
  ['constant-cycle', 'const «A: Int64 = f();\nconst B: Int64 = A + 1;\nfunction f() -> Int64 { B }'],
];

const WORDS: readonly Row[] = [
  ['foreign-syntax', 'function f(b: Bool) -> Int64 { match b { «true -> 1, False -> 0 } }'],
  [
    'foreign-syntax',
    'function f(b: Option<Bool>) -> Int64 { match b { Some(«false) -> 1, Some(True) -> 0, None -> 2 } }',
  ],
];

const WARNINGS: readonly Row[] = [
  ['ignored-type-arguments', 'function f(x: «Int64<String>) -> Int64 { 1 }'],
  ['ignored-type-arguments', 'type P = { x: Int64 }\nfunction f(x: «P<String>) -> Int64 { 1 }'],
  ['range-overlap', 'function f(n: Int64) -> Int64 { «match n { 1..5 -> 1, 5..9 -> 2, _ -> 3 } }'],
  ['unreachable-arm', 'function f(n: Int64) -> Int64 { match n { _ -> 1, «5 -> 2 } }'],
  [
    'mutual-tail-recursion',
    'function «f(n: Int64) -> Int64 { g(n) }\nfunction g(n: Int64) -> Int64 { match n { 0 -> 0, _ -> f(n - 1) } }',
  ],
];

describe.each([
  ['names', NAMES],
  ['duplicates', DUPLICATES],
  ['calls', CALLS],
  ['operators', OPERATORS],
  ['types', TYPES],
  ['patterns', PATTERNS],
  ['effects', EFFECTS],
  ['modules', MODULES],
  ['constants', CONSTANTS],
  ['words of other languages', WORDS],
  ['warnings', WARNINGS],
] as const)('%s', (_, rows) => {
  it.each(rows)('%s: %s', (kind, source, files) => {
    const { text, place } = marked(source);
    expect(checkText(text, files).places).toEqual([`${kind} ${place}`]);
  });
});
