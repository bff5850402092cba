import type { Core, MathOp, Rep, Slot } from '../core/core.ts';

/** Does nothing and gives nothing: Unit. */
export const NOTHING: Core = { op: 'seq', effects: [], value: null };
export const TRAP: Core = { op: 'trap' };
export const FALSE: Core = { op: 'i32', value: 0 };
export const TRUE: Core = { op: 'i32', value: 1 };

export const i32 = (value: number): Core => ({ op: 'i32', value });
export const i64 = (value: bigint): Core => ({ op: 'i64', value });
export const get = (slot: Slot): Core => ({ op: 'get', slot });
export const set = (slot: Slot, value: Core): Core => ({ op: 'set', slot, value });
export const load = (rep: Rep, pointer: Core, offset: number): Core => ({ op: 'load', rep, pointer, offset });
export const math = (name: MathOp, ...args: readonly Core[]): Core => ({ op: 'math', name, args });
export const not = (value: Core): Core => math('i32.eqz', value);
export const call = (fn: number, args: readonly Core[]): Core => ({ op: 'call', fn, args });

export function choose(rep: Rep | null, test: Core, then: Core, otherwise: Core): Core {
  return { op: 'if', rep, test, then, else: otherwise };
}

/** Runs the effects, then gives the value; without effects it is the value. */
export function seq(effects: readonly Core[], value: Core | null): Core {
  return effects.length === 0 && value !== null ? value : { op: 'seq', effects, value };
}

/** Evaluates and drops. */
export function drop(value: Core): Core {
  return { op: 'seq', effects: [value], value: null };
}

/** Whether it plainly never gives its value: control goes elsewhere. */
function diverges(core: Core): boolean {
  switch (core.op) {
    case 'trap':
    case 'leave':
    case 'recur':
      return true;
    case 'seq':
      return core.value !== null && diverges(core.value);
    default:
      return false;
  }
}

/** Leaves the scope `label` with what `value` gives; `rep` is that of the scope. */
export function leaveWith(label: number, rep: Rep | null, value: Core): Core {
  if (diverges(value)) return value;
  if (rep !== null) return { op: 'leave', label, value };
  return seq([value], { op: 'leave', label, value: null });
}
