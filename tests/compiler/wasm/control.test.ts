import { describe, expect, it } from 'vitest';
import type { Core } from '../../../src/compiler/core/core.ts';
import {
  bytesOf,
  call,
  fun,
  get,
  host,
  i32,
  i64,
  leave,
  math,
  program,
  recur,
  run,
  scope,
  seq,
  set,
  slot,
  start,
  switchOn,
  trap,
  when,
} from './harness.ts';

const n = slot('n', 'i64');
const total = slot('total', 'i64');

describe('control flow', () => {
  it('runs a loop in constant stack', () => {
    const done = math('i64.eqz', get(n));
    const next = recur(math('i64.sub', get(n), i64(1)), math('i64.add', get(total), get(n)));
    const body = when('i64', done, get(total), next);
    expect(run(program(fun('sum', [n, total], 'i64', body)), 1_000_000n, 0n)).toBe(500000500000n);
  });

  it('evaluates all new values before it sets the first', () => {
    const [a, b] = [slot('a', 'i64'), slot('b', 'i64')];
    const swap = recur(math('i64.sub', get(n), i64(1)), get(b), get(a));
    const body = when('i64', math('i64.eqz', get(n)), get(a), swap);
    const core = program(fun('swap', [n, a, b], 'i64', body));
    expect([run(core, 3n, 1n, 2n), run(core, 4n, 1n, 2n)]).toEqual([2n, 1n]);
  });

  it('starts again from inside of blocks, in a function without a result', () => {
    const out: bigint[] = [];
    const step = seq([host('print_int', get(n)), recur(math('i64.sub', get(n), i64(1)))]);
    const body = scope(null, 1, seq([when(null, math('i64.eqz', get(n)), leave(1), seq([])), step]));
    start(bytesOf(program(fun('down', [n], null, body))), { print_int: (x) => out.push(x) }).exports.down!(3n);
    expect(out).toEqual([3n, 2n, 1n]);
  });

  it('keeps carried variables, zero at entry', () => {
    const steps = slot('steps', 'i64');
    const next = recur(math('i64.sub', get(n), i64(2)), math('i64.add', get(steps), i64(1)));
    const body = when('i64', math('i64.le_s', get(n), i64(0)), get(steps), next);
    expect(run(program({ ...fun('f', [n], 'i64', body), carried: [steps] }), 10n)).toBe(5n);
  });

  it('takes the arm of the tag, and traps for any other', () => {
    const tag = slot('tag', 'i32');
    const core = program(fun('f', [tag], 'i64', switchOn('i64', get(tag), i64(10), i64(20), i64(30))));
    expect([0, 1, 2].map((t) => run(core, t))).toEqual([10n, 20n, 30n]);
    expect(() => run(core, 3)).toThrow(/unreachable/);
    expect(() => run(core, -1)).toThrow(/unreachable/);
  });

  it('leaves the scope that it names', () => {
    const flag = slot('flag', 'i32');
    const inner = scope('i64', 2, when('i64', get(flag), leave(1, i64(1)), leave(2, i64(2))));
    const body = scope('i64', 1, math('i64.add', inner, i64(100)));
    const core = program(fun('f', [flag], 'i64', body));
    expect([run(core, 1), run(core, 0)]).toEqual([1n, 102n]);
  });

  it('drops values of effects and runs them in order', () => {
    const x = slot('x', 'i64');
    const body = seq([i64(1), set(x, i64(2)), get(x), set(x, math('i64.mul', get(x), get(x)))], get(x));
    expect(run(program(fun('f', [], 'i64', body)))).toBe(4n);
  });

  it('writes a chain of 20,000 else-ifs without deep recursion', () => {
    let body: Core = i64(-1);
    for (let k = 20_000; k > 0; k--) body = when('i64', math('i64.eq', get(n), i64(k)), i64(2 * k), body);
    const core = program(fun('f', [n], 'i64', body));
    expect([run(core, 1n), run(core, 20_000n), run(core, 0n)]).toEqual([2n, 40_000n, -1n]);
  });
});

