import type { NameExpr } from '../syntax/ast.ts';
import type { TypedExpr } from '../typed/typed.ts';
import { substitute, type Type, type UnionDecl } from '../types/type.ts';
import type { Body } from './body.ts';
import { checkKeys, type Signature } from './generics.ts';
import type { ValueSymbol } from './symbols.ts';

/** A name where it is not the callee of a call. */
export function checkName(body: Body, expr: NameExpr): TypedExpr {
  const { name, start, end } = expr;
  const local = body.locals.find(name);
  if (local !== undefined) return body.typed({ kind: 'local', local, type: body.reusable.use(local), start, end });
  const symbol = body.scope.value(name);
  if (symbol !== undefined) return symbolValue(body, symbol, expr);
  body.undefinedName(name, expr);
  return body.broken(expr);
}

function symbolValue(body: Body, symbol: ValueSymbol, expr: NameExpr): TypedExpr {
  const { start, end } = expr;
  switch (symbol.kind) {
    case 'unknown':
      return body.broken(expr);
    case 'constant': {
      const { constant, from } = symbol;
      if (start < from) {
        body.undefinedName(
          expr.name,
          expr,
          `A constant is used after its definition: move \`const ${expr.name}\` above this place.`,
        );
        return body.broken(expr);
      }
      body.need(constant);
      return { kind: 'constant', constant, type: constant.type, start, end };
    }
    case 'function': {
      const { fn } = symbol;
      body.requireEffects(fn.effects, fn.name, expr);
      const { type, typeArgs } = functionValue(body, expr, fn);
      return body.typed({ kind: 'function', fn, typeArgs, type, start, end });
    }
    case 'builtin': {
      const { builtin } = symbol;
      body.requireEffects(builtin.effects, builtin.name, expr);
      const { type, typeArgs } = functionValue(body, expr, builtin);
      return body.typed({ kind: 'builtin', builtin, typeArgs, type, start, end });
    }
    case 'variant':
      return variantValue(body, expr, symbol.union, symbol.variant);
  }
}

function variantValue(body: Body, expr: NameExpr, union: UnionDecl, variant: number): TypedExpr {
  const { start, end } = expr;
  const fields = union.variants[variant]?.fields ?? [];
  const result: Type = { kind: 'con', con: union, args: union.params };
  if (fields.length === 0) {
    const type = substitute(result, body.unifier.instantiate(union.params));
    return body.typed({ kind: 'variant', union, variant, fields: [], type, start, end });
  }
  const { type } = functionValue(body, expr, { typeParams: union.params, params: fields, result });
  return body.typed({ kind: 'constructor', union, variant, type, start, end });
}

/** The type of a function as a value. Where it is generic, the context must fix every type parameter. */
function functionValue(body: Body, expr: NameExpr, signature: Signature): { type: Type; typeArgs: readonly Type[] } {
  const { typeParams, params, result } = signature;
  const type: Type = { kind: 'function', params: params.map((param) => param.type), result };
  if (typeParams.length === 0) return { type, typeArgs: [] };
  const by = body.unifier.instantiate(typeParams);
  const wanted = [...by.values()];
  body.beforeClosing.push(() => {
    if (wanted.every((arg) => !body.isOpen(arg))) return;
    body.error(
      'generic-value',
      expr,
      `\`${expr.name}\` is generic, and nothing here says which types it is used with.`,
      `Wrap it in a lambda, whose parameters have types: \`|x: Int64| ${expr.name}(x)\`.`,
    );
  });
  const typeArgs = body.typeArgs(by);
  checkKeys(body, expr, signature, typeArgs);
  return { type: substitute(type, by), typeArgs };
}
