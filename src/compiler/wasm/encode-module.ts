import type { CoreProgram } from '../core/core.ts';
import { encodeInterface } from '../interface/encode.ts';
import { INTERFACE_SECTION, type ModuleInterface } from '../interface/interface.ts';
import { FunctionEmitter } from './function-emitter.ts';
import * as limits from './limits.ts';
import { linkModule, type EmittedFunction } from './link-module.ts';
import { ModuleBuilder } from './module-builder.ts';

/** The module, or in one sentence what of the program is larger than wasm engines or the memory of the ABI take. */
export type EmitResult = { readonly wasm: Uint8Array } | { readonly tooLarge: string };

/**
 * Turns a Core program as it is into a wasm module (abi.md §1-§5, §7) with the interface description as custom section. The same program gives
 * the same bytes; imports and runtime functions are only those that the code uses. Throws for a malformed program only: a bug of a stage before.
 */
export function encodeModule(core: CoreProgram, description: ModuleInterface): EmitResult {
  const module = new ModuleBuilder(core);
  const functions: EmittedFunction[] = [];
  for (const fn of core.functions) {
    const code = new FunctionEmitter(fn, module);
    code.emit(fn.body);
    const reps = fn.params.map(({ rep }) => rep);
    functions.push({ name: fn.name, type: module.types.index(reps, fn.result), code });
  }
  for (const { fn, code } of module.buildRuntime()) {
    functions.push({ name: fn.name, type: module.types.index(fn.params, fn.result), code });
  }
  const tooLarge = excess(module, functions);
  if (tooLarge !== undefined) return { tooLarge };
  const content = encodeInterface(description);
  return { wasm: linkModule(module, functions, { section: INTERFACE_SECTION, content }) };
}

/** The first limit that is exceeded, as a sentence. */
function excess(module: ModuleBuilder, functions: readonly EmittedFunction[]): string | undefined {
  const { core, table, data } = module;
  if (data.heapBase > limits.MAX_PAGES * limits.PAGE) {
    return `The literals of the program take ${data.heapBase} bytes; its whole memory is ${limits.MAX_PAGES * limits.PAGE} bytes.`;
  }
  const counts: readonly (readonly [number, number, string])[] = [
    [functions.length, limits.MAX_FUNCTIONS, 'functions'],
    [core.exports.length, limits.MAX_EXPORTS, 'exported functions'],
    [table.length, limits.MAX_TABLE, 'function values'],
  ];
  for (const [count, most, what] of counts) {
    if (count > most) return `The program has ${count} ${what}; a wasm module takes at most ${most}.`;
  }
  for (const [at, { name, code }] of functions.entries()) {
    const params = core.functions[at]?.params.length ?? 0;
    if (params > limits.MAX_PARAMS) {
      return `\`${name}\` has ${params} parameters; a wasm function takes at most ${limits.MAX_PARAMS}.`;
    }
    if (params + code.locals.length > limits.MAX_LOCALS)
      return `\`${name}\` has more than ${limits.MAX_LOCALS} variables.`;
    // Each gap grows to an index of at most four bytes.
    if (code.code.length + 4 * code.gaps.length > limits.MAX_BODY)
      return `The body of \`${name}\` is too long for wasm engines.`;
  }
  return undefined;
}
