import type { CoreProgram } from '../core/core.ts';
import { optimise } from '../core/optimise/optimise.ts';
import type { ModuleInterface } from '../interface/interface.ts';
import { encodeModule, type EmitResult } from './encode-module.ts';

/** Optimises a Core program and turns it into a wasm module with its interface description: the last stage of the compiler. */
export function emitModule(core: CoreProgram, description: ModuleInterface): EmitResult {
  return encodeModule(optimise(core), description);
}
