import type { Snapshot, Source, Why } from '../reconcile/ports.ts';

/** Stands where a Source document asks for what cannot be: it has no files, and says why. */
export class UnusableSource implements Source {
  readonly name: string;
  readonly kind: Source['kind'];
  readonly location: string;
  readonly workspace: string;
  readonly #condition: Why;

  constructor(about: Pick<Source, 'name' | 'kind' | 'location' | 'workspace'>, condition: Why) {
    this.name = about.name;
    this.kind = about.kind;
    this.location = about.location;
    this.workspace = about.workspace;
    this.#condition = condition;
  }

  async start(listener: (snapshot: Snapshot) => void): Promise<void> {
    listener(await this.refresh());
  }

  refresh(): Promise<Snapshot> {
    const { name: source } = this;
    return Promise.resolve({ source, revision: '', complete: false, files: [], condition: this.#condition });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
