import type { Choices } from './choices.ts';
import { generateExpr, newName, visible, type Local, type Scope } from './generate-expr.ts';
import { generateType } from './generate.ts';
import { BOOL, variantsOf, type Arm, type Expr, type Pattern, type Statement, type Ty } from './tree.ts';

const INT_LITERALS = [0n, 1n, 2n, 3n, 7n, 10n, 100n, 2n ** 63n - 1n];
const FLOAT_LITERALS = [0, 1, 0.5, 2.5, 3];
const STRING_LITERALS = ['', 'a', 'ab', '42', 'é', '\n\t', '${'];

/** A match that covers every value of what it looks at, with arms that do not. */
export function generateMatch(choices: Choices, scope: Scope, ty: Ty, depth: number): Expr {
  const locals = visible(scope).filter((local) => local.ty.k !== 'fn');
  const local = locals.length > 0 && choices.chance(40) ? choices.pick(locals) : undefined;
  const of = local?.ty ?? generateType(choices, scope.world, 2);
  const on: Expr = local === undefined ? generateExpr(choices, scope, of, depth - 1) : { k: 'var', name: local.name };
  const arms: Arm[] = [];
  const arm = (pattern: Pattern, bound: readonly Local[], guarded: boolean) => {
    const inner = { ...scope, locals: [...scope.locals, ...bound] };
    const guard = guarded ? generateExpr(choices, inner, BOOL, Math.min(2, depth - 1)) : undefined;
    arms.push({ pattern, guard, body: generateExpr(choices, inner, ty, depth - 1) });
  };
  const partial = (count: number) => {
    for (let i = 0; i < count; i++) {
      const bound: Local[] = [];
      const pattern = somePattern(choices, scope, of, 2, bound);
      arm(pattern, bound, choices.chance(40));
    }
  };
  partial(choices.below(3));
  const variants = variantsOf(of);
  const all: readonly Pattern[] | undefined =
    of.k === 'bool'
      ? [true, false].map((value) => ({ k: 'literal', value }))
      : variants.length > 0
        ? variants.map((variant) => ({ k: 'variant', variant, items: [], named: false }))
        : undefined;
  if (all !== undefined && choices.chance(70)) {
    for (const cover of choices.chance(30) ? all.toReversed() : all) {
      if (choices.chance(15)) partial(1);
      const bound: Local[] = [];
      arm(cover.k === 'variant' ? withItems(choices, scope, cover, bound) : cover, bound, false);
    }
  } else {
    const bound: Local[] = [];
    arm(catchAll(choices, scope, of, bound), bound, false);
  }
  if (local !== undefined || !isOpen(of)) return { k: 'match', on, arms };
  // `match Ok(1) { Err(r) -> r.field … }` has nothing that says what `r` is.
  const name = `x${scope.fresh.next++}`;
  const named: Statement = { k: 'let', name, mut: false, ty: of, e: on };
  return { k: 'block', statements: [named], result: { k: 'match', on: { k: 'var', name }, arms } };
}

/** Whether inside of a type, which an expression may leave open, is something that its uses do not tell: a record, a Float64. */
function isOpen(ty: Ty): boolean {
  if (ty.k === 'list' || ty.k === 'option') return isGuess(ty.of);
  return ty.k === 'result' && (isGuess(ty.of) || isGuess(ty.error));
}

const isGuess = (ty: Ty) => ty.k === 'record' || ty.k === 'float' || isOpen(ty);

/** The variant with sub-patterns that match anything. */
function withItems(choices: Choices, scope: Scope, cover: Pattern & { k: 'variant' }, bound: Local[]): Pattern {
  const { variant } = cover;
  const items = variant.fields.map((field) => catchAll(choices, scope, field.ty, bound));
  return { k: 'variant', variant, items, named: items.length > 0 && choices.chance(25) };
}

function catchAll(choices: Choices, scope: Scope, ty: Ty, bound: Local[]): Pattern {
  if (choices.chance(25)) return { k: 'any' };
  let name = newName(choices, scope);
  if (bound.some((local) => local.name === name)) name = `x${scope.fresh.next++}`;
  bound.push({ name, ty, mut: false });
  return { k: 'bind', name };
}

/** Any pattern for a type: it may match everything or a part. */
function somePattern(choices: Choices, scope: Scope, ty: Ty, depth: number, bound: Local[]): Pattern {
  const variants = variantsOf(ty);
  if (depth > 0 && variants.length > 0 && choices.chance(80)) {
    const variant = choices.pick(variants);
    const items = variant.fields.map((field) => somePattern(choices, scope, field.ty, depth - 1, bound));
    return { k: 'variant', variant, items, named: items.length > 0 && choices.chance(25) };
  }
  if (choices.chance(30)) return catchAll(choices, scope, ty, bound);
  switch (ty.k) {
    case 'int': {
      if (choices.chance(50)) return { k: 'literal', value: choices.pick(INT_LITERALS) };
      const from = BigInt(choices.below(5));
      return { k: 'range', from, to: from + 1n + BigInt(choices.below(100)) };
    }
    case 'float':
      return { k: 'literal', value: choices.pick(FLOAT_LITERALS) };
    case 'bool':
      return { k: 'literal', value: choices.below(2) === 0 };
    case 'str':
      return { k: 'literal', value: choices.pick(STRING_LITERALS) };
    default:
      return catchAll(choices, scope, ty, bound);
  }
}
