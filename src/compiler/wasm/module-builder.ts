import type { CoreProgram, Rep } from '../core/core.ts';
import { FunctionCode, type FunctionRef } from './function-code.ts';
import { importSignature, type ImportSignature } from './imports.ts';
import { StaticData } from './static-data.ts';
import { TypeTable } from './type-table.ts';

/** A function that the emitter writes itself: lists and strings, on demand. */
export interface RuntimeFunction {
  /** For the name section; equal names are one function. */
  readonly name: string;
  readonly params: readonly Rep[];
  readonly result: Rep | null;
  readonly build: (code: FunctionCode, module: ModuleBuilder) => void;
}

export interface UsedImport {
  readonly name: string;
  readonly type: number;
  readonly signature: ImportSignature;
  readonly ref: FunctionRef;
}

/** What the functions of a module share while they are emitted: types, imports, runtime functions, data and the table. */
export class ModuleBuilder {
  readonly core: CoreProgram;
  readonly types = new TypeTable();
  readonly data: StaticData;
  /** Ids of the functions in the table, by their index in it. */
  readonly table: readonly number[];
  /** Index in the table of a function with `closure: true`. */
  readonly tableIndex: (fn: number) => number;
  /** Set by the first call through the table. */
  callsTable = false;
  readonly #imports = new Map<string, UsedImport>();
  readonly #runtime = new Map<string, { readonly fn: RuntimeFunction; readonly ref: FunctionRef }>();

  constructor(core: CoreProgram) {
    this.core = core;
    const table: number[] = [];
    const indexOf = new Map<number, number>();
    core.functions.forEach(({ closure }, fn) => {
      if (closure) indexOf.set(fn, table.push(fn) - 1);
    });
    this.table = table;
    this.tableIndex = (fn) => known(indexOf.get(fn), `closure of function ${fn}`);
    this.data = new StaticData(this.tableIndex);
  }

  /** Imports in the order of their first use. */
  imports(): readonly UsedImport[] {
    return [...this.#imports.values()];
  }

  import(name: string): UsedImport {
    const used = this.#imports.get(name);
    if (used !== undefined) return used;
    const signature = known(importSignature(name), `import ${name}`);
    const type = this.types.index(signature.params, signature.result);
    const made = { name, type, signature, ref: -1 - this.#imports.size };
    this.#imports.set(name, made);
    return made;
  }

  /** The place of a runtime function; it becomes part of the module. */
  runtime(fn: RuntimeFunction): FunctionRef {
    const used = this.#runtime.get(fn.name);
    if (used !== undefined) return used.ref;
    const ref = this.core.functions.length + this.#runtime.size;
    this.#runtime.set(fn.name, { fn, ref });
    return ref;
  }

  /** The runtime functions that are used, with their code, in the order of their places. Building one may add others. */
  *buildRuntime(): Generator<{ readonly fn: RuntimeFunction; readonly code: FunctionCode }> {
    for (const { fn } of this.#runtime.values()) {
      const code = new FunctionCode(fn.params.length, fn.result);
      fn.build(code, this);
      yield { fn, code };
    }
  }
}

/** What the Core language promises (a function id, an import of the ABI, a slot that fits): to miss it is a bug of the lowering. */
function known<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Error(`malformed core program: no ${what}`);
  return found;
}
