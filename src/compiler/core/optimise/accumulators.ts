import type { Core, CoreFunction, Slot } from '../core.ts';
import { children } from '../children.ts';
import { growthRoot, isGrowth } from './growth.ts';
import { loopSlots, type LoopFacts } from './loop-facts.ts';
import { ENDED, walkPaths } from './walk-paths.ts';

type Recur = Extract<Core, { op: 'recur' }>;

/** A parameter that its loop grows. */
export interface Accumulator {
  readonly slot: Slot;
  /** i32, carried: 1 when nothing but the loop refers to the block in `slot`. */
  readonly owned: Slot;
  /** Where the next value must be a block of its own. */
  readonly copied: ReadonlySet<Recur>;
}

/**
 * How a next value comes from the loop variable: it is the variable; growths of it; or a choice between such and other values.
 */
export type Derivation = 'same' | 'grown' | 'chosen' | undefined;

export function derivation(node: Core, slot: Slot): Derivation {
  if (isGrowth(node)) {
    const [first] = node.args;
    const of = first === undefined ? undefined : derivation(first, slot);
    return of === 'same' ? 'grown' : of;
  }
  if (node.op === 'get') return node.slot === slot ? 'same' : undefined;
  return branches(node).some((branch) => derivation(branch, slot) !== undefined) ? 'chosen' : undefined;
}

/** The nodes of which one gives the value of a node. */
function branches(node: Core): readonly Core[] {
  if (node.op === 'if') return [node.then, node.else];
  if (node.op === 'switch') return node.arms;
  return node.op === 'seq' && node.value !== null ? [node.value] : [];
}

/**
 * How many operands, from the first, a node reads without keeping a reference to them. Operations that copy always make a block of their own;
 * `list_concat` and the like may give an operand itself.
 */
function borrowed(node: Core): number {
  if (node.op === 'load') return 1;
  if (node.op === 'import') return READERS.has(node.name) ? node.args.length : 0;
  if (node.op !== 'builtin') return 0;
  switch (node.name) {
    case 'list_length':
    case 'list_get':
    case 'list_append':
    case 'list_set':
      return 1;
    case 'string_eq':
    case 'string_compare':
      return 2;
    case 'string_concat':
      return node.args.length > 1 ? node.args.length : 0;
    default:
      return 0;
  }
}

/** Host functions that read a text and neither keep nor return it. */
const READERS = new Set([
  'string_length',
  'contains',
  'index_of',
  'string_starts_with',
  'string_ends_with',
  'char_code',
  'print_string',
  'print_no_newline',
  'print_stderr',
  'log_info',
  'log_warn',
]);

const ESCAPED = 1;

/**
 * The parameters that can grow in place. On a way to a `recur` that grows one, nothing else may get hold of its block (be it stored, passed on
 * or captured); where something does, the next value is a copy and the loop does not own it. Other parameters and what runs after the last
 * growth may refer to it as they like.
 */
export function findAccumulators(fn: CoreFunction, facts: LoopFacts): readonly Accumulator[] {
  const found: Accumulator[] = [];
  const slots = loopSlots(fn);
  for (const [place, slot] of slots.entries()) {
    if (slot.rep !== 'i32' || facts.sets.has(slot)) continue;
    const grows = ({ args }: Recur): boolean => growsIn(args[place], slot);
    if (!facts.recurs.some(grows)) continue;
    const copied = copiedIn(fn.body, slots, slot);
    if (facts.recurs.some((recur) => grows(recur) && !copied.has(recur))) {
      found.push({ slot, owned: { name: `${slot.name}.owned`, rep: 'i32' }, copied });
      if (found.length === MAX_ACCUMULATORS) break;
    }
  }
  return found;
}

/** Each costs a walk over the body: the rewrite stays linear. */
const MAX_ACCUMULATORS = 16;

