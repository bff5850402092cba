import { describe, expect, it } from 'vitest';
import { checkText, letTypes } from './check-text.ts';

const TYPES = 'type A = { x: Int64 }\ntype B = { x: String }\ntype C = { x: Int64 }\n';
const TAKES = 'function takes(c: C) -> Unit { }\nfunction many(c: List<C>) -> Unit { }\n';

describe('a record literal whose fields fit several records', () => {
  it('is the one that the context wants', () => {
    const body = [
      'let c: C = { x: 1 };',
      'takes({ x: 1 }); many([{ x: 1 }]);',
      'let o: Option<C> = Some({ x: 1 });',
      'let l: List<C> = match True { True -> [{ x: 1 }], False -> { let y = 1; [{ x: y }] } };',
      'let p: Option<C> = match True { True -> None, False -> Some({ x: 1 }) };',
      'let e = { let c: C = { x: 1 }; c == { x: 2 } };',
      'let f: (Int64) -> C = |n: Int64| { x: n };',
      'let mut m: C = { x: 1 }; m = { x: 2 };',
    ];
    expect(checkText(`${TYPES}${TAKES}function f() -> C { ${body.join(' ')} { x: 1 } }`).places).toEqual([]);
  });

  it('is else the first whose field types match', () => {
    const lets = 'let a = { x: 1 }; let b = { x: "s" };';
    expect(letTypes(`${TYPES}function f() -> Unit { ${lets} }`)).toEqual(['a: A', 'b: B']);
  });

  it('is the first declared where none matches', () => {
    const { findings } = checkText(`${TYPES}function f() -> Unit { let a = { x: True }; }`);
    expect(findings.map(({ message }) => message)).toEqual([
      'The field `x` of `A` must be `Int64`, but this is `Bool`.',
    ]);
  });

  it('says what lacks for the record that was wanted', () => {
    const text = 'type P = { x: Int64, y: Int64 }\nfunction f() -> P { { x: 1, z: 2 } }';
    expect(checkText(text).findings[0]?.help).toBe('For a `P` it lacks `y` and has `z` too much.');
  });
});
