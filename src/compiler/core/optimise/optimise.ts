import type { CoreFunction, CoreProgram, Rep, Slot } from '../core.ts';
import { findAccumulators } from './accumulators.ts';
import { cursorCandidates, isCursor, useCursors } from './cursors.ts';
import { growInPlace } from './grow-in-place.ts';
import { isLoop, loopFacts, loopSlots, type LoopFacts } from './loop-facts.ts';
import { substituteLets } from './substitute-lets.ts';

/**
 * Makes the loops of a program linear: lists and texts that a loop grows grow in place, and `list_tail` from step to step is an offset. The
 * results are the same; all else stays as it is.
 */
export function optimise(core: CoreProgram): CoreProgram {
  return { ...core, functions: core.functions.map((fn) => (isLoop(fn) ? optimiseLoop(fn) : fn)) };
}

function optimiseLoop(fn: CoreFunction): CoreFunction {
  const facts = loopFacts(fn);
  if (facts === undefined || !facts.lists) return fn;
  return accumulate(withCursors(fn, facts));
}

/** Lets are substituted for the parameters that may be cursors; when some are not, once more without those. */
function withCursors(fn: CoreFunction, facts: LoopFacts): CoreFunction {
  const { named, cursors, rejected } = attempt(fn, facts, new Set(loopSlots(fn)));
  if (!rejected) return useCursors(named, cursors);
  const again = attempt(fn, facts, new Set(cursors.keys()));
  return useCursors(again.named, again.cursors);
}

interface Attempt {
  readonly named: CoreFunction;
  readonly cursors: ReadonlyMap<Slot, Rep>;
  /** True when tails of something that is no cursor may have been substituted. */
  readonly rejected: boolean;
}

function attempt(fn: CoreFunction, facts: LoopFacts, allowed: ReadonlySet<Slot>): Attempt {
  const body = substituteLets(fn.body, facts, loopSlots(fn), allowed);
  const named = body === fn.body ? fn : { ...fn, body };
  const namedFacts = loopFacts(named) ?? facts;
  const cursors = new Map([...cursorCandidates(named, namedFacts)].filter(([list]) => isCursor(named, list)));
  return { named, cursors, rejected: body !== fn.body && cursors.size < allowed.size };
}

function accumulate(fn: CoreFunction): CoreFunction {
  const facts = loopFacts(fn);
  const accumulators = facts === undefined ? [] : findAccumulators(fn, facts);
  return facts === undefined || accumulators.length === 0 ? fn : growInPlace(fn, facts, accumulators);
}
