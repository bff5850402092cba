import type { WasmFunction } from './bound-function.ts';
import { classify } from './classify.ts';
import { CompiledModule, badModule } from './compiled-module.ts';
import type { HostEnvironment } from './environment.ts';
import { HostError } from './host-error.ts';
import { Host } from './host.ts';
import { importObject } from './imports/import-object.ts';
import type { ImportGroup } from './imports/import-group.ts';
import { Instance } from './instance.ts';
import { DEFAULT_LIMITS, type HostLimits } from './limits.ts';

export interface InstantiateOptions {
  /** Groups beside the host's own; a later one replaces functions of an earlier one, and of the host. */
  readonly imports?: readonly ImportGroup[];
  readonly limits?: Partial<HostLimits>;
}

/**
 * Makes an instance of a wasm module, from its bytes or compiled before. Throws `bad-module` for what is no module, or needs more than the
 * functions of `env`; imports that are not offered throw when they are called.
 */
export function instantiate(
  wasm: Uint8Array | CompiledModule,
  environment: HostEnvironment,
  options: InstantiateOptions = {},
): Instance {
  const compiled = wasm instanceof CompiledModule ? wasm : new CompiledModule(wasm);
  const { module } = compiled;
  const host = new Host(environment, { ...DEFAULT_LIMITS, ...options.limits });
  const imports = importObject(module, host, options.imports ?? []);
  const { exports } = link(module, imports);
  if (!(exports['memory'] instanceof WebAssembly.Memory)) {
    throw new HostError('bad-module', 'The module exports no memory named `memory`, so that no value can be passed.');
  }
  host.memory.bind(exports['memory'], heapBase(exports['__heap_base']));
  const functions = new Map<string, WasmFunction>();
  for (const [name, value] of Object.entries(exports)) {
    if (typeof value === 'function') functions.set(name, value as WasmFunction);
  }
  return new Instance(host, functions, compiled);
}

function link(module: WebAssembly.Module, imports: ReturnType<typeof importObject>): WebAssembly.Instance {
  try {
    return new WebAssembly.Instance(module, imports);
  } catch (error) {
    // A start function may trap; Clarity modules have none.
    throw error instanceof WebAssembly.LinkError ? badModule(error) : classify(error);
  }
}

/** The export may be a global or a number; undefined means that the module does not say. */
function heapBase(exported: unknown): number | undefined {
  const value = exported instanceof WebAssembly.Global ? exported.value : exported;
  return typeof value === 'number' ? value >>> 0 : undefined;
}
