import { restoredDocument, toYaml } from '../manifest/index.ts';
import type { Entry } from '../controller/entry.ts';
import type { HistoryEntry, ManifestWriter, StatusStore, WriteResult, Writing } from '../reconcile/ports.ts';
import { ClarityError } from '../shared/errors.ts';
import type { JsonObject } from '../shared/json.ts';
import { inWords } from './in-words.ts';
import type { PlannedChange, RecordedGeneration, UndoOutcome } from './types.ts';

export interface UndoDeps {
  readonly store: StatusStore;
  readonly writer: ManifestWriter;
  /** What applying the text would do. */
  plan(text: string): Promise<PlannedChange | undefined>;
}

export interface UndoRequest extends Writing {
  /** The generation to go back to; the newest one with another document where absent. */
  readonly to?: number;
  /** Only say what would change. */
  readonly dryRun: boolean;
}

/**
 * Writes the document of an older generation back into its file: desired state moves, and the loop follows (reconcile-behaviour §2).
 * Throws ClarityError NotFound where there is no such generation, Conflict where the source cannot be written; of a git source that is not to
 * be committed to, the Conflict says which commits to revert.
 */
export async function restoreGeneration(
  deps: UndoDeps,
  { row: { identity, generation, origin, manifest } }: Entry,
  { to, dryRun, ...options }: UndoRequest,
): Promise<WriteResult & Omit<UndoOutcome, 'view' | 'outcome'>> {
  const history = deps.store.history(identity);
  const restore = (then: JsonObject, only: boolean, writing: Writing = {}) =>
    deps.writer.restore({ kind: 'MCPService', name: identity, at: origin, then, dryRun: only, ...writing });
  const target =
    to === undefined
      ? await newestOther(history, identity, generation, (document) => restore(document, true))
      : findGeneration(history, identity, to);
  const wish = inWords(options, `Roll ${identity} back to generation ${String(target.generation)}`);
  const result = await restore(target.document, dryRun, wish).catch((error: unknown) => {
    throw options.commit === undefined ? withRevert(error, history, target.generation) : error;
  });
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

/** A refusal with what to type in the repository: the commits that brought the later generations, newest first. */
function withRevert(error: unknown, history: readonly HistoryEntry[], to: number): unknown {
  if (!(error instanceof ClarityError) || error.code !== 'Conflict') return error;
  const later = history.filter(({ generation }) => generation > to).toReversed();
  const commits = new Set(later.map(({ revision }) => /@sha1:([0-9a-f]{40})$/.exec(revision)?.[1]));
  // A generation that no one commit made, such as one from a folder, has none to revert.
  if (commits.size === 0 || commits.has(undefined)) return error;
  const message = `${error.message}; in its repository: git revert ${[...commits].join(' ')}`;
  return new ClarityError('Conflict', message, error.data === undefined ? {} : { data: error.data });
}
