import type { MatchArm, MatchExpr } from '../syntax/ast.ts';
import type { TypedArm, TypedExpr } from '../typed/typed.ts';
import { BOOL, ERROR, type Type } from '../types/type.ts';
import type { Body } from './body.ts';
import { mismatchHelp } from './mismatch.ts';
import { checkPattern } from './patterns.ts';
import { prune } from './unifier.ts';

export function checkMatch(body: Body, expr: MatchExpr, hint?: Type): TypedExpr {
  const { scrutinee, arms, start, end } = expr;
  const value = body.infer(scrutinee);
  const errors = body.errors;
  const wish = hint !== undefined && !body.isOpen(hint) ? hint : undefined;
  let broken = false;
  let split = false;
  let type: Type | undefined;
  const typed: TypedArm[] = [];
  for (const arm of arms) {
    const mark = body.locals.enter();
    const before = body.errors;
    const pattern = checkPattern(body, arm.pattern, value.type, undefined);
    broken ||= body.errors > before || arm.pattern.kind === 'error';
    const guard = arm.guard === undefined ? undefined : checkGuard(body, arm.guard);
    const result = body.infer(arm.body, wish ?? type ?? hint);
    body.locals.leave(mark);
    typed.push(guard === undefined ? { pattern, body: result } : { pattern, guard, body: result });
    if (type === undefined || prune(type).kind === 'error') type = result.type;
    else if (!agree(body, arm, type, result.type)) split = true;
  }
  if (!broken && prune(value.type).kind !== 'error') body.matches.push({ expr, type: value.type, arms: typed });
  if (type === undefined && body.errors > errors) return body.broken(expr);
  return body.typed({
    kind: 'match',
    scrutinee: value,
    arms: typed,
    type: split ? ERROR : (type ?? body.unifier.fresh()),
    start,
    end,
  });
}

function checkGuard(body: Body, guard: NonNullable<MatchArm['guard']>): TypedExpr {
  const value = body.infer(guard);
  if (!body.unify(BOOL, value.type))
    body.error(
      'guard-type',
      guard,
      `A guard must be \`Bool\`, but this is \`${body.show(value.type)}\`.`,
      mismatchHelp(body, value.type, BOOL, guard),
    );
  return value;
}

function agree(body: Body, arm: MatchArm, type: Type, given: Type): boolean {
  if (body.unify(type, given)) return true;
  body.error(
    'arm-type',
    arm.body,
    `The arms before this one give \`${body.show(type)}\`, but this one gives \`${body.show(given)}\`.`,
    mismatchHelp(body, given, type, arm.body),
  );
  return false;
}
