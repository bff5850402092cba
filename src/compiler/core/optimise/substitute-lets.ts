import { mapChildren } from '../children.ts';
import type { Core, Rep, Slot } from '../core.ts';
import { derivation } from './accumulators.ts';
import { get, nothing, sequence, set } from './build.ts';
import { growthRoot, isGrowth, type Growth } from './growth.ts';
import type { LoopFacts } from './loop-facts.ts';
import { viewOf } from './view.ts';
import { walkPaths } from './walk-paths.ts';

/** More questions about ways than this are not asked of one function: the rewrite stays linear. */
const MAX_WALKS = 16;

/**
 * Writes what a `let` names into the places that use it, as far as the rewrites of loops look for it there: other names of a slot; growths of a
 * loop variable that are used at most once on every way (their operands keep their place); tails of the loop variables in `cursors`, which
 * cost nothing once they are cursors. None of these has an effect or fails, and no operand changes before the use.
 */
export function substituteLets(body: Core, facts: LoopFacts, loop: readonly Slot[], cursors: ReadonlySet<Slot>): Core {
  const roots = new Set(loop.filter((slot) => slot.rep === 'i32' && !facts.sets.has(slot)));
  const known = new Map<Slot, Core>();
  let walks = 0;
  const usedHere = (slot: Slot): boolean => facts.gets.get(slot) === 1 && setOnce(slot);
  const setOnce = (slot: Slot): boolean => facts.sets.get(slot) === 1 && !facts.early.has(slot);
  const stable = (slot: Slot): boolean => !facts.sets.has(slot) || setOnce(slot);
  const usedOnce = (slot: Slot): boolean =>
    facts.gets.get(slot) === 1 || (walks++ < MAX_WALKS && mostUses(body, slot) <= 1);

  /** True for what has no effect, cannot fail, takes no memory and reads nothing that is set again. */
  const calm = (node: Core): boolean => {
    const view = viewOf(node);
    if (view !== undefined) return stable(view.slot) && (view.skipped === 0 || cursors.has(view.slot));
    if (node.op === 'math') return !TRAPPING.test(node.name) && node.args.every(calm);
    if (node.op === 'load') return calm(node.pointer);
    if (node.op === 'builtin') return READS.has(node.name) && node.args.every(calm);
    return isConstant(node);
  };

  /** What stays in the place of `slot = value`; undefined when it must stay as it is. */
  const replaced = (slot: Slot, value: Core): Core | undefined => {
    if (slot.rep !== 'i32' || !setOnce(slot)) return undefined;
    const view = viewOf(value);
    if (view !== undefined && (view.skipped === 0 ? stable(view.slot) : cursors.has(view.slot))) {
      known.set(slot, value);
      return nothing;
    }
    const root = growthRoot(value);
    if (root === undefined || !roots.has(root) || !usedOnce(slot)) return undefined;
    const operands: Core[] = [];
    known.set(slot, isGrowth(value) ? withNamedOperands(value, operands, stable) : value);
    return sequence(operands);
  };
  const rewrite = (node: Core): Core => {
    if (node.op === 'get') return known.get(node.slot) ?? node;
    if (node.op === 'seq') return withChoice(mapChildren(node, rewrite), loop, { usedHere, calm });
    if (node.op !== 'set') return mapChildren(node, rewrite);
    const value = rewrite(node.value);
    return replaced(node.slot, value) ?? (value === node.value ? node : set(node.slot, value));
  };
  return rewrite(body);
}

/**
 * `x = choice, recur(…, x, …)`: the choice goes to where it is used, when it is one of growing the variable or not, and all that would now be
 * evaluated before it has neither effects nor traps.
 */
function withChoice(
  node: Core,
  loop: readonly Slot[],
  is: { readonly usedHere: (slot: Slot) => boolean; readonly calm: (node: Core) => boolean },
): Core {
  if (node.op !== 'seq' || node.value?.op !== 'recur') return node;
  const effects = node.effects.filter((effect) => effect !== nothing);
  const last = effects.pop();
  if (last?.op !== 'set' || !is.usedHere(last.slot)) return node;
  const { args } = node.value;
  const place = args.findIndex((arg) => arg.op === 'get' && arg.slot === last.slot);
  const variable = loop[place];
  if (variable === undefined || derivation(last.value, variable) !== 'chosen') return node;
  if (!args.slice(0, place).every(is.calm)) return node;
  return { ...node, effects, value: { op: 'recur', args: args.with(place, last.value) } };
}

const TRAPPING = /div_s|rem/;
const READS: ReadonlySet<string> = new Set(['list_length', 'list_get', 'string_eq', 'string_compare']);

/** The growth with its operands in slots of their own; setting them goes to `effects`, in the order of evaluation. */
function withNamedOperands(node: Growth, effects: Core[], stable: (slot: Slot) => boolean): Core {
  const [first, ...operands] = node.args;
  const inner = first !== undefined && isGrowth(first) ? withNamedOperands(first, effects, stable) : first;
  const named = operands.map((operand, at) => {
    if (isConstant(operand) || (operand.op === 'get' && stable(operand.slot))) return operand;
    const slot: Slot = { name: 'operand', rep: operandRep(node, at + 1) };
    effects.push(set(slot, operand));
    return get(slot);
  });
  return { ...node, args: inner === undefined ? named : [inner, ...named] };
}

export function isConstant({ op }: Core): boolean {
  return op === 'i32' || op === 'i64' || op === 'f64' || op === 'text';
}

/** How operand `at` of a growth travels. */
export function operandRep({ name, element = 'i32' }: Growth, at: number): Rep {
  if (name === 'list_append') return element;
  if (name === 'list_set') return at === 1 ? 'i64' : element;
  return 'i32';
}

/** The largest number of reads of a slot on any way. */
function mostUses(body: Core, slot: Slot): number {
  let most = 0;
  walkPaths(body, (node, state) => {
    if (node.op !== 'get' || node.slot !== slot) return undefined;
    most = Math.max(most, state + 1);
    return state + 1;
  });
  return most;
}
