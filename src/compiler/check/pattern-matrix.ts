import type { Type, UnionDecl } from '../types/type.ts';
import type { TypedPattern } from '../typed/typed.ts';

type Row = readonly TypedPattern[];
type Head = Exclude<TypedPattern, { kind: 'wildcard' | 'bind' }>;

const WILDCARD: TypedPattern = { kind: 'wildcard' };
/** Most cases that are listed; a message of any more would not be read. */
const MAX_LISTED = 8;

/**
 * Usefulness of patterns after Luc Maranget, "Warnings for pattern matching" (2007): a matrix has one row for each arm; splitting it by the
 * constructors of a column leads to smaller ones. The work can grow exponentially, so it has a budget of cells; `exhausted` tells when it ran out,
 * and then the answers are guesses.
 */
export class PatternMatrix {
  #budget: number;

  constructor(budget: number) {
    this.#budget = budget;
  }

  get exhausted(): boolean {
    return this.#budget < 0;
  }

  /** Values that no row matches, as patterns; none where every value is matched. One string for each column. */
  missing(rows: readonly Row[], width: number): string[][] {
    if (rows.length === 0) return [new Array<string>(width).fill('_')];
    if (this.#spend(rows.length * width)) return [];
    const column = refutableColumn(rows, width);
    if (column < 0) return [];
    const heads = headsOf(rows, column);
    const closed = signature(heads);
    if (closed === undefined) return this.#missingElsewhere(rows, width, column, ['_']);
    const present = new Set(heads.map(constructorIndex));
    const absent = closed.filter(({ index }) => !present.has(index));
    const found = absent.length === 0 ? [] : this.#missingElsewhere(rows, width, column, absent.map(wildcards));
    for (const constructor of closed) {
      if (!present.has(constructor.index) || found.length >= MAX_LISTED) continue;
      const { arity, name } = constructor;
      for (const witness of this.missing(specialise(rows, column, constructor), width - 1 + arity)) {
        const fields = witness.slice(column, column + arity);
        const text = arity === 0 ? name : `${name}(${fields.join(', ')})`;
        found.push([...witness.slice(0, column), text, ...witness.slice(column + arity)]);
      }
    }
    return found.slice(0, MAX_LISTED);
  }

  /** What is missing where the column has a value that no row names. */
  #missingElsewhere(rows: readonly Row[], width: number, column: number, texts: readonly string[]): string[][] {
    const rest = this.missing(rowsWithout(rows, column), width - 1);
    const found: string[][] = [];
    for (const witness of rest)
      for (const text of texts) {
        if (found.length >= MAX_LISTED) return found;
        found.push([...witness.slice(0, column), text, ...witness.slice(column)]);
      }
    return found;
  }

  /** Whether there is a value that `row` matches and none of `rows` does. */
  useful(rows: readonly Row[], row: Row): boolean {
    if (rows.length === 0 || this.#spend(rows.length * row.length)) return true;
    const own = refutableColumn([row], row.length);
    if (own >= 0) return this.#usefulAt(rows, row, own, row[own] as Head);
    const column = refutableColumn(rows, row.length);
    if (column < 0) return false;
    const heads = headsOf(rows, column);
    const closed = signature(heads);
    const complete = closed !== undefined && new Set(heads.map(constructorIndex)).size === closed.length;
    if (!complete) return this.useful(rowsWithout(rows, column), without(row, column));
    return closed.some((constructor) => {
      const [own_] = specialise([row], column, constructor);
      return own_ !== undefined && this.useful(specialise(rows, column, constructor), own_);
    });
  }

  #usefulAt(rows: readonly Row[], row: Row, column: number, head: Head): boolean {
    const constructor = signature([head])?.[constructorIndex(head)];
    if (constructor !== undefined) {
      const [own] = specialise([row], column, constructor);
      return own !== undefined && this.useful(specialise(rows, column, constructor), own);
    }
    const rest = without(row, column);
    return pieces(rows, column, head).some((piece) =>
      this.useful(
        rows.filter((other) => covers(other[column] ?? WILDCARD, piece)).map((other) => without(other, column)),
        rest,
      ),
    );
  }

  #spend(cells: number): boolean {
    this.#budget -= cells + 1;
    return this.#budget < 0;
  }
}

/** A variant, or one of the two Bools. */
export interface Constructor {
  readonly index: number;
  readonly name: string;
  readonly arity: number;
}

const BOOLS: readonly Constructor[] = [
  { index: 0, name: 'False', arity: 0 },
  { index: 1, name: 'True', arity: 0 },
];
const unions = new WeakMap<UnionDecl, readonly Constructor[]>();

