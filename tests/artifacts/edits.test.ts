import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ArtifactRig, wasmManifest } from '../helpers/artifact-rig.ts';
import { adder, IMPORTING, lib } from '../helpers/wasm-sources.ts';

const MAIN = wasmManifest('main', { sourceFile: 'main.clarity' });
const told = (rig: ArtifactRig, identity = 'main') => expect.poll(() => rig.changes).toContain(identity);

describe('an edit', () => {
  it('of an import is told, and gives another artifact', async () => {
    const rig = new ArtifactRig();
    rig.write('main.clarity', IMPORTING);
    rig.write('lib.clarity', lib(1));
    const before = await rig.resolve(MAIN);
    rig.write('lib.clarity', lib(2));
    await told(rig);
    const after = await rig.resolve(MAIN);
    expect(after.failure).toBeUndefined();
    expect(after.artifact?.hash).not.toBe(before.artifact?.hash);
    expect(readFileSync(before.artifact!.path).length).toBeGreaterThan(0);
  });

  it('of a comment gives the same artifact', async () => {
    const rig = new ArtifactRig();
    rig.write('main.clarity', adder(1));
    const before = await rig.resolve(MAIN);
    rig.write('main.clarity', adder(1, 'adds one'));
    await told(rig);
    expect((await rig.resolve(MAIN)).artifact).toBe(before.artifact);
  });

  it('by an editor that replaces the file is told', async () => {
    const rig = new ArtifactRig();
    rig.write('main.clarity', adder(1));
    await rig.resolve(MAIN);
    renameSync(rig.write('new.tmp', adder(2)), join(rig.workspace, 'main.clarity'));
    await told(rig);
  });

  it('that lets a missing import come is told', async () => {
    const rig = new ArtifactRig();
    rig.write('main.clarity', IMPORTING);
    expect((await rig.resolve(MAIN)).failure?.reason).toBe('CompileFailed');
    rig.write('lib.clarity', lib(1));
    await told(rig);
    expect((await rig.resolve(MAIN)).artifact).toBeDefined();
  });

  it('that lets a missing source come is told, even where its folder was missing', async () => {
    const rig = new ArtifactRig();
    rig.limits = { pollMs: 100 };
    const manifest = wasmManifest('deep', { sourceFile: 'src/deep/main.clarity' });
    const { failure } = await rig.resolve(manifest);
    expect(failure?.reason).toBe('SourceNotFound');
    expect(failure?.message).toContain('src/deep/main.clarity');
    rig.write('src/deep/main.clarity', adder(1));
    await told(rig, 'deep');
    expect((await rig.resolve(manifest)).artifact).toBeDefined();
  });

  it('after the folder was made anew is told', async () => {
    const rig = new ArtifactRig();
    rig.limits = { pollMs: 100 };
    rig.write('src/main.clarity', adder(1));
    const manifest = wasmManifest('main', { sourceFile: 'src/main.clarity' });
    await rig.resolve(manifest);
    rmSync(join(rig.workspace, 'src'), { recursive: true });
    await told(rig);
    await rig.resolve(manifest);
    rig.write('src/main.clarity', adder(2));
    rig.changes.length = 0;
    await told(rig);
    expect((await rig.resolve(manifest)).failure).toBeUndefined();
  });

  it('that points a link elsewhere is told', async () => {
    const rig = new ArtifactRig();
    const [one, two] = [rig.write('v1/a.clarity', adder(1)), rig.write('v2/a.clarity', adder(2))];
    mkdirSync(join(rig.workspace, 'links'));
    symlinkSync(one, join(rig.workspace, 'links/main.clarity'));
    const manifest = wasmManifest('main', { sourceFile: 'links/main.clarity' });
    const before = await rig.resolve(manifest);
    symlinkSync(two, join(rig.workspace, 'links/new'));
    renameSync(join(rig.workspace, 'links/new'), join(rig.workspace, 'links/main.clarity'));
    await told(rig);
    expect((await rig.resolve(manifest)).artifact?.hash).not.toBe(before.artifact?.hash);
  });

  it('is told to nobody after the service was forgotten', async () => {
    const rig = new ArtifactRig();
    rig.write('main.clarity', adder(1));
    rig.write('other.clarity', adder(1));
    await rig.resolve(MAIN);
    await rig.resolve(wasmManifest('other', { sourceFile: 'other.clarity' }));
    rig.artifacts.forget('main');
    rig.write('main.clarity', adder(2));
    rig.write('other.clarity', adder(2));
    await told(rig, 'other');
    expect(rig.changes).not.toContain('main');
  });
});
