import { parseManifests } from '../../src/manifest/index.ts';
import type { RefreshHint, Snapshot, SnapshotFile, Source, Why } from '../../src/reconcile/ports.ts';
import { documentOf, type Wish } from './wish.ts';

export interface WrittenFile {
  /** What stands in it, broken or not. */
  wishes: readonly Wish[];
  /** What it said when it was last good. */
  good: readonly Wish[];
  broken: boolean;
}

/** The manifests that people write, and the source that reports them; it outlives daemons. */
export class Folder implements Source {
  readonly name = 'services';
  readonly kind = 'dir';
  readonly location = '/w/services.d';
  readonly workspace = '/w';
  readonly files = new Map<string, WrittenFile>();
  readonly policies = new Set<string>();
  /** Files that it does not get to read, and why; undefined: it reads all. */
  trouble: { readonly why: Why; readonly hidden: ReadonlySet<string> } | undefined;
  /** Told of each report before the listener. */
  onReport: (removed: ReadonlySet<string>) => void = () => undefined;
  #listener: (snapshot: Snapshot) => void = () => undefined;

  start(listener: (snapshot: Snapshot) => void): Promise<void> {
    this.#listener = listener;
    this.report();
    return Promise.resolve();
  }

  /** Files that it reports, and what it knows of them. */
  get seen(): readonly (readonly [string, WrittenFile])[] {
    return [...this.files]
      .filter(([file]) => this.trouble?.hidden.has(file) !== true)
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }

  get seenPolicies(): readonly string[] {
    return [...this.policies].filter((policy) => this.trouble?.hidden.has(policy) !== true);
  }

  get revision(): string {
    const wishes = this.seen.flatMap(([, { good }]) => good.map(({ name, serial }) => `${name}:${String(serial)}`));
    return `dir@${[...wishes, ...this.seenPolicies].join()}`;
  }

  /** Says what there is, to whoever listens. */
  report(removed: ReadonlySet<string> = new Set()): Snapshot {
    const files = [...this.seen.map(fileOf), ...this.seenPolicies.map(policyFile)];
    const { trouble } = this;
    const snapshot = {
      source: this.name,
      revision: this.revision,
      complete: trouble === undefined,
      files,
      ...(trouble && { condition: trouble.why }),
    };
    this.onReport(removed);
    this.#listener(snapshot);
    return snapshot;
  }

  refresh(hint?: RefreshHint): Promise<Snapshot> {
    const removed = new Set((hint?.removed ?? []).map(({ name }) => name));
    for (const name of removed) this.drop(name);
    return Promise.resolve(this.report(removed));
  }

  /** The wishes of a name, with their files. */
  claims(name: string): readonly { readonly file: string; readonly wish: Wish }[] {
    return [...this.files].flatMap(([file, { wishes }]) =>
      wishes.filter((wish) => wish.name === name).map((wish) => ({ file, wish })),
    );
  }

  /** Writes a file; a broken one is seen as it was. */
  write(file: string, wishes: readonly Wish[], broken = this.files.get(file)?.broken ?? false): void {
    if (wishes.length === 0) this.files.delete(file);
    else this.files.set(file, { wishes, broken, good: broken ? (this.files.get(file)?.good ?? []) : wishes });
  }

  /** Takes a name out of every file. */
  drop(name: string): void {
    for (const [file, { wishes }] of this.files)
      if (wishes.some((wish) => wish.name === name))
        this.write(
          file,
          wishes.filter((wish) => wish.name !== name),
          false,
        );
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function fileOf([file, { good, broken }]: readonly [string, WrittenFile]): SnapshotFile {
  return {
    file,
    documents: good.map((wish, index) => ({ ...documentOf(wish), index, line: 1 + 20 * index })),
    diagnostics: [],
    stale: broken,
  };
}

const policyFiles = new Map<string, SnapshotFile>();

function policyFile(name: string): SnapshotFile {
  const known = policyFiles.get(name);
  if (known !== undefined) return known;
  const text = `apiVersion: clarity.runtime/v1\nkind: Policy\nmetadata: {name: ${name}}\nspec: {}\n`;
  const { documents } = parseManifests(`${name}.yaml`, text);
  const file = { file: `${name}.yaml`, documents, diagnostics: [], stale: false };
  policyFiles.set(name, file);
  return file;
}
