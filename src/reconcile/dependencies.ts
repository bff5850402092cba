import type { Identity, Why } from './ports.ts';
import { because } from './reasons.ts';

export type Dependencies = ReadonlyMap<Identity, readonly Identity[]>;

/** Members of circles of dependencies, each with the path that leads back to it: `a -> b -> a` (manifest.md, dependsOn). Pure, linear. */
export function findCycles(dependencies: Dependencies): ReadonlyMap<Identity, Why> {
  const cycles = new Map<Identity, Why>();
  for (const group of stronglyConnected(dependencies)) {
    const members = new Set(group);
    for (const member of group) {
      const path = wayBack(member, members, dependencies);
      if (path === undefined) continue;
      cycles.set(member, because('DependencyCycle', `its dependencies lead back to it: ${path.join(' -> ')}`));
    }
  }
  return cycles;
}

/** Groups of services that reach each other, after Tarjan, without recursion: a chain may be as long as the fleet. */
function stronglyConnected(dependencies: Dependencies): readonly (readonly Identity[])[] {
  const index = new Map<Identity, number>();
  const low = new Map<Identity, number>();
  const stack: Identity[] = [];
  const onStack = new Set<Identity>();
  const groups: Identity[][] = [];
  const lower = (id: Identity, to: number) => low.set(id, Math.min(low.get(id) ?? to, to));
  const enter = (id: Identity) => {
    index.set(id, index.size);
    lower(id, index.size - 1);
    stack.push(id);
    onStack.add(id);
    return { id, next: 0 };
  };
  for (const root of dependencies.keys()) {
    if (index.has(root)) continue;
    const path = [enter(root)];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { id } = top;
      const next = dependencies.get(id)?.[top.next++];
      if (next !== undefined) {
        const seen = index.get(next);
        if (seen !== undefined && onStack.has(next)) lower(id, seen);
        else if (seen === undefined && dependencies.has(next)) path.push(enter(next));
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) lower(parent.id, low.get(id) ?? 0);
      if (low.get(id) !== index.get(id)) continue;
      const group = stack.splice(stack.indexOf(id));
      for (const member of group) onStack.delete(member);
      groups.push(group);
    }
  }
  return groups;
}

/** The shortest way from a service back to itself inside of its group; undefined where there is none. */
function wayBack(
  from: Identity,
  members: ReadonlySet<Identity>,
  dependencies: Dependencies,
): readonly Identity[] | undefined {
  const cameFrom = new Map<Identity, Identity>();
  const queue: Identity[] = [from];
  for (const id of queue) {
    for (const next of dependencies.get(id) ?? []) {
      if (next === from) return [...trail(id, from, cameFrom), from];
      if (!members.has(next) || cameFrom.has(next)) continue;
      cameFrom.set(next, id);
      queue.push(next);
    }
  }
  return undefined;
}

function trail(to: Identity, from: Identity, cameFrom: ReadonlyMap<Identity, Identity>): readonly Identity[] {
  const path = [to];
  for (let at = to; at !== from;) {
    at = cameFrom.get(at) ?? from;
    path.unshift(at);
  }
  return path;
}
