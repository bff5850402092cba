import {
  diffInterfaces,
  isBreaking,
  isEmptyDiff,
  LIST_NAMES,
  type InterfaceDiff,
  type ListDiff,
  type ListName,
} from '../reconcile/interface-diff.ts';
import type { EventSink, Identity, InterfaceSnapshot } from '../reconcile/ports.ts';
import { because } from '../reconcile/reasons.ts';
import type { JsonObject } from '../shared/json.ts';
import { oneLine } from '../shared/text.ts';

/** Of each kind in the data of an event, and of its names in the sentence. */
const MAX_LISTED = 20;
const MAX_NAMED = 5;
const MAX_WHY = 3;
const NAME_CHARS = 128;
const WHY_CHARS = 160;

const NOUNS: Readonly<Record<ListName, string>> = {
  tools: 'tools',
  prompts: 'prompts',
  resources: 'resources',
  resourceTemplates: 'resource templates',
};

/**
 * Says what a service gained, lost and changed since its interface was last read: a warning where something is gone or may break who calls
 * it. Silent for the first reading, and where only the order differs.
 */
export function announceInterface(
  events: EventSink,
  identity: Identity,
  before: InterfaceSnapshot | undefined,
  after: InterfaceSnapshot,
): void {
  if (before === undefined || before.revision === after.revision) return;
  const diff = diffInterfaces(before, after);
  if (isEmptyDiff(diff)) return;
  events.emit({
    kind: 'service.interface_changed',
    level: isBreaking(diff) ? 'warn' : 'info',
    identity,
    ...because('InterfaceChanged', oneLine(`${identity}: ${sentence(diff)}`, 1000)),
    data: Object.fromEntries(LIST_NAMES.map((list) => [list, bounded(diff[list])])),
  });
}

/** `tools added: a, b; tools removed: c; tools changed: d (breaking: …)`. */
function sentence(diff: InterfaceDiff): string {
  const parts = LIST_NAMES.flatMap((list) => {
    const { added, removed, changed } = diff[list];
    const of = (what: string, names: readonly string[]) => {
      if (names.length === 0) return [];
      const more = names.length > MAX_NAMED ? ` and ${String(names.length - MAX_NAMED)} more` : '';
      return [`${NOUNS[list]} ${what}: ${names.slice(0, MAX_NAMED).join(', ')}${more}`];
    };
    const grave = changed.map(({ name, level, why }) => {
      const how = level === 'possiblyBreaking' ? 'possibly breaking' : level;
      return `${short(name)} (${how === 'text' ? 'in words' : `${how}: ${why[0] ?? ''}`})`;
    });
    return [...of('removed', removed.map(short)), ...of('changed', grave), ...of('added', added.map(short))];
  });
  return parts.join('; ');
}

/** What an event carries of a list: names of any length and number come from the upstream. */
function bounded({ added, removed, changed }: ListDiff): JsonObject {
  const omitted = [added, removed, changed].reduce((sum, list) => sum + Math.max(0, list.length - MAX_LISTED), 0);
  return {
    added: added.slice(0, MAX_LISTED).map(short),
    removed: removed.slice(0, MAX_LISTED).map(short),
    changed: changed
      .slice(0, MAX_LISTED)
      .map(({ name, level, why }) => ({
        name: short(name),
        level,
        why: why.slice(0, MAX_WHY).map((one) => oneLine(one, WHY_CHARS)),
      })),
    ...(omitted === 0 ? {} : { omitted }),
  };
}

function short(name: string): string {
  return oneLine(name, NAME_CHARS);
}
