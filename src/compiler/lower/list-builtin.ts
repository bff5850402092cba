import type { BuiltinOp, Core } from '../core/core.ts';
import type { Ground } from '../types/ground.ts';
import { choose, drop, get, i64, math, seq, set, TRAP } from './build.ts';
import type { BuiltinLowering } from './builtin-use.ts';
import { elementRep } from './element.ts';
import type { Frame } from './frame.ts';

/** The builtins of lists (abi.md §7). */
export const LIST_BUILTINS: readonly (readonly [string, BuiltinLowering])[] = [
  ['list_length', whole('list_length')],
  ['length', whole('list_length')],
  ['tail', whole('list_tail')],
  ['append', whole('list_append')],
  ['concat', whole('list_concat')],
  ['reverse', whole('list_reverse')],
  ['list_set', whole('list_set')],
  ['is_empty', (use) => math('i64.eqz', whole('list_length')(use))],
  ['head', ({ frame, types, args: [list = TRAP] }) => lowerElement(frame, types[0], list, i64(0n))],
  ['nth', ({ frame, types, args: [list = TRAP, index = TRAP] }) => lowerElement(frame, types[0], list, index)],
];

function whole(name: BuiltinOp): BuiltinLowering {
  return ({ types, args }) => ({ op: 'builtin', name, element: elementRep(types[0]), args });
}

/**
 * The element at an index. Out of range a number is 0 and a Bool is False; there is no such value for what lives in memory or at the host
 * (a null address is the first literal of the module, abi.md §2), so that traps.
 */
function lowerElement(frame: Frame, element: Ground | undefined, list: Core, index: Core): Core {
  const at = (xs: Core, i: Core): Core => {
    const args = [xs, i];
    return { op: 'builtin', name: 'list_get', element: elementRep(element), args };
  };
  if (element === undefined || element.rep === null) return drop(at(list, index));
  if (isNumber(element)) return at(list, index);
  if (isHeld(list) && isHeld(index)) return guarded(list, index, at(list, index));
  const xs = frame.slot('list', 'i32');
  const i = frame.slot('index', 'i64');
  return seq([set(xs, list), set(i, index)], guarded(get(xs), get(i), at(get(xs), get(i))));
}

function guarded(list: Core, index: Core, value: Core): Core {
  const length: Core = { op: 'builtin', name: 'list_length', args: [list] };
  if (index.op === 'i64' && index.value === 0n) return choose('i32', math('i64.eqz', length), TRAP, value);
  const inside = math('i32.and', math('i64.ge_s', index, i64(0n)), math('i64.lt_s', index, length));
  return choose('i32', inside, value, TRAP);
}

/** Whether it may be evaluated twice. */
function isHeld(core: Core): boolean {
  return core.op === 'get' || core.op === 'i64';
}

function isNumber({ con }: Ground): boolean {
  return con?.kind === 'scalar' && con.name !== 'String' && con.name !== 'Bytes';
}
