import type { Reporter } from '../diagnostics/reporter.ts';
import type { FunctionSymbol, TypedExpr } from '../typed/typed.ts';

/** Warns about two functions of a module that call each other in tail position: only a call of itself is a jump (language.md §7.4). */
export function warnMutualTailRecursion(functions: readonly FunctionSymbol[], report: Reporter): void {
  const calls = new Map<FunctionSymbol, Set<FunctionSymbol>>();
  for (const fn of functions) calls.set(fn, tailCalls(fn.body));
  const seen = new Set<FunctionSymbol>();
  for (const fn of functions) {
    seen.add(fn);
    for (const other of calls.get(fn) ?? [])
      if (!seen.has(other) && calls.get(other)?.has(fn) === true)
        report.report(
          'mutual-tail-recursion',
          fn.source,
          fn.span,
          `\`${fn.name}\` and \`${other.name}\` call each other in tail position: the stack grows with each call.`,
          'Only a call of the function itself runs in constant stack: join the two into one function, with a parameter that tells them apart.',
        );
  }
}

/** The functions that an expression calls last. */
function tailCalls(body: TypedExpr): Set<FunctionSymbol> {
  const found = new Set<FunctionSymbol>();
  const work = [body];
  for (let expr = work.pop(); expr !== undefined; expr = work.pop()) {
    if (expr.kind === 'call') found.add(expr.fn);
    else if (expr.kind === 'match') for (const arm of expr.arms) work.push(arm.body);
    else if (expr.kind === 'block' && expr.result !== undefined) work.push(expr.result);
  }
  return found;
}
