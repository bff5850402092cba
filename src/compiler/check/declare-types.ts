import type { Field, Module, TypeDecl, TypeExpr } from '../syntax/ast.ts';
import { ERROR, type FieldDecl, type RecordDecl, type UnionDecl } from '../types/type.ts';
import { inDependencyOrder } from './alias-order.ts';
import { declarationStart, readTypeParams, reportRepeated } from './declarations.ts';
import type { TypeParams, TypeReader } from './read-type.ts';
import type { TypeSymbol } from './symbols.ts';

interface Declared {
  readonly decl: TypeDecl;
  readonly symbol: TypeSymbol;
  readonly params: TypeParams;
}

/**
 * Puts the types of a module into its scope. All names come first and then what they mean, so that types may refer to themselves and to
 * later ones. Answers the records and unions in source order; `nextId` numbers them.
 */
export function declareTypes(module: Module, types: TypeReader, nextId: () => number): (RecordDecl | UnionDecl)[] {
  const declared: Declared[] = [];
  for (const decl of module.declarations)
    if (decl.kind === 'type') declared.push(declare(decl, module.name, types, nextId));
  resolveAliases(declared, types);
  const nominal: (RecordDecl | UnionDecl)[] = [];
  for (const { decl, symbol, params } of declared) {
    if (symbol.kind !== 'nominal') continue;
    types.begin(params, decl.start);
    fill(decl, symbol.decl, types);
    nominal.push(symbol.decl);
  }
  for (const { decl, symbol } of declared)
    if (symbol.kind === 'nominal' && types.scope.type(decl.name.text) === symbol) types.scope.addRecord(symbol.decl);
  return nominal;
}

function declare(decl: TypeDecl, module: string, types: TypeReader, nextId: () => number): Declared {
  const { scope, source, report } = types;
  const { list, byName } = readTypeParams(decl.typeParams, source, report);
  const symbol = symbolOf(decl, module, list, nextId);
  const name = decl.name.text;
  const before = scope.type(name);
  if (before !== undefined && before.kind !== 'unknown') {
    report.report(
      'duplicate-definition',
      source,
      declarationStart(decl, source),
      `The type \`${name}\` is already declared or imported in this module.`,
    );
    return { decl, symbol, params: byName };
  }
  scope.addType(name, symbol);
  if (decl.exported) scope.exportedTypes.set(name, symbol);
  else scope.hidden.add(name);
  return { decl, symbol, params: byName };
}

function symbolOf(decl: TypeDecl, module: string, params: RecordDecl['params'], nextId: () => number): TypeSymbol {
  const { definition } = decl;
  if (definition.kind === 'alias') return { kind: 'alias', params, type: ERROR };
  const base = { name: decl.name.text, module, id: nextId(), params, ...docOf(decl) };
  return {
    kind: 'nominal',
    decl:
      definition.kind === 'record'
        ? { kind: 'record', ...base, fields: [] }
        : {
            kind: 'union',
            ...base,
            variants: definition.variants.map(({ name }) => ({ name: name.text, fields: [] })),
          },
  };
}

const docOf = ({ doc }: { readonly doc?: string }) => (doc === undefined ? {} : { doc });

function resolveAliases(declared: readonly Declared[], types: TypeReader): void {
  const aliases = new Map<string, Declared & { written: TypeExpr }>();
  for (const each of declared) {
    const { definition, name } = each.decl;
    if (definition.kind === 'alias' && types.scope.type(name.text) === each.symbol)
      aliases.set(name.text, { ...each, written: definition.type });
  }
  const { order, cyclic } = inDependencyOrder(aliases);
  for (const at of cyclic)
    types.report.report(
      'unknown-type',
      types.source,
      at,
      `The type \`${at.text}\` is an alias of itself.`,
      'Write a record or a union where a type shall contain itself.',
    );
  for (const { decl, symbol, params, written } of order) {
    if (symbol.kind !== 'alias') continue;
    types.begin(params, decl.start);
    symbol.type = types.sized(types.read(written), written);
  }
}

function fill(decl: TypeDecl, into: RecordDecl | UnionDecl, types: TypeReader): void {
  const { definition } = decl;
  if (definition.kind === 'record' && into.kind === 'record') into.fields = readFields(definition.fields, types);
  if (definition.kind !== 'union' || into.kind !== 'union') return;
  reportRepeated('variant', definition.variants, types.source, types.report);
  into.variants = definition.variants.map((variant) => ({
    name: variant.name.text,
    fields: readFields(variant.fields, types),
    ...docOf(variant),
  }));
}

function readFields(fields: readonly Field[], types: TypeReader): FieldDecl[] {
  reportRepeated('field', fields, types.source, types.report);
  return fields.map((field) => ({ name: field.name.text, type: types.read(field.type), ...docOf(field) }));
}
