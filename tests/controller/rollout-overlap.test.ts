import { describe, expect, it } from 'vitest';

import { ClarityError } from '../../src/shared/errors.ts';
import { RPC, RpcError } from '../../src/shared/json-rpc.ts';
import { artifactOf } from '../helpers/artifact-state.ts';
import { ControllerRig } from '../helpers/controller-rig.ts';

const MANIFEST =
  'apiVersion: clarity.runtime/v1\nkind: MCPService\nmetadata: {name: a, sourceFile: a.clarity}\nspec:\n  origin: {type: local_wasm}\n';

async function running(manifest = MANIFEST): Promise<ControllerRig> {
  const rig = await ControllerRig.start({ a: manifest }, ({ artifacts }) => artifacts.set('a', artifactOf('v1')));
  await rig.run(1000);
  expect(rig.condition('a')).toBe('True:Serving');
  rig.wasm.calls.length = 0;
  return rig;
}

/** Whether the gateway has somebody to send a call to, looked at in every millisecond of the time. */
async function alwaysServed(rig: ControllerRig, ms: number): Promise<boolean> {
  let always = true;
  for (let i = 0; i < ms; i++) {
    await rig.run(1);
    always &&= rig.controller.view.get('a')?.upstream() !== undefined;
  }
  return always;
}

describe('a changed wasm service', () => {
  it('starts beside the old instance, which serves until the new one is introspected', async () => {
    const rig = await running();
    rig.artifacts.set('a', artifactOf('v2'));
    expect(await alwaysServed(rig, 400)).toBe(true);
    expect(rig.wasm.calls).toEqual(['start a', 'tools/list a', 'stop a']);
    expect(rig.wasm.running('a').map(({ artifact }) => artifact?.hash)).toEqual(['v2']);
    expect(rig.condition('a')).toBe('True:Serving');
  });

  it('keeps the old instance where the new one cannot start, and says so', async () => {
    const rig = await running();
    rig.wasm.of('a').startError = new ClarityError('StartFailed', 'it imports foo');
    rig.artifacts.set('a', artifactOf('v2'));
    expect(await alwaysServed(rig, 3000)).toBe(true);
    expect(rig.wasm.running('a').map(({ artifact }) => artifact?.hash)).toEqual(['v1']);
    expect(rig.condition('a')).not.toContain('True');
    expect(rig.entry('a').status?.lifecycle).toBe('RUNNING');
    delete rig.wasm.of('a').startError;
    rig.artifacts.set('a', artifactOf('v3'));
    expect(await alwaysServed(rig, 3000)).toBe(true);
    expect(rig.wasm.running('a').map(({ artifact }) => artifact?.hash)).toEqual(['v3']);
  });

  it('keeps it, too, where the lists of the new one cannot be read', async () => {
    const rig = await running();
    rig.wasm.of('a').listError = new RpcError(RPC.internalError, 'no');
    rig.artifacts.set('a', artifactOf('v2'));
    expect(await alwaysServed(rig, 1500)).toBe(true);
    delete rig.wasm.of('a').listError;
    expect(await alwaysServed(rig, 20_000)).toBe(true);
    expect(rig.condition('a')).toBe('True:Serving');
    expect(rig.wasm.running('a').map(({ artifact }) => artifact?.hash)).toEqual(['v2']);
  });

  it('that changes again meanwhile ends with the last one', async () => {
    const rig = await running();
    for (const hash of ['v2', 'v3', 'v4']) {
      rig.artifacts.set('a', artifactOf(hash));
      expect(await alwaysServed(rig, 60)).toBe(true);
    }
    expect(await alwaysServed(rig, 1000)).toBe(true);
    expect(rig.wasm.running('a').map(({ artifact }) => artifact?.hash)).toEqual(['v4']);
  });

  it('is stopped first where its strategy is Recreate', async () => {
    const rig = await running(`${MANIFEST}  rollout: {strategy: Recreate}\n`);
    rig.artifacts.set('a', artifactOf('v2'));
    await rig.run(1000);
    expect(rig.wasm.calls).toEqual(['stop a', 'start a', 'tools/list a']);
  });
});
