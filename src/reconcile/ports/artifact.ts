import type { Ask, ServiceManifest } from '../../manifest/index.ts';
import type { Diagnostic } from '../../shared/diagnostic.ts';
import type { DocumentOrigin, Identity, Unsubscribe, Why } from './desired.ts';

/** The wasm of a local_wasm service: a file of the content-addressed cache, whose content never changes. */
export interface Artifact {
  /** `sha256:<hex>` of the bytes. */
  readonly hash: string;
  /** Absolute. */
  readonly path: string;
  /** What its imports ask for. */
  readonly asks: readonly Ask[];
}

/** What the files of a service give now. */
export interface ArtifactState {
  /** Of the files as they are; where `failure` stands, the last good one, if there ever was one (also by an earlier daemon). */
  readonly artifact?: Artifact;
  /** CompileFailed, SourceNotFound, ArtifactMismatch, CompilerFailed: why the files as they are give none. */
  readonly failure?: Why;
  /** What the compiler says of the source files, errors first; `file` relative to the workspace where it lies inside. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Turns source files and prebuilt modules into artifacts, and watches them. */
export interface ArtifactService {
  /**
   * Compiles what has changed since it was last asked; cheap where nothing has. Never rejects for what the files hold, only
   * when the signal fires. At most one compilation a service at a time: a second caller joins the first.
   */
  resolve(manifest: ServiceManifest, origin: DocumentOrigin, signal: AbortSignal): Promise<ArtifactState>;
  /**
   * As resolve, without keeping, watching or storing anything: for plans of manifests that are not applied. With `runnable` the module is on
   * the disk for an hour at least, so that a driver can start it.
   */
  preview(
    manifest: ServiceManifest,
    origin: DocumentOrigin,
    signal: AbortSignal,
    runnable?: boolean,
  ): Promise<ArtifactState>;
  /** A file that the service was made of has changed. */
  onChange(listener: (identity: Identity) => void): Unsubscribe;
  /** The service is gone: no more watching; its artifacts may be pruned. */
  forget(identity: Identity): void;
  /** Removes what only this service used of the cache, never another file; true where something was removed. */
  cleanUp(identity: Identity): Promise<boolean>;
  close(): Promise<void>;
}
