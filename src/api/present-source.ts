import type { Commit, DocumentOrigin } from '../reconcile/ports.ts';
import type { PolicyView, SourceView } from '../runtime/types.ts';
import type { Diagnostic } from '../shared/diagnostic.ts';
import type { DiagnosticItem } from '../wire/answers.ts';
import type { CommitItem, PolicyItem, SourceItem } from '../wire/types.ts';

/** A source as GET /api/sources tells it. Ready while its own condition is fine and its snapshot is complete. */
export function presentSource({ name, kind, path, snapshot, declared }: SourceView): SourceItem {
  const { condition, complete, revision, files, commit, verified } = snapshot;
  const ready = complete && condition === undefined;
  const fine = commit === undefined ? 'every file has been read' : `${commit.subject} (${commit.author})`;
  return {
    name,
    kind,
    path,
    revision,
    complete,
    ready: ready ? 'True' : 'False',
    reason: condition?.reason ?? (complete ? 'Complete' : 'Incomplete'),
    message: condition?.message ?? (complete ? fine : 'no complete scan yet'),
    documents: files.reduce((sum, file) => sum + file.documents.length, 0),
    errors: files.reduce(
      (sum, file) => sum + file.diagnostics.filter(({ severity }) => severity === 'error').length,
      0,
    ),
    ...(commit && { commit: presentCommit(commit) }),
    ...(verified && { verified: { ...verified } }),
    declared: declared === undefined ? null : placeOf(declared),
  };
}

function presentCommit({ atMs, ...commit }: Commit): CommitItem {
  return { ...commit, at: new Date(atMs).toISOString() };
}

function placeOf({ source, file, line }: DocumentOrigin) {
  return { source, file, line };
}

export function presentPolicy({ name, spec, origin, usedBy }: PolicyView): PolicyItem {
  return {
    name,
    spec,
    origin: origin === undefined ? null : placeOf(origin),
    usedBy: [...usedBy],
  };
}

/** Tells each diagnostic the source and revision that its file belongs to; an empty source for a file of none. */
export function presentDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: readonly SourceView[],
): DiagnosticItem[] {
  const owners = new Map(sources.flatMap((source) => source.snapshot.files.map(({ file }) => [file, source] as const)));
  return diagnostics.map((diagnostic) => {
    const owner = owners.get(diagnostic.file);
    if (owner === undefined) return { ...diagnostic, source: '' };
    return { ...diagnostic, source: owner.name, revision: owner.snapshot.revision };
  });
}
