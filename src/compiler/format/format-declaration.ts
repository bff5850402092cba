import type {
  ConstDecl,
  Declaration,
  Field,
  FunctionDecl,
  Import,
  TypeDecl,
  UnionDefinition,
  Variant,
} from '../syntax/ast.ts';
import type { Span } from '../source/source-file.ts';
import { Token } from '../syntax/token.ts';
import { concat, concatAll, empty, group, indent, line, softline, space, type Doc } from './doc.ts';
import type { Emitter } from './emitter.ts';
import { formatBlock, formatValue } from './format-expression.ts';
import { formatList, opensLine } from './format-list.ts';

export function formatImport(e: Emitter, node: Import): Doc {
  const names = node.names.map(() => () => e.token());
  return concat(e.word(), formatList(e, line, opensLine(e), names), space, e.word(), e.token());
}

export function formatDeclaration(e: Emitter, node: Declaration): Doc {
  const exported = e.kind === Token.Export ? e.word() : empty;
  switch (node.kind) {
    case 'function':
      return concat(exported, formatFunction(e, node));
    case 'type':
      return concat(exported, formatType(e, node));
    case 'const':
      return concat(exported, formatConst(e, node));
    case 'broken':
      return concat(exported, e.verbatim(node.end));
  }
}

function formatFunction(e: Emitter, node: FunctionDecl): Doc {
  const parts: Doc[] = [];
  if (e.kind === Token.Effect) parts.push(e.flow(endOf(node.effects)), e.word());
  parts.push(e.word(), formatNameAndTypeParams(e, node));
  const params = node.params.map((param) => () => e.flow(param.end));
  parts.push(formatList(e, softline, undefined, params), space, e.word(), e.flow(node.result.end), space);
  parts.push(formatBlock(e, node.body));
  return concatAll(parts);
}

function formatNameAndTypeParams(e: Emitter, { name, typeParams }: FunctionDecl | TypeDecl): Doc {
  if (typeParams.length === 0) return e.flow(name.end);
  return concat(e.flow(endOf(typeParams)), e.take(Token.Comma), e.token());
}

function endOf(items: readonly Span[]): number {
  return items.at(-1)?.end ?? 0;
}

function formatConst(e: Emitter, node: ConstDecl): Doc {
  const head = concat(e.word(), e.token(), e.word(), e.flow(node.type.end), space, e.token());
  return concat(head, formatValue(e, node.value), e.token());
}

function formatType(e: Emitter, node: TypeDecl): Doc {
  const head = concat(e.word(), formatNameAndTypeParams(e, node), space, e.token());
  switch (node.definition.kind) {
    case 'alias':
      return concat(head, space, e.flow(node.definition.type.end));
    case 'union':
      return concat(head, formatUnion(e, node.definition));
    case 'record':
      return concat(head, space, formatFields(e, node.definition.fields, line, opensLine(e)));
  }
}

/** On one line if it was written so and fits, else a variant a line. */
function formatUnion(e: Emitter, { variants }: UnionDefinition): Doc {
  let broken = false;
  const parts: Doc[] = [];
  for (const variant of variants) {
    broken ||= e.tokens.onNewLine(e.at);
    parts.push(parts.length === 0 ? line : e.separator(), e.word(), formatVariant(e, variant));
  }
  return group(indent(concatAll(parts)), broken);
}

function formatVariant(e: Emitter, { fields }: Variant): Doc {
  const name = e.token();
  return e.kind === Token.LeftParen ? concat(name, formatFields(e, fields, softline)) : name;
}

function formatFields(e: Emitter, fields: readonly Field[], edge: Doc, broken?: boolean): Doc {
  return formatList(
    e,
    edge,
    broken,
    fields.map((field) => () => e.flow(field.end)),
  );
}
