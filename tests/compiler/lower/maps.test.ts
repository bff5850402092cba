import { describe } from 'vitest';

import { runs } from '../../helpers/clarity-program.ts';
import { none, some } from '../../helpers/clarity-values.ts';

/** For a type of keys and one of values: a program that uses every map builtin, with two keys and two values of them. */
const program = (
  key: string,
  value: string,
  keys: readonly [string, string],
  values: readonly [string, string],
) => `module Maps
function base() -> Map<${key}, ${value}> { map_set(map_set(map_new(), ${keys[0]}, ${values[0]}), ${keys[1]}, ${values[1]}) }
export function get() -> Option<${value}> { map_get(base(), ${keys[1]}) }
export function gone() -> Option<${value}> { map_get(map_remove(base(), ${keys[0]}), ${keys[0]}) }
export function has() -> List<Bool> { let m = map_remove(base(), ${keys[1]}); [map_has(m, ${keys[0]}), map_has(m, ${keys[1]})] }
export function keys() -> List<${key}> { map_keys(base()) }
export function values() -> List<${value}> { map_values(map_set(base(), ${keys[0]}, ${values[1]})) }
export function size() -> Int64 { map_size(base()) }`;

const KEYS = [
  ['String', ['"a"', '"b"'], ['a', 'b']],
  ['Int64', ['1', '-9'], [1n, -9n]],
  ['Bool', ['True', 'False'], [true, false]],
  ['Float64', ['0.5', '2.0'], [0.5, 2]],
  ['Timestamp', ['timestamp_from_int(7)', 'timestamp_from_int(8)'], [7n, 8n]],
] as const;
const VALUES = [
  ['Int64', ['10', '20'], [10n, 20n]],
  ['Float64', ['1.5', '-2.5'], [1.5, -2.5]],
  ['Bool', ['False', 'True'], [false, true]],
  ['String', ['"x"', '"y"'], ['x', 'y']],
  ['List<Int64>', ['[1]', '[2, 3]'], [[1n], [2n, 3n]]],
  ['Option<Int64>', ['None', 'Some(4)'], [none, some(4n)]],
] as const;

describe('maps', () => {
  for (const [key, keyTexts, keys] of KEYS) {
    for (const [value, valueTexts, values] of VALUES) {
      runs(`Map<${key}, ${value}>`, program(key, value, keyTexts, valueTexts), [
        ['get', [], some(values[1])],
        ['gone', [], none],
        ['has', [], [true, false]],
        ['keys', [], [...keys]],
        ['values', [], [values[1], values[1]]],
        ['size', [], 2n],
      ]);
    }
  }
  runs(
    'Float64 keys: both zeros are one key, NaN finds itself',
    `module FloatKeys
export function zero() -> Option<Int64> { map_get(map_set(map_new(), 0.0 * (0.0 - 1.0), 1), 0.0) }
export function nan() -> Bool { let n = sqrt(0.0 - 1.0); map_has(map_set(map_new(), n, 1), n) }`,
    [
      ['zero', [], some(1n)],
      ['nan', [], true],
    ],
  );
  runs(
    'Unit values, functions as values, map builtins as values and in generic code',
    `module Odd
function put<K, V>(m: Map<K, V>, k: K, v: V) -> Map<K, V> { map_set(m, k, v) }
export function units() -> Int64 { map_size(put(map_new(), "a", {})) + length(map_values(put(map_new(), 1, {}))) }
export function unit() -> Bool { match map_get(put(map_new(), "a", {}), "a") { Some(_) -> True, None -> False } }
export function functions() -> Int64 { match map_get(put(map_new(), "f", |n: Int64| n + 1), "f") { Some(f) -> f(1), None -> 0 } }
export function value() -> Bool { let has: (Map<Bool, Float64>, Bool) -> Bool = map_has; has(put(map_new(), True, 1.5), True) }`,
    [
      ['units', [], 2n],
      ['unit', [], true],
      ['functions', [], 2n],
      ['value', [], true],
    ],
  );
});
