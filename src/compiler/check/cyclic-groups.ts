interface Visit<T> {
  readonly node: T;
  readonly index: number;
  readonly edges: Iterator<T>;
  /** The smallest index that is reachable from here and not in a finished group. */
  low: number;
}

/**
 * For each node that lies on a ring of a graph the set of nodes that can reach each other with it (Tarjan's strongly connected components,
 * without recursion, in linear time). Nodes on no ring are absent.
 */
export function cyclicGroups<T>(roots: Iterable<T>, edgesOf: (node: T) => Iterable<T>): Map<T, ReadonlySet<T>> {
  const groups = new Map<T, ReadonlySet<T>>();
  const indexes = new Map<T, number>();
  const pending: T[] = [];
  const waiting = new Set<T>();
  const path: Visit<T>[] = [];
  const enter = (node: T) => {
    const index = indexes.size;
    indexes.set(node, index);
    pending.push(node);
    waiting.add(node);
    path.push({ node, index, edges: edgesOf(node)[Symbol.iterator](), low: index });
  };
  for (const root of roots) {
    if (indexes.has(root)) continue;
    enter(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const edge = top.edges.next();
      if (edge.done !== true) {
        const known = indexes.get(edge.value);
        if (known === undefined) enter(edge.value);
        else if (waiting.has(edge.value)) top.low = Math.min(top.low, known);
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above !== undefined) above.low = Math.min(above.low, top.low);
      if (top.low !== top.index) continue;
      const group = new Set(pending.splice(pending.lastIndexOf(top.node)));
      for (const node of group) waiting.delete(node);
      if (group.size > 1 || [...edgesOf(top.node)].includes(top.node))
        for (const node of group) groups.set(node, group);
    }
  }
  return groups;
}
