import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PatternMatrix } from '../../../src/compiler/check/pattern-matrix.ts';
import type { TypedPattern } from '../../../src/compiler/typed/typed.ts';
import { BOOL, type Type, type UnionDecl } from '../../../src/compiler/types/type.ts';

/** A union of three variants: `A`, `B(Bool)`, `C(Bool, Inner)`; and Inner: `N`, `M(Bool)`. */
const INNER: UnionDecl = { kind: 'union', name: 'Inner', module: 'T', id: 2, params: [], variants: [] };
const OUTER: UnionDecl = { kind: 'union', name: 'Outer', module: 'T', id: 3, params: [], variants: [] };
const inner: Type = { kind: 'con', con: INNER, args: [] };
const outer: Type = { kind: 'con', con: OUTER, args: [] };
INNER.variants = [
  { name: 'N', fields: [] },
  { name: 'M', fields: [{ name: 'x', type: BOOL }] },
];
OUTER.variants = [
  { name: 'A', fields: [] },
  { name: 'B', fields: [{ name: 'x', type: BOOL }] },
  {
    name: 'C',
    fields: [
      { name: 'x', type: BOOL },
      { name: 'y', type: inner },
    ],
  },
];

type Value = boolean | { readonly variant: number; readonly fields: readonly Value[] };

function valuesOf(type: Type): readonly Value[] {
  if (type === BOOL) return [true, false];
  if (type.kind !== 'con' || type.con.kind !== 'union') throw new Error('no such type here');
  return type.con.variants.flatMap(({ fields }, variant) =>
    fields
      .reduce<Value[][]>((rows, field) => rows.flatMap((row) => valuesOf(field.type).map((v) => [...row, v])), [[]])
      .map((row) => ({ variant, fields: row })),
  );
}

function patternOf(type: Type): fc.Arbitrary<TypedPattern> {
  const wildcard = fc.constant<TypedPattern>({ kind: 'wildcard' });
  if (type === BOOL)
    return fc.oneof(
      wildcard,
      fc.boolean().map((value): TypedPattern => ({ kind: 'bool', value })),
    );
  if (type.kind !== 'con' || type.con.kind !== 'union') return wildcard;
  const union = type.con;
  const variants = union.variants.map(({ fields }, variant) =>
    fc
      .tuple(...fields.map((field) => patternOf(field.type)))
      .map((patterns): TypedPattern => ({ kind: 'variant', union, variant, type, fields: patterns })),
  );
  return fc.oneof(wildcard, ...variants);
}

function matches(pattern: TypedPattern, value: Value): boolean {
  if (pattern.kind === 'bool') return pattern.value === value;
  if (pattern.kind !== 'variant') return true;
  if (typeof value === 'boolean' || value.variant !== pattern.variant) return false;
  return pattern.fields.every((field, i) => matches(field, value.fields[i]!));
}

const all = valuesOf(outer);
const rows = fc.array(patternOf(outer), { maxLength: 6 });

it('says that values are missing exactly when some value matches no row', () => {
  fc.assert(
    fc.property(rows, (patterns) => {
      const missing = new PatternMatrix(100_000).missing(
        patterns.map((pattern) => [pattern]),
        1,
      );
      const uncovered = all.some((value) => !patterns.some((pattern) => matches(pattern, value)));
      expect(missing.length > 0).toBe(uncovered);
    }),
  );
});

it('finds a row useful exactly when it matches a value that no earlier row does', () => {
  fc.assert(
    fc.property(rows, patternOf(outer), (patterns, last) => {
      const useful = new PatternMatrix(100_000).useful(
        patterns.map((pattern) => [pattern]),
        [last],
      );
      const fresh = all.some((value) => matches(last, value) && !patterns.some((pattern) => matches(pattern, value)));
      expect(useful).toBe(fresh);
    }),
  );
});
