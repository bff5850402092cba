import type { Declaration, Module, TypeExpr } from '../syntax/ast.ts';
import { ExpressionUsage, type Mentions } from './expression-usage.ts';
import type { LintWarning } from './lint-warning.ts';

/** What the declarations of a module mention, and the warnings about their variables. */
export interface Usage {
  readonly mentions: ReadonlyMap<Declaration, Mentions>;
  readonly warnings: readonly LintWarning[];
}

export function usageOf(module: Module): Usage {
  const mentions = new Map<Declaration, Mentions>();
  const warnings: LintWarning[] = [];
  for (const declaration of module.declarations) {
    const own: Mentions = { names: new Set(), variants: new Set(), records: new Set() };
    mentions.set(declaration, own);
    addMentions(declaration, new ExpressionUsage(own, warnings));
  }
  return { mentions, warnings };
}

function addMentions(declaration: Declaration, usage: ExpressionUsage): void {
  switch (declaration.kind) {
    case 'function':
      for (const param of declaration.params) usage.type(param.type);
      usage.type(declaration.result);
      usage.body(
        declaration.params.map(({ name }) => name.text),
        declaration.body,
      );
      break;
    case 'const':
      usage.type(declaration.type);
      usage.body([], declaration.value);
      break;
    case 'type':
      for (const type of typesOf(declaration)) usage.type(type);
      break;
    case 'broken':
      break;
  }
}

function typesOf({ definition }: Extract<Declaration, { kind: 'type' }>): readonly TypeExpr[] {
  if (definition.kind === 'alias') return [definition.type];
  const fields =
    definition.kind === 'record' ? definition.fields : definition.variants.flatMap((variant) => variant.fields);
  return fields.map((field) => field.type);
}
