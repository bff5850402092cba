import type { Choices } from './choices.ts';
import { generateExpr, type Local, type Scope } from './generate-expr.ts';
import { generateType, type World } from './generate.ts';
import { BOOL, INT, STR, type Arm, type Expr, type Func, type Statement, type Ty } from './tree.ts';

const variable = (name: string): Expr => ({ k: 'var', name });
const call = (fn: string, ...args: Expr[]): Expr => ({ k: 'call', fn, args });

/**
 * A function that calls itself until its list is empty or its number is used up, with accumulators that grow on the way: the shapes that a
 * compiler turns into loops and grows in place, with everything near them that forbids it.
 */
export function generateLoop(choices: Choices, world: World, name: string): Func {
  const overList = choices.chance(60);
  const driver: Ty = overList ? { k: 'list', of: generateType(choices, world, 1) } : INT;
  const accumulators = Array.from({ length: 1 + choices.below(3) }, (_, i) => ({
    name: `a${i}`,
    ty: accumulatorType(choices, world),
  }));
  const params = [{ name: 'd', ty: driver }, ...accumulators];
  const result = choices.chance(70) ? choices.pick(accumulators).ty : generateType(choices, world, 1);
  const scope: Scope = { world, locals: params.map((param) => ({ ...param, mut: false })), fresh: { next: 0 } };
  const base = generateExpr(choices, scope, result, 2);
  return { name, params, result, body: loopBody(choices, scope, name, params, result, base) };
}

function accumulatorType(choices: Choices, world: World): Ty {
  if (choices.chance(25)) return STR;
  return choices.chance(75) ? { k: 'list', of: generateType(choices, world, 1) } : generateType(choices, world, 2);
}

function loopBody(
  choices: Choices,
  scope: Scope,
  name: string,
  params: readonly { readonly name: string; readonly ty: Ty }[],
  result: Ty,
  base: Expr,
): Expr {
  const driver = params[0]!.ty;
  const overList = driver.k === 'list';
  const d = variable('d');
  const statements: Statement[] = [];
  let inner = scope;
  const bind = (local: Local, e: Expr, annotated: boolean) => {
    statements.push({ k: 'let', name: local.name, mut: local.mut, ty: annotated ? local.ty : undefined, e });
    inner = { ...inner, locals: [...inner.locals, local] };
  };
  if (overList) bind({ name: 'h', ty: driver.of, mut: false }, { k: 'call', fn: 'head', args: [d], zero: 0n }, false);
  if (choices.chance(40)) {
    const kept = choices.pick(params);
    bind({ name: 'kept', ty: kept.ty, mut: choices.chance(50) }, grown(choices, inner, kept.name, kept.ty), true);
  }
  const rest: Expr = overList
    ? call('tail', d)
    : { k: 'bin', op: '-', of: INT, left: d, right: { k: 'int', value: 1n } };
  const args = [rest, ...params.slice(1).map((param) => grown(choices, inner, param.name, param.ty))];
  const again = around(choices, inner, result, call(name, ...args));
  const step: Expr = { k: 'block', statements, result: again };
  const done: Expr = overList
    ? call('is_empty', d)
    : { k: 'bin', op: 'or', of: BOOL, left: compare('<=', 0n), right: compare('>', 6n) };
  const arm = (value: boolean, body: Expr): Arm => ({ pattern: { k: 'literal', value }, guard: undefined, body });
  return { k: 'match', on: done, arms: [arm(true, base), arm(false, step)] };
}

const compare = (op: '<=' | '>', value: bigint): Expr => ({
  k: 'bin',
  op,
  of: INT,
  left: variable('d'),
  right: { k: 'int', value },
});

/** The next value of an accumulator: mostly it grows by something, now and then it is any value. */
function grown(choices: Choices, scope: Scope, name: string, ty: Ty): Expr {
  const own = variable(name);
  const e = (of: Ty) => generateExpr(choices, scope, of, 2);
  if (ty.k === 'str' && choices.chance(60)) {
    const [left, right] = choices.chance(75) ? [own, e(STR)] : [e(STR), own];
    return { k: 'bin', op: '++', of: STR, left, right };
  }
  if (ty.k !== 'list' || choices.chance(15)) return choices.chance(40) ? own : e(ty);
  switch (choices.below(6)) {
    case 0:
    case 1:
      return call('append', own, e(ty.of));
    case 2:
      return call('concat', own, { k: 'list', items: [e(ty.of)] });
    case 3:
      return call('concat', own, e(ty));
    case 4:
      return call('list_set', own, e(INT), e(ty.of));
    default:
      return call('concat', { k: 'list', items: [e(ty.of)] }, own);
  }
}

/** The call in tail position, in an arm, or inside of something that has to wait for it. */
function around(choices: Choices, scope: Scope, result: Ty, again: Expr): Expr {
  const e = () => generateExpr(choices, scope, result, 1);
  switch (choices.below(5)) {
    case 0: {
      const on = generateExpr(choices, scope, BOOL, 2);
      const arms = [again, e()].map((body, i) => ({
        pattern: { k: 'literal' as const, value: i === 0 },
        guard: undefined,
        body,
      }));
      return { k: 'match', on, arms };
    }
    case 1:
      if (result.k === 'list') return choices.chance(50) ? call('concat', again, e()) : call('concat', e(), again);
      if (result.k === 'str') return { k: 'bin', op: '++', of: STR, left: e(), right: again };
      return again;
    default:
      return again;
  }
}
