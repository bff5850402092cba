import type { Core } from '../core/core.ts';
import type { TypedExpr } from '../typed/typed.ts';
import { seq } from './build.ts';
import { lowerBuiltin } from './builtin.ts';
import type { Frame } from './frame.ts';
import { place } from './place.ts';

/** A call of a builtin, with named arguments or without. */
export function lowerBuiltinCall(frame: Frame, expr: Extract<TypedExpr, { kind: 'call-builtin' }>): Core {
  const { effects, values } = place(frame, expr.args, { sorted: true, units: 'keep' });
  const args = values.map(({ core }) => core);
  const types = frame.view.grounds(expr.typeArgs);
  return seq(effects, lowerBuiltin({ frame, builtin: expr.builtin, types, args, span: expr }));
}
