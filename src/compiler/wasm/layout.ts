import type { Rep } from '../core/core.ts';

/** log2 of an element's stride in a list (abi.md §2.2). */
export function elementShift(element: Rep): 2 | 3 {
  return element === 'i32' ? 2 : 3;
}

/** Where the elements of a list, or the bytes of a string, begin. */
export const CONTENT = 4;

/** Bytes of a closure cell: table index, then environment pointer (abi.md §2.5). */
export const CELL_SIZE = 8;
export const CELL_ENVIRONMENT = 4;
