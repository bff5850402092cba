import { describe, expect, it } from 'vitest';
import { children } from '../../../src/compiler/core/children.ts';
import type { Core, CoreFunction } from '../../../src/compiler/core/core.ts';
import { optimise } from '../../../src/compiler/core/optimise/optimise.ts';
import {
  builtin,
  bytesOf,
  call,
  closure,
  fun,
  get,
  host,
  i64,
  invoke,
  list,
  load,
  math,
  on,
  program,
  record,
  recur,
  seq,
  set,
  slot,
  start,
  text,
  when,
} from '../wasm/harness.ts';

const n = slot('n', 'i64');
const acc = slot('acc', 'i32');
const groups = slot('groups', 'i32');
const append = (xs: Core, x: Core = get(n)): Core => on('i64', 'list_append', xs, x);
const next = math('i64.sub', get(n), i64(1));

/** `go(n, acc, groups)`: counts down; at 0 it gives `acc` and `groups` as a pair. */
function loop(step: Core, ...others: CoreFunction[]) {
  const result = record(8, [0, get(acc)], [4, get(groups)]);
  const body = when('i32', math('i64.eqz', get(n)), result, step);
  return program(fun('go', [n, acc, groups], 'i32', body), ...others);
}
/** The two lists at the end, from `acc = [100]` and `groups = []`; and the bytes that the run took. */
function results(core: ReturnType<typeof loop>, rounds: number) {
  const running = start(bytesOf(core), { abs_int: (value) => value, int_to_string: () => 0 });
  const entry = running.newList('i64', [100n]);
  const before = running.top();
  const at = running.exports.go!(BigInt(rounds), entry, running.newList('i32', [])) as number;
  const view = new DataView(running.memory.buffer);
  const inner = running
    .numbers(view.getInt32(at + 4, true), 'i32')
    .map((each) => running.numbers(each as number, 'i64'));
  expect(running.numbers(entry, 'i64')).toEqual([100n]);
  return { acc: running.numbers(view.getInt32(at, true), 'i64'), groups: inner, bytes: running.top() - before };
}
function growths({ functions }: ReturnType<typeof loop>): number {
  const count = (node: Core): number =>
    children(node).reduce((sum, child) => sum + count(child), node.op === 'grow' ? 1 : 0);
  return functions.reduce((sum, { body }) => sum + count(body), 0);
}
const x = slot('x', 'i32');
const identity = fun('id', [x], 'i32', get(x));
const env = slot('env', 'i32');
const captured = fun('captured', [env], 'i32', load('i32', get(env), 0), true);
const y = slot('y', 'i32');
const keep = (xs: Core): Core => on('i32', 'list_append', get(groups), xs);

