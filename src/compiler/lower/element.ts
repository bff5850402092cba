import type { Core, Rep } from '../core/core.ts';
import type { Ground } from '../types/ground.ts';
import { FALSE, seq } from './build.ts';

/** How an element of a list, or a value of a map, is held: Unit, too, takes a place there, an i32 0. */
export function elementRep(element: Ground | undefined): Rep {
  return element?.rep ?? 'i32';
}

/** A value of this representation as an element. */
export function asElement(value: Core, rep: Rep | null): Core {
  return rep === null ? seq([value], FALSE) : value;
}
