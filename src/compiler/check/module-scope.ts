import type { RecordDecl, TypeConstructor } from '../types/type.ts';
import { builtInSymbol, type TypeSymbol, type ValueSymbol } from './symbols.ts';

/** The names of one module: its own and the imported ones. Modules do not see each other's names (language.md §9). */
export class ModuleScope {
  readonly #values = new Map<string, ValueSymbol>();
  readonly #implied = new Set<string>();
  readonly #types = new Map<string, TypeSymbol>();
  readonly #records = new Map<string, RecordDecl[]>();

  /** What other modules may import. */
  readonly exportedValues = new Map<string, ValueSymbol>();
  readonly exportedTypes = new Map<string, TypeSymbol>();
  /** Names that are declared here and not exported. */
  readonly hidden = new Set<string>();
  /** A declaration could not be read, not even its name: names that are not found may be meant by it. */
  incomplete = false;
  /** A declaration could not be read whole: fields and variants may be lost. */
  damaged = false;

  /** A value by its name: `Some` is always the one of Option (language.md §3), other declarations replace what is built in. */
  value(name: string): ValueSymbol | undefined {
    const own = this.#values.get(name);
    if (own === undefined || (name === 'Some' && own.kind === 'variant')) return builtInSymbol(name);
    return own;
  }

  /** A declared or imported type; scalars and containers are not here. */
  type(name: string): TypeSymbol | undefined {
    return this.#types.get(name);
  }

  /** What is declared or imported here under a name. */
  declared(name: string): ValueSymbol | undefined {
    return this.#implied.has(name) ? undefined : this.#values.get(name);
  }

  addValue(name: string, symbol: ValueSymbol): void {
    this.#values.set(name, symbol);
    this.#implied.delete(name);
  }

  /** A variant that came with an imported union: anything that is named itself goes before it. */
  addImplied(name: string, symbol: ValueSymbol): void {
    if (this.#values.has(name)) return;
    this.#values.set(name, symbol);
    this.#implied.add(name);
  }

  addType(name: string, symbol: TypeSymbol): void {
    this.#types.set(name, symbol);
  }

  /** Lets record literals build this record. */
  addRecord(con: TypeConstructor): void {
    if (con.kind !== 'record') return;
    const key = fieldKey(con.fields.map(({ name }) => name));
    const same = this.#records.get(key);
    if (same === undefined) this.#records.set(key, [con]);
    else if (!same.includes(con)) same.push(con);
  }

  /** The records with exactly these fields, in order of declaration, imported ones first. */
  recordsWith(key: string): readonly RecordDecl[] {
    return this.#records.get(key) ?? [];
  }

  /** Every record that a literal can build here. */
  records(): readonly RecordDecl[] {
    return [...this.#records.values()].flat();
  }

  /** Number of names, for what is to be paid for looking at all of them. */
  get size(): number {
    return this.#values.size + this.#types.size;
  }

  valueNames(): Iterable<string> {
    return this.#values.keys();
  }

  typeNames(): Iterable<string> {
    return this.#types.keys();
  }
}

/** Equal for equal sets of field names. */
export function fieldKey(names: readonly string[]): string {
  return names.length === 1 ? (names[0] ?? '') : names.toSorted().join(',');
}
