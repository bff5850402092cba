import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createArtifacts } from '../../src/artifacts/artifacts.ts';
import { parseManifests, type ServiceManifest } from '../../src/manifest/index.ts';
import type { ArtifactService, ArtifactState } from '../../src/reconcile/ports.ts';
import { systemClock } from './clock.ts';
import { tempFolder } from './temp-folder.ts';

type Limits = NonNullable<Parameters<typeof createArtifacts>[1]>;

/** A workspace, its cache, and the artifacts of the services in it. */
export class ArtifactRig {
  readonly workspace = tempFolder();
  readonly folder = join(this.workspace, '.clarity', 'build');
  readonly changes: string[] = [];
  compilerBin: string | undefined;
  limits: Limits = {};
  #artifacts: ArtifactService | undefined;

  get artifacts(): ArtifactService {
    return (this.#artifacts ??= this.#open());
  }

  /** Writes a file of the workspace; its absolute path. */
  write(name: string, content: string | Uint8Array): string {
    const path = join(this.workspace, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  resolve(manifest: ServiceManifest, signal = new AbortController().signal): Promise<ArtifactState> {
    return this.artifacts.resolve(manifest, ORIGIN, signal);
  }

  preview(manifest: ServiceManifest, runnable = false): Promise<ArtifactState> {
    return this.artifacts.preview(manifest, ORIGIN, new AbortController().signal, runnable);
  }

  /** As a daemon that ends and is started again. */
  async restart(): Promise<void> {
    await this.#artifacts?.close();
    this.#artifacts = undefined;
  }

  #open(): ArtifactService {
    const { workspace, folder, compilerBin } = this;
    const deps = { folder, compilerBin, clock: systemClock, workspaceOf: () => workspace, env: process.env };
    const artifacts = createArtifacts({ ...deps, stateHash: 'test' }, this.limits);
    artifacts.onChange((identity) => this.changes.push(identity));
    onTestFinished(() => artifacts.close());
    return artifacts;
  }
}

const ORIGIN = { source: 'services', revision: 'dir@sha256:1', file: 'services.d/a.yaml', line: 1, index: 0 };

/** The manifest of a wasm service: `origin` are further fields of spec.origin, `metadata` of metadata, in flow style. */
export function wasmManifest(
  name: string,
  fields: {
    readonly sourceFile?: string;
    readonly sha256?: string;
    readonly wasmPath?: string;
    readonly compiler?: readonly string[];
  },
): ServiceManifest {
  const { sourceFile, sha256, wasmPath, compiler } = fields;
  const text = JSON.stringify({
    apiVersion: 'clarity.runtime/v1',
    kind: 'MCPService',
    metadata: { name, sourceFile, artifactSha256: sha256 },
    spec: {
      origin: {
        type: 'local_wasm',
        wasmPath,
        compiler: compiler === undefined ? undefined : { command: compiler[0], args: compiler.slice(1) },
      },
    },
  });
  const parsed = parseManifests('a.json', text).documents[0]?.document;
  if (parsed?.kind !== 'MCPService') throw new Error(`no manifest: ${text}`);
  return parsed;
}
