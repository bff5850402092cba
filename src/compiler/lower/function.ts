import type { CoreFunction, Slot } from '../core/core.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { ConstantSymbol, FunctionSymbol, Local } from '../typed/typed.ts';
import type { TypeView } from '../types/ground.ts';
import { Frame } from './frame.ts';
import type { ProgramLowering } from './program-lowering.ts';

/** One instance of a declared function. */
export function lowerFunction(
  program: ProgramLowering,
  fn: FunctionSymbol,
  { view, name, self }: { readonly view: TypeView; readonly name: string; readonly self: number },
): CoreFunction {
  const frame = new Frame({ program, view, source: fn.source, name, self });
  const params = declareParams(frame, fn.params);
  const body = frame.lower(fn.body, true);
  return { name, params, result: view.rep(fn.result), body, closure: false };
}

/** A constant is a function without parameters that is called at each use. */
export function lowerConstant(program: ProgramLowering, constant: ConstantSymbol, source: SourceFile): CoreFunction {
  const { value } = constant;
  const name = `${constant.module}$${constant.name}`;
  const frame = new Frame({ program, view: program.view, source, name });
  const body = frame.lower(value);
  return { name, params: [], result: frame.rep(constant.type), body, closure: false };
}

/** Slots for the parameters that are not of type Unit, in their order. */
export function declareParams(frame: Frame, params: readonly Local[]): readonly Slot[] {
  const slots: Slot[] = [];
  for (const param of params) {
    const rep = frame.rep(param.type);
    if (rep !== null) slots.push(frame.declare(param, rep));
  }
  return slots;
}
