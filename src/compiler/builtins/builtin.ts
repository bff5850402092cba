import type { FieldDecl, ParamType, Type } from '../types/type.ts';
import { BUILTIN_ROWS } from './rows.ts';
import { parseSignature } from './signature.ts';

/** The effects of the language (language.md §6), sorted. */
export const EFFECTS = [
  'A2A',
  'Embed',
  'Eval',
  'FileSystem',
  'HumanInLoop',
  'Log',
  'MCP',
  'Model',
  'Network',
  'Persist',
  'Random',
  'Secret',
  'TTY',
  'Test',
  'Time',
  'Trace',
] as const;
export type EffectName = (typeof EFFECTS)[number];

/** A builtin as its table has it. */
export interface BuiltinRow {
  /** `(list: List<T>, index: Int64) -> T`; single capital letters are type parameters. */
  readonly type: string;
  readonly effect?: EffectName;
  /** What it does, and what at the edges. */
  readonly doc: string;
}

/** A function that the host implements, or the compiler inline; in scope everywhere without an import. */
export interface Builtin {
  readonly name: string;
  readonly group: string;
  readonly effects: readonly EffectName[];
  readonly typeParams: readonly ParamType[];
  readonly params: readonly FieldDecl[];
  readonly result: Type;
  /** The signature as it is written in the table. */
  readonly signature: string;
  readonly doc: string;
}

const ROWS = new Map<string, { group: string; row: BuiltinRow }>(
  Object.entries<Readonly<Record<string, BuiltinRow>>>(BUILTIN_ROWS).flatMap(([group, rows]) =>
    Object.entries(rows).map(([name, row]) => [name, { group, row }] as const),
  ),
);
const known = new Map<string, Builtin>();

/** The names of all builtins, in the order of the table. */
export const BUILTIN_NAMES: readonly string[] = [...ROWS.keys()];

/** A builtin by its name; the same object each time. Signatures are read when they are first asked for: a start pays for none. */
export function builtinNamed(name: string): Builtin | undefined {
  const made = known.get(name);
  if (made !== undefined) return made;
  const entry = ROWS.get(name);
  if (entry === undefined) return undefined;
  const { group, row } = entry;
  const builtin = {
    name,
    group,
    effects: row.effect === undefined ? [] : [row.effect],
    ...parseSignature(row.type),
    signature: row.type,
    doc: row.doc,
  };
  known.set(name, builtin);
  return builtin;
}
