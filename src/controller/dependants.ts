import type { Identity, Why } from '../reconcile/ports.ts';
import { because } from '../reconcile/reasons.ts';
import { findCondition } from '../shared/condition.ts';
import type { Entry } from './entry.ts';

/** Who waits for whom: a service is started after those that it depends on, and they are stopped after it (manifest.md, dependsOn). */
export class Dependants {
  readonly #entries: ReadonlyMap<Identity, Entry>;
  /** Dependency -> those that name it. */
  readonly #of = new Map<Identity, Set<Identity>>();
  /** What each names, as it was last told. */
  readonly #names = new Map<Identity, readonly Identity[]>();

  constructor(entries: ReadonlyMap<Identity, Entry>) {
    this.#entries = entries;
  }

  /** Takes in what a service depends on now; nothing where it is gone. */
  tell(identity: Identity, dependsOn: readonly Identity[]): void {
    const before = this.#names.get(identity) ?? [];
    if (before === dependsOn || (before.length === 0 && dependsOn.length === 0)) return;
    for (const name of before) this.#of.get(name)?.delete(identity);
    for (const name of dependsOn) this.#of.set(name, (this.#of.get(name) ?? new Set()).add(identity));
    for (const name of before) if (this.#of.get(name)?.size === 0) this.#of.delete(name);
    if (dependsOn.length === 0) this.#names.delete(identity);
    else this.#names.set(identity, dependsOn);
  }

  /** Those that name the service. */
  of(identity: Identity): ReadonlySet<Identity> {
    return this.#of.get(identity) ?? NONE;
  }

  /** Why a service must wait with its start: the first dependency that is not Ready at its newest generation. */
  awaits(dependsOn: readonly Identity[]): Why | undefined {
    for (const name of dependsOn) {
      const entry = this.#entries.get(name);
      if (entry === undefined || entry.deleted)
        return because('DependencyNotReady', `it depends on "${name}", which no source declares`);
      const { status, row } = entry;
      const ready = findCondition(status?.conditions, 'Ready');
      if (entry.desired !== undefined && ready?.status === 'True' && status?.observedGeneration === row.generation)
        continue;
      const how = ready === undefined || entry.desired === undefined ? 'not looked at yet' : ready.reason;
      return because('DependencyNotReady', `it depends on "${name}", which is not Ready (${how})`);
    }
    return undefined;
  }

  /** The first that has to be gone before the service may be stopped: it depends on it and is on its way out, too. */
  outlives(identity: Identity, isLive: (identity: Identity) => boolean): Identity | undefined {
    for (const name of this.of(identity)) {
      const entry = this.#entries.get(name);
      // One whose stop fails would hold the other for ever.
      if (entry !== undefined && leaves(entry) && entry.held === undefined && isLive(name)) return name;
    }
    return undefined;
  }
}

const NONE: ReadonlySet<Identity> = new Set();

function leaves({ deleted, row }: Entry): boolean {
  const { enabled, autostart, suspend } = row.manifest.spec;
  return deleted || (!suspend && !(enabled && autostart));
}
