import type { DiagnosticItem } from '../wire/answers.ts';
import type { ServiceItem, SourceItem } from '../wire/types.ts';
import { isAsleep } from './output/service-table.ts';

/** One node of `tree`, and with -o json its data. */
export type TreeNode = (
  | { readonly kind: 'Source'; readonly name: string; readonly revision?: string; readonly reason?: string }
  | { readonly kind: 'File'; readonly name: string; readonly errors: number }
  | ({ readonly kind: 'Service'; readonly name: string; readonly line: number } & Words)
  | {
      readonly kind: 'Generation';
      readonly generation: number;
      readonly observedGeneration: number;
      readonly note?: 'asleep';
    }
  | {
      readonly kind: 'Instance';
      readonly driver: string;
      readonly pid?: number;
      readonly startedAt: string;
      readonly restarts: number;
    }
  | ({
      readonly kind: 'Dependency';
      readonly name: string;
      readonly note?: 'not found' | 'cycle' | 'see above';
    } & Partial<Words>)
) & { readonly children: readonly TreeNode[] };

/** The two words that Argo CD draws as icons. */
interface Words {
  readonly sync: ServiceItem['sync'];
  readonly health: ServiceItem['status']['health'];
}

/** What the daemon says of the fleet. */
export interface FleetAnswer {
  readonly sources: readonly SourceItem[];
  readonly services: readonly ServiceItem[];
  readonly diagnostics: readonly DiagnosticItem[];
}

/**
 * Source, file, service, then its generation with what runs of it, and below the services that it depends on: those of one service down to the
 * last, of a whole fleet only the direct ones. `name`: the branch of one service.
 */
export function buildServiceTree(fleet: FleetAnswer, name: string | undefined): readonly TreeNode[] {
  const shown = fleet.services.filter((item) => name === undefined || item.name === name);
  const errors = fleet.diagnostics.filter(({ severity }) => severity === 'error');
  const files = new Map<string, Map<string, ServiceItem[]>>();
  const fileOf = (source: string, file: string) => {
    const inSource = files.get(source) ?? new Map<string, ServiceItem[]>();
    files.set(source, inSource);
    const inFile = inSource.get(file) ?? [];
    inSource.set(file, inFile);
    return inFile;
  };
  if (name === undefined) {
    for (const source of fleet.sources) files.set(source.name, new Map());
    for (const { source, file } of errors) fileOf(source, file);
  }
  for (const item of shown) fileOf(item.origin.source, item.origin.file).push(item);
  const byName = new Map(fleet.services.map((item) => [item.name, item]));
  const depth = name === undefined ? 1 : Infinity;
  return [...files].map(([source, inSource]) => ({
    kind: 'Source',
    name: source,
    ...standingOf(fleet.sources.find((each) => each.name === source)),
    children: [...inSource].sort(byKey).map(([file, items]) => ({
      kind: 'File',
      name: file,
      errors: errors.filter((each) => each.source === source && each.file === file).length,
      children: items.toSorted((a, b) => a.origin.line - b.origin.line).map((item) => serviceNode(item, byName, depth)),
    })),
  }));
}

function standingOf(source: SourceItem | undefined) {
  return source === undefined ? {} : { revision: source.revision, reason: source.reason };
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function serviceNode(item: ServiceItem, byName: ReadonlyMap<string, ServiceItem>, depth: number): TreeNode {
  const { generation, observedGeneration, origin, name } = item;
  const note = isAsleep(item) ? ({ note: 'asleep' } as const) : {};
  const running: TreeNode = {
    kind: 'Generation',
    generation,
    observedGeneration,
    ...note,
    children: instancesOf(item),
  };
  const below = dependencies(item, byName, depth, [name], new Set([name]));
  return { kind: 'Service', name, line: origin.line, ...wordsOf(item), children: [running, ...below] };
}

function instancesOf({ originType, status: { pid, startedAt, restarts } }: ServiceItem): readonly TreeNode[] {
  if (startedAt === undefined) return [];
  const process = pid === undefined ? {} : { pid };
  return [{ kind: 'Instance', driver: originType, ...process, startedAt, restarts, children: [] }];
}

/** `path`: the names above, each of which would be a cycle; `opened`: those whose own dependencies are drawn already. */
function dependencies(
  { dependsOn }: ServiceItem,
  byName: ReadonlyMap<string, ServiceItem>,
  depth: number,
  path: readonly string[],
  opened: Set<string>,
): readonly TreeNode[] {
  return dependsOn.map((name): TreeNode => {
    const item = byName.get(name);
    if (item === undefined) return { kind: 'Dependency', name, note: 'not found', children: [] };
    const node = { kind: 'Dependency', name, ...wordsOf(item), children: [] } as const;
    if (path.includes(name)) return { ...node, note: 'cycle' };
    if (depth <= 1 || item.dependsOn.length === 0) return node;
    if (opened.has(name)) return { ...node, note: 'see above' };
    opened.add(name);
    return { ...node, children: dependencies(item, byName, depth - 1, [...path, name], opened) };
  });
}

function wordsOf({ sync, status }: ServiceItem): Words {
  return { sync, health: status.health };
}
