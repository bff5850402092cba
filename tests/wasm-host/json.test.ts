import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TypeRef } from '../../src/compiler/interface/interface.ts';
import type { Json } from '../../src/shared/json.ts';
import { fromJson } from '../../src/wasm-host/marshal/from-json.ts';
import { toJson } from '../../src/wasm-host/marshal/to-json.ts';
import { TypeShapes } from '../../src/wasm-host/marshal/type-shapes.ts';
import type { ClarityValue } from '../../src/wasm-host/value.ts';
import { err, none, ok, record, some, variant } from '../helpers/clarity-values.ts';
import { sized } from '../helpers/size.ts';
import { failure } from './rig.ts';
import { TYPES, typedValue } from './types.ts';

const shapes = new TypeShapes(TYPES);
const BIG = 2n ** 60n;

describe('plain JSON', () => {
  it.each<[TypeRef, ClarityValue, Json]>([
    ['Int64', 5n, 5],
    ['Int64', BIG, '1152921504606846976'],
    ['Timestamp', 1_700_000_000_000n, 1_700_000_000_000],
    ['Float64', 1.5, 1.5],
    ['Float64', Infinity, 'Infinity'],
    ['Bool', true, true],
    ['String', 'a', 'a'],
    ['Unit', undefined, null],
    ['Bytes', Uint8Array.of(104, 105), 'aGk='],
    [{ list: 'Int64' }, [1n, BIG], [1, '1152921504606846976']],
    [{ map: ['Int64', 'Bool'] }, new Map([[-1n, true]]), { '-1': true }],
    [{ map: ['Bool', 'String'] }, new Map([[true, 'x']]), { true: 'x' }],
    [{ option: 'Int64' }, none, null],
    [{ option: 'Int64' }, some(3n), 3],
    [{ option: { option: 'Int64' } }, some(none), { Some: null }],
    [{ option: { option: 'Int64' } }, none, null],
    [{ result: ['Int64', 'String'] }, ok(3n), { ok: 3 }],
    [{ result: ['Unit', 'String'] }, err('no'), { err: 'no' }],
    [{ type: 'Color' }, variant('Red'), 'Red'],
    [{ type: 'Empty' }, record({}), {}],
    [
      { type: 'Chain', args: ['Int64'] },
      variant('Link', { head: 1n, rest: variant('End') }),
      { Link: { head: 1, rest: 'End' } },
    ],
  ])('of %j', (type, value, json) => {
    const shape = shapes.shapeOf(type);
    expect(toJson(shape, value)).toEqual(json);
    expect(fromJson(shape, json)).toEqual(value);
  });

  it('comes back as the value it was made of, through its text', () => {
    fc.assert(
      fc.property(typedValue, ([type, value]) => {
        const shape = shapes.shapeOf(type);
        const json = JSON.parse(JSON.stringify(toJson(shape, value))) as Json;
        // -0 is no JSON; the order of an object's members is none of a map's.
        expect(toJson(shape, fromJson(shape, json))).toEqual(json);
      }),
      { numRuns: sized(300, 5000) },
    );
  });

  it('keeps a key that objects treat apart', () => {
    const shape = shapes.shapeOf({ map: ['String', 'Int64'] });
    const json = toJson(shape, new Map([['__proto__', 1n]]));
    expect(JSON.stringify(json)).toBe('{"__proto__":1}');
    expect(fromJson(shape, JSON.parse('{"__proto__":1}') as Json)).toEqual(new Map([['__proto__', 1n]]));
  });

  it.each<[TypeRef, Json, ClarityValue]>([
    ['Int64', '-12', -12n],
    ['Float64', '2.5', 2.5],
    ['Bytes', [1, 255], Uint8Array.of(1, 255)],
    [{ type: 'Color' }, { Green: {} }, variant('Green')],
  ])('%j is also taken as %j', (type, json, value) => expect(fromJson(shapes.shapeOf(type), json)).toEqual(value));

  it.each<[TypeRef, Json, string]>([
    ['Int64', 1.5, '`arg` is the number 1.5, where Int64 is expected.'],
    ['Int64', 2 ** 60, 'give it as text'],
    ['Int64', '9223372036854775808', 'does not fit into Int64'],
    ['String', null, '`arg` is null, where String is expected.'],
    [{ list: { type: 'Color' } }, ['Red', 'Blue'], '`arg[1]` is "Blue", where Color is expected'],
    [{ type: 'Mixed' }, { a: true }, '`arg` has no field `b`.'],
    [{ type: 'Empty' }, { more: 1 }, '`arg` has a field `more` too many.'],
    [{ type: 'Chain', args: ['Int64'] }, { Link: { head: 'x', rest: 'End' } }, '`arg.Link.head` is "x"'],
    [{ result: ['Int64', 'String'] }, { ok: 1, err: 'x' }, '{"ok": value} or {"err": error}'],
    [{ map: ['Int64', 'Bool'] }, { one: true }, '`arg.one` is "one", where Int64 is expected.'],
    [{ option: { option: 'Int64' } }, 3, '{"Some": value}'],
    ['Bytes', 'no base64!', 'Bytes as base64'],
  ])('%j does not take %j', (type, json, message) => {
    const refused = failure(() => fromJson(shapes.shapeOf(type), json, 'arg'));
    expect([refused.kind, refused.message]).toEqual(['bad-argument', expect.stringContaining(message)]);
  });

  it('is not made, nor read, deeper than JSON goes', () => {
    const shape = shapes.shapeOf({ type: 'Chain', args: ['Int64'] });
    let value: ClarityValue = variant('End');
    let json: Json = 'End';
    for (let i = 0; i < 50_000; i++) {
      value = variant('Link', { head: 1n, rest: value });
      json = { Link: { head: 1, rest: json } };
    }
    expect(failure(() => toJson(shape, value)).kind).toBe('bad-result');
    expect(failure(() => fromJson(shape, json)).kind).toBe('bad-argument');
  });
});
