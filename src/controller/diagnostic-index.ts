import { conflictWhy, type Merged } from '../reconcile/merge.ts';
import type { Identity, Snapshot } from '../reconcile/ports.ts';
import type { Diagnostic } from '../shared/diagnostic.ts';

/** Everything that is wrong in any file of some snapshots; what one service is told costs the same in a fleet of thousands. */
export class DiagnosticIndex {
  /** Errors first, and every identity that two documents claim among them. */
  readonly all: readonly Diagnostic[];
  readonly #byName = new Map<string, Diagnostic[]>();
  readonly #byFile = new Map<string, Diagnostic[]>();

  /** `contested`: the identities that several documents claim; `more`: what is wrong beside the files. */
  constructor(snapshots: readonly Snapshot[], contested: readonly Merged[], more: readonly Diagnostic[] = []) {
    const found = snapshots.flatMap(({ files }) => files.flatMap(({ diagnostics }) => diagnostics));
    found.push(...conflicts(contested), ...more);
    this.all = found.sort((a, b) => (a.severity === b.severity ? 0 : a.severity === 'error' ? -1 : 1));
    for (const diagnostic of this.all) {
      const { name, file } = diagnostic;
      if (name === undefined) append(this.#byFile, file, diagnostic);
      else append(this.#byName, name, diagnostic);
    }
  }

  /** Those that name the service, and those of its file that name nobody. */
  of(identity: Identity, file: string): readonly Diagnostic[] {
    return [...(this.#byName.get(identity) ?? []), ...(this.#byFile.get(file) ?? [])];
  }
}

function conflicts(contested: readonly Merged[]): readonly Diagnostic[] {
  return contested.flatMap((item) => {
    const { message } = conflictWhy(item);
    return item.claims.map(({ origin: { file, line } }): Diagnostic => ({
      severity: 'error',
      code: 'Conflict',
      name: item.name,
      file,
      line,
      column: 1,
      message,
      text: `error[Conflict] ${file}:${String(line)}:1\n  ${message}`,
    }));
  });
}

function append(index: Map<string, Diagnostic[]>, key: string, diagnostic: Diagnostic): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, [diagnostic]);
  else known.push(diagnostic);
}
