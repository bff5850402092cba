import { basename, extname } from 'node:path';
import { registrationText, type RegisterArgs } from './registration.ts';

/** What runtime__register_local takes. */
export interface LocalArgs extends RegisterArgs {
  readonly wasm_path: string;
  readonly source_file?: string;
  readonly entry: string;
}

/** The manifest of a compiled module (original contract §2). */
export function localManifest(args: LocalArgs): string {
  const { wasm_path: wasmPath, source_file: sourceFile = wasmPath, entry } = args;
  const module = args.module ?? (basename(wasmPath, extname(wasmPath)) || wasmPath);
  return registrationText(args, { module, sourceFile, origin: { type: 'local_wasm', wasmPath, entry } });
}
