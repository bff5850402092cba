import { restoredDocument, toYaml } from '../manifest/index.ts';
import type { Entry } from '../controller/entry.ts';
import type { DocumentOrigin, HistoryEntry, ManifestWriter, StatusStore, WriteResult } from '../reconcile/ports.ts';
import { ClarityError } from '../shared/errors.ts';
import type { JsonObject } from '../shared/json.ts';
import type { PlannedChange, RecordedGeneration, UndoOutcome } from './types.ts';

export interface UndoDeps {
  readonly store: StatusStore;
  readonly writer: ManifestWriter;
  /** Sources that tools may write to. */
  readonly isWritable: (source: string) => boolean;
  /** What applying the text would do. */
  plan(text: string): Promise<PlannedChange | undefined>;
}

export interface UndoRequest {
  /** The generation to go back to; the newest one with another document where absent. */
  readonly to?: number;
  /** Only say what would change. */
  readonly dryRun: boolean;
}

/**
 * Writes the document of an older generation back into its file: desired state moves, and the loop follows (reconcile-behaviour §2).
 * Throws ClarityError NotFound where there is no such generation, Conflict where the source cannot be written.
 */
export async function restoreGeneration(
  deps: UndoDeps,
  { row: { identity, generation, origin, manifest } }: Entry,
  { to, dryRun }: UndoRequest,
): Promise<WriteResult & Omit<UndoOutcome, 'view' | 'outcome'>> {
  const history = deps.store.history(identity);
  if (!deps.isWritable(origin.source)) throw readOnly(history, origin, to ?? generation - 1);
  const restore = (then: JsonObject, only: boolean) =>
    deps.writer.restore({ kind: 'MCPService', name: identity, at: origin, then, dryRun: only });
  const target =
    to === undefined
      ? await newestOther(history, identity, generation, (document) => restore(document, true))
      : findGeneration(history, identity, to);
  const result = await restore(target.document, dryRun);
  const now = { metadata: manifest.metadata } as unknown as JsonObject;
  const plan = dryRun ? await deps.plan(toYaml(restoredDocument(now, target.document))) : undefined;
  return { ...result, to: target.generation, actions: plan?.actions ?? [] };
}

/** One generation with its document. Throws ClarityError NotFound that names those there are. */
export function findGeneration(
  history: readonly HistoryEntry[],
  identity: string,
  generation: number,
): RecordedGeneration {
  const found = history.find((entry) => entry.generation === generation);
  if (isRecorded(found)) return found;
  const kept = history.filter(isRecorded).map((entry) => String(entry.generation));
  const there = kept.length === 0 ? 'none is kept' : `there are ${kept.join(', ')}`;
  const what =
    found === undefined
      ? `"${identity}" has no generation ${String(generation)} in its history`
      : `generation ${String(generation)} of "${identity}" was stored by an older version, without its document`;
  throw new ClarityError('NotFound', `${what}; ${there}`);
}

/** Skips generations that only restarted the service, or came back to what it is now. */
async function newestOther(
  history: readonly HistoryEntry[],
  identity: string,
  current: number,
  compare: (document: JsonObject) => Promise<WriteResult>,
): Promise<RecordedGeneration> {
  const older = history.filter(isRecorded).filter(({ generation }) => generation < current);
  for (const entry of older.toReversed()) if ((await compare(entry.document)).outcome !== 'unchanged') return entry;
  throw new ClarityError(
    'NotFound',
    `"${identity}" has no earlier generation with another document: see clarityctl rollout history ${identity}`,
  );
}

function isRecorded(entry: HistoryEntry | undefined): entry is RecordedGeneration {
  return entry?.document !== undefined;
}

/** What to type where the source is a repository: the commits that brought the later generations, newest first. */
function readOnly(history: readonly HistoryEntry[], { source, file }: DocumentOrigin, to: number): ClarityError {
  const later = history.filter(({ generation }) => generation > to).toReversed();
  const commits = later.flatMap(({ revision }) => /@sha1:([0-9a-f]{7,40})$/.exec(revision)?.[1] ?? []);
  const advice =
    commits.length === 0
      ? `change ${file} where it comes from`
      : `in its repository: git revert ${[...new Set(commits)].join(' ')}`;
  return new ClarityError('Conflict', `source ${source} cannot be written from here; ${advice}`);
}