/** Name, the step of the loop, how many growths in place it has. */
const steps: [string, Core, number][] = [
  ['append', recur(next, append(get(acc)), get(groups)), 1],
  ['two appends', recur(next, append(append(get(acc)), i64(7)), get(groups)), 2],
  [
    'append of the length so far',
    recur(next, append(append(get(acc)), on('i64', 'list_length', get(acc))), get(groups)),
    2,
  ],
  [
    'append of an element read before',
    recur(next, append(get(acc), on('i64', 'list_get', get(acc), i64(0))), get(groups)),
    1,
  ],
  ['concat', recur(next, on('i64', 'list_concat', get(acc), list('i64', get(n), i64(1))), get(groups)), 2],
  ['set', recur(next, on('i64', 'list_set', get(acc), i64(0), get(n)), get(groups)), 1],
  ['both lists', recur(next, append(get(acc)), on('i32', 'list_append', get(groups), list('i64', get(n)))), 2],
  [
    'append in one branch',
    recur(next, when('i32', math('i64.lt_s', get(n), i64(3)), append(get(acc)), get(acc)), get(groups)),
    1,
  ],
  [
    'reset in one branch',
    recur(next, when('i32', math('i64.eq', get(n), i64(3)), list('i64'), append(get(acc))), get(groups)),
    1,
  ],
  [
    'a let used in two branches',
    seq(
      [set(x, append(get(acc)))],
      when(
        'i32',
        math('i64.lt_s', get(n), i64(3)),
        recur(next, get(x), get(groups)),
        recur(next, get(x), keep(list('i64'))),
      ),
    ),
    3,
  ],
  [
    'a let whose operand has an effect',
    seq(
      [set(x, append(get(acc), host('abs_int', get(n)))), set(y, host('int_to_string', get(n)))],
      recur(next, get(x), get(groups)),
    ),
    1,
  ],
  [
    'a let that grows or not',
    seq(
      [set(x, when('i32', math('i64.lt_s', get(n), i64(3)), append(get(acc), host('abs_int', get(n))), get(acc)))],
      recur(next, get(x), get(groups)),
    ),
    1,
  ],
  [
    'a let that grows or not, behind an effect that must stay behind it',
    seq(
      [set(x, when('i32', math('i64.lt_s', get(n), i64(3)), append(get(acc), host('abs_int', get(n))), get(acc)))],
      recur(math('i64.sub', host('abs_int', get(n)), i64(1)), get(x), get(groups)),
    ),
    0,
  ],
  [
    'a let that grows or not, and is kept',
    seq(
      [set(x, when('i32', math('i64.lt_s', get(n), i64(3)), append(get(acc)), get(acc)))],
      recur(next, get(x), keep(get(x))),
    ),
    1,
  ],
  ['another name', seq([set(x, get(acc))], recur(next, append(get(x)), get(groups))), 1],
  [
    'reset, then the old one is kept',
    when(
      'i32',
      math('i64.eq', get(n), i64(3)),
      recur(next, list('i64', get(n)), keep(get(acc))),
      recur(next, append(get(acc)), get(groups)),
    ),
    2,
  ],
  ['kept and grown', recur(next, append(get(acc)), keep(get(acc))), 1],
  [
    'kept before it grows',
    seq([set(x, record(4, [0, get(acc)]))], recur(next, append(get(acc)), keep(load('i32', get(x), 0)))),
    1,
  ],
  ['kept by a closure', recur(next, append(get(acc)), keep(invoke([], 'i32', closure(2, get(acc))))), 1],
  ['kept by a function', recur(next, append(get(acc)), keep(call(1, get(acc)))), 1],
  [
    'kept by another name',
    seq(
      [set(x, when('i32', math('i64.eqz', get(n)), list('i64'), get(acc)))],
      recur(next, append(get(acc)), keep(get(x))),
    ),
    1,
  ],
  [
    'kept in one branch, the same block goes on',
    when(
      'i32',
      math('i64.eq', get(n), i64(3)),
      recur(next, get(acc), keep(get(acc))),
      recur(next, append(get(acc)), get(groups)),
    ),
    2,
  ],
  [
    'the same block by a function goes on',
    when(
      'i32',
      math('i64.eq', get(n), i64(3)),
      recur(next, call(1, get(acc)), keep(get(acc))),
      recur(next, append(get(acc)), get(groups)),
    ),
    2,
  ],
  ['the tail is kept', recur(next, append(get(acc)), keep(on('i64', 'list_tail', get(acc)))), 1],
  [
    'concat with nothing is kept',
    recur(next, append(get(acc)), keep(on('i64', 'list_concat', list('i64'), get(acc)))),
    1,
  ],
  ['a copy is kept', recur(next, append(get(acc)), keep(append(get(acc), i64(0)))), 2],
  ['itself twice', recur(next, on('i64', 'list_concat', get(acc), get(acc)), get(groups)), 0],
];

describe('accumulators', () => {
  it.each(steps)('%s', (_, step, count) => {
    const plain = loop(step, identity, captured);
    const optimised = optimise(plain);
    for (const rounds of [0, 1, 2, 5, 12]) {
      const { bytes: __, ...expected } = results(plain, rounds);
      expect(results(optimised, rounds)).toMatchObject(expected);
    }
    expect(growths(optimised)).toBe(count);
  });

  it('take memory and time in proportion to what they hold', () => {
    for (const [name, step] of steps.slice(0, 13)) {
      if (name === 'set') continue;
      const { bytes } = results(optimise(loop(step, identity, captured)), 20_000);
      expect([name, bytes < 6_000_000]).toEqual([name, true]);
    }
  });

  it('grow texts', () => {
    const s = slot('s', 'i32');
    const step = recur(next, builtin('string_concat', get(s), text('é'), get(s), text('😀')));
    const plainStep = recur(next, builtin('string_concat', get(s), text('é'), text('😀')));
    for (const [each, rounds, length] of [
      [step, 5n, 125],
      [plainStep, 100_000n, 300_001],
    ] as const) {
      const core = optimise(program(fun('go', [n, s], 'i32', when('i32', math('i64.eqz', get(n)), get(s), each))));
      const { exports, newString, string } = start(bytesOf(core));
      expect(string(exports.go!(rounds, newString('x')))).toHaveLength(length);
    }
  });
});
