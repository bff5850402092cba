import type { Rep } from '../core/core.ts';
import { ByteWriter } from './byte-writer.ts';
import { OP } from './opcodes.ts';
import { VALUE_TYPE } from './type-table.ts';

export const LOAD = { i32: OP['i32.load'], i64: OP['i64.load'], f64: OP['f64.load'] } as const;
export const STORE = { i32: OP['i32.store'], i64: OP['i64.store'], f64: OP['f64.store'] } as const;
const ALIGNMENT = { i32: 2, i64: 3, f64: 3 } as const;
const NO_RESULT = 0x40;
/** The second byte of `memory.copy`. */
export const MEMORY_COPY = 0x0a;

/**
 * A function that a `call` names before its place in the index space is known: 0 and up are functions of the module, below are imports
 * (-1 is the first). The linker writes the final index.
 */
export type FunctionRef = number;

/** The code of one function: bytes with gaps for function indices, and its locals. */
export class FunctionCode {
  /** Instructions without the indices of callees. */
  readonly code = new ByteWriter(64);
  /** Where an index belongs, rising, and of which function. */
  readonly gaps: { readonly at: number; readonly ref: FunctionRef }[] = [];
  /** True when the whole body is a loop (`br` to the outermost block starts it again). */
  loops = false;
  readonly result: Rep | null;
  /** Blocks that are open. */
  depth = 0;
  readonly #params: number;
  readonly #locals: Rep[] = [];
  readonly #free: Record<Rep, number[]> = { i32: [], i64: [], f64: [] };
  #setStart = -1;
  #setEnd = -1;
  #setLocal = -1;

  constructor(params: number, result: Rep | null) {
    this.#params = params;
    this.result = result;
  }

  /** Types of the locals behind the parameters. */
  get locals(): readonly Rep[] {
    return this.#locals;
  }

  /** A new local; zero at entry. */
  local(rep: Rep): number {
    return this.#params + this.#locals.push(rep) - 1;
  }

  /** A local for a moment: give it back with `release`. */
  borrow(rep: Rep): number {
    return this.#free[rep].pop() ?? this.local(rep);
  }

  release(rep: Rep, local: number): void {
    this.#free[rep].push(local);
  }

  op(code: number): void {
    this.code.u8(code);
  }

  i32(value: number): void {
    this.code.u8(OP['i32.const']);
    this.code.s32(value);
  }

  i64(value: bigint): void {
    this.code.u8(OP['i64.const']);
    this.code.s64(value);
  }

  f64(value: number): void {
    this.code.u8(OP['f64.const']);
    this.code.f64(value);
  }

  /** The zero of a type. */
  zero(rep: Rep): void {
    if (rep === 'i32') this.i32(0);
    else if (rep === 'i64') this.i64(0n);
    else this.f64(0);
  }

  get(local: number): void {
    const { code } = this;
    if (this.#setEnd === code.length && this.#setLocal === local) {
      // `local.set x, local.get x` is `local.tee x`: nothing can branch between them.
      code.bytes[this.#setStart] = OP['local.tee'];
      this.#setEnd = -1;
      return;
    }
    code.u8(OP['local.get']);
    code.u32(local);
  }

  set(local: number): void {
    const { code } = this;
    this.#setStart = code.length;
    code.u8(OP['local.set']);
    code.u32(local);
    this.#setEnd = code.length;
    this.#setLocal = local;
  }

  /** Opens a block; `kind` is `OP.block`, `OP.loop` or `OP.if`. */
  open(kind: number, result: Rep | null): void {
    this.code.u8(kind);
    this.code.u8(blockType(result));
    this.depth++;
  }

  close(): void {
    this.code.u8(OP.end);
    this.depth--;
  }

  /** `br`, `br_if` to the block that was open at `depth`. */
  branch(kind: number, depth: number): void {
    this.code.u8(kind);
    this.code.u32(this.depth - depth);
  }

  call(ref: FunctionRef): void {
    this.code.u8(OP.call);
    this.gaps.push({ at: this.code.length, ref });
  }

  /** A load of a field that has its natural alignment. */
  load(rep: Rep, offset: number): void {
    this.memory(LOAD[rep], ALIGNMENT[rep], offset);
  }

  store(rep: Rep, offset: number): void {
    this.memory(STORE[rep], ALIGNMENT[rep], offset);
  }

  /** A load or store; `alignment` is log2 of what is promised. */
  memory(code: number, alignment: number, offset: number): void {
    this.code.u8(code);
    this.code.u8(alignment);
    this.code.u32(offset);
  }

  memoryCopy(): void {
    this.code.u8(OP['memory.copy']);
    this.code.u8(MEMORY_COPY);
    this.code.u8(0);
    this.code.u8(0);
  }
}

/** The block type of a block with at most one result. */
export function blockType(result: Rep | null): number {
  return result === null ? NO_RESULT : VALUE_TYPE[result];
}
