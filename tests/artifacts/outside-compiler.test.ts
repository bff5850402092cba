import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readInterface } from '../../src/compiler/interface/decode.ts';
import { ArtifactRig, wasmManifest } from '../helpers/artifact-rig.ts';
import { fakeCompiler } from '../helpers/fake-compiler.ts';
import { isAlive } from '../helpers/processes.ts';
import { adder, wasmOf, withoutInterface } from '../helpers/wasm-sources.ts';

/** A rig with a source, a module beside it, and a compiler that does `body`. */
function rigWith(body: string) {
  const rig = new ArtifactRig();
  rig.write('a.clarity', adder(1));
  const module = rig.write('a.bin', withoutInterface(wasmOf(adder(1))));
  const compiler = fakeCompiler(rig.workspace, body.replace('MODULE', JSON.stringify(module)));
  const manifest = wasmManifest('a', { sourceFile: 'a.clarity', compiler: compiler.command });
  return { rig, compiler, manifest };
}
const COPIES = 'fs.copyFileSync(MODULE, out);';

describe('an outside compiler', () => {
  it('makes the module, which gets the interface of the source', async () => {
    const { rig, manifest } = rigWith(COPIES);
    const { artifact, failure } = await rig.resolve(manifest);
    expect(failure).toBeUndefined();
    const wasm = readFileSync(artifact!.path);
    const original = readFileSync(join(rig.workspace, 'a.bin'));
    expect(wasm.subarray(0, original.length).equals(original)).toBe(true);
    expect(readInterface(wasm)?.functions[0]?.name).toBe('add');
    expect(readdirSync(rig.folder).sort()).toEqual(['a.json', `${artifact!.hash.slice(7)}.wasm`].sort());
  });

  it('is run again for a changed file only, not after a restart', async () => {
    const { rig, manifest, compiler } = rigWith(COPIES);
    const first = await rig.resolve(manifest);
    await rig.restart();
    expect(await rig.resolve(manifest)).toEqual(first);
    expect(compiler.runs()).toBe(1);
    rig.write('a.clarity', adder(2));
    await rig.resolve(manifest);
    expect(compiler.runs()).toBe(2);
  });

  it('may come from the environment of the daemon', async () => {
    const { rig, compiler } = rigWith(COPIES);
    rig.compilerBin = ` ${compiler.command.join('  ')} `;
    expect((await rig.resolve(wasmManifest('a', { sourceFile: 'a.clarity' }))).failure).toBeUndefined();
    expect(compiler.runs()).toBe(1);
  });

  it('that fails is quoted, with our own diagnostics of the source', async () => {
    const { rig, manifest } = rigWith(`console.error('a\\u001b[31mb'); console.error('last words'); process.exit(3);`);
    rig.write('a.clarity', adder('wrong'));
    const { artifact, failure, diagnostics } = await rig.resolve(manifest);
    expect(artifact).toBeUndefined();
    expect(failure?.reason).toBe('CompilerFailed');
    expect(failure?.message).toContain('ended with code 3: a\\u001b[31mb / last words');
    expect(diagnostics[0]).toMatchObject({ file: 'a.clarity', line: 6, column: 7 });
  });

  it.each([
    ['that is not there', ['/no/such/compiler'], 'could not be started'],
    ['that writes nothing', [process.execPath, '-e', ''], 'wrote no module'],
  ])('%s is a failure', async (_, compiler, message) => {
    const { rig } = rigWith(COPIES);
    const { failure } = await rig.resolve(wasmManifest('a', { sourceFile: 'a.clarity', compiler }));
    expect(failure).toMatchObject({ reason: 'CompilerFailed' });
    expect(failure?.message).toContain(message);
  });

  it('that hangs is ended with all its processes', async () => {
    const { rig, manifest } = rigWith(
      `const { spawn } = await import('node:child_process');
       const child = spawn('sleep', ['1000'], { stdio: 'ignore' });
       fs.writeFileSync(source + '.pids', process.pid + ' ' + child.pid);
       setInterval(() => undefined, 1000);`,
    );
    rig.limits = { outsideMs: 2000 };
    const { failure } = await rig.resolve(manifest);
    expect(failure?.message).toContain('did not end within 2000 ms');
    const pids = readFileSync(join(rig.workspace, 'a.clarity.pids'), 'utf8').split(' ').map(Number);
    expect(pids.map(isAlive)).toEqual([false, false]);
  });

  it('that failed is tried again after a while', async () => {
    const { rig, manifest, compiler } = rigWith(`if (!fs.existsSync(source + '.ok')) process.exit(1); ${COPIES}`);
    rig.limits = { retryMs: 0 };
    expect((await rig.preview(manifest)).failure?.reason).toBe('CompilerFailed');
    rig.write('a.clarity.ok', '');
    expect((await rig.resolve(manifest)).failure).toBeUndefined();
    expect(compiler.runs()).toBeGreaterThan(1);
  });
});
