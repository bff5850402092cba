import { describe, expect, it } from 'vitest';
import {
  bytesOf,
  call,
  closure,
  f64,
  fun,
  get,
  i32,
  i64,
  invoke,
  list,
  load,
  math,
  program,
  record,
  run,
  seq,
  slot,
  start,
  text,
} from './harness.ts';

const n = slot('n', 'i64');
const env = slot('env', 'i32');

describe('blocks', () => {
  it('stores fields where they belong', () => {
    const made = record(24, [0, i32(1)], [8, get(n)], [16, f64(2.5)]);
    const p = slot('p', 'i32');
    const body = seq(
      [{ op: 'set', slot: p, value: made }],
      math('i64.add', load('i64', get(p), 8), math('i64.extend_i32_s', load('i32', get(p), 0))),
    );
    expect(run(program(fun('f', [n], 'i64', body)), 41n)).toBe(42n);
  });

  it('lays constant blocks down once and allocates nothing for them', () => {
    const pair = () =>
      record(16, [0, i32(1)], [8, record(12, [0, text('a')], [4, list('i64', i64(1), i64(2))], [8, closure(1)])]);
    const id = fun('id', [env, n], 'i64', get(n), true);
    const running = start(bytesOf(program(fun('a', [], 'i32', pair()), id, fun('b', [], 'i32', pair()))));
    const before = running.top();
    expect(running.exports.a!()).toBe(running.exports.b!());
    expect(running.top()).toBe(before);
    const view = new DataView(running.memory.buffer);
    const inner = view.getUint32((running.exports.a!() as number) + 8, true);
    expect(running.string(view.getUint32(inner, true))).toBe('a');
    expect(running.numbers(view.getUint32(inner + 4, true), 'i64')).toEqual([1n, 2n]);
  });

  it('tells -0 and 0, and equal bytes of other shapes, apart only where bytes differ', () => {
    const floats = list('f64', f64(-0), f64(0), f64(NaN));
    const running = start(bytesOf(program(fun('f', [], 'i32', floats))));
    expect(running.numbers(running.exports.f!(), 'f64')).toEqual([-0, 0, NaN]);
  });

  it('nests allocations', () => {
    const body = list('i32', list('i64', get(n)), list('i64', math('i64.add', get(n), i64(1)), get(n)));
    const running = start(bytesOf(program(fun('f', [n], 'i32', body))));
    const [a, b] = running.numbers(running.exports.f!(5n), 'i32') as number[];
    expect([running.numbers(a!, 'i64'), running.numbers(b!, 'i64')]).toEqual([[5n], [6n, 5n]]);
  });

  it('calls closures with and without captures', () => {
    const x = slot('x', 'i64');
    const add = fun('add', [env, x], 'i64', math('i64.add', get(x), load('i64', get(env), 8)), true);
    const twice = fun('twice', [env, x], 'i64', math('i64.mul', get(x), i64(2)), true);
    const body = invoke(['i64'], 'i64', closure(1, i32(7), get(n)), invoke(['i64'], 'i64', closure(2), i64(4)));
    expect(run(program(fun('f', [n], 'i64', body), add, twice), 30n)).toBe(38n);
  });

  it('runs a closure as a loop: the environment stays', () => {
    const x = slot('x', 'i64');
    const done = math('i64.ge_s', get(x), load('i64', get(env), 0));
    const loop = fun(
      'loop',
      [env, x],
      'i64',
      {
        op: 'if',
        rep: 'i64',
        test: done,
        then: get(x),
        else: { op: 'recur', args: [math('i64.add', get(x), i64(3))] },
      },
      true,
    );
    expect(run(program(fun('f', [n], 'i64', invoke(['i64'], 'i64', closure(1, get(n)), i64(0))), loop), 10n)).toBe(12n);
  });

  it('has a table for a call even when nothing can be called', () => {
    expect(() => run(program(fun('f', [], 'i64', invoke([], 'i64', i32(0)))))).toThrow(/table|index|undefined/i);
  });

  it('traps on a closure of another type', () => {
    const id = fun('id', [env, n], 'i64', get(n), true);
    expect(() => run(program(fun('f', [], null, invoke([], null, closure(1))), id))).toThrow(/signature/);
  });

  it('calls functions before and behind', () => {
    const core = program(
      fun('f', [n], 'i64', call(1, call(1, get(n)))),
      fun('g', [n], 'i64', math('i64.mul', get(n), get(n))),
    );
    expect(run(core, 3n)).toBe(81n);
  });
});
