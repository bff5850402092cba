import { describe, expect, it } from 'vitest';
import type { TypedExpr } from '../../../src/compiler/typed/typed.ts';
import { typeName } from '../../../src/compiler/types/type.ts';
import { checkText, visit } from './check-text.ts';

/** All expressions of one kind in the last function. */
function nodes<K extends TypedExpr['kind']>(kind: K, text: string): Extract<TypedExpr, { kind: K }>[] {
  const { program, places } = checkText(text);
  expect(places).toEqual([]);
  const found: Extract<TypedExpr, { kind: K }>[] = [];
  visit(program.entry.functions.at(-1)!.body, (expr) => {
    if (expr.kind === kind) found.push(expr as Extract<TypedExpr, { kind: K }>);
  });
  return found;
}

const literals = (items: readonly TypedExpr[]) => items.map((item) => ('value' in item ? item.value : item.kind));

describe('the typed program', () => {
  it('keeps named arguments and record fields in written order, with their places', () => {
    const text =
      'function g(a: Int64, b: Int64, c: Int64) -> Int64 { a }\nfunction f() -> Int64 { g(c: 1, a: 2, b: 3) }';
    const [call] = nodes('call', text);
    expect(call!.args.map(({ index, value }) => [index, literals([value])[0]])).toEqual([
      [2, 1n],
      [0, 2n],
      [1, 3n],
    ]);
    const [record] = nodes('record', 'type P = { x: Int64, y: Int64 }\nfunction f() -> P { { y: 1, x: 2 } }');
    expect(record!.fields.map(({ index }) => index)).toEqual([1, 0]);
  });

  it('makes one flat list of a chain of ++ and interpolations', () => {
    const [concat, ...others] = nodes('concat', `function f(s: String) -> String { "a" ++ s ++ ("b\${s}c" ++ "d") }`);
    expect(literals(concat!.parts)).toEqual(['a', 'local', 'b', 'local', 'c', 'd']);
    expect(others).toEqual([]);
  });

  it('makes one number of a minus and its literal', () => {
    expect(nodes('int', 'function f() -> Int64 { -5 }').map(({ value }) => value)).toEqual([-5n]);
    expect(nodes('negate', 'function f(n: Int64) -> Int64 { -n }')).toHaveLength(1);
  });

  it('gives a generic call its type arguments, also those that are fixed later', () => {
    const text =
      'function pair<A, B>(a: A, b: B) -> B { b }\nfunction f() -> List<Int64> { let e = pair("x", []); append(e, 1) }';
    expect(nodes('call', text).map(({ typeArgs }) => typeArgs.map(typeName))).toEqual([['String', 'List<Int64>']]);
    expect(nodes('list', text).map(({ type }) => typeName(type))).toEqual(['List<Int64>']);
  });

  it('puts named sub-patterns in the order of the fields', () => {
    const text =
      'type S = | P(x: Int64, y: Int64)\nfunction f(s: S) -> Int64 { match s { P(y: 1, x: b) -> b, _ -> 0 } }';
    const [match] = nodes('match', text);
    const pattern = match!.arms[0]!.pattern;
    expect(pattern.kind === 'variant' && pattern.fields.map(({ kind }) => kind)).toEqual(['bind', 'int']);
  });

  it('numbers types in order of declaration over all modules, behind Option and Result', () => {
    const lib = 'module L\nexport type A = { x: Int64 }\ntype B = | C';
    const { program } = checkText('import { A } from "./lib"\ntype D = { y: A }\ntype E = Int64', { lib });
    expect(program.modules.map(({ types }) => types.map(({ name, id }) => [name, id]))).toEqual([
      [
        ['A', 2],
        ['B', 3],
      ],
      [['D', 4]],
    ]);
  });

  it('keeps declared effects sorted and once', () => {
    const { program } = checkText('effect[Time, Log, Time] function f() -> Unit { }');
    expect(program.entry.functions[0]!.effects).toEqual(['Log', 'Time']);
  });
});
