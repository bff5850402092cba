import { describe, expect, it } from 'vitest';

import { endInOrder } from '../../src/controller/end-in-order.ts';

type Graph = Readonly<Record<string, readonly string[]>>;

/** The order in which they ended; `dependants`: name -> those that depend on it. */
async function ended(names: readonly string[], dependants: Graph, fails: readonly string[] = []): Promise<string[]> {
  const order: string[] = [];
  await endInOrder(
    names,
    (name) => dependants[name] ?? [],
    async (name) => {
      await Promise.resolve();
      order.push(name);
      if (fails.includes(name)) throw new Error('it does not end');
    },
  );
  return order;
}

describe('the end of a fleet', () => {
  it.each<[string, readonly string[], Graph, string]>([
    ['nobody', [], {}, ''],
    ['each after its dependants', ['a', 'b', 'c'], { a: ['b'], b: ['c'] }, 'c b a'],
    ['not those that are not there', ['a'], { a: ['gone'] }, 'a'],
    ['one that depends on itself', ['a'], { a: ['a'] }, 'a'],
    ['a circle, somebody first', ['a', 'b'], { a: ['b'], b: ['a'] }, 'a b'],
    ['what a circle depends on after it', ['z', 'a', 'b'], { z: ['a', 'b'], a: ['b'], b: ['a'] }, 'a b z'],
    ['one of each circle at once', ['a', 'b', 'c', 'd'], { a: ['b'], b: ['a'], c: ['d'], d: ['c'] }, 'a c b d'],
  ])('ends %s', async (_, names, dependants, order) => {
    expect((await ended(names, dependants)).join(' ')).toBe(order);
  });

  it('goes on where one does not end', async () => {
    expect(await ended(['a', 'b'], { a: ['b'] }, ['b'])).toEqual(['b', 'a']);
  });

  it('knows chains and circles as long as the largest fleet', async () => {
    const names = Array.from({ length: 20_000 }, (_, i) => `s${String(i)}`);
    const chain = Object.fromEntries(names.map((name, i) => [name, [`s${String(i + 1)}`]]));
    expect((await ended(names, chain)).at(-1)).toBe('s0');
    const circle = { ...chain, s19999: ['s0'] };
    expect(await ended(names, circle)).toHaveLength(20_000);
  });
});
