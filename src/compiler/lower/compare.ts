import type { Core, MathOp } from '../core/core.ts';
import type { Span } from '../source/source-file.ts';
import type { TypedExpr } from '../typed/typed.ts';
import type { Ground } from '../types/ground.ts';
import { FALSE, i32, math, not, TRAP } from './build.ts';
import { equal } from './equality.ts';
import type { Frame } from './frame.ts';

type Compare = Extract<TypedExpr, { kind: 'compare' }>;
type Order = Exclude<Compare['operator'], '==' | '!='>;

const INTEGER: Readonly<Record<Order, MathOp>> = {
  '<': 'i64.lt_s',
  '>': 'i64.gt_s',
  '<=': 'i64.le_s',
  '>=': 'i64.ge_s',
};
const FLOAT: Readonly<Record<Order, MathOp>> = { '<': 'f64.lt', '>': 'f64.gt', '<=': 'f64.le', '>=': 'f64.ge' };

/** `== != < > <= >=`: equality by structure; order of numbers, timestamps and strings (by UTF-16 code units). */
export function lowerCompare(frame: Frame, expr: Compare): Core {
  const { operator } = expr;
  const type = frame.ground(expr.left.type);
  const left = frame.lower(expr.left);
  const right = frame.lower(expr.right);
  if (operator !== '==' && operator !== '!=') return order(frame, expr, operator, [type, left, right]);
  const obstacle = frame.program.comparability.obstacle(type);
  if (obstacle !== undefined) {
    reportEquality(frame, expr, type, obstacle);
    return TRAP;
  }
  if (type.rep === 'i64') return math(operator === '==' ? 'i64.eq' : 'i64.ne', left, right);
  if (type.rep === 'f64') return math(operator === '==' ? 'f64.eq' : 'f64.ne', left, right);
  const same = equal(frame.program, type, left, right);
  return operator === '==' ? same : not(same);
}

function order(frame: Frame, span: Span, operator: Order, [type, left, right]: readonly [Ground, Core, Core]): Core {
  if (type.rep === 'i64') return math(INTEGER[operator], left, right);
  if (type.rep === 'f64') return math(FLOAT[operator], left, right);
  if (type.con?.kind === 'scalar' && type.con.name === 'String') {
    return stringOrder(operator, { op: 'builtin', name: 'string_compare', args: [left, right] });
  }
  const message = `\`${operator}\` does not order values of type \`${type.name}\`.`;
  const help =
    'Only `Int64`, `Float64`, `String` and `Timestamp` have an order: compare a field of the value, or something computed from it.';
  frame.program.report('compare-type', { source: frame.source, span }, message, frame.withOrigin(help));
  return TRAP;
}

/** `compared` is below, at or above 0. */
function stringOrder(operator: Order, compared: Core): Core {
  switch (operator) {
    case '<':
      return math('i32.lt_s', compared, FALSE);
    case '>':
      return math('i32.lt_s', i32(0), compared);
    case '<=':
      return math('i32.ge_s', i32(0), compared);
    case '>=':
      return math('i32.ge_s', compared, FALSE);
  }
}

function reportEquality(frame: Frame, expr: Compare, type: Ground, obstacle: Ground | 'endless'): void {
  const site = { source: frame.source, span: expr };
  if (obstacle === 'endless') {
    const message = `\`${type.name}\` holds ever larger types: the compiler cannot make an equality for each of them.`;
    const help = 'Compare parts of the values by a function of your own.';
    frame.program.report('too-large', site, message, frame.withOrigin(help));
    return;
  }
  const kind = obstacle.con === undefined ? 'functions' : 'maps';
  const inside = obstacle === type ? '' : ` inside of \`${type.name}\``;
  const message = `\`${expr.operator}\` cannot compare values of type \`${obstacle.name}\`${inside}: ${kind} have no equality.`;
  const help = 'Compare what the values hold, such as the fields that matter.';
  frame.program.report('compare-type', site, message, frame.withOrigin(help));
}
