import { parseManifests, type ManifestFile, type ParsedDocument } from '../../manifest/index.ts';
import type { Diagnostic } from '../../shared/diagnostic.ts';
import { oneLine } from '../../shared/text.ts';
import type { Parse } from '../parse-cache.ts';
import { namedPaths } from './named-files.ts';

/** As every manifest is parsed, and what a repository adds: its relative paths stay inside of it (manifest.md, Rules). */
export const parseOfRepository: Parse = (file, text, options) => {
  const parsed = parseManifests(file, text, options);
  const outside = parsed.documents.flatMap((document) => leaving(document, file));
  if (outside.length === 0) return parsed;
  return { ...parsed, documents: [], diagnostics: [...parsed.diagnostics, ...outside] } satisfies ManifestFile;
};

/** Of arguments nobody can say that they are paths; the other words are. */
function leaving(document: ParsedDocument, file: string): readonly Diagnostic[] {
  const { name, line, document: whole } = document;
  if (whole.kind !== 'MCPService') return [];
  const { origin } = whole.spec;
  const words = origin.type === 'local_stdio' ? [origin.cwd] : (namedPaths(document)?.paths ?? []);
  return words.filter(leaves).map((path) => {
    const message = `the path ${oneLine(JSON.stringify(path))} leads out of the repository`;
    const help = 'name a file of the repository, or write an absolute path';
    const text = `error[PathOutside] ${file}:${String(line)}:1\n  ${message}\n  ${help}`;
    return { severity: 'error', code: 'PathOutside', name, file, line, column: 1, message, help, text };
  });
}

function leaves(path: string): boolean {
  let depth = 0;
  for (const part of path.startsWith('/') ? [] : path.split('/')) {
    if (part === '..') depth--;
    else if (part !== '' && part !== '.') depth++;
    if (depth < 0) return true;
  }
  return false;
}
