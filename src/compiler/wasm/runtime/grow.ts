import { STORE, type FunctionCode } from '../function-code.ts';
import { CONTENT, elementShift } from '../layout.ts';
import type { ModuleBuilder, RuntimeFunction } from '../module-builder.ts';
import { OP } from '../opcodes.ts';
import { copyElements, eachBits, pushContent, pushCount, pushScaled, setElement, trapTooMany } from './assembly.ts';

/** An owned block has its capacity (elements, or bytes of a string) in the word before it; 8 bytes keep the block aligned. */
const HEADER = 8;
const CAPACITY = 4;

/**
 * (block, owned, more, shift) -> the block with room for `more` elements: itself when it is owned and has it, else an owned copy. A first copy
 * gets half as much again, later ones twice as much: the cost of all copies stays linear.
 */
const GROW: RuntimeFunction = {
  name: 'grow',
  params: ['i32', 'i32', 'i32', 'i32'],
  result: 'i32',
  build(f, module) {
    const [block, owned, more, shift] = [0, 1, 2, 3];
    const need = f.local('i32');
    const capacity = f.local('i32');
    const copy = f.local('i32');
    trapTooMany(f, () => pushCount(f, block));
    trapTooMany(f, () => f.get(more));
    pushCount(f, block);
    f.get(more);
    f.op(OP['i32.add']);
    f.set(need);
    f.get(owned);
    f.open(OP.if, null);
    f.get(block);
    f.i32(HEADER - CAPACITY);
    f.op(OP['i32.sub']);
    f.load('i32', 0);
    f.get(need);
    f.op(OP['i32.ge_u']);
    f.open(OP.if, null);
    f.get(block);
    f.op(OP.return);
    f.close();
    f.close();
    pushCapacity(f, need, owned, shift);
    f.set(capacity);
    pushScaled(
      f,
      () => f.get(capacity),
      () => f.get(shift),
    );
    f.i32(HEADER + CONTENT);
    f.op(OP['i32.add']);
    f.call(module.import('__alloc').ref);
    f.set(copy);
    f.get(copy);
    f.get(capacity);
    f.store('i32', CAPACITY);
    f.get(copy);
    f.i32(HEADER);
    f.op(OP['i32.add']);
    f.set(copy);
    f.get(copy);
    pushCount(f, block);
    f.store('i32', 0);
    copyElements(f, copy, block, () => f.get(shift));
    f.get(copy);
  },
};

/** `need + (need >> (1 - owned)) + (16 >> shift)`. */
function pushCapacity(f: FunctionCode, need: number, owned: number, shift: number): void {
  f.get(need);
  f.get(need);
  f.i32(1);
  f.get(owned);
  f.op(OP['i32.sub']);
  f.op(OP['i32.shr_u']);
  f.op(OP['i32.add']);
  f.i32(16);
  f.get(shift);
  f.op(OP['i32.shr_u']);
  f.op(OP['i32.add']);
}

/** A local with the block after it has grown for `more` elements; the block and whether it is owned are parameters 0 and 1. */
function grown(f: FunctionCode, module: ModuleBuilder, more: () => void, shift: () => void): number {
  const block = f.local('i32');
  f.get(0);
  f.get(1);
  more();
  shift();
  f.call(module.runtime(GROW));
  f.set(block);
  return block;
}

/** (list, owned, element) -> the owned list with one element more. */
export const GROW_APPEND = eachBits((bits) => ({
  name: `grow_append_${bits}`,
  params: ['i32', 'i32', bits],
  result: 'i32',
  build(f, module) {
    const element = 2;
    const shift = (): void => f.i32(elementShift(bits));
    const list = grown(f, module, () => f.i32(1), shift);
    f.get(list);
    pushScaled(f, () => pushCount(f, list), shift);
    f.op(OP['i32.add']);
    f.get(element);
    f.memory(STORE[bits], 2, CONTENT);
    f.get(list);
    pushCount(f, list);
    f.i32(1);
    f.op(OP['i32.add']);
    f.store('i32', 0);
    f.get(list);
  },
}));

/** (list, owned, other, shift) -> the owned list with the elements of the other behind; for strings the elements are bytes, the shift is 0. */
export const GROW_CONCAT: RuntimeFunction = {
  name: 'grow_concat',
  params: ['i32', 'i32', 'i32', 'i32'],
  result: 'i32',
  build(f, module) {
    const [other, shift] = [2, 3];
    const pushShift = (): void => f.get(shift);
    const list = grown(f, module, () => pushCount(f, other), pushShift);
    pushContent(f, list);
    pushScaled(f, () => pushCount(f, list), pushShift);
    f.op(OP['i32.add']);
    pushContent(f, other);
    pushScaled(f, () => pushCount(f, other), pushShift);
    f.memoryCopy();
    f.get(list);
    pushCount(f, list);
    pushCount(f, other);
    f.op(OP['i32.add']);
    f.store('i32', 0);
    f.get(list);
  },
};

/** (list, owned, index, element) -> the owned list with the element at the index; unchanged when it is out of range. */
export const GROW_SET = eachBits((bits) => ({
  name: `grow_set_${bits}`,
  params: ['i32', 'i32', 'i64', bits],
  result: 'i32',
  build(f, module) {
    const [index, element] = [2, 3];
    const shift = (): void => f.i32(elementShift(bits));
    const list = grown(f, module, () => f.i32(0), shift);
    setElement(f, list, index, element, bits, shift);
    f.get(list);
  },
}));
