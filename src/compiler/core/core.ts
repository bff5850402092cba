/**
 * The program just above wasm: monomorphic, closures converted, matches compiled, every value one wasm scalar (abi.md §2). The lowering makes
 * it, optimisations rewrite it, the emitter turns it into bytes. Nothing here knows a Clarity type.
 */
export interface CoreProgram {
  /** A function's id is its index. */
  readonly functions: readonly CoreFunction[];
  /** In order of export; names are unique. */
  readonly exports: readonly { readonly name: string; readonly fn: number }[];
}

/** How a value travels: Int64 and Timestamp are i64, Float64 is f64, Bool is i32 0 or 1, all pointers and handles are i32, Unit is null. */
export type Rep = 'i32' | 'i64' | 'f64';

export interface CoreFunction {
  /** For the name section and the text form: `Module$name$Type`. */
  readonly name: string;
  readonly params: readonly Slot[];
  readonly result: Rep | null;
  /** May hold `recur`: then it runs as a loop. Its value (if `result` is not null) is the result. */
  readonly body: Core;
  /**
   * True for what a closure cell may point to: the first parameter is then the i32 environment pointer (abi.md §2.5), from which the body
   * loads its captures with `load` at 8·k. Only such functions get a place in the table.
   */
  readonly closure: boolean;
  /** Loop variables beside the parameters: zero at entry, `recur` gives their next values behind those of the parameters. */
  readonly carried?: readonly Slot[];
}

/** A wasm local; each binding is an object of its own, the emitter numbers them. */
export interface Slot {
  readonly name: string;
  readonly rep: Rep;
}

export type Core =
  | { readonly op: 'i32'; readonly value: number }
  | { readonly op: 'i64'; readonly value: bigint }
  | { readonly op: 'f64'; readonly value: number }
  /** i32: the address of a string literal; equal texts share one. */
  | { readonly op: 'text'; readonly value: string }
  | { readonly op: 'get'; readonly slot: Slot }
  /** No value. */
  | { readonly op: 'set'; readonly slot: Slot; readonly value: Core }
  /** Runs `effects` (values are dropped), then gives `value`; null gives none. */
  | { readonly op: 'seq'; readonly effects: readonly Core[]; readonly value: Core | null }
  | { readonly op: 'if'; readonly rep: Rep | null; readonly test: Core; readonly then: Core; readonly else: Core }
  /** Runs the arm whose index is `tag` (i32); any other tag traps. */
  | { readonly op: 'switch'; readonly rep: Rep | null; readonly tag: Core; readonly arms: readonly Core[] }
  /** Gives the value of `body`, or of the `leave` with this label inside of it. Labels are unique within a function. */
  | { readonly op: 'scope'; readonly rep: Rep | null; readonly label: number; readonly body: Core }
  /** Never returns. */
  | { readonly op: 'leave'; readonly label: number; readonly value: Core | null }
  /** Never returns: wasm `unreachable`. */
  | { readonly op: 'trap' }
  /**
   * Never returns: the enclosing function starts again with these parameters (all but the environment of a closure), then the `carried` ones.
   * All are evaluated first.
   */
  | { readonly op: 'recur'; readonly args: readonly Core[] }
  | { readonly op: 'call'; readonly fn: number; readonly args: readonly Core[] }
  /** A host function of `env` by its name; its signature is in the import table (abi.md §7). */
  | { readonly op: 'import'; readonly name: string; readonly args: readonly Core[] }
  /** Calls a function value: `callee` points to a closure cell; `params` and `result` leave out the environment. */
  | {
      readonly op: 'invoke';
      readonly params: readonly Rep[];
      readonly result: Rep | null;
      readonly callee: Core;
      readonly args: readonly Core[];
    }
  /** i32: a new closure cell; with captures a new environment, else none. */
  | { readonly op: 'closure'; readonly fn: number; readonly captures: readonly Core[] }
  | { readonly op: 'load'; readonly rep: Rep; readonly pointer: Core; readonly offset: number }
  /** i32: a new block of `size` bytes (8-aligned) with these fields, evaluated in their order. The emitter lays constant ones down as data. */
  | {
      readonly op: 'new';
      readonly size: number;
      readonly fields: readonly { readonly offset: number; readonly value: Core }[];
    }
  /** i32: a new list (abi.md §2.2). */
  | { readonly op: 'list'; readonly element: Rep; readonly items: readonly Core[] }
  /** One wasm instruction, or a host function where wasm has none (`f64.rem`). */
  | { readonly op: 'math'; readonly name: MathOp; readonly args: readonly Core[] }
  /** A list, string or map operation; `element` is the element (list), or the value (map) representation. */
  | { readonly op: 'builtin'; readonly name: BuiltinOp; readonly element?: Rep; readonly args: readonly Core[] }
  /**
   * No value; made by optimisations only. `target` becomes the result of the operation on its value and `args` (one string for string_concat).
   * When `owned` is 1 the block is changed in place, else copied first; then `owned` is 1: no other reference to it may exist.
   */
  | {
      readonly op: 'grow';
      readonly name: 'list_append' | 'list_set' | 'list_concat' | 'string_concat';
      readonly element?: Rep;
      readonly target: Slot;
      readonly owned: Slot;
      readonly args: readonly Core[];
    };

export type MathOp =
  | `i64.${'add' | 'sub' | 'mul' | 'div_s' | 'rem_s' | 'eq' | 'ne' | 'lt_s' | 'gt_s' | 'le_s' | 'ge_s' | 'eqz'}`
  | `f64.${'add' | 'sub' | 'mul' | 'div' | 'rem' | 'neg' | 'eq' | 'ne' | 'lt' | 'gt' | 'le' | 'ge'}`
  | `i32.${'add' | 'sub' | 'and' | 'or' | 'eq' | 'ne' | 'eqz' | 'lt_s' | 'ge_s'}`
  | 'i64.extend_i32_s'
  | 'i32.wrap_i64'
  | 'i64.reinterpret_f64'
  | 'f64.reinterpret_i64';

/**
 * - list_length(xs) -> i64; list_get(xs, i: i64) -> element: out of range 0 for scalars (the lowering guards pointers); list_tail(xs), list_reverse(xs),
 *   list_concat(xs, ys), list_append(xs, x), list_set(xs, i: i64, x) -> i32; list_drop(xs, n: i64, not negative) -> i32 is made by optimisations.
 * - string_concat(parts…: two or more), string_eq(a, b) -> i32 0/1, string_compare(a, b) -> i32 below, at or above 0, by UTF-16 code units.
 */
export type BuiltinOp =
  | 'list_length'
  | 'list_get'
  | 'list_tail'
  | 'list_drop'
  | 'list_reverse'
  | 'list_concat'
  | 'list_append'
  | 'list_set'
  | 'string_concat'
  | 'string_eq'
  | 'string_compare';
