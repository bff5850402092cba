import type { Snapshot, SnapshotFile } from '../reconcile/ports.ts';
import { canonicalJson } from '../shared/canonical-json.ts';

/** True where nobody could act differently on the two: revision, completeness, condition, verification, documents and diagnostics are equal. */
export function sameSnapshot(a: Snapshot, b: Snapshot): boolean {
  return (
    a.revision === b.revision &&
    a.complete === b.complete &&
    canonicalJson([a.condition, a.verified]) === canonicalJson([b.condition, b.verified]) &&
    (a.files === b.files ||
      (a.files.length === b.files.length && a.files.every((file, at) => sameFile(file, b.files[at]))))
  );
}

/** Files that no scan touched are the same objects, so that thousands compare in no time. */
function sameFile(a: SnapshotFile, b: SnapshotFile | undefined): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b);
}
