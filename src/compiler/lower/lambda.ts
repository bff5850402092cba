import type { Core, Slot } from '../core/core.ts';
import type { TypedExpr } from '../typed/typed.ts';
import { get, load, seq, set } from './build.ts';
import { Frame } from './frame.ts';
import { declareParams } from './function.ts';

/** Bytes that a captured variable takes in an environment (abi.md §2.5). */
const CAPTURE_SIZE = 8;

/**
 * A lambda is a function of its own with an environment. What it uses of the functions around it is copied at its creation, and from the
 * environment into slots when it is called: to assign such a variable changes the copy of that call only (language.md §7.5).
 */
export function lowerLambda(parent: Frame, expr: Extract<TypedExpr, { kind: 'lambda' }>): Core {
  const { program, view, source } = parent;
  const name = parent.lambdaName();
  const frame = new Frame({ program, view, source, name, parent });
  const env: Slot = { name: 'env', rep: 'i32' };
  const params = [env, ...declareParams(frame, expr.params)];
  const body = frame.lower(expr.body);
  const copies = frame.captures.map(({ slot }, i) => set(slot, load(slot.rep, get(env), CAPTURE_SIZE * i)));
  const result = view.rep(expr.body.type);
  const fn = program.add(() => ({ name, params, result, body: seq(copies, body), closure: true }));
  return { op: 'closure', fn, captures: frame.captured() };
}
