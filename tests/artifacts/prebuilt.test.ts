import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readInterface } from '../../src/compiler/interface/decode.ts';
import { ArtifactRig, wasmManifest } from '../helpers/artifact-rig.ts';
import { adder, wasmOf, withoutInterface } from '../helpers/wasm-sources.ts';

const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const PREBUILT = { sourceFile: 'a label', wasmPath: 'bin/a.wasm' };

describe('a prebuilt module', () => {
  it('is run as it is', async () => {
    const rig = new ArtifactRig();
    const wasm = wasmOf(adder(1));
    rig.write('bin/a.wasm', wasm);
    const { artifact } = await rig.resolve(wasmManifest('a', PREBUILT));
    expect(artifact?.hash).toBe(`sha256:${sha(wasm)}`);
    expect(readFileSync(artifact!.path).equals(wasm)).toBe(true);
  });

  it('goes before a source that could be compiled', async () => {
    const rig = new ArtifactRig();
    const wasm = wasmOf(adder(1));
    rig.write('bin/a.wasm', wasm);
    rig.write('a.clarity', adder(2));
    const { artifact } = await rig.resolve(wasmManifest('a', { ...PREBUILT, sourceFile: 'a.clarity' }));
    expect(artifact?.hash).toBe(`sha256:${sha(wasm)}`);
  });

  it('that is missing lets the source be compiled until it comes', async () => {
    const rig = new ArtifactRig();
    mkdirSync(join(rig.workspace, 'bin'));
    rig.write('a.clarity', adder(2));
    const manifest = wasmManifest('a', { ...PREBUILT, sourceFile: 'a.clarity' });
    expect((await rig.resolve(manifest)).artifact).toBeDefined();
    const wasm = wasmOf(adder(1));
    rig.write('bin/a.wasm', wasm);
    await expect.poll(() => rig.changes).toContain('a');
    expect((await rig.resolve(manifest)).artifact?.hash).toBe(`sha256:${sha(wasm)}`);
  });

  it('without an interface gets that of its source, and keeps its code', async () => {
    const rig = new ArtifactRig();
    const wasm = withoutInterface(wasmOf(adder(1)));
    rig.write('bin/a.wasm', wasm);
    rig.write('a.clarity', adder(1));
    const pinned = { ...PREBUILT, sourceFile: 'a.clarity', sha256: sha(wasm) };
    const { artifact, failure } = await rig.resolve(wasmManifest('a', pinned));
    expect(failure).toBeUndefined();
    const made = readFileSync(artifact!.path);
    expect(sha(made)).toBe(artifact!.hash.slice(7));
    expect(made.subarray(0, wasm.length).equals(wasm)).toBe(true);
    expect(readInterface(made)).toEqual(readInterface(wasmOf(adder(1))));
  });

  it.each(['broken', undefined])('without an interface stays raw where its source is %s', async (source) => {
    const rig = new ArtifactRig();
    const wasm = withoutInterface(wasmOf(adder(1)));
    rig.write('bin/a.wasm', wasm);
    if (source !== undefined) rig.write('a.clarity', adder(source));
    const state = await rig.resolve(wasmManifest('a', { ...PREBUILT, sourceFile: 'a.clarity' }));
    expect(state).toMatchObject({ artifact: { hash: `sha256:${sha(wasm)}` }, diagnostics: [] });
  });

  it('must have the sha256 of the manifest', async () => {
    const rig = new ArtifactRig();
    const [wasm, other] = [wasmOf(adder(1)), wasmOf(adder(2))];
    rig.write('bin/a.wasm', wasm);
    const manifest = wasmManifest('a', { ...PREBUILT, sha256: `sha256:${sha(wasm)}` });
    const good = await rig.resolve(manifest);
    expect(good.failure).toBeUndefined();
    rig.write('bin/a.wasm', other);
    await expect.poll(() => rig.changes).toContain('a');
    const { artifact, failure } = await rig.resolve(manifest);
    expect(artifact).toEqual(good.artifact);
    expect(failure?.reason).toBe('ArtifactMismatch');
    expect(failure?.message).toContain('bin/a.wasm');
    expect(failure?.message).toContain(sha(wasm));
    expect(failure?.message).toContain(sha(other));
  });

  it('is read anew when it is replaced', async () => {
    const rig = new ArtifactRig();
    rig.write('bin/a.wasm', wasmOf(adder(1)));
    const manifest = wasmManifest('a', PREBUILT);
    await rig.resolve(manifest);
    const wasm = wasmOf(adder(2));
    rig.write('bin/a.wasm', wasm);
    await expect.poll(() => rig.changes).toContain('a');
    expect((await rig.resolve(manifest)).artifact?.hash).toBe(`sha256:${sha(wasm)}`);
  });

  const make = (change: (path: string) => void) => (rig: ArtifactRig) => {
    mkdirSync(join(rig.workspace, 'bin'));
    change(join(rig.workspace, 'bin/a.wasm'));
  };
  it.each([
    ['that is not there', () => undefined, 'SourceNotFound', 'bin/a.wasm is not there'],
    ['that is empty', (rig: ArtifactRig) => rig.write('bin/a.wasm', ''), 'ArtifactInvalid', 'does not begin as one'],
    ['that is a text', (rig: ArtifactRig) => rig.write('bin/a.wasm', '(module)'), 'ArtifactInvalid', 'bin/a.wasm'],
    [
      'that is cut off',
      (rig: ArtifactRig) => rig.write('bin/a.wasm', wasmOf(adder(1)).slice(0, -5)),
      'ArtifactInvalid',
      'ends too early',
    ],
    ['that is a folder', make((path) => mkdirSync(path)), 'ArtifactInvalid', 'it is a folder'],
    ['that is a named pipe', make((path) => execFileSync('mkfifo', [path])), 'ArtifactInvalid', 'no regular file'],
    [
      'that is too large',
      (rig: ArtifactRig) => truncateSync(rig.write('bin/a.wasm', ''), 65 * 1024 * 1024),
      'ArtifactInvalid',
      'larger than 64 MiB',
    ],
  ])('%s says so', async (_, prepare, reason, message) => {
    const rig = new ArtifactRig();
    prepare(rig);
    const { artifact, failure } = await rig.resolve(wasmManifest('a', PREBUILT));
    expect(artifact).toBeUndefined();
    expect(failure?.reason).toBe(reason);
    expect(failure?.message).toContain(message);
  });
});
