import { canonicalJson } from '../../shared/canonical-json.ts';
import type { ModuleInterface } from './interface.ts';

/** The content of the custom section: canonical JSON in UTF-8; the same interface gives the same bytes. */
export function encodeInterface(description: ModuleInterface): Uint8Array {
  return new TextEncoder().encode(canonicalJson(description));
}
