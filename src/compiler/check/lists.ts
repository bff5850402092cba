import type { ListExpr } from '../syntax/ast.ts';
import type { TypedExpr } from '../typed/typed.ts';
import { ERROR, LIST, listOf, type Type } from '../types/type.ts';
import type { Body } from './body.ts';
import { mismatchHelp } from './mismatch.ts';
import { prune } from './unifier.ts';

/** The first element gives the type, the others must agree; `[]` has a type that later uses fix. */
export function checkList(body: Body, { items, start, end }: ListExpr, hint?: Type): TypedExpr {
  const wanted = hint === undefined ? undefined : prune(hint);
  const elementHint = wanted?.kind === 'con' && wanted.con === LIST ? wanted.args[0] : undefined;
  const wish = elementHint !== undefined && !body.isOpen(elementHint) ? elementHint : undefined;
  let element: Type | undefined;
  let mixed = false;
  const typed: TypedExpr[] = [];
  for (const item of items) {
    const value = body.infer(item, wish ?? element ?? elementHint);
    typed.push(value);
    if (element === undefined || element.kind === 'error') element = value.type;
    else if (!body.unify(element, value.type)) {
      mixed = true;
      body.error(
        'list-element',
        item,
        `The elements before this one are \`${body.show(element)}\`, but this is \`${body.show(value.type)}\`.`,
        mismatchHelp(body, value.type, element, item),
      );
    }
  }
  const type = listOf(mixed ? ERROR : (element ?? body.unifier.fresh()));
  return body.typed({ kind: 'list', items: typed, type, start, end });
}
