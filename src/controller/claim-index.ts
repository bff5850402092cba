import type { Kind } from '../manifest/index.ts';
import { claimsOf, documentKey, type Claim, type Merged } from '../reconcile/merge.ts';
import type { Snapshot, SnapshotFile } from '../reconcile/ports.ts';

/** A file as it was taken in, and its place among the files of its source. */
interface Held {
  readonly shown: SnapshotFile;
  at: number;
}

interface Placed {
  readonly source: string;
  readonly held: Held;
  readonly claim: Claim;
}

/**
 * The merge of all snapshots, kept up to date: a look costs what its changed files cost, since a file that no scan touched is the same
 * object. Which looks came before makes no difference to what it answers.
 */
export class ClaimIndex {
  readonly #files = new Map<string, Map<string, Held>>();
  readonly #claims = new Map<string, Placed[]>();
  /** Keys with several claims. */
  readonly #contested = new Set<string>();
  /** Source -> its revision now, in the order in which they first spoke. */
  #revisions: ReadonlyMap<string, string> = new Map();

  /** Takes in what the sources say now; answers the keys (`MCPService/files`) that any changed file names or named. */
  update(snapshots: ReadonlyMap<string, Snapshot>): ReadonlySet<string> {
    const touched = new Set<string>();
    this.#revisions = new Map([...snapshots].map(([source, { revision }]) => [source, revision]));
    for (const [source, files] of this.#files) if (!snapshots.has(source)) this.#drop(source, files, touched);
    for (const snapshot of snapshots.values()) this.#take(snapshot, touched);
    for (const key of touched) this.#settle(key);
    return touched;
  }

  /** All claims of one identity, in the order of sources, files and documents; undefined where nobody declares it. */
  get(kind: Kind, name: string): Merged | undefined {
    const placed = this.#claims.get(documentKey(kind, name));
    const [first, ...rest] = placed ?? [];
    return first && { kind, name, claims: [this.#now(first), ...rest.map((one) => this.#now(one))] };
  }

  has(kind: Kind, name: string): boolean {
    return this.#claims.has(documentKey(kind, name));
  }

  /** The revision at which the one source that declares it says so now; undefined where none does, or several documents do. */
  revisionOf(kind: Kind, name: string): string | undefined {
    const placed = this.#claims.get(documentKey(kind, name));
    return placed?.length === 1 && placed[0] !== undefined ? this.#revisions.get(placed[0].source) : undefined;
  }

  /** Every identity that several documents claim, sorted. */
  contested(): readonly Merged[] {
    return [...this.#contested].sort().flatMap((key) => {
      const [first] = this.#claims.get(key) ?? [];
      const merged = first && this.get(first.claim.document.kind, first.claim.document.name);
      return merged === undefined ? [] : [merged];
    });
  }

  /** The revision of a claim is that of its source, which moves on without its file. */
  #now({ source, claim }: Placed): Claim {
    const revision = this.#revisions.get(source) ?? claim.origin.revision;
    return { ...claim, origin: { ...claim.origin, revision } };
  }

  #take(snapshot: Snapshot, touched: Set<string>): void {
    const { source, files } = snapshot;
    const held = this.#files.get(source) ?? new Map<string, Held>();
    this.#files.set(source, held);
    files.forEach((shown, at) => {
      const known = held.get(shown.file);
      if (known?.shown === shown) {
        known.at = at;
        return;
      }
      if (known !== undefined) this.#remove(known, touched);
      const taken = { shown, at };
      held.set(shown.file, taken);
      for (const claim of claimsOf(snapshot, shown)) this.#add({ source, held: taken, claim }, touched);
    });
    if (held.size > files.length) this.#dropGone(held, files, touched);
  }

  #dropGone(held: Map<string, Held>, files: readonly SnapshotFile[], touched: Set<string>): void {
    const present = new Set(files.map(({ file }) => file));
    for (const [file, gone] of held) {
      if (present.has(file)) continue;
      this.#remove(gone, touched);
      held.delete(file);
    }
  }

  #drop(source: string, files: ReadonlyMap<string, Held>, touched: Set<string>): void {
    for (const held of files.values()) this.#remove(held, touched);
    this.#files.delete(source);
  }

  #add(placed: Placed, touched: Set<string>): void {
    const { kind, name } = placed.claim.document;
    const key = documentKey(kind, name);
    touched.add(key);
    const known = this.#claims.get(key);
    if (known === undefined) this.#claims.set(key, [placed]);
    else known.push(placed);
  }

  #remove(held: Held, touched: Set<string>): void {
    for (const { kind, name } of held.shown.documents) {
      const key = documentKey(kind, name);
      touched.add(key);
      const rest = this.#claims.get(key)?.filter((placed) => placed.held !== held) ?? [];
      if (rest.length === 0) this.#claims.delete(key);
      else this.#claims.set(key, rest);
    }
  }

  /** Brings the claims of a key into their order. */
  #settle(key: string): void {
    const placed = this.#claims.get(key);
    if (placed === undefined || placed.length < 2) {
      this.#contested.delete(key);
      return;
    }
    this.#contested.add(key);
    const order = [...this.#revisions.keys()];
    const rank = ({ source }: Placed) => order.indexOf(source);
    placed.sort(
      (a, b) => rank(a) - rank(b) || a.held.at - b.held.at || a.claim.document.index - b.claim.document.index,
    );
  }
}
