import type { Document, Kind } from '../manifest/index.ts';
import { conflictWhy, documentKey, type Merged } from '../reconcile/merge.ts';
import type { DocumentOrigin, Snapshot, Why } from '../reconcile/ports.ts';
import type { ClaimIndex } from './claim-index.ts';

/** A document of a kind that is not run: what it says, and where. */
export interface DocumentRecord<D extends Document> {
  readonly document: D;
  readonly spec: D['spec'];
  readonly origin: DocumentOrigin;
  /** What is on disk now is broken or contested: this is its last good form. */
  readonly stale?: Why;
}

/** The documents of one such kind, by name: the merge of all sources, kept through a source that cannot be read. */
export class DocumentRecords<D extends Document> extends Map<string, DocumentRecord<D>> {
  readonly #kind: D['kind'];

  constructor(kind: D['kind']) {
    super();
    this.#kind = kind;
  }

  /** Takes in what changed files name; `touched` holds keys of all kinds. Answers whether anything may differ now. */
  absorb(claims: ClaimIndex, touched: ReadonlySet<string>, snapshots: ReadonlyMap<string, Snapshot>): boolean {
    const gone = [...this]
      .filter(([name, { origin }]) => !claims.has(this.#kind, name) && snapshots.get(origin.source)?.complete !== false)
      .map(([name]) => name);
    for (const name of gone) this.delete(name);
    const named = namesOf(this.#kind, touched);
    for (const name of named) {
      const item = claims.get(this.#kind, name);
      if (item !== undefined) this.#take(item);
    }
    return gone.length > 0 || named.length > 0;
  }

  /** An edit of one file moves the revision of all that its source declares. */
  followRevisions(claims: ClaimIndex): void {
    for (const [name, record] of this) {
      const revision = claims.revisionOf(this.#kind, name);
      if (revision !== undefined && revision !== record.origin.revision)
        this.set(name, { ...record, origin: { ...record.origin, revision } });
    }
  }

  /** Of two that claim one name neither is taken: what was in force stays. */
  #take(item: Merged): void {
    const [{ document, origin, stale }] = item.claims;
    const before = this.get(item.name);
    if (item.claims.length > 1) {
      if (before !== undefined) this.set(item.name, { ...before, stale: conflictWhy(item) });
      return;
    }
    const taken = document.document as D;
    this.set(item.name, { document: taken, spec: taken.spec, origin, ...(stale && { stale }) });
  }
}

/** The names of one kind among keys of all kinds. */
export function namesOf(kind: Kind, keys: ReadonlySet<string>): readonly string[] {
  const prefix = documentKey(kind, '');
  return [...keys].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
}
