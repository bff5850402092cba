import { describe, expect, it } from 'vitest';

import { compileText, findings } from '../../helpers/clarity-compile.ts';
import { rejects } from '../../helpers/clarity-program.ts';

describe('what only an instance shows', () => {
  rejects(
    'equality of functions in generic code',
    'compare-type',
    2,
    `module A
function same<T>(a: T, b: T) -> Bool { a == b }
export function ok() -> Bool { same(1, 2) }
export function f() -> Bool { same(|n: Int64| n, |n: Int64| n + 1) }`,
  );
  rejects(
    'equality of records that hold a map',
    'compare-type',
    3,
    `module A
type R<T> = { m: List<Option<T>> }
function same<T>(a: R<T>, b: R<T>) -> Bool { a != b }
export function f(m: Map<String, Int64>) -> Bool { same({ m: [Some(m)] }, { m: [] }) }`,
  );
  rejects(
    'order of Bool in generic code',
    'compare-type',
    2,
    `module A
function less<T>(a: T, b: T) -> Bool { a < b }
export function f() -> Bool { less(1, 2) and less(True, False) }`,
  );
  rejects(
    'recursion that needs a new type at each level',
    'too-large',
    2,
    `module A
function grow<T>(n: Int64, x: T) -> Int64 { match n { 0 -> 0, _ -> grow(n - 1, [x]) } }
export function f(n: Int64) -> Int64 { grow(n, 1) }`,
  );
  rejects(
    'types that double at each level',
    'too-large',
    3,
    `module A
type P<A, B> = { a: A, b: B }
function grow<A, B>(n: Int64, a: A, b: B) -> Int64 { match n { 0 -> 0, _ -> grow(n - 1, { a: a, b: b }, { a: b, b: a }) + grow(n - 1, [a], b) } }
export function f(n: Int64) -> Int64 { grow(n, 1, "") }`,
  );
  rejects(
    'equality of a type that grows in its own definition',
    'too-large',
    4,
    `module A
type Pair<T> = { a: T, b: T }
type Nest<T> = | End | More(value: T, rest: Nest<Pair<T>>)
export function f(a: Nest<Int64>, b: Nest<Int64>) -> Bool { a == b }`,
  );
  rejects(
    'a record as the key of a map in generic code',
    'map-key',
    4,
    `module A
type R = { n: Int64 }
function entries<K, V>(xs: List<K>, v: V) -> Int64 {
  map_size(map_set(map_new(), head(xs), v))
}
export function f() -> Int64 { entries([1], "") + entries([{ n: 1 }], "") }`,
  );
  rejects(
    'a function of the entry file with the name of the exported memory',
    'duplicate-definition',
    2,
    `module A
export function memory() -> Int64 { 1 }`,
  );

  it('is reported once for each place, however many instances have it', () => {
    const result = compileText(`module A
function same<T>(a: T, b: T) -> Bool { a == b or b == a }
export function f() -> Bool { same(|n: Int64| n, |n: Int64| n) and same(|s: String| s, |s: String| s) }`);
    expect(findings(result)).toHaveLength(2);
  });
});
