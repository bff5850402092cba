import type { InterfaceFunction } from '../compiler/interface/interface.ts';
import type { Shape } from './marshal/shape.ts';
import type { TypeShapes } from './marshal/type-shapes.ts';

/** A wasm value as JavaScript has it: i64 is bigint, i32 and f64 are number; undefined is none. */
export type WasmValue = number | bigint | undefined;

/** An export as JavaScript sees it. */
export type WasmFunction = (...args: readonly (number | bigint)[]) => WasmValue;

/** An exported function with the shapes of what it takes and gives. */
export interface BoundFunction {
  readonly name: string;
  readonly run: WasmFunction;
  readonly params: readonly { readonly name: string; readonly shape: Shape }[];
  readonly result: Shape;
}

/** Throws `bad-module` for a type that the interface does not explain. */
export function bind(name: string, run: WasmFunction, signature: InterfaceFunction, shapes: TypeShapes): BoundFunction {
  return {
    name,
    run,
    params: signature.params.map((param) => ({ name: param.name, shape: shapes.shapeOf(param.type) })),
    result: shapes.shapeOf(signature.result),
  };
}
