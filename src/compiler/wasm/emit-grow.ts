import type { Core } from '../core/core.ts';
import { asBits } from './emit-builtin.ts';
import type { FunctionEmitter, Outcome } from './function-emitter.ts';
import { elementShift } from './layout.ts';
import { GROW_APPEND, GROW_CONCAT, GROW_SET } from './runtime/grow.ts';

/** `grow`: the loop's own block is changed in place; what it does not own it copies first. */
export function emitGrow(f: FunctionEmitter, node: Extract<Core, { op: 'grow' }>): Outcome {
  const target = f.slot(node.target);
  const owned = f.slot(node.owned);
  f.get(target);
  f.get(owned);
  if (!f.emitAll(node.args)) return 'never';
  switch (node.name) {
    case 'list_append':
      f.call(f.module.runtime(GROW_APPEND[asBits(f, node.element ?? 'i32')]));
      break;
    case 'list_set':
      f.call(f.module.runtime(GROW_SET[asBits(f, node.element ?? 'i32')]));
      break;
    case 'list_concat':
      f.i32(elementShift(node.element ?? 'i32'));
      f.call(f.module.runtime(GROW_CONCAT));
      break;
    case 'string_concat':
      // A string is a list of bytes: the count, then the bytes.
      f.i32(0);
      f.call(f.module.runtime(GROW_CONCAT));
      break;
  }
  f.set(target);
  f.i32(1);
  f.set(owned);
  return null;
}
