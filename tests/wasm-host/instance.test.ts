import { describe, expect, it } from 'vitest';
import { classify } from '../../src/wasm-host/classify.ts';
import { ProgramExit } from '../../src/wasm-host/program-exit.ts';
import { record, some } from '../helpers/clarity-values.ts';
import { failure, program } from './rig.ts';

const TRAPS = `module Traps
function down(n: Int64) -> Int64 { 1 + down(n + 1) }
function fill(xs: List<String>, n: Int64) -> List<String> { fill(append(xs, string_repeat("x", 1000) ++ int_to_string(n)), n + 1) }
export function div(n: Int64) -> Int64 { 1 / n }
export function rem(n: Int64) -> Int64 { 1 % n }
export function min(n: Int64) -> Int64 { n / (0 - 1) }
export function first(xs: List<String>) -> String { head(xs) }
export function deep(n: Int64) -> Int64 { down(n) }
export function full(n: Int64) -> Int64 { length(fill([], n)) }
export function whole(x: Float64) -> Int64 { float_to_int(x) }
export effect[FileSystem] function leave(n: Int64) -> Int64 { exit(n); n }
export effect[Network] function fetch(url: String) -> Result<String, String> { http_get(url) }
`;

describe('a call that has no result', () => {
  const instance = program(TRAPS);

  it.each<[string, bigint | number | string | readonly never[], string]>([
    ['div', 0n, 'divide-by-zero'],
    ['rem', 0n, 'remainder-by-zero'],
    ['min', -(2n ** 63n), 'integer-overflow'],
    ['first', [], 'unreachable'],
    ['deep', 0n, 'stack-overflow'],
    ['full', 0n, 'out-of-memory'],
    ['whole', NaN, 'conversion'],
    ['fetch', 'http://a', 'unsupported-import'],
  ])('%s(%s): %s, and the instance can go on', (name, arg, kind) => {
    const { message, ...rest } = failure(() => instance.call(name, [arg]));
    expect(rest).toEqual({ kind });
    expect(message).toMatch(/^[A-Z`].*\.$/);
    expect(instance.call('div', [1n])).toBe(1n);
  });

  it('ends with exit', () => {
    const exit = () => instance.call('leave', [7n]);
    expect(exit).toThrow(ProgramExit);
    expect(exit).toThrow('exit(7)');
  });

  it.each<[string, readonly (bigint | string)[], string, string]>([
    ['div', [], 'bad-argument', '`div(n)` takes 1 argument, and got 0.'],
    ['div', ['x'], 'bad-argument', 'Argument `n` of `div`: The value is "x", where Int64 is expected.'],
    ['none', [], 'unknown-function', 'The module has no function `none`. It has `down`, `fill`, `div`'],
  ])('%s(%s) is the fault of the caller', (name, args, kind, message) => {
    const refused = failure(() => instance.call(name, args));
    expect([refused.kind, refused.message]).toEqual([kind, expect.stringContaining(message)]);
  });
});

describe('anything that is thrown', () => {
  it.each<[unknown, string]>([
    [new WebAssembly.RuntimeError('memory access out of bounds'), 'bad-pointer'],
    [new WebAssembly.RuntimeError('table index is out of bounds'), 'trap'],
    [new RangeError('Invalid string length'), 'out-of-memory'],
    [new TypeError('Cannot convert 5 to a BigInt'), 'bad-argument'],
    [new Error('disk on fire'), 'failed-import'],
    ['text', 'failed-import'],
  ])('%s is an error of our own', (thrown, kind) => expect(classify(thrown)).toMatchObject({ kind }));
});

describe('an instance', () => {
  it('gives back what a call took: memory and maps', () => {
    const instance = program(`module Calls
type Pair = { name: String, at: Option<Int64> }
export function big(text: String) -> String { text ++ text }
export function pair(p: Pair) -> List<Pair> { [p, p] }
export function count(m: Map<String, Int64>, k: String) -> Map<String, Int64> { map_set(m, k, map_size(m)) }
`);
    const text = 'x'.repeat(100_000);
    for (let i = 0; i < 500; i++) instance.call('big', [text]);
    expect(instance.call('big', ['é'])).toBe('éé');
    const one = record({ name: 'a', at: some(1n) });
    expect(instance.call('pair', [one])).toEqual([one, one]);
    for (let i = 0; i < 10_000; i++) instance.call('count', [new Map(), 'k']);
    expect(instance.call('count', [new Map([['a', 5n]]), 'b'])).toEqual(
      new Map([
        ['a', 5n],
        ['b', 1n],
      ]),
    );
  });

  it('stops a program that makes too many maps', () => {
    const text = `module Many
function more(m: Map<Int64, Int64>, i: Int64) -> Int64 { more(map_set(m, i % 10, i), i + 1) }
export function run() -> Int64 { let m: Map<Int64, Int64> = map_new(); more(m, 0) }
`;
    expect(failure(() => program(text, {}, { limits: { mapCells: 10_000 } }).call('run', [])).kind).toBe(
      'out-of-memory',
    );
  });

  it('that was disposed of cannot be called', () => {
    const instance = program(TRAPS);
    instance.call('div', [1n]);
    instance.dispose();
    expect(failure(() => instance.call('div', [1n])).kind).toBe('disposed');
    expect(failure(() => instance.callRaw('div', [1n])).kind).toBe('disposed');
    expect(instance.textAt(0)).toBeUndefined();
  });
});
