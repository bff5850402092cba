import { mapChildren } from '../children.ts';
import type { Core, CoreFunction, Rep, Slot } from '../core.ts';
import { derivation, type Accumulator } from './accumulators.ts';
import { get, nothing, sequence, set } from './build.ts';
import { isGrowth, type Growth } from './growth.ts';
import { loopSlots, type LoopFacts } from './loop-facts.ts';
import { isConstant, operandRep } from './substitute-lets.ts';

type Recur = Extract<Core, { op: 'recur' }>;

/** A literal of at most this many items is appended item by item. */
const MAX_SINGLE_ITEMS = 8;

/**
 * Grows the accumulators in place. All arguments of a `recur` are evaluated first, in their order, into slots; then the blocks grow, so that
 * whoever reads an accumulator in the same step sees it as it was.
 */
export function growInPlace(fn: CoreFunction, facts: LoopFacts, accumulators: readonly Accumulator[]): CoreFunction {
  const carried = [...(fn.carried ?? []), ...accumulators.map(({ owned }) => owned)];
  return { ...fn, carried, body: new Rewriter(fn, facts, accumulators).rewrite(fn.body) };
}

class Rewriter {
  readonly #slots: readonly Slot[];
  readonly #facts: LoopFacts;
  readonly #accumulators: readonly Accumulator[];

  constructor(fn: CoreFunction, facts: LoopFacts, accumulators: readonly Accumulator[]) {
    this.#slots = loopSlots(fn);
    this.#facts = facts;
    this.#accumulators = accumulators;
  }

  readonly rewrite = (node: Core): Core => (node.op === 'recur' ? this.#recur(node) : mapChildren(node, this.rewrite));

  #recur(node: Recur): Core {
    const growing = this.#accumulators.filter((accumulator) => this.#keeps(node, accumulator));
    const inPlace = new Map(growing.map((accumulator) => [accumulator.slot, accumulator]));
    const effects: Core[] = [];
    const growths: Core[] = [];
    const args: Core[] = [];
    const still = growing.every(({ slot }) => this.#next(node, slot)?.op === 'get');
    for (const [at, arg] of node.args.entries()) {
      const slot = this.#slots[at];
      const accumulator = slot && inPlace.get(slot);
      if (accumulator !== undefined) {
        if (derivation(arg, accumulator.slot) === 'grown') this.#grow(arg, accumulator, effects, growths);
        else effects.push(this.#choose(arg, accumulator));
        args.push(get(accumulator.slot));
      } else args.push(still || this.#mayWait(arg) ? this.rewrite(arg) : this.#named(arg, slot?.rep ?? 'i32', effects));
    }
    for (const { slot, owned } of this.#accumulators)
      args.push(inPlace.has(slot) ? get(owned) : { op: 'i32', value: 0 });
    if (still) return { op: 'recur', args };
    return { op: 'seq', effects: [...effects, ...growths], value: { op: 'recur', args } };
  }

  #next(node: Recur, slot: Slot): Core | undefined {
    return node.args[this.#slots.indexOf(slot)];
  }

  /** True when the loop still owns the block after this `recur`, if it did before or makes it now. */
  #keeps(node: Recur, { slot, copied }: Accumulator): boolean {
    const next = this.#next(node, slot);
    return next !== undefined && derivation(next, slot) !== undefined && !copied.has(node);
  }

  /** Operands are evaluated in `effects`; the block changes in `growths`. */
  #grow(node: Core, accumulator: Accumulator, effects: Core[], growths: Core[]): void {
    if (!isGrowth(node)) return;
    const [first, ...operands] = node.args;
    if (first !== undefined) this.#grow(first, accumulator, effects, growths);
    const items = node.name === 'list_concat' ? singleItems(operands[0]) : undefined;
    const element = node.element ?? 'i32';
    if (items !== undefined) {
      const append: Growth = { ...node, name: 'list_append' };
      for (const item of items) growths.push(step(append, accumulator, [this.#operand(item, element, effects)]));
      return;
    }
    const values = operands.map((operand, at) => this.#operand(operand, operandRep(node, at + 1), effects));
    if (node.name === 'string_concat') for (const value of values) growths.push(step(node, accumulator, [value]));
    else growths.push(step(node, accumulator, values));
  }

  /** A choice as a statement: it changes the block, or gives the variable another value. */
  #choose(node: Core, accumulator: Accumulator): Core {
    const { slot, owned } = accumulator;
    if (derivation(node, slot) === undefined) {
      if (node.op === 'trap' || node.op === 'leave' || node.op === 'recur') return this.rewrite(node);
      return sequence([set(slot, this.rewrite(node)), set(owned, { op: 'i32', value: 0 })]);
    }
    switch (node.op) {
      case 'if': {
        const [then, otherwise] = [this.#choose(node.then, accumulator), this.#choose(node.else, accumulator)];
        return { op: 'if', rep: null, test: this.rewrite(node.test), then, else: otherwise };
      }
      case 'switch': {
        const arms = node.arms.map((arm) => this.#choose(arm, accumulator));
        return { op: 'switch', rep: null, tag: this.rewrite(node.tag), arms };
      }
      case 'seq': {
        const effects = node.effects.map(this.rewrite);
        return sequence(node.value === null ? effects : [...effects, this.#choose(node.value, accumulator)]);
      }
      case 'builtin': {
        const [first] = node.args;
        const before = first === undefined ? nothing : this.#choose(first, accumulator);
        const effects: Core[] = [before];
        const growths: Core[] = [];
        // The first operand has grown already: only this step is left.
        this.#grow({ ...node, args: [get(slot), ...node.args.slice(1)] }, accumulator, effects, growths);
        return sequence([...effects, ...growths]);
      }
      default:
        return nothing;
    }
  }

  #operand(node: Core, rep: Rep, effects: Core[]): Core {
    return this.#mayWait(node) ? node : this.#named(node, rep, effects);
  }

  #named(node: Core, rep: Rep, effects: Core[]): Core {
    const slot: Slot = { name: 'next', rep };
    effects.push(set(slot, this.rewrite(node)));
    return get(slot);
  }

  /** True for what has the same value before and after everything else. */
  #mayWait(node: Core): boolean {
    if (node.op !== 'get') return isConstant(node);
    const sets = this.#facts.sets.get(node.slot) ?? 0;
    return sets === 0 || (sets === 1 && !this.#facts.early.has(node.slot));
  }
}

function step(node: Growth, { slot, owned }: Accumulator, args: readonly Core[]): Core {
  const element = node.element === undefined ? {} : { element: node.element };
  return { op: 'grow', name: node.name, ...element, target: slot, owned, args };
}

function singleItems(node: Core | undefined): readonly Core[] | undefined {
  return node?.op === 'list' && node.items.length <= MAX_SINGLE_ITEMS ? node.items : undefined;
}
