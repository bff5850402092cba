import type { Diagnostic } from '../shared/diagnostic.ts';
import type { Snapshot, SnapshotDocument, SnapshotFile } from '../reconcile/ports.ts';

/** What was made of a file: the same file gives the same object, since who looks at snapshots compares objects. */
const made = new WeakMap<SnapshotFile, SnapshotFile>();

/**
 * The snapshot of a source that may not declare further sources: a repository would send the daemon to where its own pusher likes. Documents of
 * kind Source are left out, with a warning each.
 */
export function withoutSources(snapshot: Snapshot): Snapshot {
  if (!snapshot.files.some(declaresSource)) return snapshot;
  return { ...snapshot, files: snapshot.files.map((file) => (declaresSource(file) ? cleaned(file) : file)) };
}

function declaresSource({ documents }: SnapshotFile): boolean {
  return documents.some(({ kind }) => kind === 'Source');
}

function cleaned(file: SnapshotFile): SnapshotFile {
  const known = made.get(file);
  if (known !== undefined) return known;
  const refused = file.documents.filter(({ kind }) => kind === 'Source');
  const result = {
    ...file,
    documents: file.documents.filter(({ kind }) => kind !== 'Source'),
    diagnostics: [...file.diagnostics, ...refused.map((document) => warning(file.file, document))],
  };
  made.set(file, result);
  return result;
}

function warning(file: string, { name, line }: SnapshotDocument): Diagnostic {
  const message = `Source "${name}" is not followed: only manifests of a folder of this machine declare sources`;
  const text = `warning[SourceNotFollowed] ${file}:${String(line)}:1\n  ${message}`;
  return { severity: 'warning', code: 'SourceNotFollowed', file, line, column: 1, message, text };
}
