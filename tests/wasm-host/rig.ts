import type { HostEnvironment } from '../../src/wasm-host/environment.ts';
import { HostError } from '../../src/wasm-host/host-error.ts';
import { Host } from '../../src/wasm-host/host.ts';
import { OwnImports } from '../../src/wasm-host/imports/own-imports.ts';
import { instantiate, type InstantiateOptions } from '../../src/wasm-host/instantiate.ts';
import type { Instance } from '../../src/wasm-host/instance.ts';
import { DEFAULT_LIMITS, type HostLimits } from '../../src/wasm-host/limits.ts';
import { compileText, wasmOf } from '../helpers/clarity-compile.ts';

/** A host on a bare memory of 1 to 4 pages. */
export function bareHost(environment: HostEnvironment = {}, limits: Partial<HostLimits> = {}): Host {
  const host = new Host(environment, { ...DEFAULT_LIMITS, ...limits });
  host.memory.bind(new WebAssembly.Memory({ initial: 1, maximum: 4 }));
  return host;
}

/** Calls imports of a host by their names, text as text. */
export function importsOf(host: Host) {
  const own = new OwnImports(host);
  const raw = (name: string, ...args: readonly unknown[]): unknown => {
    const run = (own.setWith(name) as Record<string, (...all: readonly unknown[]) => unknown>)[name]!;
    return run(...args.map((arg) => (typeof arg === 'string' ? host.memory.writeText(arg) : arg)));
  };
  const { memory } = host;
  const text = (name: string, ...args: readonly unknown[]) => memory.text(raw(name, ...args) as number);
  const texts = (list: number) =>
    Array.from({ length: memory.readI32(list) }, (_, i) => memory.text(memory.readI32(list + 4 + 4 * i)));
  /** The content of an Option at a pointer, read by `read`; undefined is None. */
  const option = <T>(pointer: number, read: (address: number) => T): T | undefined =>
    memory.readI32(pointer) === 0 ? read(pointer + 8) : undefined;
  const optionText = (name: string, ...args: readonly unknown[]) =>
    option(raw(name, ...args) as number, (at) => memory.text(memory.readI32(at)));
  return { raw, text, texts, option, optionText };
}

/** An instance of a Clarity program. */
export function program(text: string, environment: HostEnvironment = {}, options: InstantiateOptions = {}): Instance {
  return instantiate(wasmOf(compileText(text)), environment, options);
}

/** Kind and message of what `act` throws, which must be an error of the host. */
export function failure(act: () => unknown): { readonly kind: string; readonly message: string } {
  try {
    act();
  } catch (error) {
    if (error instanceof HostError) return { kind: error.kind, message: error.message };
    throw error;
  }
  throw new Error('nothing was thrown');
}
