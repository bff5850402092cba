import { viewOf, type Ground, type GroundTypes } from '../types/ground.ts';

/** A type that holds types nested this much deeper than itself has a definition that makes it grow. */
const MAX_TYPE_DEPTH = 64;

/** Says which types `==` is there for. */
export class Comparability {
  readonly #known = new Map<Ground, Ground | 'endless' | 'none'>();

  constructor(private readonly types: GroundTypes) {}

  /** What keeps values of a type from being compared: a function or map type that they can hold, or types without end. */
  obstacle(type: Ground): Ground | 'endless' | undefined {
    const found = this.#known.get(type) ?? search(this.types, type);
    this.#known.set(type, found);
    return found === 'none' ? undefined : found;
  }
}

function search(types: GroundTypes, type: Ground): Ground | 'endless' | 'none' {
  const seen = new Set([type]);
  for (const at of seen) {
    const { con } = at;
    if (con === undefined || (con.kind === 'container' && con.name === 'Map')) return at;
    if (at.depth > type.depth + MAX_TYPE_DEPTH) return 'endless';
    for (const part of partsOf(types, at)) seen.add(part);
  }
  return 'none';
}

/** The types that the values of a type hold directly. */
function partsOf(types: GroundTypes, { con, args }: Ground): readonly Ground[] {
  if (con?.kind === 'container') return args;
  if (con?.kind !== 'record' && con?.kind !== 'union') return [];
  const view = viewOf(types, con, args);
  const variants = con.kind === 'record' ? [con] : con.variants;
  return variants.flatMap(({ fields }) => fields.map((field) => view.ground(field.type)));
}
