import { parseSelection } from '../manifest/index.ts';
import type { Identity } from './ports.ts';

/** A service that a toolset may select. */
export interface Selectable {
  readonly identity: Identity;
  readonly labels: Readonly<Record<string, string>>;
}

/** Which services the entries of a toolset select. */
export interface ToolsetMembers {
  /** Declared services, running or not. */
  readonly members: ReadonlySet<Identity>;
  /** Entries that select nobody, as they were written. */
  readonly idle: readonly string[];
}

/** Resolves `spec.services` (manifest.md, Toolset): an entry is a name or a label selector, and a service that any of them selects is in. Pure. */
export function toolsetMembers(
  services: readonly string[] | undefined,
  selectable: readonly Selectable[],
): ToolsetMembers {
  if (services === undefined) return { members: new Set(selectable.map(({ identity }) => identity)), idle: [] };
  const members = new Set<Identity>();
  const idle = services.filter((entry) => {
    const selected = selectable.filter(matcherOf(entry));
    for (const { identity } of selected) members.add(identity);
    return selected.length === 0;
  });
  return { members, idle };
}

/** The manifest was checked: what is neither a name nor a selector selects nobody. */
function matcherOf(entry: string): (service: Selectable) => boolean {
  const selection = parseSelection(entry);
  if (selection === undefined) return () => false;
  return 'name' in selection
    ? ({ identity }) => identity === selection.name
    : ({ labels }) => selection.selects(labels);
}
