import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readInterface } from '../../src/compiler/interface/decode.ts';
import { ArtifactRig, wasmManifest } from '../helpers/artifact-rig.ts';

const HELLO = 'module Hello\n\nexport function add(a: Int64, b: Int64) -> Int64 {\n  a + b\n}\n';

it('compiles a source file into a file that is named after its content', async () => {
  const rig = new ArtifactRig();
  rig.write('hello.clarity', HELLO);
  const { artifact, failure, diagnostics } = await rig.resolve(wasmManifest('hello', { sourceFile: 'hello.clarity' }));
  expect({ failure, diagnostics }).toEqual({ failure: undefined, diagnostics: [] });
  const wasm = readFileSync(artifact!.path);
  const hash = createHash('sha256').update(wasm).digest('hex');
  expect(artifact).toEqual({ hash: `sha256:${hash}`, path: join(rig.folder, `${hash}.wasm`), asks: [] });
  expect(readInterface(wasm)?.functions.map(({ name }) => name)).toEqual(['add']);
});
