import type { EventSink, Identity, RuntimeEvent, ServiceStatus } from '../reconcile/ports.ts';
import { findCondition } from '../shared/condition.ts';

type News = Omit<RuntimeEvent, 'seq' | 'at' | 'count'>;

/** What a document may do to Synced, as events. */
const SYNC_KINDS: Readonly<Record<string, string>> = {
  ManifestInvalid: 'manifest.invalid',
  Conflict: 'manifest.conflict',
  CompileFailed: 'source.invalid',
  CompilerFailed: 'source.invalid',
  SourceNotFound: 'source.invalid',
  ArtifactInvalid: 'source.invalid',
  ArtifactMismatch: 'source.invalid',
  PruneBlocked: 'manifest.prune_blocked',
};
/** A service that is down for one of these is down by wish. */
const BY_WISH = new Set(['Stopped', 'NotStarted', 'Suspended']);

/** Turns the difference of two statuses into events, with the original's kinds where it had one (original contract §9). */
export function announce(
  events: EventSink,
  identity: Identity,
  before: ServiceStatus | undefined,
  after: ServiceStatus,
): void {
  for (const news of [restartNews, readyNews, stalledNews, syncedNews, interfaceNews]) {
    const event = news(identity, before, after);
    if (event !== undefined) events.emit({ identity, ...event });
  }
}

function restartNews(identity: Identity, before: ServiceStatus | undefined, after: ServiceStatus): News | undefined {
  if (before === undefined || after.restarts <= before.restarts) return undefined;
  const message = `${identity} has been started again (restart ${String(after.restarts)})`;
  return { kind: 'service.restarted', level: 'info', reason: 'Restart', message, data: { restarts: after.restarts } };
}

function readyNews(identity: Identity, before: ServiceStatus | undefined, after: ServiceStatus): News | undefined {
  const is = findCondition(after.conditions, 'Ready');
  const was = findCondition(before?.conditions, 'Ready');
  if (is === undefined || is.status === 'Unknown') return undefined;
  const { reason, message } = is;
  if (is.status === 'True') {
    if (was?.status === 'True') return undefined;
    const ready = `${identity} is ready${after.pid === undefined ? '' : ` (pid ${String(after.pid)})`}`;
    return { kind: 'service.started', level: 'info', reason, message: ready, data: { restarts: after.restarts } };
  }
  // Stalled has news of its own.
  if ((was?.status === 'False' && was.reason === reason) || findCondition(after.conditions, 'Stalled') !== undefined)
    return undefined;
  // An ended instance is forgotten first; why it is down comes with the next status.
  if (reason === 'Superseded') return undefined;
  if (!BY_WISH.has(reason)) return { kind: 'service.not_ready', level: 'warn', reason, message };
  return { kind: reason === 'Stopped' ? 'service.stopped' : 'service.idle', level: 'info', reason, message };
}

function stalledNews(_identity: Identity, before: ServiceStatus | undefined, after: ServiceStatus): News | undefined {
  const is = findCondition(after.conditions, 'Stalled');
  if (is === undefined || findCondition(before?.conditions, 'Stalled')?.reason === is.reason) return undefined;
  if (is.reason === 'Completed')
    return { kind: 'service.stopped', level: 'info', reason: is.reason, message: is.message };
  const kind = is.reason === 'CrashLoop' ? 'service.quarantined' : 'service.start_failed';
  return { kind, level: 'error', reason: is.reason, message: is.message };
}

function syncedNews(_identity: Identity, before: ServiceStatus | undefined, after: ServiceStatus): News | undefined {
  const is = findCondition(after.conditions, 'Synced');
  const kind = SYNC_KINDS[is?.reason ?? ''];
  if (is?.status !== 'False' || kind === undefined || findCondition(before?.conditions, 'Synced')?.reason === is.reason)
    return undefined;
  return { kind, level: 'error', reason: is.reason, message: is.message };
}

function interfaceNews(_identity: Identity, before: ServiceStatus | undefined, after: ServiceStatus): News | undefined {
  const is = after.interface;
  if (is === undefined || before?.interface?.revision === is.revision) return undefined;
  const message = (['tools', 'resources', 'prompts'] as const)
    .map((kind) => `${String(is[kind])} ${is[kind] === 1 ? kind.slice(0, -1) : kind}`)
    .join(', ');
  return {
    kind: 'service.interface_refreshed',
    level: 'info',
    reason: 'Introspecting',
    message,
    data: { revision: is.revision },
  };
}
