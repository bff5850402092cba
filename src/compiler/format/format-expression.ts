import type {
  Argument,
  BinaryExpr,
  BlockExpr,
  CallExpr,
  Expr,
  LambdaExpr,
  LetExpr,
  MatchArm,
  MatchExpr,
} from '../syntax/ast.ts';
import { Token } from '../syntax/token.ts';
import { concat, concatAll, empty, group, indent, line, softline, space, type Doc } from './doc.ts';
import type { Emitter } from './emitter.ts';
import { formatLines, formatList, opensLine } from './format-list.ts';

/** Columns that the arguments in front of a last one that opens its own lines may take. */
const BEFORE_LAST = 50;

/** An expression with the parentheses that are written around it. */
function formatExpression(e: Emitter, node: Expr): Doc {
  if (e.kind !== Token.LeftParen || e.start >= node.start) return formatBare(e, node);
  const open = e.token();
  const inner = formatExpression(e, node);
  return group(concat(open, indent(concat(softline, inner, e.comments())), softline, e.token()));
}

function formatBare(e: Emitter, node: Expr): Doc {
  switch (node.kind) {
    case 'assign':
      return concat(e.word(), e.token(), formatValue(e, node.value));
    case 'let':
      return formatLet(e, node);
    case 'unary':
      return concat(e.token(), formatExpression(e, node.operand));
    case 'binary':
      return formatChain(e, node);
    case 'call':
      return formatCall(e, node);
    case 'member':
      return concat(formatExpression(e, node.object), e.token(), e.token());
    case 'list':
      return formatList(
        e,
        softline,
        undefined,
        node.items.map((item) => () => formatExpression(e, item)),
      );
    case 'record':
      return formatList(
        e,
        line,
        opensLine(e),
        node.fields.map((field) => () => concat(e.token(), e.token(), formatValue(e, field.value))),
      );
    case 'block':
      return formatBlock(e, node);
    case 'match':
      return formatMatch(e, node);
    case 'lambda':
      return formatLambda(e, node);
    default:
      return e.verbatim(node.end);
  }
}

/** What follows `=`, `:` or `->`: on the same line if it opens lines of its own, else on the next one where it does not fit. */
export function formatValue(e: Emitter, value: Expr): Doc {
  const parenthesised = e.kind === Token.LeftParen && e.start < value.start;
  const doc = formatExpression(e, value);
  return value.kind === 'binary' && !parenthesised ? group(indent(concat(line, doc))) : concat(space, doc);
}

function formatLet(e: Emitter, node: LetExpr): Doc {
  const parts = [e.word()];
  if (node.mutable) parts.push(e.word());
  parts.push(e.token());
  if (node.annotation !== undefined) parts.push(e.word(), e.flow(node.annotation.end));
  parts.push(space, e.token(), formatValue(e, node.value));
  return concatAll(parts);
}

/** `a + b - c`: operators of one strength break together. */
function formatChain(e: Emitter, node: BinaryExpr): Doc {
  const links: BinaryExpr[] = [];
  let first: Expr = node;
  while (
    first.kind === 'binary' &&
    strength(first) === strength(node) &&
    (first === node || first.start === node.start)
  ) {
    links.push(first);
    first = first.left;
  }
  const parts = [formatExpression(e, first)];
  const rest: Doc[] = [];
  for (const link of links.reverse()) rest.push(line, e.word(), formatExpression(e, link.right));
  parts.push(indent(concatAll(rest)));
  return group(concatAll(parts));
}

function strength({ operator }: BinaryExpr): number {
  if (operator === 'or') return 1;
  if (operator === 'and') return 2;
  if (operator === '==' || operator === '!=') return 3;
  if (operator === '*' || operator === '/' || operator === '%') return 6;
  return operator === '+' || operator === '-' || operator === '++' ? 5 : 4;
}

function formatCall(e: Emitter, node: CallExpr): Doc {
  const callee = formatExpression(e, node.callee);
  const last = node.args.at(-1);
  if (last === undefined || !opensLines(last.value, node.args.length === 1)) {
    const items = node.args.map((argument) => () => formatArgument(e, argument));
    return concat(callee, formatList(e, softline, undefined, items));
  }
  return concat(callee, formatHugging(e, node.args, last));
}

/** Arguments whose last one opens lines of its own, `f(a, |x: Int64| {`: only that one breaks, if the others are small. */
function formatHugging(e: Emitter, args: readonly Argument[], last: Argument): Doc {
  const open = e.token();
  const before: Doc[] = [];
  const separators: Doc[] = [];
  for (const argument of args) {
    if (argument === last) break;
    before.push(concat(formatArgument(e, argument), e.take(Token.Comma)));
    separators.push(e.separator());
  }
  const small = before.every((doc) => !doc.breaks && !doc.sensitive);
  const narrow = before.reduce((sum, doc) => sum + doc.width, 0) <= BEFORE_LAST;
  const hugs = small && narrow && !open.breaks && !e.hasComment();
  const final = concat(formatArgument(e, last), e.take(Token.Comma), e.comments());
  const parts = before.flatMap((doc, index) => [doc, hugs ? space : (separators[index] ?? space)]);
  if (hugs) return concat(open, ...parts, final, e.token());
  return group(concat(open, indent(concat(softline, ...parts, final)), softline, e.token()));
}

function formatArgument(e: Emitter, { name, value }: Argument): Doc {
  return name === undefined ? formatExpression(e, value) : concat(e.token(), e.token(), formatValue(e, value));
}

function opensLines(value: Expr, alone: boolean): boolean {
  switch (value.kind) {
    case 'block':
    case 'match':
    case 'record':
    case 'lambda':
      return true;
    case 'call':
    case 'list':
      return alone;
    default:
      return false;
  }
}

/** A block stays on one line if it was written so and fits. */
export function formatBlock(e: Emitter, node: BlockExpr): Doc {
  const statements = node.result === undefined ? node.statements : [...node.statements, node.result];
  return formatLines(
    e,
    line,
    statements.map((statement) => () => formatExpression(e, statement)),
  );
}

function formatMatch(e: Emitter, node: MatchExpr): Doc {
  const head = concat(e.word(), formatExpression(e, node.scrutinee), space);
  return group(
    concat(
      head,
      formatLines(
        e,
        line,
        node.arms.map((arm) => () => formatArm(e, arm)),
      ),
    ),
  );
}

function formatArm(e: Emitter, { pattern, guard, body }: MatchArm): Doc {
  const parts = [e.flow(pattern.end), space];
  if (guard !== undefined) parts.push(e.word(), formatExpression(e, guard), space);
  parts.push(e.token(), formatValue(e, body));
  return concatAll(parts);
}

function formatLambda(e: Emitter, { params, body }: LambdaExpr): Doc {
  const open = e.token();
  const inner = params.length === 0 ? empty : e.flow(params.at(-1)?.end ?? 0);
  return concat(open, inner, e.word(), formatExpression(e, body));
}
