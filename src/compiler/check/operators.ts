import type { BinaryExpr, BinaryOperator, Interpolation, UnaryExpr } from '../syntax/ast.ts';
import type { Span } from '../source/source-file.ts';
import type { TypedExpr } from '../typed/typed.ts';
import { BOOL, FLOAT64, INT64, STRING, type Type } from '../types/type.ts';
import type { Body } from './body.ts';
import { incomparablePart, isOrdered } from './comparable.ts';
import { MAX_INT, reportIntRange } from './int-range.ts';
import { mismatchHelp } from './mismatch.ts';
import { prune } from './unifier.ts';

type Arithmetic = '+' | '-' | '*' | '/' | '%';
type Comparison = '==' | '!=' | '<' | '>' | '<=' | '>=';

/** An integer literal, which may be the operand of a unary minus already applied. */
export function checkInt(body: Body, value: bigint, { start, end }: Span): TypedExpr {
  if (value <= MAX_INT) return { kind: 'int', value, type: INT64, start, end };
  reportIntRange(body, value, { start, end });
  return body.broken({ start, end });
}

export function checkUnary(body: Body, { operator, operand, start, end }: UnaryExpr): TypedExpr {
  if (operator === '-' && operand.kind === 'int' && operand.value <= MAX_INT + 1n)
    return { kind: 'int', value: -operand.value, type: INT64, start, end };
  const value = body.infer(operand);
  const type = prune(value.type);
  if (operator === '!') {
    if (!body.unify(BOOL, type)) {
      body.error('operand-type', { start, end }, `\`!\` needs a \`Bool\`, but this is \`${body.show(type)}\`.`);
      return body.broken({ start, end });
    }
    return { kind: 'not', operand: value, type: BOOL, start, end };
  }
  if (type.kind === 'var') body.unify(type, INT64);
  else if (type !== INT64 && type !== FLOAT64 && type.kind !== 'error') {
    body.error('operand-type', { start, end }, `\`-\` needs a number, but this is \`${body.show(type)}\`.`);
    return body.broken({ start, end });
  }
  return body.typed({ kind: 'negate', operand: value, type: prune(value.type), start, end });
}

/** A chain of operators leans to the left and may be long: it is walked, not recursed into. */
export function checkBinary(body: Body, expr: BinaryExpr): TypedExpr {
  const chain: BinaryExpr[] = [];
  let first: BinaryExpr['left'] = expr;
  while (first.kind === 'binary') {
    chain.push(first);
    first = first.left;
  }
  let left = body.infer(first);
  for (let link = chain.pop(); link !== undefined; link = chain.pop())
    left = combine(body, link, left, body.infer(link.right, left.type));
  return left;
}

function combine(body: Body, expr: BinaryExpr, left: TypedExpr, right: TypedExpr): TypedExpr {
  const { operator } = expr;
  switch (operator) {
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return arithmetic(body, operator, expr, left, right);
    case '++':
      return concatenation(body, expr, left, right);
    case 'and':
    case 'or':
      return logic(body, operator, expr, left, right);
    case '==':
    case '!=':
    case '<':
    case '>':
    case '<=':
    case '>=':
      return comparison(body, operator, expr, left, right);
  }
}

function arithmetic(body: Body, operator: Arithmetic, expr: BinaryExpr, left: TypedExpr, right: TypedExpr): TypedExpr {
  const { start, end } = expr;
  const a = prune(left.type);
  const b = prune(right.type);
  if (a.kind === 'error' || b.kind === 'error') return body.broken(expr);
  const number = isNumber(a) ? a : isNumber(b) ? b : a.kind === 'var' && b.kind === 'var' ? INT64 : undefined;
  if (number !== undefined && body.unify(a, number) && body.unify(b, number))
    return { kind: 'arithmetic', operator, left, right, type: number, start, end };
  const names = `\`${body.show(a)}\` and \`${body.show(b)}\``;
  if (isNumber(a) && isNumber(b))
    body.error(
      'mixed-numeric',
      expr,
      `\`${operator}\` cannot mix ${names}: numbers are not converted by themselves.`,
      wholeLiteral(body, expr) ?? 'Convert one of them: `int_to_float(n)` or `float_to_int(x)`.',
    );
  else
    body.error(
      'operand-type',
      expr,
      `\`${operator}\` needs two \`Int64\` or two \`Float64\`, but these are ${names}.`,
      (operator === '+' ? plusHelp(a, b) : undefined) ?? takeOut(body, expr, a, b),
    );
  return body.broken(expr);
}

/** `x * 2`: the literal lacks its fraction. */
function wholeLiteral(body: Body, { left, right }: BinaryExpr): string | undefined {
  const literal = left.kind === 'int' ? left : right.kind === 'int' ? right : undefined;
  return literal && `Write \`${body.excerpt(literal)}.0\`.`;
}

/** What to do with an operand that is an Option or a Result of what is needed, or a text. */
function takeOut(body: Body, { left, right }: BinaryExpr, a: Type, b: Type): string | undefined {
  if (isNumber(a)) return mismatchHelp(body, b, a, right);
  return mismatchHelp(body, a, isNumber(b) ? b : INT64, left);
}

