import type { ModuleInterface } from './interface.ts';

/** The content of the custom section: JSON in UTF-8, its members in the order in which `describeInterface` makes them: the same program gives the same bytes. */
export function encodeInterface(description: ModuleInterface): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(description));
}
