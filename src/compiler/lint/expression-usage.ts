import type { Expr, LetExpr, MatchArm, Pattern, TypeExpr } from '../syntax/ast.ts';
import type { Span } from '../source/source-file.ts';
import type { LintWarning } from './lint-warning.ts';
import { recordKey } from './record-key.ts';
import { VariableScopes } from './variable-scopes.ts';

/** What a declaration mentions: names of functions, constants, variants, types and imports. */
export interface Mentions {
  readonly names: Set<string>;
  /** Those of them that are written as values or patterns, and as variants are. */
  readonly variants: Set<string>;
  /** The fields of its record literals, as `recordKey` writes them. */
  readonly records: Set<string>;
}

/** A variant is a name that begins with an upper-case ASCII letter. */
export function isVariantName(name: string): boolean {
  return name >= 'A' && name < '[';
}

/** Walks the expressions of one declaration with its scopes (language.md §5.1): what they mention, and variables that nothing reads. */
export class ExpressionUsage {
  readonly #scopes: VariableScopes;

  constructor(
    private readonly mentions: Mentions,
    warnings: LintWarning[],
  ) {
    this.#scopes = new VariableScopes(warnings);
  }

  type(type: TypeExpr): void {
    if (type.kind === 'named') {
      this.mentions.names.add(type.name.text);
      for (const argument of type.args) this.type(argument);
    } else {
      for (const param of type.params) this.type(param);
      this.type(type.result);
    }
  }

  /** The body of a function, or the value of a constant. */
  body(params: readonly string[], body: Expr): void {
    this.#scopes.within(() => {
      for (const param of params) this.#scopes.add(param);
      this.#expression(body);
    });
  }

  #expression(node: Expr): void {
    switch (node.kind) {
      case 'name':
        if (!this.#scopes.read(node.name)) this.#value(node.name);
        break;
      case 'assign':
        this.#expression(node.value);
        this.#scopes.assign(node.name.text);
        break;
      case 'let':
        this.#let(node);
        break;
      case 'block':
        this.#scopes.within(() => {
          for (const statement of node.statements) this.#expression(statement);
          if (node.result !== undefined) this.#expression(node.result);
        });
        break;
      case 'match':
        this.#expression(node.scrutinee);
        for (const arm of node.arms) this.#arm(arm);
        break;
      case 'lambda':
        for (const { type } of node.params) this.type(type);
        this.body(
          node.params.map(({ name }) => name.text),
          node.body,
        );
        break;
      case 'binary':
        this.#expression(node.left);
        this.#expression(node.right);
        break;
      default:
        this.#parts(node);
    }
  }

  #parts(node: Expr): void {
    switch (node.kind) {
      case 'unary':
        this.#expression(node.operand);
        break;
      case 'call':
        this.#expression(node.callee);
        for (const { value } of node.args) this.#expression(value);
        break;
      case 'member':
        this.#expression(node.object);
        break;
      case 'list':
        for (const item of node.items) this.#expression(item);
        break;
      case 'interpolation':
        for (const part of node.parts) this.#expression(part);
        break;
      case 'record':
        this.mentions.records.add(recordKey(node.fields.map(({ name }) => name.text)));
        for (const { value } of node.fields) this.#expression(value);
        break;
      default:
    }
  }

  #value(name: string): void {
    this.mentions.names.add(name);
    if (isVariantName(name)) this.mentions.variants.add(name);
  }

  #let({ name, annotation, value }: LetExpr): void {
    if (annotation !== undefined) this.type(annotation);
    this.#expression(value);
    this.#scopes.add(name.text, name);
  }

  #arm({ pattern, guard, body }: MatchArm): void {
    this.#scopes.within(() => {
      this.#pattern(pattern);
      if (guard !== undefined) this.#expression(guard);
      this.#expression(body);
    });
  }

  #pattern(pattern: Pattern): void {
    if (pattern.kind === 'bind') this.#scopes.add(pattern.name, spanOf(pattern));
    else if (pattern.kind === 'variant') {
      this.#value(pattern.name.text);
      for (const field of pattern.fields) this.#pattern(field.pattern);
    }
  }
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}
