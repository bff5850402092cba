import { readInterface } from '../compiler/interface/decode.ts';
import type { ModuleInterface } from '../compiler/interface/interface.ts';
import { HostError } from './host-error.ts';
import { outlineOf, type WasmSignature } from './module-outline.ts';

/** What a compiled module is made of; all of it can be passed to another thread. */
export type ModuleParts = Pick<CompiledModule, 'module' | 'description' | 'signatures'>;

/** A module that was compiled by the engine, for many instances. */
export class CompiledModule {
  readonly module: WebAssembly.Module;
  readonly description: ModuleInterface | undefined;
  /** Of the functions that it exports, where they can be read. */
  readonly signatures: ReadonlyMap<string, WasmSignature>;

  /** From its bytes, or from what another thread has compiled. Throws `bad-module`. */
  constructor(source: Uint8Array | ModuleParts) {
    const { module, description, signatures } = source instanceof Uint8Array ? compileNow(source) : source;
    this.module = module;
    this.description = description;
    this.signatures = signatures;
  }

  /** Compiles in threads of the engine. Rejects with `bad-module`. */
  static async compile(wasm: Uint8Array): Promise<CompiledModule> {
    try {
      return new CompiledModule(partsOf(wasm, await WebAssembly.compile(wasm)));
    } catch (error) {
      throw badModule(error);
    }
  }
}

function compileNow(wasm: Uint8Array): ModuleParts {
  try {
    return partsOf(wasm, new WebAssembly.Module(wasm));
  } catch (error) {
    throw badModule(error);
  }
}

function partsOf(wasm: Uint8Array, module: WebAssembly.Module): ModuleParts {
  return { module, description: readInterface(wasm), signatures: outlineOf(wasm)?.exports ?? new Map() };
}

/** The error for what the engine does not take. */
export function badModule(error: unknown): HostError {
  const why = error instanceof Error ? error.message : String(error);
  return new HostError('bad-module', `This is no wasm module that can run here: ${why}`, error);
}
