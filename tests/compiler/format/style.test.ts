import { expect, it } from 'vitest';
import { formatSource } from '../../../src/compiler/format/format.ts';

const long = (letter: string) => letter.repeat(30);

/** By name: what is written, and what it becomes. */
const STYLE: Record<string, [string, string]> = {
  spaces: [
    'module   A\nexport   effect[Log,Time] function f<T>( a :Int64,b:(Int64,List<T>)->Bool )->Map<Int64,T>{let mut x:Int64=-a+1*2;x=!b( a,[1,2] );r . y}',
    'module A\nexport effect[Log, Time] function f<T>(a: Int64, b: (Int64, List<T>) -> Bool) -> Map<Int64, T> {\n  let mut x: Int64 = -a + 1 * 2;\n  x = !b(a, [1, 2]);\n  r.y\n}\n',
  ],
  'one line stays one line': [
    'module A\nfunction f(x: Int64) -> Int64 {match x {1->2,_->{let y=1;y}}}',
    'module A\nfunction f(x: Int64) -> Int64 { match x { 1 -> 2, _ -> { let y = 1; y } } }\n',
  ],
  'several lines stay several lines': [
    'module A\nfunction f(x: Int64) -> Int64 { match x { 1 -> 2,\n_ -> 3 }}\ntype P = {\nx: Int64 }\ntype U =\n|A|B\n',
    'module A\nfunction f(x: Int64) -> Int64 {\n  match x {\n    1 -> 2,\n    _ -> 3\n  }\n}\ntype P = {\n  x: Int64\n}\ntype U =\n  | A\n  | B\n',
  ],
  'an empty line at most': [
    '\n\nmodule A\n\n\n\nimport {a} from "a"\nimport {b} from "b"\n\n\nfunction f() -> Unit {\n\n\n  a();\n\n\n  b();\n  c()\n\n}\n\n\n',
    'module A\n\nimport { a } from "a"\nimport { b } from "b"\n\nfunction f() -> Unit {\n  a();\n\n  b();\n  c()\n}\n',
  ],
  comments: [
    '// top\n\n\n// of A\nmodule A // A\n// of f\nfunction f() -> Unit { // opens\n// of a\n   a(); // a\n\n\n   // last\n} // f\n\n// end',
    '// top\n\n// of A\nmodule A // A\n// of f\nfunction f() -> Unit { // opens\n  // of a\n  a(); // a\n\n  // last\n} // f\n\n// end\n',
  ],
  'a comment alone in a block': [
    'module A\nfunction f() -> Unit {// none\n}',
    'module A\nfunction f() -> Unit { // none\n}\n',
  ],
  'long parameters': [
    `module A\nfunction f(${long('a')}: Int64, ${long('b')}: Int64, ${long('c')}: Int64) -> Int64 { 1 }`,
    `module A\nfunction f(\n  ${long('a')}: Int64,\n  ${long('b')}: Int64,\n  ${long('c')}: Int64\n) -> Int64 { 1 }\n`,
  ],
  'long operators': [
    `module A\nconst K: String = ${long('a')} ++ ${long('b')} ++ (${long('c')} ++ d);`,
    `module A\nconst K: String =\n  ${long('a')}\n    ++ ${long('b')}\n    ++ (${long('c')} ++ d);\n`,
  ],
  'long arguments': [
    `module A\nfunction f() -> Int64 { g(${long('a')}, ${long('b')}, h(${long('c')}, 1)) }`,
    `module A\nfunction f() -> Int64 {\n  g(\n    ${long('a')},\n    ${long('b')},\n    h(${long('c')}, 1)\n  )\n}\n`,
  ],
  'a lambda as the last argument': [
    'module A\nfunction f() -> Int64 { map(xs, |x: Int64| {\nlet y = x; y }) }',
    'module A\nfunction f() -> Int64 {\n  map(xs, |x: Int64| {\n    let y = x;\n    y\n  })\n}\n',
  ],
  'strings are as they are': [
    'module A\nfunction f() -> String { """\n  a\n""" ++ "${  f( a )  }" ++ "b\n c" }',
    'module A\nfunction f() -> String { """\n  a\n""" ++ "${  f( a )  }" ++ "b\n c" }\n',
  ],
  'carriage returns go': ['module A\r\n// a\r\ntype P = { x: Int64 }\r\n', 'module A\n// a\ntype P = { x: Int64 }\n'],
};

it.each(Object.entries(STYLE))('%s', (_, [written, expected]) => {
  expect(formatSource(written)).toBe(expected);
  expect(formatSource(expected)).toBe(expected);
});

it('a text that does not parse is left alone', () => {
  expect(formatSource('module A\nfunction f( -> Int64 { 1 }')).toBeUndefined();
  expect(formatSource('module A\nconst K: Int64 = "abc;')).toBeUndefined();
});
