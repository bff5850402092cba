import type { Core, CoreFunction, CoreProgram, MathOp, Rep, Slot } from '../../../src/compiler/core/core.ts';
import type { ModuleInterface } from '../../../src/compiler/interface/interface.ts';
import { encodeModule } from '../../../src/compiler/wasm/encode-module.ts';

/** Node types know no WebAssembly. */
export const Wasm = (globalThis as any).WebAssembly;

export const DESCRIPTION: ModuleInterface = { version: 1, module: 'Test', functions: [], types: [] };

export const slot = (name: string, rep: Rep): Slot => ({ name, rep });
export const get = (s: Slot): Core => ({ op: 'get', slot: s });
export const set = (s: Slot, value: Core): Core => ({ op: 'set', slot: s, value });
export const i32 = (value: number): Core => ({ op: 'i32', value });
export const i64 = (value: bigint | number): Core => ({ op: 'i64', value: BigInt(value) });
export const f64 = (value: number): Core => ({ op: 'f64', value });
export const text = (value: string): Core => ({ op: 'text', value });
export const math = (name: MathOp, ...args: Core[]): Core => ({ op: 'math', name, args });
export const seq = (effects: Core[], value: Core | null = null): Core => ({ op: 'seq', effects, value });
export const when = (rep: Rep | null, test: Core, then: Core, otherwise: Core): Core => ({
  op: 'if',
  rep,
  test,
  then,
  else: otherwise,
});
export const recur = (...args: Core[]): Core => ({ op: 'recur', args });
export const leave = (label: number, value: Core | null = null): Core => ({ op: 'leave', label, value });
export const scope = (rep: Rep | null, label: number, body: Core): Core => ({ op: 'scope', rep, label, body });
export const switchOn = (rep: Rep | null, tag: Core, ...arms: Core[]): Core => ({ op: 'switch', rep, tag, arms });
export const trap: Core = { op: 'trap' };
export const call = (fn: number, ...args: Core[]): Core => ({ op: 'call', fn, args });
export const host = (name: string, ...args: Core[]): Core => ({ op: 'import', name, args });
export const list = (element: Rep, ...items: Core[]): Core => ({ op: 'list', element, items });
export const record = (size: number, ...fields: [number, Core][]): Core => ({
  op: 'new',
  size,
  fields: fields.map(([offset, value]) => ({ offset, value })),
});
export const load = (rep: Rep, pointer: Core, offset: number): Core => ({ op: 'load', rep, pointer, offset });
export const closure = (fn: number, ...captures: Core[]): Core => ({ op: 'closure', fn, captures });
export const invoke = (params: Rep[], result: Rep | null, callee: Core, ...args: Core[]): Core => ({
  op: 'invoke',
  params,
  result,
  callee,
  args,
});
type Builtin = Extract<Core, { op: 'builtin' }>['name'];
export const builtin = (name: Builtin, ...args: Core[]): Core => ({ op: 'builtin', name, args });
/** A list operation on 64-bit integers, unless another element is given. */
export const on = (element: Rep, name: Builtin, ...args: Core[]): Core => ({ op: 'builtin', name, element, args });

export const fun = (name: string, params: Slot[], result: Rep | null, body: Core, closed = false): CoreFunction => ({
  name,
  params,
  result,
  body,
  closure: closed,
});

/** A program that exports all its functions but the closures. */
export function program(...functions: CoreFunction[]): CoreProgram {
  const exports = functions.flatMap(({ name, closure: closed }, fn) => (closed ? [] : [{ name, fn }]));
  return { functions, exports };
}

export function bytesOf(core: CoreProgram): Uint8Array {
  const result = encodeModule(core, DESCRIPTION);
  if ('tooLarge' in result) throw new Error(result.tooLarge);
  return result.wasm;
}

export interface Running {
  readonly exports: Record<string, (...args: any[]) => any>;
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly heapBase: number;
  /** First free address. */
  top(): number;
  string(pointer: number): string;
  numbers(pointer: number, element: Rep): (number | bigint)[];
  newString(value: string): number;
  newList(element: Rep, items: readonly (number | bigint)[]): number;
}

/** Instantiates with the smallest host there can be: `__alloc` that bumps, and what `extra` adds. */
export function start(wasm: Uint8Array, extra: Record<string, (...args: any[]) => any> = {}): Running {
  let top = 0;
  const alloc = (size: number): number => {
    const at = (top + 7) & ~7;
    top = at + size;
    const { memory } = instance.exports;
    const missing = Math.ceil((top - memory.buffer.byteLength) / 65536);
    if (size < 0) throw new RangeError('negative size');
    if (missing > 0) memory.grow(missing);
    return at;
  };
  const env = { __alloc: alloc, f64_rem: (a: number, b: number) => a % b, ...extra };
  const instance = new Wasm.Instance(new Wasm.Module(wasm), { env });
  const { memory, __heap_base: base } = instance.exports;
  top = base.value;
  const view = (): DataView => new DataView(memory.buffer);
  const bits = { i32: 'Int32', i64: 'BigInt64', f64: 'Float64' } as const;
  const stride = (element: Rep): number => (element === 'i32' ? 4 : 8);
  return {
    exports: instance.exports,
    memory,
    heapBase: base.value,
    top: () => top,
    string: (at) => new TextDecoder().decode(new Uint8Array(memory.buffer, at + 4, view().getUint32(at, true))),
    numbers: (at, element) =>
      Array.from({ length: view().getInt32(at, true) }, (_, k) =>
        view()[`get${bits[element]}`](at + 4 + k * stride(element), true),
      ),
    newString: (value) => {
      const bytes = new TextEncoder().encode(value);
      const at = alloc(4 + bytes.length);
      view().setUint32(at, bytes.length, true);
      new Uint8Array(memory.buffer).set(bytes, at + 4);
      return at;
    },
    newList: (element, items) => {
      const at = alloc(4 + items.length * stride(element));
      view().setInt32(at, items.length, true);
      for (const [k, item] of items.entries()) {
        (view()[`set${bits[element]}`] as any)(at + 4 + k * stride(element), item, true);
      }
      return at;
    },
  };
}

/** Runs the first function of a program. */
export function run(core: CoreProgram, ...args: any[]): any {
  return start(bytesOf(core)).exports[core.functions[0]!.name]!(...args);
}
