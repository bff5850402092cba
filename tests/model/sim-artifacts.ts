import type { ArtifactService, ArtifactState, Identity, Unsubscribe } from '../../src/reconcile/ports.ts';

/** What the source files of wasm services give: it outlives daemons, each of which looks through eyes of its own. */
export class SimFiles {
  readonly #versions = new Map<Identity, number>();
  readonly #watchers = new Set<(identity: Identity) => void>();

  /** The files of a service give another module. */
  change(identity: Identity): void {
    this.#versions.set(identity, (this.#versions.get(identity) ?? 1) + 1);
    for (const watcher of this.#watchers) watcher(identity);
  }

  /** `sha256:…` of what the files give. */
  hashOf(identity: Identity): string {
    return `sha256:${identity}-${String(this.#versions.get(identity) ?? 1)}`;
  }

  /** The artifacts as one process sees them, and how it stops looking. */
  look(): { readonly artifacts: ArtifactService; close(): void } {
    const own = new Set<Unsubscribe>();
    const resolve = (identity: Identity): Promise<ArtifactState> => {
      const hash = this.hashOf(identity);
      return Promise.resolve({ artifact: { hash, path: `/cache/${hash}`, asks: [] }, diagnostics: [] });
    };
    const artifacts: ArtifactService = {
      resolve: ({ metadata }) => resolve(metadata.name),
      preview: ({ metadata }) => resolve(metadata.name),
      onChange: (listener) => {
        this.#watchers.add(listener);
        const unsubscribe = () => this.#watchers.delete(listener);
        own.add(unsubscribe);
        return unsubscribe;
      },
      forget: () => undefined,
      cleanUp: () => Promise.resolve(false),
      close: () => Promise.resolve(),
    };
    return {
      artifacts,
      close: () => {
        for (const unsubscribe of own) unsubscribe();
      },
    };
  }
}
