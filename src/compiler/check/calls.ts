import type { CallExpr, NameExpr } from '../syntax/ast.ts';
import type { Placed, TypedExpr } from '../typed/typed.ts';
import { ERROR, LIST, substitute, type ParamType, type Type, type UnionDecl } from '../types/type.ts';
import { checkArguments } from './arguments.ts';
import type { Body } from './body.ts';
import { checkKeys, type Signature } from './generics.ts';
import { checkMethod } from './members.ts';
import type { ValueSymbol } from './symbols.ts';
import { prune } from './unifier.ts';
import { are, plural } from './wording.ts';

export function checkCall(body: Body, expr: CallExpr, hint?: Type): TypedExpr {
  const { callee } = expr;
  if (callee.kind === 'name') {
    const symbol = body.locals.find(callee.name) === undefined ? body.scope.value(callee.name) : undefined;
    const direct = symbol === undefined ? undefined : callSymbol(body, expr, callee, symbol, hint);
    if (direct !== undefined) return direct;
  }
  return callValue(
    body,
    expr,
    callee.kind === 'member' ? checkMethod(body, callee, expr.args.length) : body.infer(callee),
  );
}

/** A call of something with a signature of its own; undefined where the name stands for a value. */
function callSymbol(
  body: Body,
  expr: CallExpr,
  callee: NameExpr,
  symbol: ValueSymbol,
  hint: Type | undefined,
): TypedExpr | undefined {
  const { start, end } = expr;
  switch (symbol.kind) {
    case 'function': {
      const { fn } = symbol;
      body.need(fn);
      body.requireEffects(fn.effects, fn.name, expr);
      const { args, typeArgs, type } = applied(body, expr, callee.name, fn, hint);
      return body.typed({ kind: 'call', fn, typeArgs, args, type, start, end });
    }
    case 'builtin': {
      const { builtin } = symbol;
      body.requireEffects(builtin.effects, builtin.name, expr);
      const { args, typeArgs, type } = applied(body, expr, callee.name, builtin, hint);
      return body.typed({ kind: 'call-builtin', builtin, typeArgs, args, type, start, end });
    }
    case 'variant':
      return construct(body, expr, callee.name, symbol.union, symbol.variant, hint);
    case 'constant':
    case 'unknown':
      return undefined;
  }
}

function construct(
  body: Body,
  expr: CallExpr,
  name: string,
  union: UnionDecl,
  variant: number,
  hint: Type | undefined,
): TypedExpr | undefined {
  const params = union.variants[variant]?.fields ?? [];
  if (params.length === 0) {
    body.error('not-callable', expr.callee, `\`${name}\` has no fields: it is a value.`, `Write \`${name}\`.`);
    for (const arg of expr.args) body.infer(arg.value);
    return body.broken(expr);
  }
  const result: Type = { kind: 'con', con: union, args: union.params };
  const { args, type } = applied(body, expr, name, { typeParams: union.params, params, result }, hint);
  return body.typed({ kind: 'variant', union, variant, fields: args, type, start: expr.start, end: expr.end });
}

interface Applied {
  readonly args: readonly Placed[];
  readonly typeArgs: readonly Type[];
  readonly type: Type;
}

const NO_TYPE_ARGS: readonly Type[] = [];

/** Checks the arguments against a signature. After an error the type of a generic call is not known. */
function applied(body: Body, expr: CallExpr, name: string, signature: Signature, hint: Type | undefined): Applied {
  const { typeParams, params, result } = signature;
  if (typeParams.length === 0) {
    const args = checkArguments(body, expr, name, params, undefined, undefined);
    return { args, typeArgs: NO_TYPE_ARGS, type: result };
  }
  const errors = body.errors;
  const by = body.unifier.instantiate(typeParams);
  const typeArgs = body.typeArgs(by);
  checkKeys(body, expr, signature, typeArgs);
  const args = checkArguments(body, expr, name, params, by, hintsFrom(result, hint));
  if (body.errors > errors) return { args, typeArgs, type: ERROR };
  return { args, typeArgs, type: substitute(result, by) };
}

/** What the wanted result says about type parameters, for hints only. */
function hintsFrom(result: Type, hint: Type | undefined): ReadonlyMap<ParamType, Type> | undefined {
  if (hint === undefined || result.kind !== 'con') return undefined;
  const wanted = prune(hint);
  if (wanted.kind !== 'con' || wanted.con !== result.con) return undefined;
  const hints = new Map<ParamType, Type>();
  result.args.forEach((arg, i) => {
    const type = wanted.args[i];
    if (arg.kind === 'param' && type !== undefined) hints.set(arg, type);
  });
  return hints;
}

/** A call of a function value: arguments by position only. */
function callValue(body: Body, expr: CallExpr, callee: TypedExpr): TypedExpr {
  const { args, start, end } = expr;
  const type = prune(callee.type);
  const named = args.find(({ name }) => name !== undefined);
  if (type.kind !== 'error' && named !== undefined) {
    body.error(
      'named-on-value',
      expr,
      'A function value has no parameter names: give its arguments by position.',
      `Leave \`${named.name?.text ?? ''}:\` out.`,
    );
    for (const arg of args) body.infer(arg.value);
    return body.broken(expr);
  }
  if (type.kind === 'var') {
    const values = args.map((arg) => body.infer(arg.value));
    const result = body.unifier.fresh();
    body.unify(type, { kind: 'function', params: values.map((value) => value.type), result });
    return body.typed({ kind: 'call-value', callee, args: values, type: result, start, end });
  }
  if (type.kind !== 'function') return notCallable(body, expr, type);
  if (args.length !== type.params.length)
    body.error(
      'arg-count',
      expr,
      `This function takes ${plural(type.params.length, 'argument')}, but ${are(args.length)} given.`,
    );
  const params = type.params.map((param, i) => ({ name: String(i + 1), type: param }));
  const values = checkArguments(body, expr, undefined, params, undefined, undefined).map(({ value }) => value);
  return body.typed({ kind: 'call-value', callee, args: values, type: type.result, start, end });
}

function notCallable(body: Body, expr: CallExpr, type: Type): TypedExpr {
  for (const arg of expr.args) body.infer(arg.value);
  if (type.kind !== 'error')
    body.error(
      'not-callable',
      expr.callee,
      `This is \`${body.show(type)}\`, which cannot be called.`,
      type.kind === 'con' && type.con === LIST
        ? `An element of a list is \`nth(${body.excerpt(expr.callee)}, index)\`.`
        : undefined,
    );
  return body.broken(expr);
}
