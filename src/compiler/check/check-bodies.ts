import type { Span } from '../source/source-file.ts';
import { EFFECTS } from '../builtins/builtin.ts';
import type { ConstantSymbol, FunctionSymbol, TypedExpr } from '../typed/typed.ts';
import { Body } from './body.ts';
import { checkCoverage } from './coverage.ts';
import type { DeclaredConstant, DeclaredFunction } from './declare-values.ts';
import { inferExpr } from './expressions.ts';
import { mismatchHelp } from './mismatch.ts';
import { NO_TYPE_PARAMS, type TypeReader } from './read-type.ts';
import { MAX_TYPE_NODES } from './unifier.ts';

/** What the evaluation of a function or constant needs directly. */
export type Needs = Map<FunctionSymbol | ConstantSymbol, Set<FunctionSymbol | ConstantSymbol>>;

export function checkFunction(
  { decl, fn, typeParams, effects }: DeclaredFunction,
  types: TypeReader,
  needs: Needs | undefined,
): void {
  types.begin(typeParams, decl.start);
  const body = new Body(
    types,
    effects,
    inferExpr,
    needs === undefined ? undefined : needsOf(fn, needs),
    types.isBroken(decl),
  );
  for (const param of fn.params) body.locals.define(param);
  const value = body.infer(decl.body, fn.result);
  if (!body.unify(fn.result, value.type))
    body.error(
      'return-type',
      // Behind what is wrong inside of the body: that is mended first, and may mend this.
      { start: decl.body.start, end: decl.body.start + 1, order: decl.body.end },
      `\`${fn.name}\` is declared to give \`${body.show(fn.result)}\`, but its body gives \`${body.show(value.type)}\`.`,
      mismatchHelp(body, value.type, fn.result),
    );
  finish(body, decl.name);
  reportMissingEffects(body, fn);
  fn.body = value;
}

export function checkConstant({ decl, constant }: DeclaredConstant, types: TypeReader, needs: Needs | undefined): void {
  types.begin(NO_TYPE_PARAMS, decl.start);
  const body = new Body(
    types,
    [],
    inferExpr,
    needs === undefined ? undefined : needsOf(constant, needs),
    types.isBroken(decl),
  );
  const value: TypedExpr = body.infer(decl.value, constant.type);
  if (!body.unify(constant.type, value.type))
    body.error(
      'const-type',
      decl.value,
      `\`${constant.name}\` is declared as \`${body.show(constant.type)}\`, but its value is \`${body.show(value.type)}\`.`,
      mismatchHelp(body, value.type, constant.type, decl.value),
    );
  finish(body, decl.name);
  for (const { at, name, effects } of body.missing)
    body.error(
      'missing-effect',
      at,
      `\`${name}\` has the effect \`${effects.join(', ')}\`, but the value of a constant has none.`,
      'Write a function that declares the effect instead of the constant.',
    );
  constant.value = value;
}

function needsOf(symbol: FunctionSymbol | ConstantSymbol, needs: Needs): Set<FunctionSymbol | ConstantSymbol> {
  const own = new Set<FunctionSymbol | ConstantSymbol>();
  needs.set(symbol, own);
  return own;
}

function finish(body: Body, at: Span): void {
  body.close();
  for (const match of body.matches) checkCoverage(body, match);
  if (body.unifier.overflow)
    body.error(
      'too-large',
      at,
      `A type in here has more than ${MAX_TYPE_NODES} parts.`,
      'Use a record or a union for it.',
    );
}

/** Each effect once, where it is first needed; the help has the whole annotation. */
function reportMissingEffects(body: Body, fn: FunctionSymbol): void {
  if (body.missing.length === 0) return;
  const all = new Set([...fn.effects, ...body.missing.flatMap(({ effects }) => effects)]);
  const annotation = `effect[${EFFECTS.filter((effect) => all.has(effect)).join(', ')}] function ${fn.name}(…)`;
  const declared = fn.effects.length === 0 ? 'none' : fn.effects.join(', ');
  for (const { at, name, effects } of body.missing)
    body.error(
      'missing-effect',
      at,
      `\`${name}\` has the effect${effects.length === 1 ? '' : 's'} \`${effects.join(', ')}\`, which \`${fn.name}\` does not declare (declared: ${declared}).`,
      `Write \`${fn.exported ? 'export ' : ''}${annotation}\`.`,
    );
}
