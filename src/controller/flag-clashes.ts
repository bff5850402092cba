import type { SourceManifest } from '../manifest/index.ts';
import type { Diagnostic } from '../shared/diagnostic.ts';
import type { DocumentRecord } from './document-records.ts';

/** Source documents that are not followed because a flag names a source of the same name: the flag wins. */
export function flagClashes(
  documents: Iterable<readonly [string, DocumentRecord<SourceManifest>]>,
  flags: ReadonlySet<string>,
): readonly Diagnostic[] {
  return [...documents].flatMap(
    ([
      name,
      {
        origin: { file, line },
      },
    ]): Diagnostic[] => {
      if (!flags.has(name)) return [];
      const message = `source "${name}" is given to the daemon by a flag, which wins; give this document another name`;
      const text = `error[Conflict] ${file}:${String(line)}:1\n  ${message}`;
      return [{ severity: 'error', code: 'Conflict', file, line, column: 1, message, text }];
    },
  );
}
