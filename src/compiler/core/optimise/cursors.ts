import { mapChildren } from '../children.ts';
import type { Core, CoreFunction, Rep, Slot } from '../core.ts';
import { get, i64, math } from './build.ts';
import { loopSlots, type LoopFacts } from './loop-facts.ts';
import { viewOf, type View } from './view.ts';
import { ENDED, walkPaths } from './walk-paths.ts';

type Recur = Extract<Core, { op: 'recur' }>;

interface Cursor {
  /** The parameter: the list that the cursor runs over. */
  readonly list: Slot;
  /** i64, carried: how many elements are behind it; never above the length. */
  readonly offset: Slot;
  readonly element: Rep;
}

/** The parameters that some `recur` moves on by `list_tail`: with the place of the parameter and the elements. */
export function cursorCandidates(fn: CoreFunction, facts: LoopFacts): ReadonlyMap<Slot, Rep> {
  const slots = loopSlots(fn);
  const found = new Map<Slot, Rep>();
  for (const { args } of facts.recurs) {
    for (const [at, arg] of args.entries()) {
      const view = viewOf(arg);
      if (view?.element !== undefined && view.slot === slots[at] && !facts.sets.has(view.slot)) {
        found.set(view.slot, view.element);
      }
    }
  }
  return found;
}

/**
 * True when a cursor copies no more than the list itself would: what is left must be copied where it is used as a whole, so at most once on a
 * way that moves on, and never on one that keeps the place.
 */
export function isCursor(fn: CoreFunction, list: Slot): boolean {
  const place = loopSlots(fn).indexOf(list);
  let cheap = true;
  walkPaths(fn.body, (node, state, walk) => {
    if (isView(node, list)) return state + 1;
    if (node.op === 'recur') {
      const next = node.args[place];
      const skipped = next === undefined ? undefined : skippedOf(next, list);
      let copies = state;
      for (const [at, arg] of node.args.entries()) {
        if (at !== place || skipped === undefined) copies = walk(arg, copies);
      }
      if (copies > (skipped === 0 ? 0 : 1)) cheap = false;
      return ENDED;
    }
    if (node.op !== 'builtin' || (node.name !== 'list_length' && node.name !== 'list_get')) return undefined;
    const [of, index] = node.args;
    if (of === undefined || !isView(of, list)) return undefined;
    return index === undefined ? state : walk(index, state);
  });
  return cheap;
}

function skippedOf(node: Core, list: Slot): number | undefined {
  const view = viewOf(node);
  return view?.slot === list ? view.skipped : undefined;
}

function isView(node: Core, list: Slot): boolean {
  return viewOf(node)?.slot === list;
}

/** Makes each of these parameters a list and an offset into it: `list_tail` in a `recur` is an addition instead of a copy. */
export function useCursors(fn: CoreFunction, lists: ReadonlyMap<Slot, Rep>): CoreFunction {
  if (lists.size === 0) return fn;
  const cursors = new Map<Slot, Cursor>();
  for (const [list, element] of lists) {
    cursors.set(list, { list, offset: { name: `${list.name}.offset`, rep: 'i64' }, element });
  }
  const carried = [...(fn.carried ?? []), ...[...cursors.values()].map(({ offset }) => offset)];
  return { ...fn, carried, body: rewriter(loopSlots(fn), cursors)(fn.body) };
}

function rewriter(slots: readonly Slot[], cursors: ReadonlyMap<Slot, Cursor>): (node: Core) => Core {
  const look = (node: Core | undefined): { view: View; cursor: Cursor } | undefined => {
    const view = node === undefined ? undefined : viewOf(node);
    const cursor = view === undefined ? undefined : cursors.get(view.slot);
    return view === undefined || cursor === undefined ? undefined : { view, cursor };
  };
  const rewrite = (node: Core): Core => {
    if (node.op === 'recur') return rewriteRecur(node);
    if (node.op === 'builtin') {
      const of = look(node.args[0]);
      if (of !== undefined && node.name === 'list_length') return lengthOf(of.cursor, of.view.skipped);
      const index = node.args[1];
      if (of !== undefined && node.name === 'list_get' && index !== undefined) {
        return elementAt(of.cursor, of.view.skipped, rewrite(index));
      }
    }
    const whole = node.op === 'get' || node.op === 'builtin' ? look(node) : undefined;
    return whole === undefined ? mapChildren(node, rewrite) : restOf(whole.cursor, whole.view.skipped);
  };
  const rewriteRecur = ({ args }: Recur): Core => {
    const offsets = new Map<Slot, Core>();
    const next = args.map((arg, at) => {
      const moved = look(arg);
      if (moved === undefined || moved.cursor.list !== slots[at]) return rewrite(arg);
      offsets.set(
        moved.cursor.list,
        moved.view.skipped === 0 ? get(moved.cursor.offset) : movedBy(moved.cursor, moved.view.skipped),
      );
      return get(moved.cursor.list);
    });
    for (const list of cursors.keys()) next.push(offsets.get(list) ?? i64(0));
    return { op: 'recur', args: next };
  };
  return rewrite;
}

function length({ list, element }: Cursor): Core {
  return { op: 'builtin', name: 'list_length', element, args: [get(list)] };
}

function behind({ offset }: Cursor, skipped: number): Core {
  return skipped === 0 ? get(offset) : math('i64.add', get(offset), i64(skipped));
}

function choose(rep: Rep, test: Core, then: Core, otherwise: Core): Core {
  return { op: 'if', rep, test, then, else: otherwise };
}

/** The new offset: not behind the end, for the tail of an empty list is empty. */
function movedBy(cursor: Cursor, skipped: number): Core {
  const next = behind(cursor, skipped);
  if (skipped > 1) return choose('i64', math('i64.lt_s', length(cursor), next), length(cursor), next);
  const inside = math('i64.lt_s', get(cursor.offset), length(cursor));
  return math('i64.add', get(cursor.offset), math('i64.extend_i32_s', inside));
}

function lengthOf(cursor: Cursor, skipped: number): Core {
  const left = math('i64.sub', length(cursor), behind(cursor, skipped));
  if (skipped === 0) return left;
  return choose('i64', math('i64.lt_s', length(cursor), behind(cursor, skipped)), i64(0), left);
}

/** A negative index must not reach what is behind the cursor. */
function elementAt(cursor: Cursor, skipped: number, index: Core): Core {
  const at = (from: Core): Core => {
    const args = [get(cursor.list), math('i64.add', behind(cursor, skipped), from)];
    return { op: 'builtin', name: 'list_get', element: cursor.element, args };
  };
  if (index.op === 'i64' && index.value >= 0n) return at(index.value === 0n ? i64(0) : index);
  const slot: Slot = { name: 'index', rep: 'i64' };
  const zero: Core = cursor.element === 'i64' ? i64(0) : { op: cursor.element, value: 0 };
  const found = choose(cursor.element, math('i64.lt_s', get(slot), i64(0)), zero, at(get(slot)));
  return { op: 'seq', effects: [{ op: 'set', slot, value: index }], value: found };
}

/** A list of its own. */
function restOf(cursor: Cursor, skipped: number): Core {
  return {
    op: 'builtin',
    name: 'list_drop',
    element: cursor.element,
    args: [get(cursor.list), behind(cursor, skipped)],
  };
}
