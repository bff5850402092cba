import type { Core, MathOp, Slot } from '../core.ts';

/** The nodes that rewrites make. */
export const i64 = (value: number): Core => ({ op: 'i64', value: BigInt(value) });
export const get = (slot: Slot): Core => ({ op: 'get', slot });
export const set = (slot: Slot, value: Core): Core => ({ op: 'set', slot, value });
export const math = (name: MathOp, ...args: readonly Core[]): Core => ({ op: 'math', name, args });
export const nothing: Core = { op: 'seq', effects: [], value: null };

/** Effects without a value. */
export function sequence(effects: readonly Core[]): Core {
  const [only] = effects;
  return effects.length === 1 && only !== undefined ? only : { op: 'seq', effects, value: null };
}
