import { importSignature } from '../../../compiler/wasm/imports.ts';
import { ClarityError, errorMessage } from '../../../shared/errors.ts';
import { oneLine } from '../../../shared/text.ts';
import { outlineOf, type ModuleOutline, type WasmSignature } from '../../../wasm-host/module-outline.ts';
import { limitModule } from './limit-module.ts';

/**
 * What there is to know of a module before it may be called (original-findings F: a service that is running, and fails at every call). Compiles
 * and instantiates it once, without running any of it. Rejects with ClarityError ModuleInvalid.
 */
export async function inspectModule(wasm: Uint8Array, memoryPages: number | undefined): Promise<ModuleOutline> {
  const module = await orRefuse(() => WebAssembly.compile(wasm));
  for (const { module: namespace, name, kind } of WebAssembly.Module.imports(module)) {
    if (namespace === 'env' && kind === 'function') continue;
    throw invalid(`it imports the ${kind} ${quoted(`${namespace}.${name}`)}, and only functions of \`env\` are there`);
  }
  const outline = outlineOf(wasm);
  if (outline === undefined) throw invalid('it is made of parts of wasm that Clarity modules do not have');
  checkImports(outline.imports);
  if (outline.hasStart) throw invalid('it runs code when it is loaded (a start section), before any call');
  limitModule(wasm, memoryPages); // throws for what cannot be limited
  const memory = WebAssembly.Module.exports(module).find(({ name }) => name === 'memory');
  if (memory?.kind !== 'memory') throw invalid('it exports no memory named `memory`, so that no value can be passed');
  const functions = outline.imports.map(({ name }) => [name, () => 0] as const);
  await orRefuse(() => new WebAssembly.Instance(module, { env: Object.fromEntries(functions) }));
  return outline;
}

function checkImports(imports: ModuleOutline['imports']): void {
  const unknown = imports.filter(({ name }) => importSignature(name) === undefined);
  if (unknown.length > 0) {
    const names = unknown.slice(0, 20).map(({ name }) => quoted(name));
    const more = unknown.length > names.length ? `, and ${unknown.length - names.length} more` : '';
    throw invalid(`it imports ${names.join(', ')}${more} of \`env\`, which the host does not know`);
  }
  for (const { name, signature } of imports) {
    const wanted = importSignature(name);
    if (wanted === undefined) continue;
    const right = { params: wanted.params, results: wanted.result === null ? [] : [wanted.result] };
    const [have, want] = [signatureText(signature), signatureText(right)];
    if (have !== want) throw invalid(`it imports ${quoted(name)} as ${have}, and the host has it as ${want}`);
  }
}

function signatureText({ params, results }: WasmSignature): string {
  return `(${params.join(', ')}) -> ${results.length === 0 ? 'nothing' : results.join(', ')}`;
}

const quoted = (name: string): string => `\`${oneLine(name, 80)}\``;

async function orRefuse<T>(act: () => T | Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw invalid(oneLine(errorMessage(error), 300), error);
  }
}

function invalid(why: string, cause?: unknown): ClarityError {
  return new ClarityError('ModuleInvalid', `The module cannot be run: ${why}.`, { cause });
}
