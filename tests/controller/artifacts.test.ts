import { describe, expect, it } from 'vitest';

import { viewOf } from '../../src/runtime/service-view.ts';
import { artifactOf, brokenArtifact } from '../helpers/artifact-state.ts';
import { ControllerRig } from '../helpers/controller-rig.ts';

const manifest = (spec = '') =>
  `apiVersion: clarity.runtime/v1\nkind: MCPService\nmetadata: {name: a, sourceFile: a.clarity}\nspec:\n  origin: {type: local_wasm}\n${spec}`;
const diagnostics = (rig: ControllerRig) =>
  viewOf(rig.entry('a'), rig.controller.sources.diagnostics, rig.clock.now()).diagnostics.map(({ text }) => text);

describe('the files of a wasm service', () => {
  it('that do not compile hold back its first start, with the diagnostics on the service', async () => {
    const rig = await ControllerRig.start({ a: manifest() }, ({ artifacts }) => artifacts.set('a', brokenArtifact()));
    await rig.run(1000);
    expect(rig.condition('a', 'Stalled')).toBe('True:CompileFailed');
    expect(diagnostics(rig)).toEqual(['error[E101] a.clarity:1:4\n  broken']);
    rig.artifacts.set('a', artifactOf('v1'));
    await rig.run(1000);
    expect(rig.condition('a')).toBe('True:Serving');
    expect(diagnostics(rig)).toEqual([]);
  });

  it('that compile no more leave the last good artifact in force', async () => {
    const rig = await ControllerRig.start({ a: manifest() }, ({ artifacts }) => artifacts.set('a', artifactOf('v1')));
    await rig.run(1000);
    rig.artifacts.set('a', brokenArtifact('v1'));
    await rig.run(1000);
    expect(rig.condition('a')).toBe('True:Serving');
    expect(rig.condition('a', 'Synced')).toBe('False:CompileFailed');
    expect(diagnostics(rig)).toHaveLength(1);
    expect(rig.events.filter(({ kind }) => kind === 'source.invalid')).toHaveLength(1);
    expect(rig.wasm.calls.filter((call) => call === 'start a')).toHaveLength(1);
  });

  it('are not looked at while it is not to run', async () => {
    const rig = await ControllerRig.start({ a: manifest('  enabled: false\n') }, ({ artifacts }) =>
      artifacts.set('a', brokenArtifact()),
    );
    await rig.run(1000);
    expect(diagnostics(rig)).toEqual([]);
    expect(rig.condition('a')).toBe('False:Stopped');
  });

  it('are let go of when it is gone', async () => {
    const rig = await ControllerRig.start({ a: manifest() }, ({ artifacts }) => artifacts.set('a', artifactOf('v1')));
    await rig.run(1000);
    rig.source.set({ a: undefined });
    await rig.run(5000);
    expect(rig.artifacts.states.has('a')).toBe(false);
  });
});
