import type { Controller } from '../controller/controller.ts';
import type { SourceSet } from '../reconcile/ports.ts';
import { because } from '../reconcile/reasons.ts';
import type { SourceView } from './types.ts';

interface SourceDeps {
  readonly controller: Controller;
  readonly sources: SourceSet;
}

/** Every source as the doors see it: those of flags first. */
export function sourceViews({ controller, sources }: SourceDeps): readonly SourceView[] {
  const { snapshots } = controller.sources;
  return sources.all().map(({ name, kind, location }) => {
    const snapshot = snapshots.get(name) ?? unread(name);
    const declared = controller.sources.declarationOf(name);
    return { name, kind, path: location, snapshot, ...(declared && { declared }) };
  });
}

/**
 * Why the sources are not ready, a sentence each. A repository that cannot be read is none: what it declared last is in force, and a forge that
 * is away must not take the daemon out of service.
 */
export function unreadSources({ controller, sources }: SourceDeps): readonly string[] {
  return sources.all().flatMap(({ name, kind }) => {
    const snapshot = controller.sources.snapshots.get(name);
    if (snapshot === undefined) return [`source ${name} has not been read yet`];
    if (snapshot.complete || (kind === 'git' && snapshot.condition !== undefined)) return [];
    return [`source ${name}: ${snapshot.condition?.message ?? 'not complete'}`];
  });
}

function unread(source: string): SourceView['snapshot'] {
  const condition = because('SourceUnavailable', 'it has not been read yet');
  return { source, revision: '', complete: false, files: [], condition };
}
