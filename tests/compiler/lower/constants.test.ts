import { describe } from 'vitest';

import { runs } from '../../helpers/clarity-program.ts';
import { record } from '../../helpers/clarity-values.ts';

describe('constants', () => {
  runs(
    'literals, computed values, each other, structures and functions',
    `module Consts
type P = { x: Int64, name: String }
const N: Int64 = 6;
const LOW: Int64 = -9223372036854775808;
const MINUS: Float64 = -0.5;
const TEXT: String = "a" ++ "b";
const TWICE: Int64 = N * 2;
const P0: P = { name: TEXT, x: TWICE };
const ADD: (Int64) -> Int64 = |n: Int64| n + N;
const EMPTY: List<P> = [];
function double(n: Int64) -> Int64 { n * 2 }
const CALLED: Int64 = double(N);
export function ints() -> List<Int64> { [N, TWICE, CALLED, LOW] }
export function float() -> Float64 { MINUS }
export function text() -> String { "<\${TEXT}>" }
export function point() -> P { P0 }
export function add(n: Int64) -> Int64 { ADD(n) + length(EMPTY) }
export function shadow(N: Int64) -> Int64 { let TWICE = N; TWICE }`,
    [
      ['ints', [], [6n, 12n, 12n, -(2n ** 63n)]],
      ['float', [], -0.5],
      ['text', [], '<ab>'],
      ['point', [], record({ x: 12n, name: 'ab' })],
      ['add', [1n], 7n],
      ['shadow', [3n], 3n],
    ],
  );
});
