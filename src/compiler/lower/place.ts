import type { Core } from '../core/core.ts';
import type { Placed, TypedExpr } from '../typed/typed.ts';
import { get, set } from './build.ts';
import { asElement } from './element.ts';
import type { Frame } from './frame.ts';

/** What a written argument or field became; `index` is its place. */
export interface PlacedCore {
  readonly index: number;
  readonly core: Core;
}

/** `effects` run first; then `values` are evaluated in their order. */
export interface PlacedCores {
  readonly effects: readonly Core[];
  readonly values: readonly PlacedCore[];
}

/**
 * Arguments or fields; they are evaluated in written order (language.md §7.1), if need be into temporaries. `sorted`: the values come in the
 * order of their places, else as written. `units`: a value of type Unit is dropped once it is evaluated, or kept as an element (element.ts).
 */
export function place(
  frame: Frame,
  placed: readonly Placed[],
  { sorted, units }: { readonly sorted: boolean; readonly units: 'drop' | 'keep' },
): PlacedCores {
  const inOrder = !sorted || ascending(placed);
  const direct =
    inOrder && (units === 'keep' || !placed.some(({ value }) => frame.rep(value.type) === null && !isSteady(value)));
  const effects: Core[] = [];
  const values: PlacedCore[] = [];
  for (const { index, value } of placed) {
    const rep = frame.rep(value.type);
    const core = frame.lower(value);
    if (rep === null && units === 'drop') {
      if (!isSteady(value)) effects.push(core);
      continue;
    }
    const element = asElement(core, rep);
    if (direct || isSteady(value)) values.push({ index, core: element });
    else {
      const slot = frame.slot('argument', rep ?? 'i32');
      effects.push(set(slot, element));
      values.push({ index, core: get(slot) });
    }
  }
  return { effects, values: inOrder ? values : values.toSorted((a, b) => a.index - b.index) };
}

function ascending(placed: readonly Placed[]): boolean {
  let last = -1;
  for (const { index } of placed) {
    if (index < last) return false;
    last = index;
  }
  return true;
}

/** Whether it gives the same value, and does nothing else, whenever it is evaluated. */
export function isSteady(value: TypedExpr): boolean {
  switch (value.kind) {
    case 'int':
    case 'float':
    case 'string':
    case 'bool':
      return true;
    case 'local':
      return !value.local.mutable;
    case 'block':
      return value.statements.length === 0 && value.result === undefined;
    default:
      return false;
  }
}
