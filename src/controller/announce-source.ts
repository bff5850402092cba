import type { EventSink, Snapshot } from '../reconcile/ports.ts';

/** Tells that a source fails, recovers, moved on to another commit, and what is newly wrong in its files. */
export function announceSource(events: EventSink, before: Snapshot | undefined, after: Snapshot): void {
  announceStanding(events, before, after);
  announceCommit(events, before, after);
  announceFindings(events, before, after);
}

function announceStanding(events: EventSink, before: Snapshot | undefined, { condition, source }: Snapshot): void {
  if (condition !== undefined && before?.condition?.reason !== condition.reason)
    events.emit({
      kind: 'source.degraded',
      level: 'warn',
      reason: condition.reason,
      message: `${source}: ${condition.message}`,
    });
  if (condition === undefined && before?.condition !== undefined)
    events.emit({
      kind: 'source.recovered',
      level: 'info',
      reason: 'Applied',
      message: `${source} is readable again`,
    });
}

/** A folder has another revision with every file that is saved: only commits are told. */
function announceCommit(events: EventSink, before: Snapshot | undefined, after: Snapshot): void {
  const { source, revision, commit } = after;
  if (commit === undefined || before === undefined || before.revision === revision) return;
  events.emit({
    kind: 'source.moved',
    level: 'info',
    reason: 'Applied',
    message: `${source} is at ${revision}: ${commit.subject} (${commit.author})`,
    data: { source, revision, before: before.revision },
  });
}

function announceFindings(events: EventSink, before: Snapshot | undefined, after: Snapshot): void {
  const wrong = after.files.filter((file) => file.diagnostics.length > 0);
  const held = wrong.length === 0 ? undefined : new Set(before?.files);
  const fresh = wrong.filter((file) => held?.has(file) !== true);
  if (fresh.length === 0) return;
  const known = new Set(before?.files.flatMap(({ diagnostics }) => diagnostics.map(({ text }) => text)));
  for (const { diagnostics } of fresh)
    for (const { severity, code, name, text } of diagnostics)
      if (!known.has(text))
        events.emit({
          kind: severity === 'error' ? 'manifest.invalid' : 'manifest.warning',
          level: severity === 'error' ? 'error' : 'warn',
          ...(name === undefined ? {} : { identity: name }),
          reason: code,
          message: text,
        });
}