/** What never returns, in every position where a value or an effect may stand. */
describe('code that never returns', () => {
  const cond = slot('cond', 'i32');
  const never: [string, Core][] = [
    ['trap', trap],
    ['recur', recur(i32(0))],
    ['leave', leave(9, i64(1))],
    ['scope of a trap', scope('i64', 5, trap)],
    ['scope without a value', scope(null, 5, recur(i32(0)))],
    ['if', when('i64', get(cond), trap, leave(9, i64(2)))],
    ['if without a value', when(null, get(cond), trap, recur(i32(0)))],
    ['switch', switchOn('i64', get(cond), trap, leave(9, i64(3)))],
    ['switch without a value', switchOn(null, get(cond), trap, trap)],
    ['empty switch', switchOn('i64', get(cond))],
    ['seq', seq([trap], null)],
    ['seq with a value', seq([trap, i64(1)], i64(1))],
    ['call', call(1, trap)],
    ['condition', when('i64', trap, i64(1), i64(2))],
    ['set', seq([set(slot('y', 'i64'), trap)], i64(1))],
    ['leave of a trap', leave(9, trap)],
    ['tag', switchOn('i64', trap, i64(1))],
  ];
  const x = slot('x', 'i64');
  const around: [string, (node: Core, label: number) => Core][] = [
    ['alone', (node) => node],
    ['left operand', (node) => math('i64.add', node, i64(1))],
    ['right operand', (node) => math('i64.add', i64(1), node)],
    ['effect', (node) => seq([node, i64(3)], i64(4))],
    ['last effect', (node) => seq([math('i64.add', node, i64(1))], i64(1))],
    ['set', (node) => seq([set(x, node)], get(x))],
    ['then', (node) => when('i64', get(cond), node, i64(1))],
    ['else', (node) => when('i64', get(cond), i64(1), node)],
    ['test', (node) => when('i64', math('i64.eqz', node), i64(1), i64(2))],
    ['arm', (node) => switchOn('i64', get(cond), i64(1), node)],
    ['scope', (node, label) => scope('i64', label, node)],
    ['leave', (node, label) => scope('i64', label, leave(label, node))],
    ['argument', (node) => call(1, node)],
    ['host argument', (node) => host('abs_int', node)],
    ['recur', (node) => recur(math('i64.eqz', node))],
    [
      'field',
      (node) => ({
        op: 'load',
        rep: 'i64',
        offset: 0,
        pointer: { op: 'new', size: 8, fields: [{ offset: 0, value: node }] },
      }),
    ],
    [
      'item',
      (node) => ({ op: 'builtin', name: 'list_length', args: [{ op: 'list', element: 'i64', items: [i64(1), node] }] }),
    ],
    ['capture', (node) => math('i64.extend_i32_s', { op: 'closure', fn: 2, captures: [node] })],
    [
      'closure argument',
      (node) => ({
        op: 'invoke',
        params: ['i64'],
        result: 'i64',
        callee: { op: 'closure', fn: 2, captures: [] },
        args: [node],
      }),
    ],
    [
      'index',
      (node) => ({
        op: 'builtin',
        name: 'list_get',
        element: 'i64',
        args: [{ op: 'list', element: 'i64', items: [] }, node],
      }),
    ],
    [
      'list',
      (node) => ({ op: 'builtin', name: 'list_get', element: 'i64', args: [math('i32.wrap_i64', node), i64(0)] }),
    ],
    [
      'part',
      (node) => seq([{ op: 'builtin', name: 'string_concat', args: [math('i32.wrap_i64', node), i32(0)] }], i64(1)),
    ],
    [
      'appended',
      (node) =>
        seq(
          [
            {
              op: 'builtin',
              name: 'list_append',
              element: 'i64',
              args: [{ op: 'list', element: 'i64', items: [] }, node],
            },
          ],
          i64(1),
        ),
    ],
  ];
  const env = slot('env', 'i32');
  const identity = fun('id', [x], 'i64', get(x));
  const closed = fun('closed', [env, x], 'i64', get(x), true);

  it.each(never)('%s validates wherever it stands', (_, node) => {
    for (const [, place] of around) {
      for (const [, outer] of around) {
        const body = scope('i64', 9, outer(place(node, 7), 8));
        start(bytesOf(program(fun('f', [cond], 'i64', body), identity, closed)), { abs_int: (v) => v });
      }
    }
  });

  it('validates where a function has no result', () => {
    for (const [, node] of never) {
      const body = scope('i64', 9, node);
      start(bytesOf(program(fun('f', [cond], null, seq([body, body])), identity, closed)));
    }
  });
});
