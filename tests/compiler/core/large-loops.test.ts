import { describe, expect, it } from 'vitest';
import type { Core } from '../../../src/compiler/core/core.ts';
import { optimise } from '../../../src/compiler/core/optimise/optimise.ts';
import { bytesOf, fun, get, i64, math, on, program, recur, run, seq, set, slot, when } from '../wasm/harness.ts';

const n = slot('n', 'i64');
const xs = slot('xs', 'i32');
const less = math('i64.sub', get(n), i64(1));
const append = (of: Core, item: Core): Core => on('i64', 'list_append', of, item);
const length = on('i64', 'list_length', get(xs));
const count = (body: Core) =>
  run(optimise(program(fun('go', [n, xs], 'i64', body), fun('start', [n], 'i64', get(n)))), 3n, 1024);

describe('loops of any size', () => {
  it('with 20,000 branches', () => {
    let body: Core = length;
    for (let k = 20_000; k > 0; k--) {
      body = when('i64', math('i64.eq', get(n), i64(k)), recur(less, append(get(xs), i64(k))), body);
    }
    expect(count(body)).toBe(3n);
  });

  it('with 20,000 steps in one round', () => {
    let grown: Core = get(xs);
    const lets: Core[] = [];
    for (let k = 0; k < 20_000; k++) {
      const next = slot(`x${k}`, 'i32');
      lets.push(set(next, k % 2 === 0 ? append(grown, get(n)) : on('i64', 'list_tail', grown)));
      grown = get(next);
    }
    const body = when('i64', math('i64.eqz', get(n)), length, seq(lets, recur(less, grown)));
    expect(bytesOf(optimise(program(fun('go', [n, xs], 'i64', body)))).length).toBeGreaterThan(100_000);
  });

  it('with 1,000 branches of 20 lists each', () => {
    const lists = Array.from({ length: 20 }, (_, k) => slot(`l${k}`, 'i32'));
    let body: Core = get(n);
    for (let k = 0; k < 900; k++) {
      const grown = lists.map((each, at) => (at === k % 20 ? append(get(each), get(n)) : get(each)));
      body = when('i64', math('i64.eq', get(n), i64(k)), recur(less, ...grown), body);
    }
    const core = optimise(program(fun('go', [n, ...lists], 'i64', body)));
    expect(core.functions[0]?.carried).toHaveLength(16);
    expect(bytesOf(core).length).toBeGreaterThan(10_000);
  });
});
