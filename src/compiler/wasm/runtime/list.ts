import { LOAD, STORE, type FunctionCode } from '../function-code.ts';
import { CONTENT, elementShift } from '../layout.ts';
import type { ModuleBuilder, RuntimeFunction } from '../module-builder.ts';
import { OP } from '../opcodes.ts';
import {
  copyElements,
  eachBits,
  increase,
  pushContent,
  pushInRange,
  pushCount,
  pushScaled,
  setElement,
  trapTooMany,
  type Push,
} from './assembly.ts';

/** (count, shift) -> a new list with this count; its elements are not written. */
const LIST_ALLOC: RuntimeFunction = {
  name: 'list_alloc',
  params: ['i32', 'i32'],
  result: 'i32',
  build(f, module) {
    const [count, shift] = [0, 1];
    const list = f.local('i32');
    trapTooMany(f, () => f.get(count));
    pushScaled(
      f,
      () => f.get(count),
      () => f.get(shift),
    );
    f.i32(CONTENT);
    f.op(OP['i32.add']);
    f.call(module.import('__alloc').ref);
    f.set(list);
    f.get(list);
    f.get(count);
    f.store('i32', 0);
    f.get(list);
  },
};

/** A new list in a local of its own. */
function allocate(f: FunctionCode, module: ModuleBuilder, count: Push, shift: Push): number {
  const list = f.local('i32');
  count();
  shift();
  f.call(module.runtime(LIST_ALLOC));
  f.set(list);
  return list;
}

/** (list, element) -> a copy with one element more. */
export const LIST_APPEND = eachBits((bits) => ({
  name: `list_append_${bits}`,
  params: ['i32', bits],
  result: 'i32',
  build(f, module) {
    const [list, element] = [0, 1];
    const shift = (): void => f.i32(elementShift(bits));
    const longer = (): void => {
      pushCount(f, list);
      f.i32(1);
      f.op(OP['i32.add']);
    };
    const copy = allocate(f, module, longer, shift);
    copyElements(f, copy, list, shift);
    f.get(copy);
    pushScaled(f, () => pushCount(f, list), shift);
    f.op(OP['i32.add']);
    f.get(element);
    f.memory(STORE[bits], 2, CONTENT);
    f.get(copy);
  },
}));

/** (list, index, element) -> a copy with the element at the index; out of range an unchanged copy. */
export const LIST_SET = eachBits((bits) => ({
  name: `list_set_${bits}`,
  params: ['i32', 'i64', bits],
  result: 'i32',
  build(f, module) {
    const [list, index, element] = [0, 1, 2];
    const shift = (): void => f.i32(elementShift(bits));
    const copy = allocate(f, module, () => pushCount(f, list), shift);
    copyElements(f, copy, list, shift);
    setElement(f, copy, index, element, bits, shift);
    f.get(copy);
  },
}));

/** (list, n, shift) -> the list without its first n elements; n is not negative. */
export const LIST_DROP: RuntimeFunction = {
  name: 'list_drop',
  params: ['i32', 'i64', 'i32'],
  result: 'i32',
  build(f, module) {
    const [list, n, shift] = [0, 1, 2];
    const rest = f.local('i32');
    f.get(n);
    f.op(OP['i64.eqz']);
    f.open(OP.if, null);
    f.get(list);
    f.op(OP.return);
    f.close();
    // `rest` stays zero when there are not more than n.
    pushInRange(f, list, n);
    f.open(OP.if, null);
    pushCount(f, list);
    f.get(n);
    f.op(OP['i32.wrap_i64']);
    f.op(OP['i32.sub']);
    f.set(rest);
    f.close();
    const pushShift = (): void => f.get(shift);
    const copy = allocate(f, module, () => f.get(rest), pushShift);
    f.get(rest);
    f.open(OP.if, null);
    pushContent(f, copy);
    pushContent(f, list);
    const skipped = (): void => {
      f.get(n);
      f.op(OP['i32.wrap_i64']);
    };
    pushScaled(f, skipped, pushShift);
    f.op(OP['i32.add']);
    pushScaled(f, () => f.get(rest), pushShift);
    f.memoryCopy();
    f.close();
    f.get(copy);
  },
};

/** (a, b, shift) -> the elements of both; when one is empty the other itself, for values never change. */
export const LIST_CONCAT: RuntimeFunction = {
  name: 'list_concat',
  params: ['i32', 'i32', 'i32'],
  result: 'i32',
  build(f, module) {
    const [a, b, shift] = [0, 1, 2];
    for (const [list, other] of [
      [a, b],
      [b, a],
    ] as const) {
      pushCount(f, list);
      f.op(OP['i32.eqz']);
      f.open(OP.if, null);
      f.get(other);
      f.op(OP.return);
      f.close();
      trapTooMany(f, () => pushCount(f, list));
    }
    const both = (): void => {
      pushCount(f, a);
      pushCount(f, b);
      f.op(OP['i32.add']);
    };
    const pushShift = (): void => f.get(shift);
    const copy = allocate(f, module, both, pushShift);
    copyElements(f, copy, a, pushShift);
    pushContent(f, copy);
    pushScaled(f, () => pushCount(f, a), pushShift);
    f.op(OP['i32.add']);
    pushContent(f, b);
    pushScaled(f, () => pushCount(f, b), pushShift);
    f.memoryCopy();
    f.get(copy);
  },
};

/** list -> its elements from last to first. */
export const LIST_REVERSE = eachBits((bits) => ({
  name: `list_reverse_${bits}`,
  params: ['i32'],
  result: 'i32',
  build(f, module) {
    const list = 0;
    const from = f.local('i32');
    const to = f.local('i32');
    const shift = (): void => f.i32(elementShift(bits));
    const stride = 1 << elementShift(bits);
    const copy = allocate(f, module, () => pushCount(f, list), shift);
    f.get(copy);
    f.set(to);
    // `from` runs down from behind the last element, `to` up from the first place.
    f.get(list);
    pushScaled(f, () => pushCount(f, list), shift);
    f.op(OP['i32.add']);
    f.set(from);
    f.open(OP.block, null);
    const done = f.depth;
    f.open(OP.loop, null);
    f.get(from);
    f.get(list);
    f.op(OP['i32.eq']);
    f.branch(OP.br_if, done);
    increase(f, from, -stride);
    f.get(to);
    f.get(from);
    f.memory(LOAD[bits], 2, CONTENT);
    f.memory(STORE[bits], 2, CONTENT);
    increase(f, to, stride);
    f.branch(OP.br, f.depth);
    f.close();
    f.close();
    f.get(copy);
  },
}));
