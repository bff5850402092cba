import type { Expr } from '../syntax/ast.ts';
import type { TypedExpr } from '../typed/typed.ts';
import { BOOL, FLOAT64, STRING, type Type } from '../types/type.ts';
import { checkAssign, checkBlock, checkLet } from './blocks.ts';
import type { Body } from './body.ts';
import { checkCall } from './calls.ts';
import { checkLambda } from './lambdas.ts';
import { checkList } from './lists.ts';
import { checkMatch } from './matches.ts';
import { checkMember } from './members.ts';
import { checkName } from './names.ts';
import { checkBinary, checkInt, checkInterpolation, checkUnary } from './operators.ts';
import { checkRecord } from './records.ts';

/** Gives an expression its type, with all its parts. */
export function inferExpr(body: Body, expr: Expr, hint?: Type): TypedExpr {
  const { start, end } = expr;
  switch (expr.kind) {
    case 'int':
      return checkInt(body, expr.value, expr);
    case 'float':
      return { kind: 'float', value: expr.value, type: FLOAT64, start, end };
    case 'string':
      return { kind: 'string', value: expr.value, type: STRING, start, end };
    case 'bool':
      return { kind: 'bool', value: expr.value, type: BOOL, start, end };
    case 'name':
      return checkName(body, expr);
    case 'call':
      return checkCall(body, expr, hint);
    case 'binary':
      return checkBinary(body, expr);
    case 'block':
      return checkBlock(body, expr, hint);
    case 'let':
      return checkLet(body, expr);
    case 'match':
      return checkMatch(body, expr, hint);
    case 'member':
      return checkMember(body, expr);
    case 'list':
      return checkList(body, expr, hint);
    case 'record':
      return checkRecord(body, expr, hint);
    case 'lambda':
      return checkLambda(body, expr, hint);
    case 'interpolation':
      return checkInterpolation(body, expr);
    case 'unary':
      return checkUnary(body, expr);
    case 'assign':
      return checkAssign(body, expr);
    case 'error':
      return body.broken(expr);
  }
}
