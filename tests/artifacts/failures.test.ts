import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ArtifactRig, wasmManifest } from '../helpers/artifact-rig.ts';
import { adder } from '../helpers/wasm-sources.ts';

const MAIN = wasmManifest('main', { sourceFile: 'src/main.clarity' });

describe('a source that cannot be compiled', () => {
  it('keeps the last good artifact, with diagnostics at their places, over a restart too', async () => {
    const rig = new ArtifactRig();
    rig.write('src/main.clarity', adder(1));
    const good = await rig.resolve(MAIN);
    rig.write('src/main.clarity', adder('wrong', 'a 💥 before'));
    for (const restarted of [false, true]) {
      if (restarted) await rig.restart();
      const { artifact, failure, diagnostics } = await rig.resolve(MAIN);
      expect(artifact).toEqual(good.artifact);
      expect(failure?.reason).toBe('CompileFailed');
      expect(failure?.message).toMatch(/^src\/main\.clarity:6:7: .*`wrong`.*\. Correct the source file/s);
      const [first] = diagnostics;
      expect(first).toMatchObject({ severity: 'error', name: 'main', file: 'src/main.clarity', line: 6, column: 7 });
      expect(first?.text).toMatch(/^error\[E\d+\] src\/main\.clarity:6:7\n/);
      expect(first?.text).toContain('>  6 |   a + wrong\n     |       ^^^^^');
    }
    rig.write('src/main.clarity', adder(1));
    expect(await rig.resolve(MAIN)).toEqual(good);
  });

  it('has columns in code points', async () => {
    const rig = new ArtifactRig();
    rig.write('src/main.clarity', 'module A\n\nexport function f() -> String {\n  "💥💥" ++ wrong\n}\n');
    expect((await rig.resolve(MAIN)).diagnostics[0]).toMatchObject({ line: 4, column: 11 });
  });

  it('has warnings, which a restart remembers', async () => {
    const rig = new ArtifactRig();
    rig.write(
      'src/main.clarity',
      'module A\n\nexport function f(a: Int64) -> Int64 {\n  match a {\n    _ -> 1,\n    2 -> 3\n  }\n}\n',
    );
    const { diagnostics, failure } = await rig.resolve(MAIN);
    expect(failure).toBeUndefined();
    expect(diagnostics.map(({ severity }) => severity)).toEqual(['warning']);
    await rig.restart();
    expect((await rig.resolve(MAIN)).diagnostics).toEqual(diagnostics);
  });

  it.each([
    ['is not there', () => undefined, /it is not there/],
    ['is a folder', (path: string) => mkdirSync(path, { recursive: true }), /it is a folder/],
    ['is a named pipe', (path: string) => execFileSync('mkfifo', [path]), /it is no regular file/],
  ])('because it %s says so', async (_, make, message) => {
    const rig = new ArtifactRig();
    mkdirSync(join(rig.workspace, 'src'));
    make(join(rig.workspace, 'src/main.clarity'));
    const { failure, artifact } = await rig.resolve(MAIN);
    expect(artifact).toBeUndefined();
    expect(failure?.reason).toBe('SourceNotFound');
    expect(failure?.message).toMatch(message);
    expect(failure?.message).toContain('src/main.clarity');
  });

  it('because it is too large says so', async () => {
    const rig = new ArtifactRig();
    rig.write('src/main.clarity', ' '.repeat(20 * 1024 * 1024));
    expect((await rig.resolve(MAIN)).failure?.message).toContain('it is larger than 16 MiB');
  });

  it('in time is ended with its thread, and the next one is compiled', async () => {
    const rig = new ArtifactRig();
    rig.limits = { compileMs: 1 };
    rig.write('src/main.clarity', adder(1));
    const { failure } = await rig.resolve(MAIN);
    expect(failure?.reason).toBe('CompilerFailed');
    expect(failure?.message).toContain('did not end within 1 ms');
    rig.limits = {};
    await rig.restart();
    expect((await rig.resolve(MAIN)).artifact).toBeDefined();
  });

  it('because nothing names one says what to set', async () => {
    const rig = new ArtifactRig();
    const { failure } = await rig.resolve(wasmManifest('main', { sourceFile: 'a label' }));
    expect(failure?.reason).toBe('SourceNotFound');
    expect(failure?.message).toContain('spec.origin.wasmPath is not set');
  });
});
