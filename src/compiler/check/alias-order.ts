import type { Name, TypeExpr } from '../syntax/ast.ts';

interface Alias {
  readonly written: TypeExpr;
  readonly params: ReadonlyMap<string, unknown>;
}

/**
 * Orders aliases so that each comes behind those that it mentions. Where they form a ring, the mention that closes it is in `cyclic`, and the
 * aliases of the ring are left out. Walks without recursion: a file may hold a chain of any length.
 */
export function inDependencyOrder<T extends Alias>(aliases: ReadonlyMap<string, T>): { order: T[]; cyclic: Name[] } {
  const order: T[] = [];
  const cyclic: Name[] = [];
  const state = new Map<T, 'open' | 'done' | 'ring'>();
  for (const start of aliases.values()) {
    if (state.has(start)) continue;
    const path = [{ alias: start, mentions: mentionsOf(start), next: 0 }];
    state.set(start, 'open');
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const name = top.mentions[top.next++];
      if (name === undefined) {
        path.pop();
        if (state.get(top.alias) === 'open') {
          state.set(top.alias, 'done');
          order.push(top.alias);
        }
        continue;
      }
      const mentioned = aliases.get(name.text);
      if (mentioned === undefined || state.get(mentioned) === 'done') continue;
      if (!state.has(mentioned)) {
        state.set(mentioned, 'open');
        path.push({ alias: mentioned, mentions: mentionsOf(mentioned), next: 0 });
        continue;
      }
      const from = path.findIndex(({ alias }) => alias === mentioned);
      if (from < 0) continue;
      if (path.slice(from).every(({ alias }) => state.get(alias) === 'open')) cyclic.push(name);
      for (const { alias } of path.slice(from)) state.set(alias, 'ring');
    }
  }
  return { order, cyclic };
}

/** The names in a type that may be aliases. */
function mentionsOf({ written, params }: Alias): Name[] {
  const names: Name[] = [];
  const work: TypeExpr[] = [written];
  for (let type = work.pop(); type !== undefined; type = work.pop()) {
    if (type.kind === 'function') work.push(...type.params, type.result);
    else {
      if (!params.has(type.name.text)) names.push(type.name);
      work.push(...type.args);
    }
  }
  return names;
}
