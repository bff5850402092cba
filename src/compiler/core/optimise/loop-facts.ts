import { children } from '../children.ts';
import type { Core, CoreFunction, Slot } from '../core.ts';

/** Deeper bodies are left as they are: the rewrites recur, and must not exhaust the stack of the engine. */
const MAX_DEPTH = 1_000;

/** What the rewrites ask about a function with `recur`. */
export interface LoopFacts {
  readonly recurs: readonly Extract<Core, { op: 'recur' }>[];
  /** How often a slot is set and read in the text of the body. */
  readonly sets: ReadonlyMap<Slot, number>;
  readonly gets: ReadonlyMap<Slot, number>;
  /** Slots that are read before they are set in the order of the text: nothing may be concluded from their `set`. */
  readonly early: ReadonlySet<Slot>;
  /** Whether it has list or string operations at all. */
  readonly lists: boolean;
}

/** The slots that `recur` gives new values to, in its order. */
export function loopSlots({ params, closure, carried = [] }: CoreFunction): readonly Slot[] {
  return [...(closure ? params.slice(1) : params), ...carried];
}

/** True when a `recur` stands where a loop usually has it: looks at the ends of the branches only. */
export function isLoop({ body }: CoreFunction): boolean {
  const open: Core[] = [body];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.op === 'recur') return true;
    if (node.op === 'if') open.push(node.then, node.else);
    else if (node.op === 'switch') for (const arm of node.arms) open.push(arm);
    else if (node.op === 'scope') open.push(node.body);
    else if (node.op === 'leave' && node.value !== null) open.push(node.value);
    else if (node.op === 'seq') {
      for (const effect of node.effects) open.push(effect);
      if (node.value !== null) open.push(node.value);
    }
  }
  return false;
}

/** Undefined when the body nests too deep. */
export function loopFacts({ body }: CoreFunction): LoopFacts | undefined {
  const recurs: Extract<Core, { op: 'recur' }>[] = [];
  const sets = new Map<Slot, number>();
  const gets = new Map<Slot, number>();
  const early = new Set<Slot>();
  let lists = false;
  const open: { readonly node: Core; readonly depth: number; readonly done: boolean }[] = [
    { node: body, depth: 0, done: false },
  ];
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    const { node, depth, done } = entry;
    if (depth > MAX_DEPTH) return undefined;
    if (node.op === 'set' && done) {
      count(sets, node.slot);
      continue;
    }
    // A set counts behind its value.
    if (node.op === 'set') open.push({ node, depth, done: true });
    if (node.op === 'recur') recurs.push(node);
    if (node.op === 'builtin') lists = true;
    if (node.op === 'get') {
      count(gets, node.slot);
      if (!sets.has(node.slot)) early.add(node.slot);
    }
    const below = children(node);
    for (let at = below.length - 1; at >= 0; at--) {
      const child = below[at];
      if (child !== undefined) open.push({ node: child, depth: depth + 1, done: false });
    }
  }
  return { recurs, sets, gets, early, lists };
}

function count(of: Map<Slot, number>, slot: Slot): void {
  of.set(slot, (of.get(slot) ?? 0) + 1);
}
