import { BUILTIN_TOOLS } from '../../src/gateway/builtin/registry.ts';

const OWN = new Set<string>(BUILTIN_TOOLS.map(({ name }) => name));

/** Of what /mcp lists, the tools of services: those of the runtime stand before them. */
export function ofServices<T extends { readonly name: string }>(tools: readonly T[]): readonly T[] {
  return tools.filter(({ name }) => !OWN.has(name));
}
