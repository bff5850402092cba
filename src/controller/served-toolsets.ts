import type { ServedToolset, Unsubscribe } from '../reconcile/ports.ts';
import { toolsetMembers } from '../reconcile/toolset-members.ts';
import type { Fleet } from './fleet.ts';

interface Held {
  /** Equal for toolsets that are equal. */
  readonly key: string;
  readonly toolset: ServedToolset;
}

/** The toolsets as the gateway sees them: each with the services that it selects now. */
export class ServedToolsets {
  #held = new Map<string, Held>();
  readonly #listeners = new Set<(name: string) => void>();

  get(name: string): ServedToolset | undefined {
    return this.#held.get(name)?.toolset;
  }

  onChange(listener: (name: string) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Level-triggered: what the fleet says now, told only where it differs from before. */
  follow({ toolsets, entries }: Pick<Fleet, 'toolsets' | 'entries'>): void {
    if (toolsets.size === 0 && this.#held.size === 0) return;
    const before = this.#held;
    const selectable = [...entries.values()]
      .filter(({ deleted }) => !deleted)
      .map(({ row: { identity, manifest } }) => ({ identity, labels: manifest.metadata.labels }));
    this.#held = new Map();
    for (const [name, { spec }] of toolsets) {
      const { members } = toolsetMembers(spec.services, selectable);
      const key = JSON.stringify([[...members].sort(), spec.tools, spec.mode]);
      const known = before.get(name);
      const { tools, mode } = spec;
      this.#held.set(name, known?.key === key ? known : { key, toolset: { name, members, tools, mode } });
    }
    for (const name of new Set([...before.keys(), ...this.#held.keys()]))
      if (before.get(name) !== this.#held.get(name)) for (const listener of this.#listeners) listener(name);
  }
}
