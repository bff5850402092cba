import type { Core, CoreFunction, Slot } from '../core/core.ts';
import type { Ground } from '../types/ground.ts';
import { call, choose, get, i64, math } from './build.ts';
import type { BuiltinLowering, BuiltinUse } from './builtin-use.ts';

/**
 * The builtins of maps: host functions by the static types of key and value (abi.md §2.6). The host knows keys that are String or 64 bits
 * wide, and values of 32 or 64 bits. A Bool key is 0 or 1; a Float64, key or value, is its bits. As a key -0.0 is 0.0, which it equals, and
 * NaN is found by its bits, so that it can be taken out again.
 */
export const MAP_BUILTINS: readonly (readonly [string, BuiltinLowering])[] = [
  ['map_has', (use) => onHost(`map_has_${keyForm(use)}`, keyed(use))],
  ['map_get', (use) => onHost(`map_get_${keyForm(use)}_${valueForm(use)}`, keyed(use))],
  ['map_set', (use) => onHost(`map_set_${keyForm(use)}_${valueForm(use)}`, keyed(use))],
  ['map_remove', (use) => onHost(`map_remove_${keyForm(use)}`, keyed(use))],
  ['map_keys', lowerKeys],
  ['map_values', (use) => onHost(`map_values_${valueForm(use)}`, use.args)],
];

function onHost(name: string, args: readonly Core[]): Core {
  return { op: 'import', name, args };
}

/** Reports a key that the host could not tell from another one. */
function keyForm({ frame, types: [key], span }: BuiltinUse): 'str' | 'i64' {
  if (key !== undefined && !isKey(key)) {
    frame.program.report(
      'map-key',
      { source: frame.source, span },
      `\`${key.name}\` cannot be the key of a Map.`,
      frame.withOrigin(
        'Use a key of type `String`, `Int64`, `Float64`, `Bool` or `Timestamp`, such as an id of the value.',
      ),
    );
  }
  return scalarName(key) === 'String' ? 'str' : 'i64';
}

function valueForm({ types: [, value] }: BuiltinUse): 'i32' | 'i64' {
  return value?.rep === 'i64' || value?.rep === 'f64' ? 'i64' : 'i32';
}

/** The arguments (map, key) or (map, key, value) as the host takes them. */
function keyed({ types: [keyType, valueType], args: [map, key, value] }: BuiltinUse): readonly Core[] {
  const args: Core[] = [];
  if (map !== undefined) args.push(map);
  if (key !== undefined) args.push(keyBits(keyType, key));
  if (value !== undefined) args.push(valueType?.rep === 'f64' ? math('i64.reinterpret_f64', value) : value);
  return args;
}

function keyBits(type: Ground | undefined, key: Core): Core {
  if (type?.rep === 'f64') return math('i64.reinterpret_f64', math('f64.add', key, { op: 'f64', value: 0 }));
  return scalarName(type) === 'Bool' ? math('i64.extend_i32_s', key) : key;
}

/** Elements of 64 bits are right for Float64 keys, too; those of Bool keys are made narrow. */
function lowerKeys(use: BuiltinUse): Core {
  const keys = onHost(`map_keys_${keyForm(use)}`, use.args);
  if (scalarName(use.types[0]) !== 'Bool') return keys;
  const narrow = use.frame.program.once('narrow keys', narrowList);
  return call(narrow, [keys, i64(0n), { op: 'list', element: 'i32', items: [] }]);
}

/** (wide: list of i64, from: i64, narrow: list of i32): `narrow` and the elements of `wide` behind it, from the index `from`. */
function narrowList(): CoreFunction {
  const wide: Slot = { name: 'wide', rep: 'i32' };
  const from: Slot = { name: 'from', rep: 'i64' };
  const narrow: Slot = { name: 'narrow', rep: 'i32' };
  const length: Core = { op: 'builtin', name: 'list_length', args: [get(wide)] };
  const element: Core = { op: 'builtin', name: 'list_get', element: 'i64', args: [get(wide), get(from)] };
  const longer: Core = {
    op: 'builtin',
    name: 'list_append',
    element: 'i32',
    args: [get(narrow), math('i32.wrap_i64', element)],
  };
  const next: Core = { op: 'recur', args: [get(wide), math('i64.add', get(from), i64(1n)), longer] };
  const body = choose('i32', math('i64.lt_s', get(from), length), next, get(narrow));
  return { name: 'map_keys$Bool', params: [wide, from, narrow], result: 'i32', body, closure: false };
}

function isKey(type: Ground): boolean {
  return type.rep === 'i64' || type.rep === 'f64' || scalarName(type) === 'Bool' || scalarName(type) === 'String';
}

function scalarName(type: Ground | undefined): string | undefined {
  return type?.con?.kind === 'scalar' ? type.con.name : undefined;
}
