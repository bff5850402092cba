import type { AssignExpr, BlockExpr, LetExpr } from '../syntax/ast.ts';
import type { TypedExpr } from '../typed/typed.ts';
import { UNIT, type Type } from '../types/type.ts';
import type { Body } from './body.ts';
import { mismatchHelp } from './mismatch.ts';

export function checkBlock(body: Body, { statements, result, start, end }: BlockExpr, hint?: Type): TypedExpr {
  const mark = body.locals.enter();
  const before = statements.map((statement) => body.infer(statement));
  const value = result === undefined ? undefined : body.infer(result, hint);
  body.locals.leave(mark);
  // What could not be read may have been the value.
  if (value === undefined && statements.some(({ kind }) => kind === 'error')) return body.broken({ start, end });
  if (value === undefined) return { kind: 'block', statements: before, type: UNIT, start, end };
  if (before.length === 0) return value;
  return body.typed({ kind: 'block', statements: before, result: value, type: value.type, start, end });
}

/** The name is in scope behind the let only: its value cannot refer to it. */
export function checkLet(body: Body, { name, mutable, annotation, value, start, end }: LetExpr): TypedExpr {
  const wanted = annotation === undefined ? undefined : body.types.readOpen(annotation, body.unifier);
  const given = body.infer(value, wanted);
  if (wanted !== undefined && !body.unify(wanted, given.type))
    body.error(
      'let-type',
      value,
      `\`${name.text}\` is declared as \`${body.show(wanted)}\`, but its value is \`${body.show(given.type)}\`.`,
      mismatchHelp(body, given.type, wanted, value),
    );
  if (name.text === '_') return { kind: 'let', value: given, type: UNIT, start, end };
  const local = body.local(name.text, wanted ?? given.type, mutable);
  if (wanted === undefined && !mutable) body.reusable.define(local, given);
  return { kind: 'let', local, value: given, type: UNIT, start, end };
}

export function checkAssign(body: Body, { name, value, start, end }: AssignExpr): TypedExpr {
  const local = body.locals.find(name.text);
  const given = body.infer(value, local?.type);
  if (local === undefined) {
    const symbol = body.scope.value(name.text);
    if (symbol === undefined)
      body.undefinedName(name.text, name, `To introduce a variable, write \`let mut ${name.text} = …\`.`);
    else if (symbol.kind !== 'unknown') immutable(body, name.text, name, 'Only a `let mut` variable can be assigned.');
    return body.broken({ start, end });
  }
  if (!local.mutable)
    immutable(
      body,
      name.text,
      { start, end },
      `Declare it with \`let mut ${name.text} = …\`, or bind the new value with \`let\`.`,
    );
  else if (!body.unify(local.type, given.type))
    body.error(
      'assign-type',
      value,
      `\`${name.text}\` is \`${body.show(local.type)}\`, but the new value is \`${body.show(given.type)}\`.`,
      mismatchHelp(body, given.type, local.type, value),
    );
  return { kind: 'assign', local, value: given, type: UNIT, start, end };
}

function immutable(body: Body, name: string, at: { start: number; end: number }, help: string): void {
  body.error('immutable-assign', at, `\`${name}\` cannot be assigned.`, help);
}
