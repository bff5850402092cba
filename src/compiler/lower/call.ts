import type { Core } from '../core/core.ts';
import type { Placed, TypedExpr } from '../typed/typed.ts';
import { call, get, seq, set, TRAP } from './build.ts';
import type { Frame } from './frame.ts';
import { isSteady, place } from './place.ts';

type Of<K extends TypedExpr['kind']> = Extract<TypedExpr, { kind: K }>;

/** A call of a named function; of the function itself in tail position it is a jump (language.md §7.4), in generic instances, too. */
export function lowerCall(frame: Frame, expr: Of<'call'>, tail: boolean): Core {
  const id = frame.program.instances.idOf(expr.fn, frame.view.grounds(expr.typeArgs));
  const { effects, values } = place(frame, expr.args, { sorted: true, units: 'drop' });
  const args = values.map(({ core }) => core);
  if (id === undefined) return TRAP;
  return seq(effects, tail && id === frame.self ? { op: 'recur', args } : call(id, args));
}

/** A call of a function value, whatever expression gives it; it is evaluated before its arguments. */
export function lowerCallValue(frame: Frame, expr: Of<'call-value'>): Core {
  const callee = frame.lower(expr.callee);
  const placed = expr.args.map((value, index): Placed => ({ index, value }));
  const { effects, values } = place(frame, placed, { sorted: true, units: 'drop' });
  const params = expr.args.map((arg) => frame.rep(arg.type)).filter((rep) => rep !== null);
  const args = values.map(({ core }) => core);
  const result = frame.rep(expr.type);
  if (effects.length === 0 || isSteady(expr.callee))
    return seq(effects, { op: 'invoke', params, result, callee, args });
  const held = frame.slot('callee', 'i32');
  return seq([set(held, callee), ...effects], { op: 'invoke', params, result, callee: get(held), args });
}
