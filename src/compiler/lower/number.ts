import type { Core, MathOp } from '../core/core.ts';
import type { TypedExpr } from '../typed/typed.ts';
import { i64, math } from './build.ts';
import type { Frame } from './frame.ts';

type Arithmetic = Extract<TypedExpr, { kind: 'arithmetic' }>;

const INTEGER: Readonly<Record<Arithmetic['operator'], MathOp>> = {
  '+': 'i64.add',
  '-': 'i64.sub',
  '*': 'i64.mul',
  '/': 'i64.div_s',
  '%': 'i64.rem_s',
};
const FLOAT: Readonly<Record<Arithmetic['operator'], MathOp>> = {
  '+': 'f64.add',
  '-': 'f64.sub',
  '*': 'f64.mul',
  '/': 'f64.div',
  '%': 'f64.rem',
};

/** `+ - * / %` (language.md §7.2). */
export function lowerArithmetic(frame: Frame, { operator, left, right, type }: Arithmetic): Core {
  const ops = frame.rep(type) === 'f64' ? FLOAT : INTEGER;
  return math(ops[operator], frame.lower(left), frame.lower(right));
}

/** Int64 wraps; Float64 flips the sign, that of zero and NaN, too. */
export function lowerNegate(frame: Frame, operand: TypedExpr): Core {
  if (operand.kind === 'int') return i64(BigInt.asIntN(64, -operand.value));
  if (operand.kind === 'float') return { op: 'f64', value: -operand.value };
  const core = frame.lower(operand);
  return frame.rep(operand.type) === 'f64' ? math('f64.neg', core) : math('i64.sub', i64(0n), core);
}
