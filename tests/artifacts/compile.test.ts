import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, utimesSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readInterface } from '../../src/compiler/interface/decode.ts';
import { ArtifactRig, wasmManifest } from '../helpers/artifact-rig.ts';
import { adder } from '../helpers/wasm-sources.ts';

const ADDER = wasmManifest('adder', { sourceFile: 'adder.clarity' });

describe('the artifact of a source file', () => {
  it('is a file that is named after its content', async () => {
    const rig = new ArtifactRig();
    rig.write('adder.clarity', adder(1));
    const { artifact, failure, diagnostics } = await rig.resolve(ADDER);
    expect({ failure, diagnostics }).toEqual({ failure: undefined, diagnostics: [] });
    const wasm = readFileSync(artifact!.path);
    const hash = createHash('sha256').update(wasm).digest('hex');
    expect(artifact).toEqual({ hash: `sha256:${hash}`, path: join(rig.folder, `${hash}.wasm`), asks: [] });
    expect(readInterface(wasm)?.functions.map(({ name }) => name)).toEqual(['add']);
  });

  it('says what its imports ask for', async () => {
    const rig = new ArtifactRig();
    rig.write(
      'a.clarity',
      'module A\n\nexport effect[FileSystem] function load(path: String) -> String {\n  read_file(path)\n}\n',
    );
    const { artifact, failure } = await rig.resolve(wasmManifest('a', { sourceFile: 'a.clarity' }));
    expect(failure).toBeUndefined();
    expect(artifact?.asks).toEqual([{ need: 'fs', imports: ['read_file'] }]);
  });

  it('is the same state until a file changes, and after a file was saved without a change', async () => {
    const rig = new ArtifactRig();
    const path = rig.write('adder.clarity', adder(1));
    const state = await rig.resolve(ADDER);
    expect(await rig.resolve(ADDER)).toBe(state);
    utimesSync(path, 1, 1);
    expect(await rig.resolve(ADDER)).toBe(state);
  });

  it('is made once where two ask at the same time', async () => {
    const rig = new ArtifactRig();
    rig.write('adder.clarity', adder(1));
    const [one, two] = await Promise.all([rig.resolve(ADDER), rig.resolve(ADDER)]);
    expect(one).toBe(two);
  });

  it('is one file for two services of one source', async () => {
    const rig = new ArtifactRig();
    rig.write('adder.clarity', adder(1));
    const states = await Promise.all([
      rig.resolve(ADDER),
      rig.resolve(wasmManifest('other', { sourceFile: 'adder.clarity' })),
    ]);
    expect(states[1].artifact).toEqual(states[0].artifact);
    expect(readdirSync(rig.folder).filter((name) => name.endsWith('.wasm'))).toHaveLength(1);
  });

  it('is not waited for when the signal fires, and is made all the same', async () => {
    const rig = new ArtifactRig();
    rig.write('adder.clarity', adder(1));
    const stop = new AbortController();
    const waiting = rig.resolve(ADDER, stop.signal);
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect((await rig.resolve(ADDER)).artifact).toBeDefined();
  });

  it('is told by a preview without a trace in the cache', async () => {
    const rig = new ArtifactRig();
    rig.write('adder.clarity', adder(1));
    const { artifact } = await rig.preview(ADDER);
    expect(() => readdirSync(rig.folder)).toThrow('ENOENT');
    expect((await rig.resolve(ADDER)).artifact).toEqual(artifact);
    const state = await rig.resolve(ADDER);
    expect(await rig.preview(ADDER)).toBe(state);
  });

  it('is a file, and nobody’s, by a preview that is to be run', async () => {
    const rig = new ArtifactRig();
    rig.write('adder.clarity', adder(1));
    const { artifact } = await rig.preview(ADDER, true);
    expect(readdirSync(rig.folder)).toEqual([basename(artifact?.path ?? '')]);
    expect(
      createHash('sha256')
        .update(readFileSync(artifact?.path ?? ''))
        .digest('hex'),
    ).toBe(artifact?.hash.slice(7));
  });
});