function growsIn(node: Core | undefined, slot: Slot): boolean {
  if (node === undefined) return false;
  const of = derivation(node, slot);
  return (
    of === 'grown' || (of === 'chosen' && somewhere(node, (below) => isGrowth(below) && growthRoot(below) === slot))
  );
}

/** The `recur`s at which `slot` cannot keep its block for itself. */
function copiedIn(body: Core, slots: readonly Slot[], slot: Slot): ReadonlySet<Recur> {
  const place = slots.indexOf(slot);
  const copied = new Set<Recur>();
  walkPaths(body, (node, state, walk) => {
    if (node.op === 'get') return node.slot === slot ? ESCAPED : state;
    if (node.op === 'recur') {
      const next = node.args[place];
      const of = next === undefined ? undefined : derivation(next, slot);
      let behind = state;
      for (const [at, arg] of node.args.entries()) {
        if (at === place && of !== undefined) behind = walkDerived(arg, slot, behind, walk);
        else behind = growthRoot(arg) === slots[at] && isOperand(arg, slot) ? ESCAPED : walk(arg, behind);
      }
      if (behind === ESCAPED || (of === 'chosen' && !inOrder(node, place, slot))) copied.add(node);
      return ENDED;
    }
    const reads = borrowed(node);
    if (reads === 0) return undefined;
    let behind = state;
    for (const [at, child] of children(node).entries()) {
      if (at >= reads || child.op !== 'get') behind = walk(child, behind);
    }
    return behind;
  });
  return copied;
}

/** True when another variable grows by this one: it does so when all values are there, and this one may have grown before. */
function isOperand(growth: Core, slot: Slot): boolean {
  let at: Core | undefined = growth;
  while (at !== undefined && isGrowth(at)) {
    if (at.args.slice(1).some((operand) => operand.op === 'get' && operand.slot === slot)) return true;
    at = at.args[0];
  }
  return false;
}

/** The value of a derivation is no escape; all else in it is looked at as anywhere. */
function walkDerived(node: Core, slot: Slot, state: number, walk: (child: Core, state: number) => number): number {
  if (node.op === 'get' && node.slot === slot) return state;
  const part = (child: Core, before: number): number =>
    before === ENDED ? ENDED : walkDerived(child, slot, before, walk);
  if (isGrowth(node) && derivation(node, slot) !== undefined) {
    const [first, ...operands] = node.args;
    let behind = first === undefined ? state : part(first, state);
    for (const operand of operands) behind = walk(operand, behind);
    return behind;
  }
  if (node.op === 'if') {
    const tested = walk(node.test, state);
    return Math.max(part(node.then, tested), part(node.else, tested));
  }
  if (node.op === 'switch') {
    const tagged = walk(node.tag, state);
    return Math.max(ENDED, ...node.arms.map((arm) => part(arm, tagged)));
  }
  if (node.op === 'seq' && node.value !== null) {
    let behind = state;
    for (const effect of node.effects) behind = walk(effect, behind);
    return part(node.value, behind);
  }
  return walk(node, state);
}

/** A choice is made where it stands, so nothing may look at the variable after it has grown: neither operands of it nor later arguments. */
function inOrder({ args }: Recur, place: number, slot: Slot): boolean {
  if (args.slice(place + 1).some((arg) => mentions(arg, slot))) return false;
  const fits = (node: Core): boolean => {
    if (!isGrowth(node)) return branches(node).every(fits);
    const [first, ...operands] = node.args;
    if (first === undefined || derivation(first, slot) === undefined) return true;
    return first.op === 'get' || (fits(first) && !operands.some((operand) => mentions(operand, slot)));
  };
  const next = args[place];
  return next === undefined || fits(next);
}

function mentions(node: Core, slot: Slot): boolean {
  return somewhere(node, (below) => below.op === 'get' && below.slot === slot);
}

function somewhere(node: Core, holds: (below: Core) => boolean): boolean {
  return holds(node) || children(node).some((child) => somewhere(child, holds));
}
