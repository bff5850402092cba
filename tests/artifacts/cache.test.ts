import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ArtifactRig, wasmManifest } from '../helpers/artifact-rig.ts';
import { fakeCompiler, type FakeCompiler } from '../helpers/fake-compiler.ts';
import { adder, wasmOf } from '../helpers/wasm-sources.ts';

const HOURS_AGO = Date.now() / 1000 - 3 * 3600;
const HEX = 'a'.repeat(64);

/** A rig whose service `a` was made once by a compiler that counts, then the daemon ended. */
async function madeOnce() {
  const rig = new ArtifactRig();
  rig.write('a.clarity', adder(1));
  const module = rig.write('a.bin', wasmOf(adder(1)));
  const compiler: FakeCompiler = fakeCompiler(rig.workspace, `fs.copyFileSync(${JSON.stringify(module)}, out);`);
  const manifest = wasmManifest('a', { sourceFile: 'a.clarity', compiler: compiler.command });
  const { artifact } = await rig.resolve(manifest);
  await rig.restart();
  return { rig, compiler, manifest, artifact: artifact!, index: join(rig.folder, 'a.json') };
}

describe('the cache', () => {
  it.each<[string, (path: string) => void]>([
    ['is garbage', (path) => writeFileSync(path, '{"format":1,')],
    ['has another form', (path) => writeFileSync(path, '{"format":1,"hash":"../../etc"}')],
    ['is a folder', (path) => [rmSync(path), mkdirSync(path)]],
    ['is a named pipe', (path) => [rmSync(path), execFileSync('mkfifo', [path])]],
    ['is gone', (path) => rmSync(path)],
  ])('makes the artifact anew where the index %s', async (_, spoil) => {
    const { rig, compiler, manifest, artifact, index } = await madeOnce();
    spoil(index);
    expect(await rig.resolve(manifest)).toEqual({ artifact, diagnostics: [] });
    expect(compiler.runs()).toBe(2);
    await rig.restart();
    await rig.resolve(manifest);
    expect(compiler.runs()).toBe(2);
  });

  it.each<[string, (path: string, other: string) => void]>([
    ['was altered', (path) => writeFileSync(path, 'other')],
    ['is gone', (path) => rmSync(path)],
    ['is a link', (path, other) => [rmSync(path), symlinkSync(other, path)]],
  ])('makes the artifact anew where it %s, and touches nothing else', async (_, spoil) => {
    const { rig, compiler, manifest, artifact } = await madeOnce();
    const other = rig.write('other.wasm', 'mine');
    for (const restarted of [true, false]) {
      spoil(artifact.path, other);
      if (restarted) await rig.restart();
      expect(await rig.resolve(manifest)).toEqual({ artifact, diagnostics: [] });
      expect(readFileSync(artifact.path).equals(wasmOf(adder(1)))).toBe(true);
    }
    expect(compiler.runs()).toBe(3);
    expect(readFileSync(other, 'utf8')).toBe('mine');
  });

  it('loses artifacts that no index names, when they are old', async () => {
    const { rig, manifest, artifact } = await madeOnce();
    const names = [`${HEX}.wasm`, `${'b'.repeat(64)}.wasm`, 'mine.wasm', '.out-abc', `.${HEX}.wasm.tmp-0123456789ab`];
    for (const name of names) writeFileSync(join(rig.folder, name), '');
    const outside = rig.write('outside.wasm', 'mine');
    symlinkSync(outside, join(rig.folder, `${'c'.repeat(64)}.wasm`));
    execFileSync('touch', ['-h', '-d', '3 hours ago', join(rig.folder, `${'c'.repeat(64)}.wasm`)]);
    for (const path of [...names.filter((name) => !name.startsWith('b')), artifact.path.split('/').pop()!])
      utimesSync(join(rig.folder, path), HOURS_AGO, HOURS_AGO);
    await rig.resolve(manifest);
    const left = [
      artifact.path,
      join(rig.folder, 'a.json'),
      ...['b'.repeat(64), 'mine'].map((name) => join(rig.folder, `${name}.wasm`)),
    ];
    await expect.poll(() => readdirSync(rig.folder).sort()).toEqual(left.map((path) => path.split('/').pop()).sort());
    expect(readFileSync(outside, 'utf8')).toBe('mine');
  });

  it('keeps what this daemon has handed out, and loses it after the next start', async () => {
    const rig = new ArtifactRig();
    rig.limits = { pruneMs: 0 };
    rig.write('a.clarity', adder(1));
    const manifest = wasmManifest('a', { sourceFile: 'a.clarity' });
    await rig.resolve(manifest);
    await rig.restart();
    const { artifact } = await rig.resolve(manifest);
    utimesSync(artifact!.path, HOURS_AGO, HOURS_AGO);
    writeFileSync(join(rig.folder, `${HEX}.wasm`), '');
    utimesSync(join(rig.folder, `${HEX}.wasm`), HOURS_AGO, HOURS_AGO);
    rig.write('a.clarity', adder(2));
    await rig.resolve(manifest);
    await expect.poll(() => existsSync(join(rig.folder, `${HEX}.wasm`))).toBe(false);
    expect(existsSync(artifact!.path)).toBe(true);
    await rig.restart();
    await rig.resolve(manifest);
    await expect.poll(() => existsSync(artifact!.path)).toBe(false);
  });

  it('keeps the index of a service that is gone for an hour', async () => {
    const { rig, compiler, manifest, artifact } = await madeOnce();
    await rig.resolve(manifest);
    rig.artifacts.forget('a');
    expect(await rig.resolve(manifest)).toEqual({ artifact, diagnostics: [] });
    expect(compiler.runs()).toBe(1);
    rig.artifacts.forget('a');
    await rig.restart();
    for (const path of [join(rig.folder, 'a.gone.json'), artifact.path]) utimesSync(path, HOURS_AGO, HOURS_AGO);
    await rig.resolve(wasmManifest('b', { sourceFile: 'a.clarity' }));
    await expect.poll(() => existsSync(join(rig.folder, 'a.gone.json'))).toBe(false);
  });
});

describe('cleaning up after a service', () => {
  it('removes its index and its artifact, and never the module of its wasmPath', async () => {
    const rig = new ArtifactRig();
    const mine = rig.write('bin/a.wasm', wasmOf(adder(1)));
    await rig.resolve(wasmManifest('a', { sourceFile: 'label', wasmPath: 'bin/a.wasm' }));
    expect(await rig.artifacts.cleanUp('a')).toBe(true);
    expect(readdirSync(rig.folder)).toEqual([]);
    expect(existsSync(mine)).toBe(true);
    expect(await rig.artifacts.cleanUp('a')).toBe(false);
  });

  it('keeps an artifact that another service has', async () => {
    const rig = new ArtifactRig();
    rig.write('a.clarity', adder(1));
    const { artifact } = await rig.resolve(wasmManifest('a', { sourceFile: 'a.clarity' }));
    await rig.resolve(wasmManifest('b', { sourceFile: 'a.clarity' }));
    await rig.restart();
    rig.artifacts.forget('a');
    expect(await rig.artifacts.cleanUp('a')).toBe(true);
    expect(readdirSync(rig.folder).sort()).toEqual(['b.json', artifact!.path.split('/').pop()].sort());
  });

  it.each(['../mine', 'a/b', '', '.', 'a.gone'])('takes "%s" for no name', async (name) => {
    const rig = new ArtifactRig();
    await expect(rig.artifacts.cleanUp(name)).rejects.toThrow('is no name of a service');
  });
});
