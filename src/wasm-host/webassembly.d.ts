/**
 * What the host uses of the WebAssembly JavaScript interface. The compiler's `lib` has it in `DOM` only, and this project has no DOM; Node
 * has it as a global.
 */
declare namespace WebAssembly {
  type ExternalKind = 'function' | 'table' | 'memory' | 'global' | 'tag';

  /** Compiled code; nothing of it is seen. */
  type Module = object;
  const Module: {
    new (bytes: ArrayBufferView | ArrayBuffer): Module;
    imports(module: Module): { module: string; name: string; kind: ExternalKind }[];
    exports(module: Module): { name: string; kind: ExternalKind }[];
  };

  /** Beside the thread that asks; rejects with CompileError. */
  function compile(bytes: ArrayBufferView | ArrayBuffer): Promise<Module>;
  function validate(bytes: ArrayBufferView | ArrayBuffer): boolean;

  class Instance {
    constructor(module: Module, imports?: Readonly<Record<string, Readonly<Record<string, unknown>>>>);
    readonly exports: Readonly<Record<string, unknown>>;
  }

  class Memory {
    constructor(limits: { initial: number; maximum?: number });
    readonly buffer: ArrayBuffer;
    /** Adds pages of 64 KiB, gives the number there was before; RangeError where there is no room. */
    grow(pages: number): number;
  }

  class Global {
    constructor(type: { value: 'i32' | 'i64' | 'f32' | 'f64'; mutable?: boolean }, value: unknown);
    readonly value: unknown;
  }

  class RuntimeError extends Error {}
  class CompileError extends Error {}
  class LinkError extends Error {}
}
