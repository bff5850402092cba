import { expect, it } from 'vitest';

import { GroundTypes, TypeView } from '../../../src/compiler/types/ground.ts';
import { Layouts } from '../../../src/compiler/types/layout.ts';
import {
  BOOL,
  FLOAT64,
  INT64,
  listOf,
  optionOf,
  resultOf,
  STRING,
  UNIT,
  type ParamType,
  type RecordDecl,
  type Type,
  type UnionDecl,
} from '../../../src/compiler/types/type.ts';

const fields = (...types: Type[]) => types.map((type, i) => ({ name: `f${i}`, type }));
const recordOf = (types: Type[], params: ParamType[] = []): RecordDecl => ({
  kind: 'record',
  name: 'R',
  module: 'M',
  id: 2,
  params,
  fields: fields(...types),
});
const con = (decl: RecordDecl | UnionDecl, ...args: Type[]): Type => ({ kind: 'con', con: decl, args });

function layoutOf(type: Type) {
  const types = new GroundTypes();
  const { size, parts } = new Layouts(types).of(new TypeView(types, new Map()).ground(type));
  return [size, ...parts.map((part) => part.map(({ offset }) => offset))];
}

const T: ParamType = { kind: 'param', name: 'T' };
const shape: UnionDecl = {
  kind: 'union',
  name: 'Shape',
  module: 'M',
  id: 3,
  params: [],
  variants: [
    { name: 'Rect', fields: fields(INT64, FLOAT64, STRING) },
    { name: 'Dot', fields: [] },
    { name: 'Line', fields: fields(BOOL, INT64) },
  ],
};

// abi.md §2.3, §2.4: the offsets there were read from the reference's output.
it.each<[string, Type, unknown[]]>([
  [
    'a record: natural alignment in declaration order',
    con(recordOf([BOOL, INT64, STRING, FLOAT64])),
    [32, [0, 8, 16, 24]],
  ],
  ['a record that ends with a word', con(recordOf([INT64, BOOL])), [12, [0, 8]]],
  ['an empty record', con(recordOf([])), [0, []]],
  ['Unit takes no space', con(recordOf([BOOL, UNIT, BOOL])), [8, [0, 4, 4]]],
  ['a union: tag, then the largest payload', con(shape), [28, [8, 16, 24], [], [8, 16]]],
  ['Option of a word', optionOf(STRING), [12, [8], []]],
  ['Option of eight bytes', optionOf(FLOAT64), [16, [8], []]],
  ['Option of nothing', optionOf(UNIT), [8, [8], []]],
  ['Result by the larger side', resultOf(BOOL, INT64), [16, [8], [8]]],
  ['a generic record by its arguments', con(recordOf([BOOL, T], [T]), INT64), [16, [0, 8]]],
  ['what has no block', listOf(INT64), [0]],
])('%s', (_, type, expected) => {
  expect(layoutOf(type)).toEqual(expected);
});

it('interns: equal types are one object, also behind parameters', () => {
  const types = new GroundTypes();
  const view = new TypeView(types, new Map([[T, new TypeView(types, new Map()).ground(listOf(INT64))]]));
  expect(view.ground(optionOf(T))).toBe(view.ground(optionOf(listOf(INT64))));
  expect(view.ground(optionOf(T)).name).toBe('Option<List<Int64>>');
});

it('keeps names short however large a type is', () => {
  const types = new GroundTypes();
  const view = new TypeView(types, new Map());
  let type: Type = INT64;
  for (let i = 0; i < 200; i++) type = resultOf(type, type);
  const ground = view.ground(type);
  expect(ground.depth).toBe(201);
  expect(ground.name.length).toBeLessThan(140);
});
