import type { Core, Slot } from '../core.ts';

export type Growth = Extract<Core, { op: 'builtin' }> & {
  readonly name: 'list_append' | 'list_set' | 'list_concat' | 'string_concat';
};

/** An operation whose result is its first operand, longer or changed in one place. */
export function isGrowth(node: Core): node is Growth {
  if (node.op !== 'builtin') return false;
  switch (node.name) {
    case 'list_append':
    case 'list_set':
    case 'list_concat':
      return true;
    case 'string_concat':
      return node.args.length > 1;
    default:
      return false;
  }
}

/** Longer chains have no root: each look at one takes constant time. */
const MAX_CHAIN = 64;

/** The slot at the root of operations on operations on it: `list_append(list_append(get xs, a), b)`; undefined for all else. */
export function growthRoot(node: Core): Slot | undefined {
  let at = node;
  for (let length = 0; isGrowth(at) && length < MAX_CHAIN; length++) {
    const [first] = at.args;
    if (first === undefined) return undefined;
    at = first;
  }
  return at.op === 'get' ? at.slot : undefined;
}
