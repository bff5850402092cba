import { describe } from 'vitest';

import { runs } from '../../helpers/clarity-program.ts';
import { variant } from '../../helpers/clarity-values.ts';

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('large matches', () => {
  runs(
    'a thousand integers, a thousand strings, a thousand guards',
    `module Wide
export function ints(n: Int64) -> Int64 { match n { ${range(1000)
      .map((i) => `${i} -> ${i * 3}`)
      .join(', ')}, _ -> -1 } }
export function texts(s: String) -> Int64 { match s { ${range(1000)
      .map((i) => `"k${i}" -> ${i}`)
      .join(', ')}, _ -> -1 } }
export function guards(n: Int64) -> Int64 { match n { ${range(1000)
      .map((i) => `k if k * 2 == ${i * 2} -> ${i}`)
      .join(', ')}, _ -> -1 } }`,
    [
      ['ints', [0n], 0n],
      ['ints', [999n], 2997n],
      ['ints', [1000n], -1n],
      ['texts', ['k999'], 999n],
      ['texts', ['k'], -1n],
      ['guards', [998n], 998n],
      ['guards', [-1n], -1n],
    ],
  );
  const variants = range(300);
  runs(
    'a union of 300 variants: all, a few, and pairs of them',
    `module Many
type V = ${variants.map((i) => (i % 3 === 0 ? `| V${i}` : `| V${i}(n: Int64)`)).join(' ')}
type Pair = | Pair(a: V, b: V)
export function all(v: V) -> Int64 { match v { ${variants.map((i) => (i % 3 === 0 ? `V${i} -> ${i}` : `V${i}(n) -> n + ${i}`)).join(', ')} } }
export function few(v: V) -> Int64 { match v { V7(1) -> 1, V299 (n) -> n, V7(2) -> 2, V0 -> 3, _ -> 4 } }
export function pair(p: Pair) -> Int64 { match p { Pair(V1(a), V1(b)) -> a + b, Pair(V2(a), _) -> a, Pair(_, V1(b)) -> b, _ -> -1 } }`,
    [
      ['all', [variant('V297')], 297n],
      ['all', [variant('V298', { n: 1n })], 299n],
      ['few', [variant('V7', { n: 2n })], 2n],
      ['few', [variant('V7', { n: 3n })], 4n],
      ['few', [variant('V299', { n: 8n })], 8n],
      ['few', [variant('V0')], 3n],
      ['few', [variant('V3')], 4n],
      ['pair', [variant('Pair', { a: variant('V1', { n: 1n }), b: variant('V1', { n: 2n }) })], 3n],
      ['pair', [variant('Pair', { a: variant('V1', { n: 1n }), b: variant('V0') })], -1n],
      ['pair', [variant('Pair', { a: variant('V2', { n: 5n }), b: variant('V1', { n: 2n }) })], 5n],
      ['pair', [variant('Pair', { a: variant('V0'), b: variant('V1', { n: 2n }) })], 2n],
    ],
  );
  const fields = range(40);
  const all = (pattern: (i: number) => string) => `W(${fields.map(pattern).join(', ')})`;
  runs(
    'a variant of 40 fields with a pattern on each, in several rows',
    `module Fields
type W = | W(${fields.map((i) => `f${i}: Option<Int64>`).join(', ')})
function w(last: Int64) -> W { ${all((i) => (i === 39 ? 'Some(last)' : 'None'))} }
function m(w: W) -> Int64 { match w { ${all((i) => (i === 39 ? 'Some(1)' : 'None'))} -> 1, ${all((i) => (i === 39 ? 'Some(2)' : 'None'))} -> 2, ${all((i) => (i === 39 ? 'Some(n)' : '_'))} -> n, _ -> -1 } }
export function f(n: Int64) -> Int64 { m(w(n)) }`,
    [
      ['f', [1n], 1n],
      ['f', [2n], 2n],
      ['f', [30n], 30n],
    ],
  );
});
