import fc from 'fast-check';
import { expect, it } from 'vitest';

import { findCycles } from '../../src/reconcile/dependencies.ts';

const paths = (graph: Record<string, string[]>) =>
  Object.fromEntries(
    [...findCycles(new Map(Object.entries(graph)))].map(([id, { message }]) => [id, message.split(': ')[1]]),
  );

it.each<[string, Record<string, string[]>, Record<string, string>]>([
  ['none', { a: ['b'], b: ['c'] }, {}],
  ['itself', { a: ['a'] }, { a: 'a -> a' }],
  ['two', { a: ['b'], b: ['a'] }, { a: 'a -> b -> a', b: 'b -> a -> b' }],
  [
    'who only leads into a circle is no member',
    { x: ['a'], a: ['b'], b: ['a', 'y'] },
    { a: 'a -> b -> a', b: 'b -> a -> b' },
  ],
  [
    'the shortest way back',
    { a: ['b', 'c'], b: ['c'], c: ['a'] },
    { a: 'a -> c -> a', b: 'b -> c -> a -> b', c: 'c -> a -> c' },
  ],
])('circles of dependencies: %s', (_what, graph, expected) => {
  expect(paths(graph)).toEqual(expected);
});

it('finds exactly those that can be reached from themselves, by a path that exists', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const graphs = fc.record(Object.fromEntries(names.map((name) => [name, fc.subarray(names, { maxLength: 3 })])));
  fc.assert(
    fc.property(graphs, (graph) => {
      const reached = (from: string): Set<string> => {
        const seen = new Set<string>();
        const queue = [...(graph[from] ?? [])];
        for (const at of queue) if (!seen.has(at)) queue.push(...(seen.add(at), graph[at] ?? []));
        return seen;
      };
      const found = paths(graph);
      expect(Object.keys(found).sort()).toEqual(names.filter((name) => reached(name).has(name)));
      for (const path of Object.values(found)) {
        const steps = path?.split(' -> ') ?? [];
        steps.slice(1).forEach((to, i) => expect(graph[steps[i] ?? '']).toContain(to));
      }
    }),
  );
});

it('takes a chain as long as a large fleet', () => {
  const chain = new Map(Array.from({ length: 20_000 }, (_, i) => [`s${String(i)}`, [`s${String((i + 1) % 20_000)}`]]));
  expect(findCycles(new Map([...chain].slice(0, -1))).size).toBe(0);
});