function plusHelp(a: Type, b: Type): string | undefined {
  if (a === STRING || b === STRING)
    return a === b
      ? 'Strings are joined with `++`.'
      : 'Strings are joined with `++`; a number becomes a String with `int_to_string(n)` or `float_to_string(x)`.';
  const isList = (type: Type) => type.kind === 'con' && type.con.name === 'List';
  return isList(a) && isList(b) ? 'Lists are joined with `concat(a, b)`.' : undefined;
}

const isNumber = (type: Type) => type === INT64 || type === FLOAT64;

function concatenation(body: Body, expr: BinaryExpr, left: TypedExpr, right: TypedExpr): TypedExpr {
  const fits = [requireString(body, expr, expr.left, left), requireString(body, expr, expr.right, right)];
  if (fits.includes(false)) return body.broken(expr);
  const { start, end } = expr;
  // The left side was made by this chain or is a part of its own: nobody else holds its list of parts.
  const parts = left.kind === 'concat' ? (left.parts as TypedExpr[]) : [left];
  if (right.kind === 'concat') for (const part of right.parts) parts.push(part);
  else parts.push(right);
  return { kind: 'concat', parts, type: STRING, start, end };
}

function requireString(body: Body, at: Span, operand: Span, { type }: TypedExpr): boolean {
  if (body.unify(STRING, type)) return true;
  const given = body.unifier.zonk(type);
  const list = given.kind === 'con' && given.con.name === 'List' ? 'Lists are joined with `concat(a, b)`.' : undefined;
  body.error(
    'operand-type',
    at,
    `\`++\` joins two \`String\`, but \`${body.excerpt(operand)}\` is \`${body.show(given)}\`.`,
    list ?? mismatchHelp(body, given, STRING, operand),
  );
  return false;
}

/** The first is reported at the start of the text, which is where the reference has it; two at one place would be one. */
export function checkInterpolation(body: Body, expr: Interpolation): TypedExpr {
  const parts: TypedExpr[] = [];
  const errors = body.errors;
  let wrong = 0;
  for (const written of expr.parts) {
    const part = body.infer(written);
    if (!body.unify(STRING, part.type)) {
      const given = body.unifier.zonk(part.type);
      body.error(
        'operand-type',
        wrong++ === 0 ? expr : written,
        `\`\${${body.excerpt(written)}}\` must be a \`String\`, but it is \`${body.show(given)}\`.`,
        mismatchHelp(body, given, STRING, written) ??
          `Write a function that makes a \`String\` of \`${body.show(given)}\`, and call it here.`,
      );
    }
    if (part.kind === 'concat') for (const inner of part.parts) parts.push(inner);
    else parts.push(part);
  }
  if (body.errors > errors) return body.broken(expr);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  return { kind: 'concat', parts, type: STRING, start: expr.start, end: expr.end };
}

function logic(body: Body, operator: 'and' | 'or', expr: BinaryExpr, left: TypedExpr, right: TypedExpr): TypedExpr {
  for (const { type } of [left, right])
    if (!body.unify(BOOL, type)) {
      const names = `\`${body.show(left.type)}\` and \`${body.show(right.type)}\``;
      body.error('operand-type', expr, `\`${operator}\` needs two \`Bool\`, but these are ${names}.`);
      return body.broken(expr);
    }
  return { kind: 'logic', operator, left, right, type: BOOL, start: expr.start, end: expr.end };
}

function comparison(body: Body, operator: Comparison, expr: BinaryExpr, left: TypedExpr, right: TypedExpr): TypedExpr {
  const { start, end } = expr;
  if (!body.unify(left.type, right.type)) {
    body.error(
      'compare-type',
      expr,
      `\`${operator}\` compares two values of one type, but these are \`${body.show(left.type)}\` and \`${body.show(right.type)}\`.`,
      mismatchHelp(body, right.type, left.type, expr.right),
    );
    return body.broken(expr);
  }
  const node: TypedExpr = { kind: 'compare', operator, left, right, type: BOOL, start, end };
  const type = prune(left.type);
  if (type.kind === 'con' && type.args.length === 0 && isOrdered(type)) return node;
  body.afterwards.push(() => {
    requireComparable(body, operator, expr, body.unifier.close(left.type));
  });
  return node;
}

function requireComparable(body: Body, operator: BinaryOperator, at: Span, type: Type): void {
  const equality = operator === '==' || operator === '!=';
  if (!equality) {
    if (isOrdered(type)) return;
    const ordered = '`Int64`, `Float64`, `String` and `Timestamp` have an order.';
    body.error('compare-type', at, `\`${operator}\` cannot compare values of type \`${body.show(type)}\`.`, ordered);
    return;
  }
  const part = incomparablePart(type);
  if (part === undefined) return;
  const inside = part === type ? '' : `, which holds \`${body.show(part)}\``;
  body.error(
    'compare-type',
    at,
    `\`${operator}\` cannot compare values of type \`${body.show(type)}\`${inside}.`,
    'Functions and maps cannot be compared.',
  );
}
