import { describe } from 'vitest';

import { runs, trap } from '../../helpers/clarity-program.ts';

describe('elements out of range', () => {
  runs(
    'give zero for scalars and trap for all else',
    `module Access
type R = { n: Int64 }
function at<T>(xs: List<T>, i: Int64) -> T { nth(xs, i) }
function first<T>(xs: List<T>) -> T { head(xs) }
export function int(i: Int64) -> Int64 { at([7], i) }
export function float(i: Int64) -> Float64 { at([7.5], i) }
export function bool(i: Int64) -> Bool { at([True], i) }
export function time(i: Int64) -> Int64 { timestamp_to_int(at([timestamp_from_int(3)], i)) }
export function text(i: Int64) -> String { at(["a", "b"], i) }
export function record(i: Int64) -> Int64 { at([{ n: 4 }], i).n }
export function list(i: Int64) -> Int64 { length(at([[1]], i)) }
export function map(i: Int64) -> Int64 { map_size(at([map_set(map_new(), 1, 1)], i)) }
export function call(i: Int64) -> Int64 { at([|n: Int64| n], i)(2) }
export function heads() -> Int64 { head(tail([1])) }
export function empty() -> String { first(tail(["a"])) }
export function direct(xs: List<String>) -> String { head(xs) ++ nth(xs, 1) }`,
    [
      ['int', [0n], 7n],
      ['int', [1n], 0n],
      ['int', [-1n], 0n],
      ['float', [5n], 0],
      ['bool', [5n], false],
      ['time', [5n], 0n],
      ['text', [1n], 'b'],
      ['text', [2n], trap('unreachable')],
      ['text', [-1n], trap('unreachable')],
      ['text', [4294967296n], trap('unreachable')],
      ['record', [0n], 4n],
      ['record', [1n], trap('unreachable')],
      ['list', [1n], trap('unreachable')],
      ['map', [0n], 1n],
      ['map', [1n], trap('unreachable')],
      ['call', [0n], 2n],
      ['call', [1n], trap('unreachable')],
      ['heads', [], 0n],
      ['empty', [], trap('unreachable')],
      ['direct', [['a', 'b']], 'ab'],
      ['direct', [['a']], trap('unreachable')],
    ],
  );
});
