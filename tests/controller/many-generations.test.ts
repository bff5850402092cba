import { expect, it } from 'vitest';

import type { HistoryEntry } from '../../src/reconcile/ports.ts';
import { ControllerRig, FakeStore, service } from '../helpers/controller-rig.ts';

/** Writes the history only when it is told to. */
class SlowStore extends FakeStore {
  readonly asked: string[] = [];
  #answers: (() => void)[] = [];

  override async addHistory(entry: HistoryEntry): Promise<void> {
    this.asked.push(entry.identity);
    await new Promise<void>((resolve) => this.#answers.push(resolve));
    await super.addHistory(entry);
  }

  answer(): void {
    for (const resolve of this.#answers.splice(0)) resolve();
  }
}

it('thousands of new generations are written down batch by batch, and each service is looked at only then', async () => {
  const store = new SlowStore();
  const names = Array.from({ length: 250 }, (_, i) => `s-${String(i)}`);
  const rig = await ControllerRig.start(Object.fromEntries(names.map((n) => [n, service(n)])), () => undefined, store);
  for (const count of [100, 200, 250]) {
    await rig.run(0);
    expect(store.asked).toEqual(names.slice(0, count));
    const looked = names.filter((name) => rig.entry(name).status !== undefined);
    expect(looked).toEqual(names.slice(0, count));
    store.answer();
  }
  await rig.run(0);
  expect(store.entries.map(({ identity }) => identity)).toEqual(names);
});

it('a document that changes before its first generation is written down is looked at once, as it is then', async () => {
  const store = new SlowStore();
  const names = Array.from({ length: 150 }, (_, i) => `s-${String(i)}`);
  const rig = await ControllerRig.start(Object.fromEntries(names.map((n) => [n, service(n)])), () => undefined, store);
  rig.source.set({ 's-149': service('s-149', '  enabled: false\n') });
  for (let i = 0; i < 3; i++) {
    await rig.run(0);
    store.answer();
  }
  await rig.run(1000);
  expect(rig.condition('s-149')).toBe('False:Stopped');
  expect(rig.driver.observe('s-149')).toEqual([]);
  expect(store.history('s-149').map(({ generation }) => generation)).toEqual([1, 2]);
});
