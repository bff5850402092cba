import { describe, expect, it } from 'vitest';

import { ControllerRig, service } from '../helpers/controller-rig.ts';

const secret = (spec = '', labels = '') =>
  service('a', spec, labels).replace('command: node', 'command: node, env: [{name: T, secretRef: "env:T"}]');

describe('a secret', () => {
  it('that is missing holds back a start; once it is there, reconcile starts it', async () => {
    const rig = await ControllerRig.start({ a: secret() });
    await rig.run(1000);
    expect(rig.condition('a', 'Stalled')).toBe('True:SecretNotFound');
    rig.secrets.set('env:T', 'x');
    rig.controller.requestReconcile('a', false);
    await rig.run(1000);
    expect(rig.condition('a')).toBe('True:Serving');
  });

  it('that changes replaces the instance at the next look', async () => {
    const rig = await ControllerRig.start({ a: secret() }, ({ secrets }) => secrets.set('env:T', 'x'));
    await rig.run(1000);
    rig.secrets.set('env:T', 'y');
    await rig.run(70_000);
    expect(rig.driver.calls.filter((call) => call === 'start a')).toHaveLength(2);
    expect(rig.condition('a')).toBe('True:Serving');
  });

  it('that vanishes stops nothing, and hides no other news of the service', async () => {
    const rig = await ControllerRig.start({ a: secret() }, ({ secrets }) => secrets.set('env:T', 'x'));
    await rig.run(1000);
    rig.secrets.clear();
    await rig.run(70_000);
    expect(rig.condition('a')).toBe('True:Serving');
    rig.source.set({ a: secret('', ', displayName: Other') });
    await rig.run(1000);
    expect(rig.controller.view.get('a')?.displayName).toBe('Other');
    expect(rig.entry('a').desired?.manifest.metadata.displayName).toBe('Other');
    rig.source.over = { complete: false, condition: { reason: 'SourceMissing', message: 'gone' } };
    rig.source.set({ a: undefined });
    await rig.run(1000);
    expect(rig.condition('a', 'Synced')).toBe('False:SourceMissing');
    expect(rig.condition('a')).toBe('True:Serving');
  });
});
