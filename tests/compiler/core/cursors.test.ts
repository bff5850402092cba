import { describe, expect, it } from 'vitest';
import type { Core, CoreProgram } from '../../../src/compiler/core/core.ts';
import { optimise } from '../../../src/compiler/core/optimise/optimise.ts';
import {
  bytesOf,
  call,
  fun,
  get,
  i64,
  list,
  math,
  on,
  program,
  recur,
  seq,
  set,
  slot,
  start,
  when,
} from '../wasm/harness.ts';

const xs = slot('xs', 'i32');
const sum = slot('sum', 'i64');
const rest = slot('rest', 'i32');
const x = slot('x', 'i32');
const tail = (of: Core): Core => on('i64', 'list_tail', of);
const at = (of: Core, index: Core): Core => on('i64', 'list_get', of, index);
const length = (of: Core): Core => on('i64', 'list_length', of);
const plus = (a: Core, b: Core): Core => math('i64.add', a, b);
const head = at(get(xs), i64(0));

/** `go(xs, sum)`: until the list is empty; `f` (1) adds up the first two elements of a list, `id` (2) gives it back. */
function loop(step: Core, done = math('i64.eqz', length(get(xs)))): CoreProgram {
  return program(
    fun('go', [xs, sum], 'i64', when('i64', done, get(sum), step)),
    fun('f', [x], 'i64', plus(at(get(x), i64(0)), at(get(x), i64(1)))),
    fun('id', [x], 'i32', get(x)),
  );
}
function result(core: CoreProgram, items: bigint[]) {
  const running = start(bytesOf(core));
  const entry = running.newList('i64', items);
  const before = running.top();
  const value = running.exports.go!(entry, 0n) as bigint;
  expect(running.numbers(entry, 'i64')).toEqual(items);
  return { value, bytes: running.top() - before };
}

/** Name, step, whether a long list takes no memory. */
const steps: [string, Core, boolean][] = [
  ['head and tail', recur(tail(get(xs)), plus(get(sum), head)), true],
  ['another element', recur(tail(get(xs)), plus(get(sum), at(get(xs), i64(2)))), true],
  [
    'an element by a computed index',
    recur(tail(get(xs)), plus(get(sum), at(get(xs), math('i64.sub', length(get(xs)), i64(1))))),
    true,
  ],
  [
    'a negative index',
    recur(tail(get(xs)), plus(get(sum), at(get(xs), math('i64.sub', length(get(xs)), plus(length(get(xs)), i64(1)))))),
    true,
  ],
  ['an index beyond all', recur(tail(get(xs)), plus(get(sum), at(get(xs), i64(2n ** 62n)))), true],
  ['the length', recur(tail(get(xs)), plus(get(sum), length(get(xs)))), true],
  ['two at a time', recur(tail(tail(get(xs))), plus(get(sum), head)), true],
  ['the tail in a let', seq([set(rest, tail(get(xs)))], recur(get(rest), plus(get(sum), head))), true],
  [
    'the tail in a let, for two branches and its length',
    seq(
      [set(rest, tail(get(xs)))],
      when(
        'i64',
        math('i64.gt_s', length(get(rest)), i64(3)),
        recur(get(rest), plus(get(sum), at(get(rest), i64(0)))),
        recur(get(rest), get(sum)),
      ),
    ),
    true,
  ],
  [
    'a let of a let',
    seq([set(rest, tail(get(xs))), set(x, tail(get(rest)))], recur(get(x), plus(at(get(rest), i64(0)), get(sum)))),
    true,
  ],
  ['another name', seq([set(x, get(xs))], recur(tail(get(x)), plus(get(sum), at(get(x), i64(0))))), true],
  [
    'the list where it ends',
    when(
      'i64',
      math('i64.lt_s', length(get(xs)), i64(3)),
      plus(call(1, get(xs)), get(sum)),
      recur(tail(get(xs)), get(sum)),
    ),
    true,
  ],
  ['passed on', recur(tail(get(xs)), plus(get(sum), call(1, get(xs)))), false],
  ['the tail passed on', recur(tail(get(xs)), plus(get(sum), call(1, tail(get(xs))))), false],
  [
    'passed on where it stays',
    when(
      'i64',
      math('i64.lt_s', get(sum), i64(50)),
      recur(get(xs), plus(plus(get(sum), i64(9)), call(1, get(xs)))),
      recur(tail(get(xs)), get(sum)),
    ),
    false,
  ],
  ['passed on twice', recur(tail(get(xs)), plus(call(1, get(xs)), plus(get(sum), call(1, get(xs))))), false],
  [
    'another list instead',
    when(
      'i64',
      math('i64.eq', head, i64(5)),
      recur(list('i64', i64(70), i64(80)), plus(get(sum), call(1, get(xs)))),
      recur(tail(get(xs)), plus(get(sum), head)),
    ),
    true,
  ],
  [
    'the tail by a function',
    when(
      'i64',
      math('i64.eq', head, i64(5)),
      recur(call(2, tail(get(xs))), get(sum)),
      recur(tail(get(xs)), plus(get(sum), head)),
    ),
    true,
  ],
];

describe('cursors', () => {
  it.each(steps)('%s', (_, step, cheap) => {
    const plain = loop(step);
    const optimised = optimise(plain);
    for (const items of [[], [1n], [1n, 2n], [3n, 4n, 5n], [1n, 2n, 3n, 4n, 5n, 6n, 7n]]) {
      expect(result(optimised, items).value).toBe(result(plain, items).value);
    }
    const long = Array.from({ length: 700 }, (__, k) => BigInt(k) + 6n);
    const { value, bytes } = result(optimised, long);
    const before = result(plain, long);
    expect(value).toBe(before.value);
    expect(bytes).toBeLessThanOrEqual(cheap ? 64 : before.bytes);
  });

  it('stays at the end: the tail of an empty list is empty', () => {
    const done = math('i64.lt_s', i64(9), get(sum));
    const core = loop(recur(tail(get(xs)), plus(plus(get(sum), i64(1)), length(get(xs)))), done);
    for (const items of [[], [1n], [1n, 2n, 3n]])
      expect(result(optimise(core), items)).toMatchObject({ value: result(core, items).value });
  });

  it('two lists at once', () => {
    const ys = slot('ys', 'i32');
    const left = recur(tail(get(xs)), get(ys), plus(get(sum), head));
    const right = recur(get(xs), tail(get(ys)), math('i64.sub', get(sum), at(get(ys), i64(0))));
    const step = when('i64', math('i64.lt_s', length(get(xs)), length(get(ys))), right, left);
    const body = when('i64', math('i64.eqz', plus(length(get(xs)), length(get(ys)))), get(sum), step);
    const core = program(fun('go', [xs, ys, sum], 'i64', body));
    const run = (of: CoreProgram) => {
      const { exports, newList, top } = start(bytesOf(of));
      const lists = [newList('i64', [1n, 2n, 3n]), newList('i64', [10n, 20n, 30n, 40n])];
      const before = top();
      return [exports.go!(...lists, 0n), top() - before];
    };
    expect(run(optimise(core))).toEqual([run(core)[0], 0]);
  });
});
