import type { LambdaExpr } from '../syntax/ast.ts';
import type { Local, TypedExpr } from '../typed/typed.ts';
import type { Type } from '../types/type.ts';
import type { Body } from './body.ts';
import { reportRepeated } from './declarations.ts';
import { prune } from './unifier.ts';

/** Parameter types are written, the result type is that of the body; its effects count for the enclosing function. */
export function checkLambda(body: Body, expr: LambdaExpr, hint?: Type): TypedExpr {
  const { start, end } = expr;
  const mark = body.locals.enter();
  const params: Local[] = [];
  reportRepeated('parameter', expr.params, body.types.source, body.types.report);
  for (const { name, type } of expr.params) params.push(body.local(name.text, body.types.read(type), false));
  const wanted = hint === undefined ? undefined : prune(hint);
  body.lambdas++;
  const value = body.infer(expr.body, wanted?.kind === 'function' ? wanted.result : undefined);
  body.lambdas--;
  body.locals.leave(mark);
  const type: Type = { kind: 'function', params: params.map((param) => param.type), result: value.type };
  return body.typed({ kind: 'lambda', params, body: value, type, start, end });
}
