import { describe, expect, it } from 'vitest';

import { artifactOf } from '../helpers/artifact-state.ts';
import { ControllerRig, service } from '../helpers/controller-rig.ts';

const REPORT = '  drift: Report\n';
const WASM =
  'apiVersion: clarity.runtime/v1\nkind: MCPService\nmetadata: {name: a, sourceFile: a.clarity}\nspec:\n  drift: Report\n  origin: {type: local_wasm}\n';

describe('drift that is only reported', () => {
  it('is an end of the process: it stays down until somebody restarts it', async () => {
    const rig = await ControllerRig.start({ a: service('a', REPORT) });
    await rig.run(1000);
    rig.driver.crash('a');
    await rig.run(600_000);
    expect(rig.driver.running('a')).toEqual([]);
    expect(rig.condition('a')).toBe('False:Drifted');
    expect(rig.condition('a', 'Synced')).toBe('False:Drifted');
    rig.source.set({ a: service('a', REPORT, ', annotations: {clarity.runtime/restartedAt: "1"}') });
    await rig.run(2000);
    expect(rig.condition('a')).toBe('True:Serving');
  });

  it('is seen as well in a generation that restarted nothing', async () => {
    const rig = await ControllerRig.start({ a: service('a') });
    await rig.run(1000);
    rig.source.set({ a: service('a', REPORT) });
    await rig.run(1000);
    expect(rig.driver.calls.filter((call) => call === 'start a')).toHaveLength(1);
    rig.driver.crash('a');
    await rig.run(60_000);
    expect(rig.driver.running('a')).toEqual([]);
    expect(rig.condition('a')).toBe('False:Drifted');
  });

  it('is a changed artifact: what runs goes on, and a new generation takes it in', async () => {
    const rig = await ControllerRig.start({ a: WASM }, ({ artifacts }) => artifacts.set('a', artifactOf('v1')));
    await rig.run(1000);
    rig.artifacts.set('a', artifactOf('v2'));
    await rig.run(120_000);
    expect(rig.wasm.running('a').map(({ artifact }) => artifact?.hash)).toEqual(['v1']);
    expect(rig.condition('a')).toBe('False:Drifted');
    expect(rig.controller.view.get('a')?.upstream()).toBeDefined();
    rig.source.set({ a: WASM.replace('metadata: {', 'metadata: {annotations: {clarity.runtime/restartedAt: "1"}, ') });
    await rig.run(2000);
    expect(rig.wasm.running('a').map(({ artifact }) => artifact?.hash)).toEqual(['v2']);
    expect(rig.condition('a')).toBe('True:Serving');
  });

  it('is healed where the manifest does not say otherwise', async () => {
    const rig = await ControllerRig.start({ a: service('a') });
    await rig.run(1000);
    rig.driver.crash('a');
    await rig.run(5000);
    expect(rig.condition('a')).toBe('True:Serving');
  });
});
