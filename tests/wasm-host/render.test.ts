import { describe, expect, it } from 'vitest';
import type { TypeRef } from '../../src/compiler/interface/interface.ts';
import { render } from '../../src/wasm-host/marshal/render.ts';
import { TypeShapes } from '../../src/wasm-host/marshal/type-shapes.ts';
import { FunctionValue, type ClarityValue } from '../../src/wasm-host/value.ts';
import { none, record, some, variant } from '../helpers/clarity-values.ts';

describe('a value for people', () => {
  it.each<[ClarityValue, string]>([
    [3n, '3'],
    [2.5, '2.5'],
    [true, 'True'],
    ['a"\n\u009b', '"a\\"\\n\\u009b"'],
    [undefined, '()'],
    [[1n, 2n], '[1, 2]'],
    [[], '[]'],
    [record({ x: 1n, name: 'a' }), '{ x: 1, name: "a" }'],
    [record({}), '{}'],
    [variant('Red'), 'Red'],
    [some(some(3n)), 'Some(Some(3))'],
    [none, 'None'],
    [variant('Rect', { w: 1n, h: 2.5 }), 'Rect(1, 2.5)'],
    [new Map<ClarityValue, ClarityValue>([['k', [true]]]), 'Map { "k": [True] }'],
    [new Map(), 'Map {}'],
    [Uint8Array.of(1, 2), '<2 bytes>'],
    [new FunctionValue(8), '<function>'],
  ])('%s is %s', (value, text) => expect(render(value)).toBe(text));

  it('shows timestamps as dates where the type says so', () => {
    const type: TypeRef = { list: { option: 'Timestamp' } };
    const shape = new TypeShapes().shapeOf(type);
    expect(render([some(1_700_000_000_000n), some(2n ** 62n)], shape)).toBe(
      '[Some(2023-11-14T22:13:20.000Z), Some(4611686018427387904)]',
    );
  });

  it('ends where it is too deep', () => {
    let deep: ClarityValue = none;
    for (let i = 0; i < 100_000; i++) deep = some(deep);
    expect(render(deep)).toMatch(/^(Some\(){201}…\)+$/);
  });
});
