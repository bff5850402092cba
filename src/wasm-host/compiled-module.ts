import { readInterface } from '../compiler/interface/decode.ts';
import type { ModuleInterface } from '../compiler/interface/interface.ts';
import { HostError } from './host-error.ts';
import { outlineOf, type WasmSignature } from './module-outline.ts';

/** A module that was compiled by the engine, for many instances. */
export class CompiledModule {
  readonly module: WebAssembly.Module;
  readonly description: ModuleInterface | undefined;
  /** Of the functions that it exports, where they can be read. */
  readonly signatures: ReadonlyMap<string, WasmSignature>;

  /** Throws `bad-module`. */
  constructor(wasm: Uint8Array) {
    try {
      this.module = new WebAssembly.Module(wasm);
    } catch (error) {
      throw badModule(error);
    }
    this.description = readInterface(wasm);
    this.signatures = outlineOf(wasm)?.exports ?? new Map();
  }
}

/** The error for what the engine does not take. */
export function badModule(error: unknown): HostError {
  const why = error instanceof Error ? error.message : String(error);
  return new HostError('bad-module', `This is no wasm module that can run here: ${why}`, error);
}
