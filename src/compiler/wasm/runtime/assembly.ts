import { STORE, type FunctionCode } from '../function-code.ts';
import { CONTENT } from '../layout.ts';
import { OP } from '../opcodes.ts';
import type { RuntimeFunction } from '../module-builder.ts';

/** How the runtime functions move an element: an f64 travels as the i64 with its bits. */
export type Bits = 'i32' | 'i64';

/** Writes code that leaves one i32. */
export type Push = () => void;

/** More elements than fit into the largest memory (abi.md §3): a count above is damage, and sizes below cannot overflow. */
const MAX_COUNT = 0x100_0000;

/** The same function for both widths of elements. */
export function eachBits(make: (bits: Bits) => RuntimeFunction): Readonly<Record<Bits, RuntimeFunction>> {
  return { i32: make('i32'), i64: make('i64') };
}

/** The count of the list, or the length of the string, in a local. */
export function pushCount(f: FunctionCode, list: number): void {
  f.get(list);
  f.load('i32', 0);
}

/** `count << shift`. */
export function pushScaled(f: FunctionCode, count: Push, shift: Push): void {
  count();
  shift();
  f.op(OP['i32.shl']);
}

/** Where the content of the block in a local begins. */
export function pushContent(f: FunctionCode, block: number): void {
  f.get(block);
  f.i32(CONTENT);
  f.op(OP['i32.add']);
}

/** Copies the whole content of list `from` to the begin of that of `to`. */
export function copyElements(f: FunctionCode, to: number, from: number, shift: Push): void {
  pushContent(f, to);
  pushContent(f, from);
  pushScaled(f, () => pushCount(f, from), shift);
  f.memoryCopy();
}

/** i32 0 or 1: whether the i64 in local `index` is in the range of the list; a negative one, unsigned, is above it. */
export function pushInRange(f: FunctionCode, list: number, index: number): void {
  f.get(index);
  f.get(list);
  f.memory(OP['i64.load32_u'], 2, 0);
  f.op(OP['i64.lt_u']);
}

/** Where the element at the i64 in local `index` lies, less the offset CONTENT. */
export function pushElement(f: FunctionCode, list: number, index: number, shift: Push): void {
  f.get(list);
  const number = (): void => {
    f.get(index);
    f.op(OP['i32.wrap_i64']);
  };
  pushScaled(f, number, shift);
  f.op(OP['i32.add']);
}

/** Local `list` with an index in an i64 local: writes the element there, unless the index is out of range. */
export function setElement(
  f: FunctionCode,
  list: number,
  index: number,
  element: number,
  bits: Bits,
  shift: Push,
): void {
  pushInRange(f, list, index);
  f.open(OP.if, null);
  pushElement(f, list, index, shift);
  f.get(element);
  f.memory(STORE[bits], 2, CONTENT);
  f.close();
}

/** `local = local + by`. */
export function increase(f: FunctionCode, local: number, by: number): void {
  f.get(local);
  f.i32(by);
  f.op(OP['i32.add']);
  f.set(local);
}

/** `unreachable` when the i32 that `value` leaves is above MAX_COUNT. */
export function trapTooMany(f: FunctionCode, value: Push): void {
  value();
  f.i32(MAX_COUNT);
  f.op(OP['i32.gt_u']);
  f.open(OP.if, null);
  f.op(OP.unreachable);
  f.close();
}
