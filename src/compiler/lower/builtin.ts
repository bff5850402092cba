import type { Core } from '../core/core.ts';
import { importSignature } from '../wasm/imports.ts';
import { TRAP } from './build.ts';
import type { BuiltinLowering, BuiltinUse } from './builtin-use.ts';
import { LIST_BUILTINS } from './list-builtin.ts';
import { MAP_BUILTINS } from './map-builtin.ts';

const LOWERINGS: ReadonlyMap<string, BuiltinLowering> = new Map<string, BuiltinLowering>([
  ...LIST_BUILTINS,
  ...MAP_BUILTINS,
  ['string_eq', ({ args }) => ({ op: 'builtin', name: 'string_eq', args })],
  ['string_concat', ({ args }) => ({ op: 'builtin', name: 'string_concat', args })],
]);

/** A builtin applied to its arguments (abi.md §7). */
export function lowerBuiltin(use: BuiltinUse): Core {
  const { builtin, args } = use;
  const special = LOWERINGS.get(builtin.name);
  if (special !== undefined) return special(use);
  return importSignature(builtin.name) === undefined ? TRAP : { op: 'import', name: builtin.name, args };
}
