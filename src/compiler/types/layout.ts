import type { Rep } from '../core/core.ts';
import { viewOf, type Ground, type GroundTypes, type TypeView } from './ground.ts';
import type { FieldDecl } from './type.ts';

/** Where a field lies in its block, in bytes from the start of the block; a Unit field (null) takes no space. */
export interface FieldPlace {
  readonly offset: number;
  readonly rep: Rep | null;
}

/** A record has one part; a union has one for each variant. Sizes in bytes. */
export interface Layout {
  readonly parts: readonly (readonly FieldPlace[])[];
  readonly size: number;
}

/** Offset of the payload behind the tag of a union (abi.md §2.4). */
const PAYLOAD = 8;
const NOTHING: Layout = { parts: [], size: 0 };

/** The memory layouts of the records and unions of one compilation (abi.md §2.3, §2.4). */
export class Layouts {
  readonly #known = new Map<Ground, Layout>();

  constructor(private readonly types: GroundTypes) {}

  /** Of a record or a union; an empty layout for any other type. */
  of(ground: Ground): Layout {
    const known = this.#known.get(ground);
    if (known !== undefined) return known;
    const made = this.#make(ground);
    this.#known.set(ground, made);
    return made;
  }

  #make(ground: Ground): Layout {
    const { con } = ground;
    if (con?.kind !== 'record' && con?.kind !== 'union') return NOTHING;
    const view = viewOf(this.types, con, ground.args);
    if (con.kind === 'record') return place([con.fields], view, 0);
    const variants = con.variants.map((variant) => variant.fields);
    return place(variants, view, PAYLOAD);
  }
}

/** Natural alignment in declaration order; the size is that of the largest part, which is always a multiple of 4. */
function place(parts: readonly (readonly FieldDecl[])[], view: TypeView, start: number): Layout {
  let size = start;
  const placed = parts.map((fields) => {
    let end = start;
    const places = fields.map((field) => {
      const rep = view.rep(field.type);
      const bytes = rep === null ? 0 : byteSize(rep);
      const offset = bytes === 8 ? (end + 7) & ~7 : end;
      end = offset + bytes;
      return { offset, rep };
    });
    size = Math.max(size, end);
    return places;
  });
  return { parts: placed, size };
}

/** Bytes that a value takes in a block or a list. */
export function byteSize(rep: Rep): number {
  return rep === 'i32' ? 4 : 8;
}
