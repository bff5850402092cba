import type {
  InterfaceFunction,
  InterfaceType,
  ModuleInterface,
  TypeRef,
} from '../../../compiler/interface/interface.ts';

/**
 * The functions of a module that are tools (surfaces.md, MCP): those that its entry file marks `export`, or all where it marks none; never
 * tests, names that begin `__`, or functions that take or give function values. By name, as the original lists them.
 */
export function listedFunctions({ functions, types }: ModuleInterface): readonly InterfaceFunction[] {
  const marked = functions.filter(({ exported }) => exported);
  const holders = typesWithFunctions(types);
  const passable = (type: TypeRef) => !mentions(type, (ref) => isFunctionLike(ref, holders));
  return (marked.length > 0 ? marked : functions)
    .filter(({ name, effects }) => !name.startsWith('__') && !effects.includes('Test'))
    .filter(({ params, result }) => [...params.map(({ type }) => type), result].every(passable))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** Names of the types that hold function values, directly or through others: in one pass, however long the chains are that a module makes. */
function typesWithFunctions(types: readonly InterfaceType[]): ReadonlySet<string> {
  const holders = new Set<string>();
  /** By name: the types that mention it. */
  const users = new Map<string, string[]>();
  for (const type of types) {
    const fields = type.kind === 'record' ? type.fields : type.variants.flatMap((variant) => variant.fields);
    const note = (ref: TypeRef) => {
      if (typeof ref === 'string') return false;
      if ('function' in ref) holders.add(type.name);
      else if ('type' in ref) {
        const known = users.get(ref.type);
        if (known === undefined) users.set(ref.type, [type.name]);
        else known.push(type.name);
      }
      return false;
    };
    for (const field of fields) mentions(field.type, note);
  }
  // A set is walked to its end, what is added meanwhile included.
  for (const holder of holders) for (const user of users.get(holder) ?? []) holders.add(user);
  return holders;
}

function isFunctionLike(ref: TypeRef, holders: ReadonlySet<string>): boolean {
  return typeof ref !== 'string' && ('function' in ref || ('type' in ref && holders.has(ref.type)));
}

/** Whether the reference, or one inside of it, is such. */
function mentions(ref: TypeRef, such: (ref: TypeRef) => boolean): boolean {
  if (such(ref)) return true;
  if (typeof ref === 'string' || 'function' in ref || 'param' in ref) return false;
  const inside = (part: TypeRef) => mentions(part, such);
  if ('list' in ref) return inside(ref.list);
  if ('option' in ref) return inside(ref.option);
  if ('map' in ref) return ref.map.some(inside);
  if ('result' in ref) return ref.result.some(inside);
  return ref.args?.some(inside) ?? false;
}
