import type { EventSink, Identity, ServiceStatus } from '../reconcile/ports.ts';

/** Turns the difference of two statuses into events, with the original's kinds where it had one (original contract §9). */
export function announce(
  events: EventSink,
  identity: Identity,
  before: ServiceStatus | undefined,
  after: ServiceStatus,
): void {
  const was = (type: string) => before?.conditions.find((c) => c.type === type);
  const is = (type: string) => after.conditions.find((c) => c.type === type);
  const ready = is('Ready');
  const stalled = is('Stalled');
  const synced = is('Synced');
  if (ready?.status === 'True' && was('Ready')?.status !== 'True') {
    const restarted = after.restarts > (before?.restarts ?? 0);
    events.emit({
      kind: restarted ? 'service.restarted' : 'service.started',
      level: 'info',
      identity,
      reason: ready.reason,
      message: `${identity} is ready${after.pid === undefined ? '' : ` (pid ${String(after.pid)})`}`,
      data: { restarts: after.restarts },
    });
  }
  if (
    ready?.status === 'False' &&
    was('Ready')?.status === 'True' &&
    stalled === undefined &&
    ready.reason === 'Stopped'
  )
    events.emit({ kind: 'service.stopped', level: 'info', identity, reason: ready.reason, message: ready.message });
  else if (
    ready?.status === 'False' &&
    !(was('Ready')?.status === 'False' && was('Ready')?.reason === ready.reason) &&
    stalled === undefined &&
    ready.reason !== 'Stopped'
  )
    events.emit({
      kind: 'service.not_ready',
      level: ready.reason === 'Suspended' || ready.reason === 'NotStarted' ? 'info' : 'warn',
      identity,
      reason: ready.reason,
      message: ready.message,
    });
  if (stalled !== undefined && was('Stalled')?.reason !== stalled.reason)
    events.emit({
      kind: stalled.reason === 'CrashLoop' ? 'service.quarantined' : 'service.start_failed',
      level: 'error',
      identity,
      reason: stalled.reason,
      message: stalled.message,
    });
  if (
    synced !== undefined &&
    synced.status === 'False' &&
    (synced.reason === 'ManifestInvalid' || synced.reason === 'Conflict' || synced.reason === 'PruneBlocked') &&
    was('Synced')?.reason !== synced.reason
  )
    events.emit({
      kind: `manifest.${synced.reason === 'ManifestInvalid' ? 'invalid' : synced.reason === 'Conflict' ? 'conflict' : 'prune_blocked'}`,
      level: 'error',
      identity,
      reason: synced.reason,
      message: synced.message,
    });
  if (after.interface !== undefined && before?.interface?.revision !== after.interface.revision)
    events.emit({
      kind: 'service.interface_refreshed',
      level: 'info',
      identity,
      reason: 'Introspecting',
      message: `${String(after.interface.tools)} tools, ${String(after.interface.resources)} resources, ${String(after.interface.prompts)} prompts`,
      data: { revision: after.interface.revision },
    });
}
