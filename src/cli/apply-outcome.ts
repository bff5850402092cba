import type { ParsedDocument } from '../manifest/index.ts';
import type { Diagnostic } from '../shared/diagnostic.ts';
import type { Committed } from '../wire/answers.ts';
import type { CommitBody } from '../wire/requests.ts';
import type { PlanItem } from '../wire/types.ts';
import { documentText, type AppliedFile } from './applied-documents.ts';
import type { CommandContext } from './command-context.ts';
import { asRefusal } from './failure.ts';

/** What became of one document of apply; what -o json prints of it. */
export interface ApplyOutcome extends Readonly<Committed> {
  readonly kind: string;
  /** The file where the document has no readable name. */
  readonly name: string;
  readonly outcome: PlanItem['outcome'] | 'valid';
  readonly file: string;
  readonly generation?: number;
  readonly specHash?: string;
  readonly message?: string;
  readonly patch?: string;
  readonly actions?: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** How the documents are written. */
export type Writing = CommitBody & { readonly force: boolean };

/** Without asking the daemon: valid or invalid (--dry-run=client). */
export function checkOnly({ file, parsed }: AppliedFile): readonly ApplyOutcome[] {
  const { diagnostics, documents } = parsed;
  if (!hasErrors(diagnostics))
    return documents.map(({ kind, name }) => ({ kind, name, outcome: 'valid', file, diagnostics }));
  const names = new Set(diagnostics.map(({ name }) => name).filter((name) => name !== undefined));
  const invalid = { outcome: 'invalid', file, diagnostics } as const;
  if (names.size === 0) return [{ kind: 'File', name: file, ...invalid }];
  return [...names].map((name, index) => ({
    kind: 'MCPService',
    name,
    ...invalid,
    diagnostics: index === 0 ? diagnostics : [],
  }));
}

/** What the daemon would make of the file (--dry-run=server). */
export async function planFile(
  { client, signal }: CommandContext,
  applied: AppliedFile,
): Promise<readonly ApplyOutcome[]> {
  const { file, text, parsed } = applied;
  if (hasErrors(parsed.diagnostics)) return checkOnly(applied);
  const { items } = await client.plan({ manifests: [{ file, text }] }, { signal });
  return items.map(({ kind, name, outcome, patch, actions, diagnostics }) => ({
    kind,
    name,
    outcome,
    file,
    patch,
    actions,
    diagnostics,
  }));
}

/** Applies each document of the file for itself, so that one refusal stops no other. */
export async function applyFile(
  context: CommandContext,
  applied: AppliedFile,
  writing: Writing,
): Promise<readonly ApplyOutcome[]> {
  if (hasErrors(applied.parsed.diagnostics)) return checkOnly(applied);
  const outcomes: ApplyOutcome[] = [];
  for (const document of applied.parsed.documents) outcomes.push(await applyOne(context, applied, document, writing));
  return outcomes;
}

async function applyOne(
  { client, signal }: CommandContext,
  applied: AppliedFile,
  document: ParsedDocument,
  writing: Writing,
): Promise<ApplyOutcome> {
  const { kind, name } = document;
  try {
    const text = documentText(applied, document);
    const answer = await client.apply({ text, ...writing, managedBy: 'clarityctl' }, { signal });
    const { outcome, file, generation, specHash, diagnostics, commit } = answer;
    return { kind, name, outcome, file, generation, specHash, diagnostics, ...(commit && { commit }) };
  } catch (error) {
    const refusal = asRefusal(error);
    if (refusal === undefined) throw error;
    return { kind, name, file: applied.file, ...refusal };
  }
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}
