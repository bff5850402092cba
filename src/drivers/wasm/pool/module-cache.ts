import { CompiledModule } from '../../../wasm-host/compiled-module.ts';
import type { Program } from '../program.ts';

const KEPT = 64;

/** Compiled modules of the programs that were called last. */
export class ModuleCache {
  readonly #modules = new Map<number, CompiledModule>();
  readonly #pending = new Map<number, Promise<CompiledModule>>();

  /** The module, where it is there. */
  get(key: number): CompiledModule | undefined {
    const module = this.#modules.get(key);
    if (module !== undefined) this.#keep(key, module);
    return module;
  }

  /** Reads and compiles it; callers that come meanwhile wait for the same. Rejects where it cannot be read, or is no module. */
  load(key: number, program: Program): Promise<CompiledModule> {
    let pending = this.#pending.get(key);
    if (pending === undefined) {
      pending = this.#compile(key, program);
      this.#pending.set(key, pending);
    }
    return pending;
  }

  drop(key: number): void {
    this.#modules.delete(key);
  }

  async #compile(key: number, program: Program): Promise<CompiledModule> {
    try {
      const module = await CompiledModule.compile(await program.wasm());
      this.#keep(key, module);
      return module;
    } finally {
      this.#pending.delete(key);
    }
  }

  #keep(key: number, module: CompiledModule): void {
    this.#modules.delete(key);
    this.#modules.set(key, module);
    const [oldest] = this.#modules.keys();
    if (this.#modules.size > KEPT && oldest !== undefined) this.#modules.delete(oldest);
  }
}
