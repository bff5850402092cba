import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WasmOrigin } from '../../src/manifest/index.ts';
import type { Desired } from '../../src/reconcile/ports.ts';
import { compileText, wasmOf } from './clarity-compile.ts';
import { desiredOf } from './driver-rig.ts';
import { wasmOrigin } from './wasm-origin.ts';

/** A local_wasm service of this source text, or of this module; its artifact lies in the folder. */
export function wasmDesired(
  folder: string,
  program: string | Uint8Array,
  origin: Partial<WasmOrigin> = {},
  name = 'sum',
): Desired {
  const wasm = typeof program === 'string' ? wasmOf(compileText(program)) : program;
  const hex = createHash('sha256').update(wasm).digest('hex');
  const path = join(folder, `${hex}.wasm`);
  writeFileSync(path, wasm);
  const desired = desiredOf(wasmOrigin(origin), {}, name);
  const metadata = {
    name,
    displayName: 'Sums',
    module: 'sum',
    sourceFile: 'sum.clarity',
    serviceId: 'svc_000000000001',
  };
  return {
    ...desired,
    manifest: { ...desired.manifest, metadata: { ...metadata, serviceType: 'mcp', labels: {}, annotations: {} } },
    artifact: { hash: `sha256:${hex}`, path, asks: [] },
  };
}
