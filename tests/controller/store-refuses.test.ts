import { expect, it } from 'vitest';

import { ControllerRig, service } from '../helpers/controller-rig.ts';

it('a store that refuses to forget a deleted service is asked again', async () => {
  const rig = await ControllerRig.start({ a: service('a') });
  await rig.run(1000);
  rig.store.refuses = true;
  rig.source.set({ a: undefined });
  await rig.run(2000);
  expect(rig.store.rows.has('a')).toBe(true);
  rig.store.refuses = false;
  await rig.run(60_000);
  expect(rig.store.rows.has('a')).toBe(false);
  expect(rig.controller.fleet.entries.has('a')).toBe(false);
});
