import type { BuiltinOp, Core, Rep } from '../core/core.ts';
import { LOAD } from './function-code.ts';
import type { FunctionEmitter, Outcome } from './function-emitter.ts';
import { CONTENT, elementShift } from './layout.ts';
import { OP } from './opcodes.ts';
import { pushElement, pushInRange } from './runtime/assembly.ts';
import { LIST_APPEND, LIST_CONCAT, LIST_DROP, LIST_REVERSE, LIST_SET } from './runtime/list.ts';
import { MAX_PARTS, STRING_COMPARE, STRING_EQ, stringConcat } from './runtime/string.ts';

type Builtin = Extract<Core, { op: 'builtin' }>;

/** List and string operations: the two reads inline, all others as functions of the module. */
export function emitBuiltin(f: FunctionEmitter, node: Builtin): Outcome {
  const { name, args } = node;
  if (name === 'list_get') return emitGet(f, node);
  if (name === 'string_concat') return emitConcat(f, args);
  if (!f.emitAll(args)) return 'never';
  const element = node.element ?? 'i32';
  switch (name) {
    case 'list_length':
      f.memory(OP['i64.load32_u'], 2, 0);
      return 'i64';
    case 'list_tail':
      f.i64(1n);
      return emitDrop(f, element);
    case 'list_drop':
      return emitDrop(f, element);
    case 'list_concat':
      f.i32(elementShift(element));
      f.call(f.module.runtime(LIST_CONCAT));
      return 'i32';
    case 'list_reverse':
      f.call(f.module.runtime(LIST_REVERSE[element === 'i32' ? 'i32' : 'i64']));
      return 'i32';
    default:
      return emitElement(f, name, element);
  }
}

function emitDrop(f: FunctionEmitter, element: Rep): Outcome {
  f.i32(elementShift(element));
  f.call(f.module.runtime(LIST_DROP));
  return 'i32';
}

function emitElement(
  f: FunctionEmitter,
  name: Exclude<BuiltinOp, `list_${'length' | 'get' | 'tail' | 'drop' | 'concat' | 'reverse'}` | 'string_concat'>,
  element: Rep,
): Outcome {
  switch (name) {
    case 'list_append':
      f.call(f.module.runtime(LIST_APPEND[asBits(f, element)]));
      return 'i32';
    case 'list_set':
      f.call(f.module.runtime(LIST_SET[asBits(f, element)]));
      return 'i32';
    case 'string_eq':
      f.call(f.module.runtime(STRING_EQ));
      return 'i32';
    case 'string_compare':
      f.call(f.module.runtime(STRING_COMPARE));
      return 'i32';
  }
}

/** Turns the element on the stack into the bits that the runtime functions move: an f64 travels as i64. */
export function asBits(f: FunctionEmitter, element: Rep): 'i32' | 'i64' {
  if (element === 'i32') return 'i32';
  if (element === 'f64') f.op(OP['i64.reinterpret_f64']);
  return 'i64';
}

/** The element at an i64 index, or zero: one unsigned comparison covers negative indices too. */
function emitGet(f: FunctionEmitter, { args, element = 'i32' }: Builtin): Outcome {
  const [listNode, indexNode] = args;
  if (listNode === undefined || indexNode === undefined) throw new Error('malformed core program: list_get');
  const list = f.borrow('i32');
  if (f.emit(listNode) === 'never') return 'never';
  f.set(list);
  if (indexNode.op === 'i64' && indexNode.value >= 0n && indexNode.value < 0x100_0000n) {
    getAt(f, list, Number(indexNode.value), element);
  } else {
    const index = f.borrow('i64');
    if (f.emit(indexNode) === 'never') return 'never';
    f.set(index);
    pushInRange(f, list, index);
    f.open(OP.if, element);
    pushElement(f, list, index, () => f.i32(elementShift(element)));
    loadOrZero(f, element, CONTENT);
    f.release('i64', index);
  }
  f.release('i32', list);
  return element;
}

/** The index is known: the address is too. */
function getAt(f: FunctionEmitter, list: number, index: number, element: Rep): void {
  f.get(list);
  f.load('i32', 0);
  f.i32(index);
  f.op(OP['i32.gt_u']);
  f.open(OP.if, element);
  f.get(list);
  loadOrZero(f, element, CONTENT + (index << elementShift(element)));
}

function loadOrZero(f: FunctionEmitter, element: Rep, offset: number): void {
  f.memory(LOAD[element], 2, offset);
  f.op(OP.else);
  f.zero(element);
  f.close();
}

/** One function for each number of parts, so that a text is allocated once; very long ones go in groups. */
function emitConcat(f: FunctionEmitter, parts: readonly Core[]): Outcome {
  let pending = 0;
  for (const part of parts) {
    if (pending === MAX_PARTS) pending = join(f, pending);
    if (f.emit(part) === 'never') return 'never';
    pending++;
  }
  join(f, pending);
  return 'i32';
}

function join(f: FunctionEmitter, parts: number): 1 {
  if (parts > 1) f.call(f.module.runtime(stringConcat(parts)));
  return 1;
}
