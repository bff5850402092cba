import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Catalogs } from '../../src/gateway/catalog/catalogs.ts';
import { GATEWAY_LIMITS } from '../../src/gateway/index.ts';
import { ServedFleet, snapshotOf } from '../helpers/served-fleet.ts';

const tools = (...names: string[]) => snapshotOf({ tools: names.map((name) => ({ name })) });

function routesOf(fleet: ServedFleet): Record<string, string> {
  const { rows } = new Catalogs(fleet, GATEWAY_LIMITS).of({ kind: 'all' })!.lists.tools;
  return Object.fromEntries(rows.map(({ key, route }) => [key, `${route.identity} ${route.upstreamKey}`]));
}

describe('exposed names', () => {
  it('are kept in a table: a__b + c and a + b__c stay two tools', () => {
    const fleet = new ServedFleet();
    fleet.serve('two', tools('c'), { namespace: 'a__b' });
    fleet.serve('one', tools('b__c'), { namespace: 'a' });
    const routes = routesOf(fleet);
    expect(routes.a__b__c).toBe('one b__c');
    expect(Object.entries(routes)).toContainEqual([expect.stringMatching(/^a__b__c_[0-9a-f]{8}$/), 'two c']);
  });

  it('apply renames to the part after the namespace', () => {
    const fleet = new ServedFleet();
    fleet.serve('s', tools('get_x', 'other'), { rename: { get_x: 'x', constructor: 'no' } });
    expect(routesOf(fleet)).toEqual({ s__x: 's get_x', s__other: 's other' });
  });

  it('are cut to 64 characters with a mark that a restart does not change', () => {
    const fleet = new ServedFleet();
    fleet.serve('s', tools('x'.repeat(61), 'y'.repeat(62), 'y'.repeat(63)));
    const routes = routesOf(fleet);
    expect(Object.keys(routes).map((name) => name.length)).toEqual([64, 64, 64]);
    expect(routesOf(fleet)).toEqual(routes);
    expect(Object.keys(routes)[1]).toBe(`s__${'y'.repeat(52)}_5ff90a78`);
  });

  it('have legal characters only, with a mark where one had to go', () => {
    const fleet = new ServedFleet();
    fleet.serve('s', tools('a b', 'a/b', 'a.b-c_D', '\n'));
    expect(Object.entries(routesOf(fleet))).toEqual([
      [expect.stringMatching(/^s__a_b_[0-9a-f]{8}$/), 's a b'],
      [expect.stringMatching(/^s__a_b_[0-9a-f]{8}$/), 's a/b'],
      ['s__a.b-c_D', 's a.b-c_D'],
      [expect.stringMatching(/^s____[0-9a-f]{8}$/), 's \n'],
    ]);
  });

  it('are unique, legal, at most 64 long, lead back to each tool, and do not depend on the order of services', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '_', '__', 'é', '😀', 'x'.repeat(20)), maxLength: 8 });
    const fleetOf = fc.dictionary(fc.stringMatching(/^[a-z](_{0,2}[a-z])?$/), fc.uniqueArray(name, { maxLength: 6 }));
    fc.assert(
      fc.property(fleetOf, (services) => {
        const entries = Object.entries(services);
        const [forth, back] = [entries, entries.toReversed()].map((order) => {
          const fleet = new ServedFleet();
          for (const [namespace, names] of order) fleet.serve(namespace, tools(...names), { namespace });
          return routesOf(fleet);
        });
        expect(forth).toEqual(back);
        expect(Object.values(forth!).sort()).toEqual(
          entries.flatMap(([namespace, names]) => names.map((tool) => `${namespace} ${tool}`)).sort(),
        );
        for (const key of Object.keys(forth!)) expect(key).toMatch(/^[\w.-]{1,64}$/);
      }),
    );
  });
});
