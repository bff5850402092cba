import type { MemberExpr } from '../syntax/ast.ts';
import type { TypedExpr } from '../typed/typed.ts';
import { bindings, substitute, type Type } from '../types/type.ts';
import type { Body } from './body.ts';
import { indexOfName } from './index-of-name.ts';
import { standardModulesOf } from '../modules/standard-names.ts';
import { prune } from './unifier.ts';
import { listed } from './wording.ts';

/** `r.f` */
export function checkMember(body: Body, expr: MemberExpr): TypedExpr {
  return select(body, expr, undefined);
}

/** The callee of `r.f(x)`: a field that holds a function; else the help says how the call is written without methods. */
export function checkMethod(body: Body, expr: MemberExpr, args: number): TypedExpr {
  return select(body, expr, args);
}

function select(body: Body, expr: MemberExpr, args: number | undefined): TypedExpr {
  const { object, member, start, end } = expr;
  const given = body.infer(object);
  const type = prune(given.type);
  if (type.kind === 'error') return body.broken(expr);
  if (type.kind !== 'con' || type.con.kind !== 'record') {
    const what = type.kind === 'var' ? 'The type of this value is not known here' : `This is \`${body.show(type)}\``;
    body.error('no-member', object, `${what}: only records have fields.`, memberHelp(body, expr, type, args));
    return body.broken(expr);
  }
  const record = type.con;
  const index = indexOfName(record.fields, member.text);
  const field = record.fields[index];
  if (field === undefined) {
    const names = record.fields.map(({ name }) => name);
    const list = `Its fields are ${listed(names)}.`;
    const help = body.types.suggestions.nearest(member.text, names) ?? callHelp(body, expr, args) ?? list;
    body.error('no-field', object, `\`${record.name}\` has no field \`${member.text}\`.`, help);
    return body.broken(expr);
  }
  const fieldType =
    record.params.length === 0 ? field.type : substitute(field.type, bindings(record.params, type.args));
  return body.typed({ kind: 'field', object: given, record, index, type: fieldType, start, end });
}

function memberHelp(body: Body, expr: MemberExpr, type: Type, args: number | undefined): string | undefined {
  const { text } = expr.member;
  const object = body.excerpt(expr.object);
  if (['length', 'size', 'len', 'count'].includes(text)) {
    const builtin = type.kind === 'con' && type.con.name === 'String' ? 'string_length' : 'length';
    return `Write \`${builtin}(${object})\`.`;
  }
  if (text === 'toString' || text === 'to_string') return 'Write `int_to_string(…)` or `float_to_string(…)`.';
  if (type.kind === 'con' && (type.con.name === 'Option' || type.con.name === 'Result'))
    return 'Take the value out with `match` first.';
  return callHelp(body, expr, args);
}

/** How `xs.map(f)` is written: as a call, with its import. */
function callHelp(body: Body, expr: MemberExpr, args: number | undefined): string | undefined {
  if (args === undefined) return undefined;
  const { text } = expr.member;
  const call = `\`${text}(${body.excerpt(expr.object)}${args > 0 ? ', …' : ''})\``;
  if (body.scope.value(text) !== undefined) return `There are no methods: write ${call}.`;
  const module = standardModulesOf(text)[0];
  if (module === undefined) return 'There are no methods: a function is called as `f(x)`.';
  return `There are no methods: write ${call}, with \`import { ${text} } from "${module}"\` at the top of the file.`;
}
