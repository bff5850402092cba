import { readInterface } from '../compiler/interface/decode.ts';
import type { ModuleInterface } from '../compiler/interface/interface.ts';
import { HostError } from './host-error.ts';

/** A module that was compiled by the engine, for many instances. */
export class CompiledModule {
  readonly module: WebAssembly.Module;
  readonly description: ModuleInterface | undefined;

  /** Throws `bad-module`. */
  constructor(wasm: Uint8Array) {
    try {
      this.module = new WebAssembly.Module(wasm);
    } catch (error) {
      throw badModule(error);
    }
    this.description = readInterface(wasm);
  }
}

/** The error for what the engine does not take. */
export function badModule(error: unknown): HostError {
  const why = error instanceof Error ? error.message : String(error);
  return new HostError('bad-module', `This is no wasm module that can run here: ${why}`, error);
}
