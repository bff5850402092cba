interface Named {
  readonly name: string;
}

const LONG = 16;
const indexes = new WeakMap<readonly Named[], ReadonlyMap<string, number>>();

/** The place of the first of this name among fields, variants or parameters, -1 where there is none. Long lists are indexed once. */
export function indexOfName(list: readonly Named[], name: string): number {
  if (list.length > LONG) return indexOf(list).get(name) ?? -1;
  for (let i = 0; i < list.length; i++) if (list[i]?.name === name) return i;
  return -1;
}

function indexOf(list: readonly Named[]): ReadonlyMap<string, number> {
  const known = indexes.get(list);
  if (known !== undefined) return known;
  const index = new Map<string, number>();
  list.forEach(({ name }, i) => {
    if (!index.has(name)) index.set(name, i);
  });
  indexes.set(list, index);
  return index;
}
