import type { ManifestFile, ParsedDocument } from '../manifest/index.ts';
import type { Diagnostic } from '../shared/diagnostic.ts';

interface Claim {
  readonly file: string;
  readonly parsed: ParsedDocument;
}

/**
 * What no single file can show: two documents with one identity (manifest.md, rules) and two services of one namespace.
 * Each later claim is an error that names the first one's file and line.
 */
export function crossCheck(files: readonly ManifestFile[]): readonly Diagnostic[] {
  const names = new Map<string, Claim>();
  const namespaces = new Map<string, Claim>();
  const found: Diagnostic[] = [];
  for (const { file, documents } of files) {
    for (const parsed of documents) {
      const claim = { file, parsed };
      const first = claimed(names, `${parsed.kind}/${parsed.name}`, claim);
      if (first !== undefined) {
        found.push(
          diagnose(
            'Conflict',
            claim,
            `${parsed.kind} "${parsed.name}" is already defined`,
            first,
            'Rename or remove one of them.',
          ),
        );
        continue;
      }
      if (parsed.document.kind !== 'MCPService') continue;
      const namespace = parsed.document.spec.toolNamespace;
      const other = claimed(namespaces, namespace, claim);
      if (other !== undefined) {
        const message = `the tool namespace "${namespace}" already belongs to service "${other.parsed.name}"`;
        found.push(diagnose('NamespaceConflict', claim, message, other, 'Set spec.toolNamespace of one of them.'));
      }
    }
  }
  return found;
}

function claimed(claims: Map<string, Claim>, key: string, claim: Claim): Claim | undefined {
  const first = claims.get(key);
  if (first === undefined) claims.set(key, claim);
  return first;
}

function diagnose(code: string, { file, parsed }: Claim, what: string, first: Claim, help: string): Diagnostic {
  const { name, line } = parsed;
  const message = `${what} at ${first.file}:${String(first.parsed.line)}`;
  const text = `error[${code}] ${file}:${String(line)}:1\n  ${message}\n  ${help}`;
  return { severity: 'error', code, name, file, line, column: 1, message, help, text };
}
