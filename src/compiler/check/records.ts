import type { RecordExpr } from '../syntax/ast.ts';
import type { Placed, TypedExpr } from '../typed/typed.ts';
import { substitute, type RecordDecl, type Type } from '../types/type.ts';
import type { Body } from './body.ts';
import { mismatchHelp } from './mismatch.ts';
import { indexOfName } from './index-of-name.ts';
import { fieldKey } from './module-scope.ts';
import { fits, prune } from './unifier.ts';
import { listed } from './wording.ts';

type Fields = RecordExpr['fields'];

/**
 * `{ a: 1, b: 2 }`: the wanted record if it has exactly these fields; else of the visible ones that have them the first whose field types
 * match, else the first declared (language.md §3).
 */
export function checkRecord(body: Body, expr: RecordExpr, hint?: Type): TypedExpr {
  const { fields } = expr;
  if (hasDuplicate(body, fields)) return inferAll(body, expr);
  const key = fieldKey(fields.map(({ name }) => name.text));
  const wanted = hint === undefined ? undefined : prune(hint);
  if (wanted?.kind === 'con' && wanted.con.kind === 'record' && keyOf(wanted.con) === key)
    return build(body, expr, wanted.con, undefined, wanted.args);
  const candidates = body.scope.recordsWith(key);
  const [first] = candidates;
  if (first === undefined) {
    body.error('no-record-type', { start: expr.start, end: expr.start + 1 }, ...noRecord(body, fields, wanted));
    return inferAll(body, expr);
  }
  if (candidates.length === 1) return build(body, expr, first, undefined, undefined);
  const values = fields.map(({ value }) => body.infer(value));
  return build(body, expr, candidates.find((record) => allFit(record, fields, values)) ?? first, values, undefined);
}

function build(
  body: Body,
  { fields, start, end }: RecordExpr,
  record: RecordDecl,
  values: readonly TypedExpr[] | undefined,
  hints: readonly Type[] | undefined,
): TypedExpr {
  const by = body.unifier.instantiate(record.params);
  const hinted = hints === undefined ? by : new Map(record.params.map((param, i) => [param, hints[i] ?? param]));
  const placed: Placed[] = fields.map(({ name, value: written }, i) => {
    const index = indexOfName(record.fields, name.text);
    const declared = record.fields[index]?.type;
    const value = values?.[i] ?? body.infer(written, declared === undefined ? undefined : substitute(declared, hinted));
    const type = declared === undefined ? value.type : substitute(declared, by);
    if (!body.unify(type, value.type))
      body.error(
        'field-type',
        name,
        `The field \`${name.text}\` of \`${record.name}\` must be \`${body.show(type)}\`, but this is \`${body.show(value.type)}\`.`,
        mismatchHelp(body, value.type, type, written),
      );
    return { index, value };
  });
  const type: Type = { kind: 'con', con: record, args: record.params.map((param) => by.get(param) ?? param) };
  return body.typed({ kind: 'record', record, fields: placed, type, start, end });
}

function allFit(record: RecordDecl, fields: Fields, values: readonly TypedExpr[]): boolean {
  return fields.every(({ name }, i) => {
    const field = record.fields[indexOfName(record.fields, name.text)];
    const value = values[i];
    return field !== undefined && value !== undefined && fits(field.type, value.type, record.params);
  });
}

function hasDuplicate(body: Body, fields: Fields): boolean {
  const seen = new Set<string>();
  let found = false;
  for (const { name } of fields) {
    if (seen.has(name.text)) {
      body.error('duplicate-definition', name, `The field \`${name.text}\` is given twice.`);
      found = true;
    }
    seen.add(name.text);
  }
  return found;
}

function inferAll(body: Body, expr: RecordExpr): TypedExpr {
  for (const { value } of expr.fields) body.infer(value);
  return body.broken(expr);
}

const keyOf = (record: RecordDecl) => fieldKey(record.fields.map(({ name }) => name));

/** Message and help: what lacks, or is too much, for the record that was most likely meant. */
function noRecord(body: Body, fields: Fields, wanted: Type | undefined): [string, string | undefined] {
  const names = fields.map(({ name }) => name.text);
  const message = `No record type has exactly the field${names.length === 1 ? '' : 's'} ${listed(names)}.`;
  const meant = wanted?.kind === 'con' && wanted.con.kind === 'record' ? wanted.con : closest(body, names);
  if (meant === undefined) return [message, `Declare one: \`type Name = { ${names[0] ?? 'field'}: …, … }\`.`];
  const given = new Set(names);
  const lacking = meant.fields.map(({ name }) => name).filter((name) => !given.has(name));
  const extra = names.filter((name) => !meant.fields.some((field) => field.name === name));
  const parts = [
    ...(lacking.length > 0 ? [`lacks ${listed(lacking)}`] : []),
    ...(extra.length > 0 ? [`has ${listed(extra)} too much`] : []),
  ];
  return [message, `For a \`${meant.name}\` it ${parts.join(' and ')}.`];
}

/** The visible record that shares most fields with a literal. */
function closest(body: Body, names: readonly string[]): RecordDecl | undefined {
  if (!body.types.suggestions.affords(body.scope.size)) return undefined;
  let best: RecordDecl | undefined;
  let most = 0;
  for (const record of body.scope.records()) {
    const shared = record.fields.filter(({ name }) => names.includes(name)).length;
    if (shared > most) [best, most] = [record, shared];
  }
  return best;
}
