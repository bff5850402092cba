import type { Declaration, Expr, Field, Pattern, TypeExpr } from '../../../src/compiler/syntax/ast.ts';

/** Trees as short texts: `(+ a (f b))`. */
export function showExpr(node: Expr): string {
  const all = (nodes: readonly Expr[]) => nodes.map(showExpr).join(' ');
  switch (node.kind) {
    case 'int':
    case 'float':
    case 'bool':
      return String(node.value);
    case 'string':
      return JSON.stringify(node.value);
    case 'interpolation':
      return `(str ${all(node.parts)})`;
    case 'name':
      return node.name;
    case 'assign':
      return `(= ${node.name.text} ${showExpr(node.value)})`;
    case 'let': {
      const type = node.annotation === undefined ? '' : `: ${showType(node.annotation)}`;
      return `(let ${node.mutable ? 'mut ' : ''}${node.name.text}${type} ${showExpr(node.value)})`;
    }
    case 'unary':
      return `(${node.operator} ${showExpr(node.operand)})`;
    case 'binary':
      return `(${node.operator} ${showExpr(node.left)} ${showExpr(node.right)})`;
    case 'call': {
      const args = node.args.map(({ name, value }) => `${name === undefined ? '' : `${name.text}:`}${showExpr(value)}`);
      return `(${[showExpr(node.callee), ...args].join(' ')})`;
    }
    case 'member':
      return `${showExpr(node.object)}.${node.member.text}`;
    case 'list':
      return `[${all(node.items)}]`;
    case 'record':
      return `{${node.fields.map(({ name, value }) => `${name.text}:${showExpr(value)}`).join(' ')}}`;
    case 'block': {
      const statements = node.statements.map((statement) => `${showExpr(statement)};`);
      return `{${[...statements, ...(node.result === undefined ? [] : [showExpr(node.result)])].join(' ')}}`;
    }
    case 'match': {
      const arms = node.arms.map(({ pattern, guard, body }) => {
        const condition = guard === undefined ? '' : ` if ${showExpr(guard)}`;
        return `${showPattern(pattern)}${condition} -> ${showExpr(body)}`;
      });
      return `(match ${showExpr(node.scrutinee)} ${arms.join(', ')})`;
    }
    case 'lambda':
      return `(|${node.params.map(({ name, type }) => `${name.text}: ${showType(type)}`).join(', ')}| ${showExpr(node.body)})`;
    case 'error':
      return '<error>';
  }
}

function showType(type: TypeExpr): string {
  if (type.kind === 'function') return `(${type.params.map(showType).join(', ')}) -> ${showType(type.result)}`;
  return type.args.length === 0 ? type.name.text : `${type.name.text}<${type.args.map(showType).join(', ')}>`;
}

function showPattern(pattern: Pattern): string {
  switch (pattern.kind) {
    case 'wildcard':
      return '_';
    case 'bind':
      return pattern.name;
    case 'literal':
      return showExpr(pattern.value);
    case 'range':
      return `${pattern.from}..${pattern.to}`;
    case 'variant': {
      const fields = pattern.fields.map(
        (f) => `${f.name === undefined ? '' : `${f.name.text}: `}${showPattern(f.pattern)}`,
      );
      return `${pattern.name.text}${pattern.parenthesised ? `(${fields.join(', ')})` : '!'}`;
    }
    case 'error':
      return '<error>';
  }
}

const showFields = (fields: readonly Field[]) =>
  fields.map(({ name, type }) => `${name.text}: ${showType(type)}`).join(', ');

export function showDeclaration(node: Declaration): string {
  const exported = node.exported ? 'export ' : '';
  if (node.kind === 'broken') return `${exported}broken(${node.names.join(' ')})`;
  if (node.kind === 'const')
    return `${exported}const ${node.name.text}: ${showType(node.type)} = ${showExpr(node.value)}`;
  const params = node.typeParams.length === 0 ? '' : `<${node.typeParams.map(({ text }) => text).join(', ')}>`;
  if (node.kind === 'type') {
    const { definition } = node;
    const head = `${exported}type ${node.name.text}${params} = `;
    if (definition.kind === 'alias') return head + showType(definition.type);
    if (definition.kind === 'record') return `${head}{${showFields(definition.fields)}}`;
    return head + definition.variants.map(({ name, fields }) => `| ${name.text}(${showFields(fields)})`).join(' ');
  }
  const effects = node.effectSpan === undefined ? '' : `effect[${node.effects.map(({ text }) => text).join(', ')}] `;
  const list = node.params.map(({ name, type }) => `${name.text}: ${showType(type)}`).join(', ');
  return `${exported}${effects}function ${node.name.text}${params}(${list}) -> ${showType(node.result)} ${showExpr(node.body)}`;
}
