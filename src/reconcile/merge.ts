import type { Kind } from '../manifest/index.ts';
import type { DocumentOrigin, Snapshot, SnapshotDocument, Why } from './ports.ts';
import { because } from './reasons.ts';

/** One document of one source, with all that is known of where it stands. */
export interface Claim {
  readonly document: SnapshotDocument;
  readonly origin: DocumentOrigin;
  /** Its file has errors on disk: this is the last good form. */
  readonly stale?: Why;
}

/** What all sources together say of one identity: one claim, or several that contradict each other. */
export interface Merged {
  readonly kind: Kind;
  readonly name: string;
  /** Sorted by source, file and index. */
  readonly claims: readonly [Claim, ...Claim[]];
}

/** `MCPService/files`: identity over kinds. */
export function documentKey(kind: Kind, name: string): string {
  return `${kind}/${name}`;
}

/** Gathers the documents of all snapshots by identity; sources in the order given. Pure. */
export function mergeSnapshots(snapshots: readonly Snapshot[]): ReadonlyMap<string, Merged> {
  const merged = new Map<string, { kind: Kind; name: string; claims: [Claim, ...Claim[]] }>();
  for (const { source, revision, files } of snapshots) {
    for (const { file, documents, stale, diagnostics } of files) {
      const first = diagnostics.find((d) => d.severity === 'error');
      const why = stale
        ? because(
            'ManifestInvalid',
            first === undefined
              ? `${file} cannot be read`
              : `${first.file}:${String(first.line)}:${String(first.column)} ${first.message}`,
          )
        : undefined;
      for (const document of documents) {
        const claim: Claim = {
          document,
          origin: { source, revision, file, line: document.line, index: document.index },
          ...(why === undefined ? {} : { stale: why }),
        };
        const key = documentKey(document.kind, document.name);
        const known = merged.get(key);
        if (known === undefined) merged.set(key, { kind: document.kind, name: document.name, claims: [claim] });
        else known.claims.push(claim);
      }
    }
  }
  return merged;
}

/** The sentence for a contested identity, naming every place (reconcile-behaviour §6.3.7). */
export function conflictWhy({ kind, name, claims }: Merged): Why {
  const places = claims.map(({ origin }) => `${origin.file}:${String(origin.line)}`);
  return because(
    'Conflict',
    `${kind} "${name}" is declared in ${places.join(' and ')}; both are frozen until one is removed or renamed`,
  );
}
