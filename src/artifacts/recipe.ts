import { resolve } from 'node:path';
import type { ServiceManifest, WasmOrigin } from '../manifest/index.ts';
import type { Identity } from '../reconcile/ports.ts';

/** What the manifest of a local_wasm service says of how its module is made. */
export interface Recipe {
  readonly identity: Identity;
  /** Absolute: the files as they are now. Of git: those of one revision. */
  readonly workspace: string;
  /** As the manifest has it. */
  readonly sourceFile: string;
  /** sourceFile, absolute, where it is a `*.clarity`. */
  readonly source?: string;
  /** wasmPath, absolute. */
  readonly prebuilt?: string;
  /** The command of an outside compiler; absent: the embedded one. */
  readonly compiler?: readonly [command: string, ...args: string[]];
  /** Hex of the sha256 that the module must have. */
  readonly pinned?: string;
  /** Equal for equal recipes, whatever revision the workspace is at. */
  readonly key: string;
}

/**
 * Reads the recipe out of a manifest; relative paths begin at the workspace, which stands behind `home`: the same path for as long as the source
 * does. `compilerBin` is the compiler where the manifest names none.
 */
export function recipeOf(
  { metadata, spec }: ServiceManifest,
  origin: WasmOrigin,
  place: { readonly home: string; readonly workspace: string; readonly compilerBin: string | undefined },
): Recipe {
  const { name: identity, sourceFile, artifactSha256 } = metadata;
  const words = (place.compilerBin ?? '').split(/\s+/).filter((word) => word !== '');
  const [command, ...args] = origin.compiler === undefined ? words : [origin.compiler.command, ...origin.compiler.args];
  const madeAt = (workspace: string) => ({
    identity,
    workspace,
    sourceFile,
    ...(sourceFile.endsWith('.clarity') ? { source: resolve(workspace, sourceFile) } : {}),
    ...(origin.wasmPath === undefined ? {} : { prebuilt: resolve(workspace, origin.wasmPath) }),
    ...(command === undefined ? {} : { compiler: [command, ...args] as const }),
    ...(artifactSha256 === undefined ? {} : { pinned: artifactSha256.toLowerCase().replace(/^sha256:/, '') }),
  });
  return {
    ...madeAt(place.workspace),
    key: JSON.stringify([spec.origin.type, ...Object.entries(madeAt(place.home))]),
  };
}
