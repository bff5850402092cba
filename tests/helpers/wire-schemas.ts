import { join } from 'node:path';
import ts from 'typescript';
import type { JsonObject } from '../../src/shared/json.ts';

const ROOT = join(import.meta.dirname, '../..');
const FILES = ['src/wire/types.ts', 'src/wire/answers.ts'].map((file) => join(ROOT, file));

/** The JSON Schemas of what the API answers, by the names of their types: as TypeScript understands the files of wire/. */
export function wireSchemas(): Record<string, JsonObject> {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: { compilerOptions: unknown };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  const program = ts.createProgram(FILES, { ...options, noEmit: true });
  const reader = new Reader(program.getTypeChecker());
  for (const file of FILES) {
    const source = program.getSourceFile(file);
    if (source !== undefined) ts.forEachChild(source, (node) => reader.declare(node));
  }
  return reader.schemas;
}

class Reader {
  readonly schemas: Record<string, JsonObject> = {};
  readonly #checker: ts.TypeChecker;

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  /** What has type parameters is written where it is used. */
  declare(node: ts.Node): void {
    const declared = ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);
    if (!declared || node.typeParameters !== undefined) return;
    this.#define(node.name.text, this.#checker.getTypeAtLocation(node));
  }

  #define(name: string, type: ts.Type): void {
    if (name in this.schemas) return;
    this.schemas[name] = {};
    this.schemas[name] = this.#write(type);
  }

  #schema(type: ts.Type): JsonObject {
    const symbol = type.aliasSymbol ?? type.getSymbol();
    const generic = (type.aliasTypeArguments ?? this.#checker.getTypeArguments(type as ts.TypeReference)).length > 0;
    const named = symbol !== undefined && !generic && isOurs(symbol) && !symbol.name.startsWith('__');
    if (!named) return this.#write(type);
    if (symbol.name === 'Json') return {};
    if (symbol.name === 'JsonObject') return { type: 'object' };
    this.#define(symbol.name, type);
    return { $ref: `#/components/schemas/${symbol.name}` };
  }

  #write(type: ts.Type): JsonObject {
    if (type.isUnion()) return this.#union(type.types);
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    if (type.flags & ts.TypeFlags.BooleanLiteral) return { const: this.#checker.typeToString(type) === 'true' };
    if (type.flags & ts.TypeFlags.Null) return { type: 'null' };
    if (type.flags & ts.TypeFlags.String) return { type: 'string' };
    if (type.flags & ts.TypeFlags.Number) return { type: 'number' };
    if (type.flags & ts.TypeFlags.Boolean) return { type: 'boolean' };
    if (type.flags & (ts.TypeFlags.Unknown | ts.TypeFlags.Any)) return {};
    const item = this.#checker.getIndexTypeOfType(type, ts.IndexKind.Number);
    if (this.#checker.isArrayType(type) && item !== undefined) return { type: 'array', items: this.#schema(item) };
    return this.#object(type);
  }

  #union(types: readonly ts.Type[]): JsonObject {
    const some = types.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined));
    const booleans = some.filter(({ flags }) => flags & ts.TypeFlags.BooleanLiteral);
    const literals: ts.Type[] = some.filter((one) => one.isStringLiteral() || one.isNumberLiteral());
    const others = some.filter((one) => !booleans.includes(one) && !literals.includes(one));
    const schemas = others.map((one) => this.#schema(one));
    if (booleans.length === 2) schemas.push({ type: 'boolean' });
    else schemas.push(...booleans.map((one) => this.#write(one)));
    if (literals.length > 0) schemas.push({ enum: literals.map(valueOf).sort() });
    const [only] = schemas;
    return schemas.length === 1 && only !== undefined ? only : { anyOf: schemas };
  }

  #object(type: ts.Type): JsonObject {
    const properties: Record<string, JsonObject> = {};
    const required: string[] = [];
    for (const member of type.getProperties()) {
      properties[member.name] = this.#schema(this.#checker.getNonNullableType(this.#memberType(member)));
      if (acceptsNull(this.#memberType(member)))
        properties[member.name] = { anyOf: [properties[member.name] ?? {}, { type: 'null' }] };
      if (!(member.flags & ts.SymbolFlags.Optional)) required.push(member.name);
    }
    const rest = this.#checker.getIndexTypeOfType(type, ts.IndexKind.String);
    return {
      type: 'object',
      ...(Object.keys(properties).length > 0 && { properties }),
      ...(required.length > 0 && { required }),
      ...(rest !== undefined && { additionalProperties: this.#schema(rest) }),
    };
  }

  #memberType(member: ts.Symbol): ts.Type {
    return this.#checker.getTypeOfSymbol(member);
  }
}

function valueOf(literal: ts.Type): string | number {
  return literal.isStringLiteral() || literal.isNumberLiteral() ? literal.value : '';
}

function acceptsNull(type: ts.Type): boolean {
  return type.isUnion() && type.types.some(({ flags }) => flags & ts.TypeFlags.Null);
}

function isOurs(symbol: ts.Symbol): boolean {
  return symbol.declarations?.some((node) => node.getSourceFile().fileName.startsWith(join(ROOT, 'src'))) === true;
}
