import { ANNOTATIONS } from '../manifest/index.ts';
import type { Identity, ServiceRow, Snapshot, Why } from './ports.ts';
import { because } from './reasons.ts';

export interface PruneInputs {
  /** Every known service: the inventory. */
  readonly inventory: readonly ServiceRow[];
  /** Identities that some source still declares. */
  readonly declared: Pick<ReadonlySet<Identity>, 'has'>;
  readonly snapshots: ReadonlyMap<string, Snapshot>;
  /** Sources that flags name. A row of a source that was one and is it no more goes at once. */
  readonly sources: ReadonlySet<string>;
  /** Sources that Source documents declare. A row of one that was declared and is it no more vanishes like a document of a file. */
  readonly declaredSources: ReadonlyMap<string, { readonly prune: boolean }>;
  /** What a tool of ours removed by name: never braked. */
  readonly removedByUs: ReadonlySet<Identity>;
  /** source -> the revision that a person confirmed. */
  readonly confirmed: ReadonlyMap<string, string>;
  /** What the brake has kept so far: only its return or a confirmation ends that, whatever comes or goes beside it. */
  readonly blocked: ReadonlySet<Identity>;
  /** source -> services that it lost of late: taken away in steps or at once is the same. */
  readonly lost: ReadonlyMap<string, number>;
}

export interface PruneDecision {
  readonly remove: readonly Identity[];
  /** Gone from their source, but kept running, and why. */
  readonly keep: ReadonlyMap<Identity, Why>;
  /** source -> how many of its services in `remove` vanished without anybody's word: the losses to count next time. */
  readonly vanished: ReadonlyMap<string, number>;
}

/** Share and number of a source's inventory that may go at once without being asked (reconcile-behaviour §6.3.8). */
const BRAKE_SHARE = 0.5;
const BRAKE_COUNT = 3;

/** Which of the services that no source declares any more may be stopped. Pure; absence never counts in an incomplete snapshot. */
export function guardPrune(inputs: PruneInputs): PruneDecision {
  const remove: Identity[] = [];
  const keep = new Map<Identity, Why>();
  const vanished = new Map<string, number>();
  const bySource = new Map<string, ServiceRow[]>();
  for (const row of inputs.inventory) {
    const rows = bySource.get(row.origin.source);
    if (rows === undefined) bySource.set(row.origin.source, [row]);
    else rows.push(row);
  }
  for (const [source, rows] of bySource) {
    const gone = rows.filter(({ identity }) => !inputs.declared.has(identity));
    if (isKnown(inputs, source)) {
      decideSource(inputs, { source, rows, gone }, inputs.snapshots.get(source), { remove, keep, vanished });
      continue;
    }
    remove.push(...gone.filter(({ declaredSource }) => declaredSource === undefined).map(({ identity }) => identity));
    const left = { source, rows, gone: gone.filter(({ declaredSource }) => declaredSource !== undefined) };
    decideSource(inputs, left, withoutDocument(inputs, source), { remove, keep, vanished });
  }
  return { remove, keep, vanished };
}

/** What a person confirms who agrees that the services of a source go whose document is gone. */
export function removedRevision(source: string): string {
  return `${source}@removed`;
}

function isKnown({ sources, declaredSources }: PruneInputs, source: string): boolean {
  return sources.has(source) || declaredSources.has(source);
}

type Standing = Pick<Snapshot, 'complete' | 'condition' | 'revision'>;

/** A source whose document is gone is an empty one, as soon as every source that could still declare it has been read. */
function withoutDocument({ sources, declaredSources, snapshots }: PruneInputs, source: string): Standing {
  const revision = removedRevision(source);
  const unread = [...sources, ...declaredSources.keys()].find((name) => snapshots.get(name)?.complete !== true);
  if (unread === undefined) return { complete: true, revision };
  const message = `nothing declares source ${source}, but ${unread} has not been read completely`;
  return { complete: false, revision, condition: because('SourceUnavailable', message) };
}

function decideSource(
  inputs: PruneInputs,
  { source, rows, gone }: { source: string; rows: readonly ServiceRow[]; gone: readonly ServiceRow[] },
  snapshot: Standing | undefined,
  { remove, keep, vanished }: { remove: Identity[]; keep: Map<Identity, Why>; vanished: Map<string, number> },
): void {
  const ours = gone.filter(({ identity }) => inputs.removedByUs.has(identity));
  remove.push(...ours.map(({ identity }) => identity));
  const rest = gone.filter(({ identity }) => !inputs.removedByUs.has(identity));
  if (snapshot?.complete !== true) {
    const why = snapshot?.condition ?? because('SourceUnavailable', `source ${source} has no complete snapshot`);
    for (const { identity } of rest) keep.set(identity, why);
    return;
  }
  const prunable = rest.filter((row) => {
    const wish = unprunedBy(inputs, source, row);
    if (wish === undefined) return true;
    keep.set(row.identity, because('PruneDisabled', `its document is gone from ${source}, but ${wish}`));
    return false;
  });
  const confirmed = inputs.confirmed.get(source) === snapshot.revision;
  const total = rows.length;
  const lost = inputs.lost.get(source) ?? 0;
  const limit = Math.max(BRAKE_COUNT, Math.floor((total + lost) * BRAKE_SHARE));
  const held = prunable.some(({ identity }) => inputs.blocked.has(identity));
  if (confirmed || (!held && prunable.length + lost <= limit)) {
    remove.push(...prunable.map(({ identity }) => identity));
    if (!confirmed && prunable.length > 0) vanished.set(source, prunable.length);
    return;
  }
  const before = lost === 0 ? '' : `, after ${String(lost)} in the last ten minutes`;
  const message = `${String(prunable.length)} of ${String(total)} services vanished from ${source}${before} (limit ${String(limit)}); confirm with: clarityctl prune --confirm ${snapshot.revision}`;
  for (const { identity } of prunable) keep.set(identity, because('PruneBlocked', message));
}

/** What keeps it although its document is gone, as the end of a sentence. */
function unprunedBy({ declaredSources }: PruneInputs, source: string, row: ServiceRow): string | undefined {
  if (row.manifest.metadata.annotations[ANNOTATIONS.prune] === 'disabled') return `${ANNOTATIONS.prune} is disabled`;
  const { prune } = declaredSources.get(source) ?? row.declaredSource ?? { prune: true };
  return prune ? undefined : `the source has prune: false`;
}
