import type { ArtifactService, ArtifactState, Identity } from '../../src/reconcile/ports.ts';

/** Artifacts that the test sets, by service. */
export class FakeArtifacts implements ArtifactService {
  readonly states = new Map<Identity, ArtifactState>();
  readonly #listeners = new Set<(identity: Identity) => void>();

  set(identity: Identity, state: ArtifactState): void {
    this.states.set(identity, state);
    for (const listener of this.#listeners) listener(identity);
  }

  resolve({ metadata }: { readonly metadata: { readonly name: string } }): Promise<ArtifactState> {
    return Promise.resolve(this.states.get(metadata.name) ?? { diagnostics: [] });
  }

  preview(manifest: { readonly metadata: { readonly name: string } }): Promise<ArtifactState> {
    return this.resolve(manifest);
  }

  onChange(listener: (identity: Identity) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  forget(identity: Identity): void {
    this.states.delete(identity);
  }

  cleanUp(identity: Identity): Promise<boolean> {
    return Promise.resolve(this.states.delete(identity));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
