import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TypeRef } from '../../src/compiler/interface/interface.ts';
import { Decoder } from '../../src/wasm-host/marshal/decode.ts';
import { Encoder } from '../../src/wasm-host/marshal/encode.ts';
import { TypeShapes } from '../../src/wasm-host/marshal/type-shapes.ts';
import { FunctionValue, type ClarityValue, type VariantValue } from '../../src/wasm-host/value.ts';
import { record, some, variant } from '../helpers/clarity-values.ts';
import { sized } from '../helpers/size.ts';
import { bareHost, failure } from './rig.ts';
import { TYPES, typedValue } from './types.ts';

const shapes = new TypeShapes(TYPES);

function encode(type: TypeRef, value: ClarityValue) {
  return new Encoder(bareHost()).encode(shapes.shapeOf(type), value);
}

describe('values', () => {
  it('come back from the memory as they went in', () => {
    fc.assert(
      fc.property(typedValue, ([type, value]) => {
        const host = bareHost();
        const shape = shapes.shapeOf(type);
        expect(new Decoder(host).decode(shape, new Encoder(host).encode(shape, value))).toEqual(value);
      }),
      { numRuns: sized(300, 5000) },
    );
  });

  it('lie where the ABI puts them', () => {
    const host = bareHost();
    const at = new Encoder(host).encode(
      shapes.shapeOf({ type: 'Mixed' }),
      record({ a: true, b: -2n, c: 'x', u: undefined, d: 0.5 }),
    ) as number;
    const { memory } = host;
    expect([memory.readI32(at), memory.readI64(at + 8), memory.readF64(at + 24)]).toEqual([1, -2n, 0.5]);
    expect(memory.text(memory.readI32(at + 16))).toBe('x');
    const list = new Encoder(host).encode(shapes.shapeOf({ list: 'Int64' }), [7n, 8n]) as number;
    expect([list % 8, memory.readI32(list), memory.readI64(list + 12)]).toEqual([0, 2, 8n]);
  });

  it('may be nested a hundred thousand deep', () => {
    const host = bareHost();
    host.memory.bind(new WebAssembly.Memory({ initial: 1, maximum: 256 }));
    let deep: ClarityValue = variant('End');
    for (let i = 0; i < 100_000; i++) deep = variant('Link', { head: BigInt(i), rest: deep });
    const shape = shapes.shapeOf({ type: 'Chain', args: ['Int64'] });
    let back = new Decoder(host).decode(shape, new Encoder(host).encode(shape, deep)) as VariantValue;
    let links = 0;
    for (; back.name === 'Link'; links++) back = back.fields.get('rest') as VariantValue;
    expect(links).toBe(100_000);
  });

  it('are refused where their type doubles with each level', () => {
    const twice: TypeRef = { type: 'Twice', args: [{ result: [{ param: 'T' }, { param: 'T' }] }] };
    const own = new TypeShapes([
      {
        name: 'Twice',
        kind: 'union',
        params: ['T'],
        variants: [
          { name: 'End', fields: [] },
          { name: 'More', fields: [{ name: 'rest', type: twice }] },
        ],
      },
    ]);
    const nested = (depth: number) => {
      let value = variant('End');
      for (let i = 0; i < depth; i++) value = variant('More', { rest: value });
      return new Encoder(bareHost()).encode(own.shapeOf({ type: 'Twice', args: ['Int64'] }), value);
    };
    expect(nested(8)).toBeGreaterThan(0);
    expect(failure(() => nested(100)).kind).toBe('bad-module');
  });

  it('of a function are addresses', () => {
    const shape = shapes.shapeOf({ function: { params: [], result: 'Unit' } });
    expect(new Decoder(bareHost()).decode(shape, 40)).toEqual(new FunctionValue(40));
    expect(failure(() => new Encoder(bareHost()).encode(shape, new FunctionValue(40))).message).toContain('function');
  });
});

describe('a value that does not have the type', () => {
  it.each<[TypeRef, ClarityValue, string]>([
    ['Int64', 1, 'The value is the number 1, where Int64 is expected.'],
    ['Int64', 2n ** 63n, 'The value is the integer 9223372036854775808, where Int64 is expected.'],
    ['Float64', 1n, 'The value is the integer 1, where Float64 is expected.'],
    ['String', undefined, 'The value is nothing, where String is expected.'],
    [{ list: 'String' }, ['a', true], 'The value at `[1]` is true, where String is expected.'],
    [{ list: { type: 'Mixed' } }, [record({ a: true })], 'The value at `[0]` has no field `b`.'],
    [{ type: 'Empty' }, record({ x: 1n }), 'The value has a field `x` too many.'],
    [{ type: 'Color' }, variant('Blue'), 'The value is the variant Blue, where Color is expected.'],
    [{ option: { list: 'Bool' } }, some([1n]), 'The value at `value[0]` is the integer 1, where Bool is expected.'],
    [
      { map: ['String', { option: 'Int64' }] },
      new Map([['k', some('x')]]),
      'The value at `["k"].value` is "x", where Int64 is expected.',
    ],
    [{ map: [{ list: 'Int64' }, 'Int64'] }, new Map([[[], 1n]]), 'where List<Int64> is expected'],
  ])('%j is refused with its place', (type, value, message) => {
    const refused = failure(() => encode(type, value));
    expect([refused.kind, refused.message]).toEqual(['bad-argument', expect.stringContaining(message)]);
  });

  it('may not be without end', () => {
    const endless: ClarityValue[] = [];
    endless.push(endless);
    let type: TypeRef = 'Int64';
    for (let i = 0; i < 30; i++) type = { list: type };
    expect(failure(() => encode(type, endless)).kind).toBe('bad-argument');
  });
});

describe('an interface', () => {
  it.each<TypeRef>([{ type: 'Missing' }, { param: 'T' }, { type: 'Chain' }, 'Int32' as TypeRef])(
    'that names %j cannot be used',
    (type) => expect(failure(() => shapes.shapeOf(type)).kind).toBe('bad-module'),
  );

  it('may hold a type that grows with each step', () => {
    const grows = new TypeShapes([
      {
        name: 'Nest',
        kind: 'union',
        params: ['T'],
        variants: [
          { name: 'Flat', fields: [{ name: 'value', type: { param: 'T' } }] },
          { name: 'Deeper', fields: [{ name: 'rest', type: { type: 'Nest', args: [{ list: { param: 'T' } }] } }] },
        ],
      },
    ]);
    const host = bareHost();
    const shape = grows.shapeOf({ type: 'Nest', args: ['Int64'] });
    const value = variant('Deeper', { rest: variant('Flat', { value: [1n] }) });
    expect(new Decoder(host).decode(shape, new Encoder(host).encode(shape, value))).toEqual(value);
  });
});
