import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TYPE_NODES, Unifier } from '../../../src/compiler/check/unifier.ts';
import { BOOL, ERROR, INT64, listOf, mapOf, STRING, typeName, type Type } from '../../../src/compiler/types/type.ts';

/** A type as a recipe, so that two unifiers can make the same one: a number is one of four variables. */
type Recipe = number | 'Int64' | 'String' | readonly ['List', Recipe] | readonly ['Map' | 'fn', Recipe, Recipe];

const recipe = fc.letrec<{ type: Recipe }>((tie) => ({
  type: fc.oneof(
    { depthSize: 'small' },
    fc.integer({ min: 0, max: 3 }),
    fc.constantFrom('Int64' as const, 'String' as const),
    fc.tuple(fc.constant('List' as const), tie('type')),
    fc.tuple(fc.constantFrom('Map' as const, 'fn' as const), tie('type'), tie('type')),
  ),
})).type;

function build(from: Recipe, variables: readonly Type[]): Type {
  if (typeof from === 'number') return variables[from] ?? ERROR;
  if (from === 'Int64') return INT64;
  if (from === 'String') return STRING;
  const [head, first, second = 0] = from;
  const a = build(first, variables);
  if (head === 'List') return listOf(a);
  const b = build(second, variables);
  return head === 'Map' ? mapOf(a, b) : { kind: 'function', params: [a], result: b };
}

const variablesOf = (unifier: Unifier) => [0, 1, 2, 3].map(() => unifier.fresh());

describe('unification', () => {
  it('makes two types the same where it succeeds, in either order', () => {
    fc.assert(
      fc.property(recipe, recipe, (left, right) => {
        const there = new Unifier();
        const variables = variablesOf(there);
        const [a, b] = [build(left, variables), build(right, variables)];
        const back = new Unifier();
        const others = variablesOf(back);
        const agrees = there.unify(a, b);
        expect(back.unify(build(right, others), build(left, others))).toBe(agrees);
        if (agrees) expect(typeName(there.close(a))).toBe(typeName(there.close(b)));
      }),
    );
  });

  it('agrees with itself, and changes nothing by saying so again', () => {
    fc.assert(
      fc.property(recipe, recipe, (left, right) => {
        const unifier = new Unifier();
        const variables = variablesOf(unifier);
        const [a, b] = [build(left, variables), build(right, variables)];
        if (!unifier.unify(a, b)) return;
        const before = typeName(unifier.zonk(a));
        expect(unifier.unify(b, a)).toBe(true);
        expect(typeName(unifier.zonk(a))).toBe(before);
      }),
    );
  });

  it('refuses a type that would contain itself', () => {
    const unifier = new Unifier();
    const variable = unifier.fresh();
    expect(unifier.unify(variable, listOf(variable))).toBe(false);
    expect(unifier.unify(variable, { kind: 'function', params: [variable], result: BOOL })).toBe(false);
  });

  it('makes Int64 of what nothing fixes, everywhere', () => {
    const unifier = new Unifier();
    const variable = unifier.fresh();
    const list = listOf(variable);
    expect(typeName(unifier.close(mapOf(variable, list)))).toBe('Map<Int64, List<Int64>>');
    expect(typeName(unifier.close(list))).toBe('List<Int64>');
  });

  it('gives up on a type whose tree is too large', () => {
    const unifier = new Unifier();
    let type: Type = INT64;
    for (let depth = 0; depth < 64; depth++) type = mapOf(type, type);
    expect(2 ** 64).toBeGreaterThan(MAX_TYPE_NODES);
    unifier.zonk(type);
    expect(unifier.overflow).toBe(true);
  });
});
