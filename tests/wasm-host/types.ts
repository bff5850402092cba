import fc from 'fast-check';
import type { InterfaceType, TypeRef } from '../../src/compiler/interface/interface.ts';
import type { ClarityValue } from '../../src/wasm-host/value.ts';
import { err, none, ok, record, some, variant } from '../helpers/clarity-values.ts';

/** Types of every kind: generic, recursive, with fields of all sizes. */
export const TYPES: readonly InterfaceType[] = [
  {
    name: 'Mixed',
    kind: 'record',
    fields: [
      { name: 'a', type: 'Bool' },
      { name: 'b', type: 'Int64' },
      { name: 'c', type: 'String' },
      { name: 'u', type: 'Unit' },
      { name: 'd', type: 'Float64' },
    ],
  },
  {
    name: 'Chain',
    kind: 'union',
    params: ['T'],
    variants: [
      { name: 'End', fields: [] },
      {
        name: 'Link',
        fields: [
          { name: 'head', type: { param: 'T' } },
          { name: 'rest', type: { type: 'Chain', args: [{ param: 'T' }] } },
        ],
      },
    ],
  },
  {
    name: 'Color',
    kind: 'union',
    variants: [
      { name: 'Red', fields: [] },
      { name: 'Green', fields: [] },
    ],
  },
  { name: 'Empty', kind: 'record', fields: [] },
];

/** A type, and values that have it. */
export interface Typed {
  readonly type: TypeRef;
  readonly value: fc.Arbitrary<ClarityValue>;
}

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const float = fc.double({ noNaN: true });
/** What UTF-8 can carry. */
const text = fc.string({ unit: 'binary', maxLength: 20 });

const mixed = fc
  .record({ a: fc.boolean(), b: int64, c: text, d: float })
  .map(({ a, b, c, d }) => record({ a, b, c, u: undefined, d }));

const scalars: readonly Typed[] = [
  { type: 'Int64', value: int64 },
  { type: 'Timestamp', value: int64 },
  { type: 'Float64', value: float },
  { type: 'Bool', value: fc.boolean() },
  { type: 'String', value: text },
  { type: 'Bytes', value: fc.uint8Array({ maxLength: 20 }) },
  { type: { type: 'Mixed' }, value: mixed },
  { type: { type: 'Color' }, value: fc.constantFrom(variant('Red'), variant('Green')) },
  { type: { type: 'Empty' }, value: fc.constant(record({})) },
];

/** A key of -0 comes back as 0, which it equals. */
const keys: readonly Typed[] = [
  { type: 'String', value: text },
  { type: 'Int64', value: int64 },
  { type: 'Bool', value: fc.boolean() },
  { type: 'Float64', value: float.map((key) => key + 0) },
];

const list = (items: fc.Arbitrary<ClarityValue>) => fc.array(items, { maxLength: 4 });
const chain = (items: fc.Arbitrary<ClarityValue>): fc.Arbitrary<ClarityValue> =>
  list(items).map((all) =>
    all.reduceRight((rest: ClarityValue, head) => variant('Link', { head, rest }), variant('End')),
  );

/** Types that hold others, to some depth, each with one of its values. */
export const typedValue: fc.Arbitrary<readonly [TypeRef, ClarityValue]> = fc
  .letrec<{ typed: Typed }>((tie) => ({
    typed: fc.oneof(
      { depthSize: 'small', maxDepth: 4 },
      fc.constantFrom(...scalars),
      tie('typed').map(({ type, value }) => ({ type: { list: type }, value: list(value) })),
      tie('typed').map(({ type, value }) => ({
        type: { option: type },
        value: fc.oneof(value.map(some), fc.constant<ClarityValue>(none)),
      })),
      fc.tuple(tie('typed'), tie('typed')).map(([one, other]) => ({
        type: { result: [one.type, other.type] as const },
        value: fc.oneof(one.value.map(ok), other.value.map(err)),
      })),
      fc.tuple(fc.constantFrom(...keys), tie('typed')).map(([key, { type, value }]) => ({
        type: { map: [key.type, type] as const },
        value: fc.array(fc.tuple(key.value, value), { maxLength: 4 }).map((entries): ClarityValue => new Map(entries)),
      })),
      tie('typed').map(({ type, value }) => ({ type: { type: 'Chain', args: [type] }, value: chain(value) })),
    ),
  }))
  .typed.chain(({ type, value }) => value.map((one): readonly [TypeRef, ClarityValue] => [type, one]));
