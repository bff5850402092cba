import type { TypedExpr } from './typed.ts';

/** The expressions directly below one, in the order in which they are written. */
export function childrenOf(node: TypedExpr): readonly TypedExpr[] {
  switch (node.kind) {
    case 'variant':
    case 'record':
      return node.fields.map(({ value }) => value);
    case 'call':
    case 'call-builtin':
      return node.args.map(({ value }) => value);
    case 'call-value':
      return [node.callee, ...node.args];
    case 'field':
      return [node.object];
    case 'list':
      return node.items;
    case 'negate':
    case 'not':
      return [node.operand];
    case 'arithmetic':
    case 'compare':
    case 'logic':
      return [node.left, node.right];
    case 'concat':
      return node.parts;
    case 'block':
      return node.result === undefined ? node.statements : [...node.statements, node.result];
    case 'let':
    case 'assign':
      return [node.value];
    case 'match':
      return [
        node.scrutinee,
        ...node.arms.flatMap(({ guard, body }) => (guard === undefined ? [body] : [guard, body])),
      ];
    case 'lambda':
      return [node.body];
    case 'int':
    case 'float':
    case 'string':
    case 'bool':
    case 'local':
    case 'constant':
    case 'function':
    case 'builtin':
    case 'constructor':
      return [];
  }
}
