import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InterfaceFunction, InterfaceType, TypeRef } from '../../src/compiler/interface/interface.ts';
import { functionTool } from '../../src/drivers/wasm/tools/function-tool.ts';
import { isJsonObject, type Json, type JsonObject } from '../../src/shared/json.ts';
import { fromJson } from '../../src/wasm-host/marshal/from-json.ts';
import { toJson } from '../../src/wasm-host/marshal/to-json.ts';
import { TypeShapes } from '../../src/wasm-host/marshal/type-shapes.ts';
import { sized } from '../helpers/size.ts';
import { TYPES, typedValue } from '../wasm-host/types.ts';

const types = new Map(TYPES.map((type) => [type.name, type]));
const shapes = new TypeShapes(TYPES);
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, formats: {} });

function toolOf(param: TypeRef, result: TypeRef, known: ReadonlyMap<string, InterfaceType> = types) {
  const fn: InterfaceFunction = {
    name: 'f',
    exported: true,
    params: [{ name: 'v', type: param }],
    result,
    effects: [],
  };
  return functionTool(fn, known, false, () => undefined) as { inputSchema: JsonObject; outputSchema: JsonObject };
}
const input = (type: TypeRef) => (toolOf(type, 'Unit').inputSchema.properties as Record<string, Json>).v;
const output = (type: TypeRef) => (toolOf('Unit', type).outputSchema.properties as Record<string, Json>).result;
const integer = {
  anyOf: [
    { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
    { type: 'string', pattern: '^-?\\d{1,19}$' },
  ],
  description: expect.stringContaining('2^53') as string,
};
const only = (name: string, schema: Json) => ({
  type: 'object',
  properties: { [name]: schema },
  required: [name],
  additionalProperties: false,
});

describe('the schema of a type', () => {
  it.each<[TypeRef, unknown]>([
    ['Int64', integer],
    ['Timestamp', { ...integer, description: expect.stringContaining('Milliseconds') as string }],
    ['Float64', { anyOf: [{ type: 'number' }, { type: 'string', enum: ['NaN', 'Infinity', '-Infinity'] }] }],
    ['Bool', { type: 'boolean' }],
    ['String', { type: 'string' }],
    ['Bytes', { type: 'string', contentEncoding: 'base64', description: 'Bytes as base64.' }],
    ['Unit', { type: 'null' }],
    [{ list: 'Bool' }, { type: 'array', items: { type: 'boolean' } }],
    [{ map: ['String', 'Bool'] }, { type: 'object', additionalProperties: { type: 'boolean' } }],
    [
      { map: ['Bool', 'String'] },
      { type: 'object', propertyNames: { enum: ['true', 'false'] }, additionalProperties: { type: 'string' } },
    ],
    [{ option: 'String' }, { anyOf: [{ type: 'string' }, { type: 'null' }] }],
    [
      { option: { option: 'Bool' } },
      { anyOf: [only('Some', { anyOf: [{ type: 'boolean' }, { type: 'null' }] }), { type: 'null' }] },
    ],
    [
      { list: { result: ['Bool', 'String'] } },
      {
        type: 'array',
        items: { anyOf: [only('ok', { type: 'boolean' }), only('err', { type: 'string' })] },
      },
    ],
    [{ type: 'Color' }, { type: 'string', enum: ['Red', 'Green'] }],
    [{ type: 'Chain', args: ['Bool'] }, { $ref: '#/$defs/Chain_Bool_' }],
  ])('%j', (type, schema) => {
    expect(input(type)).toEqual(schema);
    expect(output(type)).toEqual(schema);
  });

  it('is that of the value where a function gives a Result, and that of the record itself', () => {
    expect(output({ result: ['Bool', 'String'] })).toEqual({ type: 'boolean' });
    const { outputSchema } = toolOf('Unit', { result: [{ type: 'Mixed' }, 'String'] });
    expect(outputSchema).toMatchObject({ type: 'object', required: ['a', 'b', 'c', 'u', 'd'] });
  });

  it('does not require what may be left out', () => {
    expect(toolOf({ option: 'Bool' }, 'Unit').inputSchema.required).toBeUndefined();
    expect(input({ type: 'Mixed' })).toMatchObject({ required: ['a', 'b', 'c', 'd'] });
    expect(toolOf({ type: 'Mixed' }, 'Unit').inputSchema).toMatchObject({
      required: ['v'],
      additionalProperties: false,
    });
  });

  it('points at itself only where the type does', () => {
    const node: InterfaceType = {
      name: 'Node',
      kind: 'record',
      doc: 'A tree.',
      fields: [{ name: 'children', type: { list: { type: 'Node' } }, doc: 'In order.' }],
    };
    const { outputSchema } = toolOf('Unit', { type: 'Node' }, new Map([['Node', node]]));
    const body = {
      type: 'object',
      description: 'A tree.',
      properties: { children: { type: 'array', items: { $ref: '#/$defs/Node' }, description: 'In order.' } },
      required: ['children'],
      additionalProperties: false,
    };
    expect(outputSchema).toEqual({ ...body, $defs: { Node: body } });
  });

  it('tells less where it would be too large, or has no end', () => {
    const wide = (level: number): InterfaceType => ({
      name: `W${level}`,
      kind: 'record',
      fields: Array.from({ length: 10 }, (_, i) => ({
        name: `f${i}`,
        type: level === 0 ? 'Bool' : { type: `W${level - 1}` },
      })),
    });
    const grows: InterfaceType = {
      name: 'Grows',
      kind: 'union',
      params: ['T'],
      variants: [
        { name: 'End', fields: [] },
        {
          name: 'More',
          fields: [
            {
              name: 'rest',
              type: { type: 'Grows', args: [{ map: ['String', { result: [{ param: 'T' }, { param: 'T' }] }] }] },
            },
          ],
        },
      ],
    };
    const known = new Map([...[0, 1, 2, 3, 4].map(wide), grows].map((type) => [type.name, type]));
    const tool = toolOf({ type: 'Grows', args: ['Bool'] }, { type: 'W4' }, known);
    expect(tool.inputSchema).toMatchObject({ properties: { v: { description: 'Grows<Bool>' } }, required: ['v'] });
    expect(tool.outputSchema).toEqual({ type: 'object', description: 'W4' });
  });
});

describe('schemas and values agree', () => {
  const validators = new Map<string, ReturnType<typeof ajv.compile>>();
  const validates = (schema: JsonObject, value: unknown) => {
    const key = JSON.stringify(schema);
    const known = validators.get(key) ?? ajv.compile(schema);
    validators.set(key, known);
    return known(value) || ajv.errorsText(known.errors);
  };

  it('what a function gives is as its output schema says, and can be given again', () => {
    fc.assert(
      fc.property(typedValue, ([type, value]) => {
        const json = JSON.parse(JSON.stringify(toJson(shapes.shapeOf(type), value))) as Json;
        const tool = toolOf(type, { list: type });
        expect(validates(tool.inputSchema, { v: json })).toBe(true);
        expect(validates(tool.outputSchema, { result: [json] })).toBe(true);
      }),
      { numRuns: sized(200, 3000) },
    );
  });

  it('what the input schema takes is taken', () => {
    const hasBytes = (type: TypeRef) => JSON.stringify(type).includes('Bytes');
    const anything = fc.oneof(
      typedValue.map(([type, value]) => toJson(shapes.shapeOf(type), value)),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(typedValue, anything, ([type, value], other) => {
        const shape = shapes.shapeOf(type);
        const { inputSchema } = toolOf(type, 'Unit');
        for (const json of [other, without(toJson(shape, value))]) {
          if (hasBytes(type) || validates(inputSchema, { v: json }) !== true) continue;
          if (!/\d{17}/.test(JSON.stringify(json))) fromJson(shape, json);
        }
      }),
      { numRuns: sized(200, 3000) },
    );
  });
});

/** The first member that holds an object loses its first member. */
function without(json: Json): Json {
  if (!isJsonObject(json)) return json;
  const [first, ...rest] = Object.entries(json);
  return first === undefined || isJsonObject(first[1])
    ? { ...Object.fromEntries(rest), ...(first === undefined ? {} : { [first[0]]: without(first[1] ?? null) }) }
    : Object.fromEntries(rest);
}
