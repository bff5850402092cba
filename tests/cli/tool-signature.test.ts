import { expect, it } from 'vitest';
import { sampleArguments, toolSignature } from '../../src/cli/output/tool-signature.ts';
import type { JsonObject } from '../../src/shared/json.ts';

const int64 = { anyOf: [{ type: 'integer' }, { type: 'string', pattern: '^-?\\d+$' }] };

it.each<[string, JsonObject, string[], string, string]>([
  ['numbers', { a: int64, b: int64 }, ['a', 'b'], 'f(a: integer, b: integer)', '--arg a=2 b=3'],
  ['what may be left out', { a: { type: 'string' } }, [], 'f(a?: string)', ''],
  [
    'texts and flags',
    { s: { type: 'string' }, on: { type: 'boolean' } },
    ['s', 'on'],
    'f(s: string, on: boolean)',
    '--arg s=s on=true',
  ],
  ['a list', { xs: { type: 'array', items: int64 } }, ['xs'], 'f(xs: list of integer)', "--arg 'xs=[2]'"],
  [
    'a record',
    { p: { type: 'object', properties: { name: { type: 'string' }, x: { type: 'number' } } } },
    ['p'],
    'f(p: record)',
    `--arg 'p={"name":"name","x":2.5}'`,
  ],
  ['a choice', { c: { oneOf: [{ const: "it's" }] } }, ['c'], 'f(c: any)', `--arg 'c=it'\\''s'`],
  ['nothing', {}, [], 'f()', ''],
  ['a schema of another', { a: { $ref: '#/$defs/T' } }, ['a'], 'f(a: any)', '--arg a=a'],
])('%s', (_what, properties, required, signature, sample) => {
  const tool = { name: 'f', inputSchema: { type: 'object', properties, required } };
  expect(toolSignature(tool)).toBe(signature);
  expect(sampleArguments(tool)).toBe(sample);
});
