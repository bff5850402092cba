import type { Core, Rep, Slot } from '../core.ts';

/** A list in a slot without its first `skipped` elements: `list_tail(list_tail(get xs))`. */
export interface View {
  readonly slot: Slot;
  readonly skipped: number;
  /** Undefined for the whole list. */
  readonly element: Rep | undefined;
}

/** Longer chains are no views: each look at one takes constant time. */
const MAX_SKIPPED = 16;

/** Undefined for what is no view. */
export function viewOf(node: Core): View | undefined {
  let at: Core | undefined = node;
  let skipped = 0;
  let element: Rep | undefined;
  while (at?.op === 'builtin' && at.name === 'list_tail' && skipped < MAX_SKIPPED) {
    skipped++;
    element = at.element ?? 'i32';
    at = at.args[0];
  }
  return at?.op === 'get' ? { slot: at.slot, skipped, element } : undefined;
}
