import type { Core } from '../core/core.ts';
import type { ConstantSymbol, TypedExpr } from '../typed/typed.ts';
import { call, choose, drop, FALSE, get, i64, load, not, NOTHING, seq, set, TRAP, TRUE } from './build.ts';
import { lowerBuiltinCall } from './builtin-call.ts';
import { lowerCall, lowerCallValue } from './call.ts';
import { lowerCompare } from './compare.ts';
import { lowerRecord, lowerVariant } from './data.ts';
import { asElement, elementRep } from './element.ts';
import type { Frame } from './frame.ts';
import { lowerConstant } from './function.ts';
import { builtinValue, constructorValue, functionValue } from './function-value.ts';
import { lowerLambda } from './lambda.ts';
import { lowerMatch } from './match.ts';
import { lowerArithmetic, lowerNegate } from './number.ts';

type Of<K extends TypedExpr['kind']> = Extract<TypedExpr, { kind: K }>;

/** The core of an expression; where `tail`, its value is the result of the function, and calls of the function itself become jumps. */
export function lowerExpression(frame: Frame, expr: TypedExpr, tail: boolean): Core {
  switch (expr.kind) {
    case 'call':
      return lowerCall(frame, expr, tail);
    case 'call-builtin':
      return lowerBuiltinCall(frame, expr);
    case 'call-value':
      return lowerCallValue(frame, expr);
    case 'logic':
      return lowerLogic(frame, expr, tail);
    case 'block':
      return lowerBlock(frame, expr, tail);
    case 'match':
      return lowerMatch(frame, expr, tail);
    case 'let':
      return lowerLet(frame, expr);
    case 'assign':
      return lowerAssign(frame, expr);
    case 'lambda':
      return lowerLambda(frame, expr);
    default:
      return lowerOperand(frame, expr);
  }
}

/** Names, literals, data and operators. */
function lowerOperand(
  frame: Frame,
  expr: Exclude<
    TypedExpr,
    { kind: 'call' | 'call-builtin' | 'call-value' | 'logic' | 'block' | 'match' | 'let' | 'assign' | 'lambda' }
  >,
): Core {
  switch (expr.kind) {
    case 'int':
      return i64(expr.value);
    case 'float':
      return { op: 'f64', value: expr.value };
    case 'string':
      return { op: 'text', value: expr.value };
    case 'bool':
      return expr.value ? TRUE : FALSE;
    case 'local':
      return lowerLocal(frame, expr);
    case 'constant':
      return lowerConstantUse(frame, expr.constant);
    case 'function':
      return functionValue(frame, expr);
    case 'builtin':
      return builtinValue(frame, expr);
    case 'constructor':
      return constructorValue(frame, expr);
    case 'variant':
      return lowerVariant(frame, expr);
    case 'record':
      return lowerRecord(frame, expr);
    case 'field':
      return lowerField(frame, expr);
    case 'list':
      return lowerList(frame, expr);
    case 'concat':
      return { op: 'builtin', name: 'string_concat', args: expr.parts.map((part) => frame.lower(part)) };
    case 'arithmetic':
      return lowerArithmetic(frame, expr);
    case 'compare':
      return lowerCompare(frame, expr);
    case 'negate':
      return lowerNegate(frame, expr.operand);
    case 'not':
      return not(frame.lower(expr.operand));
  }
}

function lowerLocal(frame: Frame, { local }: Of<'local'>): Core {
  const rep = frame.rep(local.type);
  return rep === null ? NOTHING : get(frame.slotOf(local, rep));
}

/** A literal stands inline; any other constant is computed at each use: values are immutable, so nobody can tell. */
function lowerConstantUse(frame: Frame, constant: ConstantSymbol): Core {
  const { program } = frame;
  if (isLiteral(constant.value)) return frame.lower(constant.value);
  const id = program.constantId(constant, (source) => lowerConstant(program, constant, source));
  return id === undefined ? TRAP : call(id, []);
}

function isLiteral(value: TypedExpr): boolean {
  switch (value.kind) {
    case 'int':
    case 'float':
    case 'string':
    case 'bool':
      return true;
    case 'negate':
      return value.operand.kind === 'int' || value.operand.kind === 'float';
    default:
      return false;
  }
}

function lowerField(frame: Frame, expr: Of<'field'>): Core {
  const object = frame.lower(expr.object);
  const place = frame.program.layouts.of(frame.ground(expr.object.type)).parts[0]?.[expr.index];
  if (place === undefined || place.rep === null) return drop(object);
  return load(place.rep, object, place.offset);
}

function lowerList(frame: Frame, expr: Of<'list'>): Core {
  const element = frame.ground(expr.type).args[0];
  const items = expr.items.map((item) => asElement(frame.lower(item), frame.rep(item.type)));
  return { op: 'list', element: elementRep(element), items };
}

function lowerLogic(frame: Frame, { operator, left, right }: Of<'logic'>, tail: boolean): Core {
  const test = frame.lower(left);
  const other = frame.lower(right, tail);
  return operator === 'and' ? choose('i32', test, other, FALSE) : choose('i32', test, TRUE, other);
}

/** The last statement of a block without a result is in tail position, too: it gives Unit, as the block does. */
function lowerBlock(frame: Frame, { statements, result }: Of<'block'>, tail: boolean): Core {
  const last = statements.at(-1);
  const effects = statements.map((statement) =>
    frame.lower(statement, tail && result === undefined && statement === last && frame.rep(last.type) === null),
  );
  return seq(effects, result === undefined ? null : frame.lower(result, tail));
}

function lowerLet(frame: Frame, { local, value }: Of<'let'>): Core {
  const core = frame.lower(value);
  const rep = local === undefined ? null : frame.rep(local.type);
  return local === undefined || rep === null ? drop(core) : set(frame.declare(local, rep), core);
}

function lowerAssign(frame: Frame, { local, value }: Of<'assign'>): Core {
  const core = frame.lower(value);
  const rep = frame.rep(local.type);
  return rep === null ? drop(core) : set(frame.slotOf(local, rep), core);
}
