import { describe, expect, it } from 'vitest';

import { ControllerRig, service } from '../helpers/controller-rig.ts';

const policy = 'apiVersion: clarity.runtime/v1\nkind: Policy\nmetadata: {name: tight}\nspec: {}\n';
const files = { a: service('a', '  policyRef: tight\n'), tight: policy };

describe('a policy that is not seen any more', () => {
  it('is not gone while its source cannot be read completely', async () => {
    const rig = await ControllerRig.start(files);
    await rig.run(1000);
    rig.source.over = { complete: false };
    rig.source.set({ a: undefined, tight: undefined });
    await rig.run(1000);
    expect(rig.condition('a')).toBe('True:Serving');
    rig.source.over = {};
    rig.source.set({ a: files.a });
    await rig.run(1000);
    expect(rig.condition('a')).toBe('False:PolicyNotFound');
    expect(rig.driver.running('a')).toEqual([]);
  });

  it('ends what serves, also where a secret is missing at the same time', async () => {
    const rig = await ControllerRig.start(files);
    await rig.run(1000);
    const env = ', env: [{name: TOKEN, secretRef: "env:TOKEN"}]}';
    rig.source.set({ a: files.a.replace('command: node}', `command: node${env}`), tight: undefined });
    await rig.run(2000);
    expect(rig.condition('a')).toBe('False:PolicyNotFound');
    expect(rig.driver.running('a')).toEqual([]);
    rig.source.set({ tight: policy });
    await rig.run(2000);
    expect(rig.condition('a')).toBe('False:SecretNotFound');
    rig.secrets.set('env:TOKEN', 'x');
    await rig.run(120_000);
    expect(rig.condition('a')).toBe('True:Serving');
  });
});
