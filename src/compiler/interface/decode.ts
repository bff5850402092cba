import type { ModuleInterface } from './interface.ts';
import { INTERFACE_SECTION } from './interface.ts';
import { customSection } from './custom-section.ts';
import { isModuleInterface } from './validate.ts';

/**
 * The interface that a wasm binary carries. Undefined where it has none, or one that is not well formed: the bytes may come from anywhere,
 * and a module without a usable interface can still be run by its wasm signatures. Never throws.
 */
export function readInterface(wasm: Uint8Array): ModuleInterface | undefined {
  const content = customSection(wasm, INTERFACE_SECTION);
  if (content === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch {
    return undefined;
  }
  return isModuleInterface(value) ? value : undefined;
}
