import type { Kind } from '../manifest/index.ts';
import type { DocumentOrigin, Snapshot, SnapshotDocument, SnapshotFile, Why } from './ports.ts';
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

/** What one file of a snapshot claims, in the order of its documents. Pure. */
export function claimsOf(
  { source, revision }: Pick<Snapshot, 'source' | 'revision'>,
  shown: SnapshotFile,
): readonly Claim[] {
  const { file, documents, stale, diagnostics } = shown;
  const first = diagnostics.find((d) => d.severity === 'error');
  const why = stale
    ? because(
        'ManifestInvalid',
        first === undefined
          ? `${file} cannot be read`
          : `${first.file}:${String(first.line)}:${String(first.column)} ${first.message}`,
      )
    : undefined;
  return documents.map((document) => ({
    document,
    origin: { source, revision, file, line: document.line, index: document.index },
    ...(why === undefined ? {} : { stale: why }),
  }));
}

/** The sentence for a contested identity, naming every place (reconcile-behaviour §6.3.7). */
export function conflictWhy({ kind, name, claims }: Merged): Why {
  const places = claims.map(({ origin }) => `${origin.file}:${String(origin.line)}`);
  return because(
    'Conflict',
    `${kind} "${name}" is declared in ${places.join(' and ')}; both are frozen until one is removed or renamed`,
  );
}