/** All constructors of the type of a column; undefined where they are without number. */
function signature(heads: readonly Head[]): readonly Constructor[] | undefined {
  const [head] = heads;
  if (head?.kind === 'bool') return BOOLS;
  return head?.kind === 'variant' ? variantsOf(head.union) : undefined;
}

function variantsOf(union: UnionDecl): readonly Constructor[] {
  const known = unions.get(union);
  if (known !== undefined) return known;
  const made = union.variants.map(({ name, fields }, index) => ({ index, name, arity: fields.length }));
  unions.set(union, made);
  return made;
}

/** The outermost constructors of a type; undefined where they are without number. */
export function constructorsOf(type: Type): readonly Constructor[] | undefined {
  if (type.kind !== 'con') return undefined;
  return type.con.kind === 'union' ? variantsOf(type.con) : type.con.name === 'Bool' ? BOOLS : undefined;
}

const constructorIndex = (head: Head) =>
  head.kind === 'variant' ? head.variant : head.kind === 'bool' && head.value ? 1 : 0;

/** `Some(_)` */
export function wildcards({ name, arity }: { readonly name: string; readonly arity: number }): string {
  return arity === 0 ? name : `${name}(${new Array<string>(arity).fill('_').join(', ')})`;
}

/** Whether a pattern matches every value. */
export function isIrrefutable(pattern: TypedPattern): pattern is Extract<TypedPattern, { kind: 'wildcard' | 'bind' }> {
  return pattern.kind === 'wildcard' || pattern.kind === 'bind';
}

function refutableColumn(rows: readonly Row[], width: number): number {
  for (let column = 0; column < width; column++)
    for (const row of rows) if (!isIrrefutable(row[column] ?? WILDCARD)) return column;
  return -1;
}

function headsOf(rows: readonly Row[], column: number): Head[] {
  const heads: Head[] = [];
  for (const row of rows) {
    const pattern = row[column] ?? WILDCARD;
    if (!isIrrefutable(pattern)) heads.push(pattern);
  }
  return heads;
}

const without = (row: Row, column: number): Row => [...row.slice(0, column), ...row.slice(column + 1)];

/** The rows that match whatever the column holds, without it. */
function rowsWithout(rows: readonly Row[], column: number): Row[] {
  return rows.filter((row) => isIrrefutable(row[column] ?? WILDCARD)).map((row) => without(row, column));
}

/** The rows that can match where the column has this constructor, its fields in the place of the column. */
function specialise(rows: readonly Row[], column: number, { index, arity }: Constructor): Row[] {
  const out: Row[] = [];
  for (const row of rows) {
    const pattern = row[column] ?? WILDCARD;
    if (!isIrrefutable(pattern) && constructorIndex(pattern) !== index) continue;
    const fields = pattern.kind === 'variant' ? pattern.fields : new Array<TypedPattern>(arity).fill(WILDCARD);
    out.push([...row.slice(0, column), ...fields, ...row.slice(column + 1)]);
  }
  return out;
}

/** A literal is one piece; a range is cut where the rows' ranges and literals begin and end, so that each of them covers a piece whole or not. */
function pieces(rows: readonly Row[], column: number, head: Head): readonly Head[] {
  if (head.kind !== 'range') return [head];
  const cuts = new Set<bigint>([head.from]);
  for (const other of headsOf(rows, column)) {
    const [from, to] =
      other.kind === 'range' ? [other.from, other.to] : other.kind === 'int' ? [other.value, other.value] : [0n, 0n];
    if (from > head.from && from <= head.to) cuts.add(from);
    if (to >= head.from && to < head.to) cuts.add(to + 1n);
  }
  const starts = [...cuts].sort((a, b) => (a < b ? -1 : 1));
  return starts.map((from, i) => ({ kind: 'range', from, to: (starts[i + 1] ?? head.to + 1n) - 1n }));
}

/** Whether a pattern matches all of a piece. */
function covers(pattern: TypedPattern, piece: Head): boolean {
  if (isIrrefutable(pattern)) return true;
  if (piece.kind === 'range')
    return pattern.kind === 'range'
      ? pattern.from <= piece.from && piece.to <= pattern.to
      : pattern.kind === 'int' && piece.from === piece.to && pattern.value === piece.from;
  if (piece.kind === 'int' && pattern.kind === 'range') return pattern.from <= piece.value && piece.value <= pattern.to;
  return pattern.kind === piece.kind && 'value' in pattern && 'value' in piece && pattern.value === piece.value;
}
