import type { ServiceManifest } from '../../manifest/index.ts';
import type { Artifact } from './artifact.ts';

/** A service's name: the key of every queue, map and row. */
export type Identity = string;

export type Unsubscribe = () => void;

/** One service as it should be. Immutable; a new value with a higher generation replaces it. */
export interface Desired {
  readonly identity: Identity;
  /** Rises when specHash changes; persisted, never falls. */
  readonly generation: number;
  readonly specHash: string;
  /** Alone decides whether the running instance is replaced (manifest.md, runHash). */
  readonly runHash: string;
  /** runHash with restartedAt left out: what a quarantine belongs to. */
  readonly originHash: string;
  readonly manifest: ServiceManifest;
  readonly origin: DocumentOrigin;
  /** What a local_wasm service runs; absent for others, and where there is none. */
  readonly artifact?: Artifact;
  /** Why it must not run although it is desired: no policy, namespace taken, a secret that is missing, no driver. */
  readonly blocked?: Why;
  /** It waits for services that it depends on: not started before they are Ready, left alone where it runs. */
  readonly awaits?: Why;
  /** The file it came from is broken or contested; this is its last good form. */
  readonly stale?: Why;
}

export interface DocumentOrigin {
  /** Name of the source. */
  readonly source: string;
  readonly revision: string;
  /** As a person would write it: relative to the workspace where it lies inside. */
  readonly file: string;
  readonly line: number;
  /** Index of the document in its file. */
  readonly index: number;
}

/** A PascalCase reason of reasons.ts and the whole sentence for a person. */
export interface Why {
  readonly reason: string;
  readonly message: string;
}
