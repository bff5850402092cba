import type { HistoryItem, ServiceRecord, SourceItem } from '../wire/types.ts';

/** The way of one service from its line in a file to what clients see; what -o json prints of `trace`. */
export interface ServiceTrace {
  readonly name: string;
  readonly document: ServiceRecord['origin'];
  /** Of the source when it brought this generation; `commit` where the source is a repository. */
  readonly revision: string;
  readonly commit?: string;
  /** Of that commit; absent where the source has moved on since. */
  readonly commitBy?: { readonly author: string; readonly subject: string };
  readonly source?: Pick<SourceItem, 'kind' | 'path' | 'verified' | 'ready' | 'reason' | 'message'>;
  /** Who wrote it: a tool's name, or empty for a person. */
  readonly who: string;
  /** `at`, `what` and `outcome` are absent where the history does not reach back to it. */
  readonly generation: Pick<ServiceRecord, 'generation' | 'observedGeneration' | 'specHash'> &
    Partial<Pick<HistoryItem, 'at' | 'what' | 'outcome'>>;
  readonly plan: ServiceRecord['plan'];
  /** Null where nothing runs. */
  readonly process: { readonly pid?: number; readonly startedAt: string; readonly restarts: number } | null;
  /** Null where it was never read. */
  readonly interface: { readonly revision: string; readonly introspectedAt: string } | null;
}

/** Follows a service from its document to its process; `history` in any order. */
export function traceService(
  record: ServiceRecord,
  history: readonly HistoryItem[],
  source: SourceItem | undefined,
): ServiceTrace {
  const { name, origin, generation, observedGeneration, specHash, plan, status } = record;
  const entry = history.find((each) => each.generation === generation);
  const revision = entry?.revision ?? record.revision;
  const commit = /@sha1:([0-9a-f]{7,40})$/.exec(revision)?.[1];
  const { pid, startedAt, restarts } = status;
  return {
    name,
    document: origin,
    revision,
    ...(commit === undefined ? {} : { commit, ...whoseCommit(commit, source) }),
    ...(source && { source: standingOf(source) }),
    who: entry?.who ?? '',
    generation: {
      generation,
      observedGeneration,
      specHash,
      ...(entry === undefined ? {} : { at: entry.at, what: entry.what, outcome: entry.outcome }),
    },
    plan,
    process: startedAt === undefined ? null : { ...(pid === undefined ? {} : { pid }), startedAt, restarts },
    interface: interfaceOf(record),
  };
}

function whoseCommit(sha: string, source: SourceItem | undefined): Pick<ServiceTrace, 'commitBy'> {
  if (source?.commit?.sha !== sha) return {};
  const { author, subject } = source.commit;
  return { commitBy: { author, subject } };
}

function standingOf({ kind, path, ready, reason, message, verified }: SourceItem): NonNullable<ServiceTrace['source']> {
  return { kind, path, ready, reason, message, ...(verified && { verified }) };
}

function interfaceOf({ interfaceSnapshot: snapshot }: ServiceRecord): ServiceTrace['interface'] {
  const { interfaceRevision: revision, introspectedAt } = snapshot ?? {};
  return typeof revision === 'string' && typeof introspectedAt === 'string' ? { revision, introspectedAt } : null;
}
