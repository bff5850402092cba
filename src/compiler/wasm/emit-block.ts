import type { Core, Rep } from '../core/core.ts';
import { STORE } from './function-code.ts';
import type { FunctionEmitter, Outcome } from './function-emitter.ts';
import { CELL_ENVIRONMENT, CELL_SIZE, CONTENT, elementShift } from './layout.ts';
import { OP } from './opcodes.ts';

type Node<Op extends Core['op']> = Extract<Core, { op: Op }>;

/** Elements of a list are 4-aligned at least; this is log2 of it. */
const ELEMENT_ALIGNMENT = 2;

/** `new`: data when all fields are constant, else one allocation and a store for each field. */
export function emitBlock(f: FunctionEmitter, node: Node<'new'>): Outcome {
  const address = f.module.data.block(node);
  if (address !== undefined) return constant(f, address);
  const block = allocate(f, node.size);
  for (const { offset, value } of node.fields) {
    f.get(block);
    const rep = f.emit(value);
    if (rep === 'never') return 'never';
    f.store(stored(rep), offset);
  }
  return finished(f, block);
}

export function emitList(f: FunctionEmitter, node: Node<'list'>): Outcome {
  const address = f.module.data.block(node);
  if (address !== undefined) return constant(f, address);
  const { element, items } = node;
  const shift = elementShift(element);
  const block = allocate(f, CONTENT + (items.length << shift));
  f.get(block);
  f.i32(items.length);
  f.store('i32', 0);
  for (const [at, item] of items.entries()) {
    f.get(block);
    if (f.emit(item) === 'never') return 'never';
    f.memory(STORE[element], ELEMENT_ALIGNMENT, CONTENT + (at << shift));
  }
  return finished(f, block);
}

/** Cell and environment are one allocation. */
export function emitClosure(f: FunctionEmitter, node: Node<'closure'>): Outcome {
  const address = f.module.data.block(node);
  if (address !== undefined) return constant(f, address);
  const cell = allocate(f, CELL_SIZE + 8 * node.captures.length);
  f.get(cell);
  f.i32(f.module.tableIndex(node.fn));
  f.store('i32', 0);
  f.get(cell);
  f.get(cell);
  f.i32(CELL_SIZE);
  f.op(OP['i32.add']);
  f.store('i32', CELL_ENVIRONMENT);
  for (const [at, capture] of node.captures.entries()) {
    f.get(cell);
    const rep = f.emit(capture);
    if (rep === 'never') return 'never';
    f.store(stored(rep), CELL_SIZE + 8 * at);
  }
  return finished(f, cell);
}

function constant(f: FunctionEmitter, address: number): Rep {
  f.i32(address);
  return 'i32';
}

/** A borrowed local with the address of a new block. */
function allocate(f: FunctionEmitter, size: number): number {
  const block = f.borrow('i32');
  f.i32(size);
  f.callImport('__alloc');
  f.set(block);
  return block;
}

function finished(f: FunctionEmitter, block: number): Rep {
  f.get(block);
  f.release('i32', block);
  return 'i32';
}

function stored(rep: Rep | null): Rep {
  if (rep === null) throw new Error('malformed core program: a field without a value');
  return rep;
}
