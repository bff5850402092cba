import { describe, expect, it } from 'vitest';

import { ControllerRig, service } from '../helpers/controller-rig.ts';

const tools = (rig: ControllerRig) => rig.controller.view.get('a')?.interface.tools.map(({ name }) => name);
const reads = (rig: ControllerRig) => rig.driver.calls.filter((call) => call === 'tools/list a').length;

describe('list_changed', () => {
  it('has the lists read anew, and the gateway told', async () => {
    const rig = await ControllerRig.start({ a: service('a') });
    await rig.run(2000);
    const changes: unknown[] = [];
    rig.controller.view.onChange((change) => changes.push(change));
    rig.driver.of('a').tools = ['echo', 'more'];
    rig.driver.listChanged('a');
    await rig.run(2000);
    expect(tools(rig)).toEqual(['echo', 'more']);
    expect(changes).toEqual([{ identity: 'a', tools: true, resources: false, prompts: false }]);
  });

  it('that comes while the lists are being read is not lost', async () => {
    const rig = await ControllerRig.start({ a: service('a') });
    await rig.run(2000);
    rig.driver.of('a').listMs = 500;
    rig.driver.listChanged('a');
    await rig.run(100);
    rig.driver.listChanged('a');
    await rig.run(5000);
    expect(reads(rig)).toBe(3);
  });

  it('that comes during the very first reading is not lost either', async () => {
    const rig = await ControllerRig.start({ a: service('a') }, ({ driver }) => {
      driver.of('a').listMs = 500;
    });
    await rig.run(300);
    expect(reads(rig)).toBe(1);
    rig.driver.listChanged('a');
    await rig.run(5000);
    expect(reads(rig)).toBe(2);
  });

  it('from a server that answers each reading with another one does not become a storm', async () => {
    const rig = await ControllerRig.start({ a: service('a') });
    await rig.run(2000);
    const before = reads(rig);
    for (let i = 0; i < 200; i++) {
      rig.driver.listChanged('a');
      await rig.run(50);
    }
    expect(reads(rig) - before).toBeLessThan(15);
    expect(rig.condition('a')).toBe('True:Serving');
  });
});
