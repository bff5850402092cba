import type { ConstantSymbol, FunctionSymbol } from '../typed/typed.ts';
import type { Needs } from './check-bodies.ts';
import { cyclicGroups } from './cyclic-groups.ts';
import type { DeclaredConstant } from './declare-values.ts';
import type { TypeReader } from './read-type.ts';

type Evaluated = FunctionSymbol | ConstantSymbol;

/** Reports constants whose value depends on itself, through other constants or through functions that are called on the way: once for each ring. */
export function reportConstantCycles(constants: readonly DeclaredConstant[], needs: Needs, types: TypeReader): void {
  const needed = (symbol: Evaluated): Iterable<Evaluated> => needs.get(symbol) ?? [];
  const groups = cyclicGroups<Evaluated>(
    constants.map(({ constant }) => constant),
    needed,
  );
  const reported = new Set<ReadonlySet<Evaluated>>();
  for (const { decl, constant } of constants) {
    const group = groups.get(constant);
    if (group === undefined || reported.has(group)) continue;
    reported.add(group);
    const path = wayBack(constant, group, needed).map(({ name }) => `\`${name}\``);
    const shown = path.length > 12 ? [...path.slice(0, 6), '…', ...path.slice(-5)] : path;
    types.report.report(
      'constant-cycle',
      types.source,
      decl.name,
      `The constant \`${constant.name}\` depends on its own value: ${shown.join(' → ')}.`,
    );
  }
}

/** The shortest way from a constant to itself inside of its group, both ends included. */
function wayBack(
  start: Evaluated,
  group: ReadonlySet<Evaluated>,
  needed: (symbol: Evaluated) => Iterable<Evaluated>,
): readonly Evaluated[] {
  const cameFrom = new Map<Evaluated, Evaluated>();
  const queue = [start];
  for (const at of queue)
    for (const next of needed(at)) {
      if (next === start) {
        const path = [start];
        for (let step: Evaluated | undefined = at; step !== undefined; step = cameFrom.get(step)) path.push(step);
        return path.reverse();
      }
      if (!group.has(next) || cameFrom.has(next)) continue;
      cameFrom.set(next, at);
      queue.push(next);
    }
  return [start];
}
