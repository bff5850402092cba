import type { LoadedModule } from '../modules/graph.ts';
import type { Import, Name } from '../syntax/ast.ts';
import type { ModuleScope } from './module-scope.ts';
import type { TypeReader } from './read-type.ts';
import { standardModulesOf, STANDARD_NAMES } from '../modules/standard-names.ts';
import { BUILT_IN_TYPES } from './suggestions.ts';
import { builtInSymbol, UNKNOWN, type TypeSymbol, type ValueSymbol } from './symbols.ts';

/** Brings imported names into the scope of a module: functions, constants, variants, and types with their variants (language.md §9). */
export function importNames(
  loaded: LoadedModule,
  scopes: ReadonlyMap<LoadedModule, ModuleScope>,
  types: TypeReader,
): void {
  for (const written of loaded.module.imports) {
    const from = loaded.imports.get(written);
    const source = from === undefined ? undefined : scopes.get(from);
    for (const name of written.names)
      if (source === undefined) addUnknown(types.scope, name.text);
      else importName(written, name, source, types);
  }
}

function addUnknown(scope: ModuleScope, name: string): void {
  if (scope.declared(name) === undefined) scope.addValue(name, UNKNOWN);
  if (scope.type(name) === undefined) scope.addType(name, UNKNOWN);
}

function importName(written: Import, name: Name, from: ModuleScope, types: TypeReader): void {
  const type = from.exportedTypes.get(name.text);
  const value = from.exportedValues.get(name.text);
  if (type === undefined && value === undefined) {
    if (!from.incomplete) reportNotExported(written, name.text, from, types);
    addUnknown(types.scope, name.text);
    return;
  }
  if (value !== undefined) importValue(name, value, types);
  if (type !== undefined) importType(name, type, from, types);
}

function importValue(name: Name, symbol: ValueSymbol, types: TypeReader): void {
  const before = types.scope.declared(name.text);
  if (before === undefined || before.kind === 'unknown') types.scope.addValue(name.text, symbol);
  else if (before !== symbol && symbol.kind !== 'unknown') reportTwice(name, types);
}

function importType(name: Name, symbol: TypeSymbol, from: ModuleScope, types: TypeReader): void {
  const { scope } = types;
  const before = scope.type(name.text);
  if (before !== undefined && before.kind !== 'unknown') {
    if (before !== symbol && symbol.kind !== 'unknown') reportTwice(name, types);
    return;
  }
  scope.addType(name.text, symbol);
  if (symbol.kind === 'unknown') return;
  const target = symbol.kind === 'alias' ? symbol.type : { kind: 'con' as const, con: symbol.decl };
  if (target.kind !== 'con') return;
  scope.addRecord(target.con);
  if (target.con.kind !== 'union') return;
  for (const variant of target.con.variants) {
    const constructor = from.value(variant.name);
    if (constructor?.kind === 'variant' && constructor.union === target.con)
      scope.addImplied(variant.name, constructor);
  }
}

function reportTwice(name: Name, { report, source }: TypeReader): void {
  report.report(
    'duplicate-definition',
    source,
    name,
    `\`${name.text}\` is imported from two modules.`,
    'Import it from one of them only: imports cannot be renamed.',
  );
}

function reportNotExported({ start, specifier }: Import, name: string, from: ModuleScope, types: TypeReader): void {
  types.report.report(
    'not-exported',
    types.source,
    { start, end: start + 'import'.length },
    `"${specifier}" does not export \`${name}\`.`,
    notExportedHelp(specifier, name, from, types),
  );
}

/** Where the name is to be had; else a name of the module that looks alike, or all that a module of the library has. */
function notExportedHelp(specifier: string, name: string, from: ModuleScope, types: TypeReader): string | undefined {
  if (from.hidden.has(name)) return `Write \`export\` in front of its declaration in "${specifier}".`;
  if (builtInSymbol(name) !== undefined || BUILT_IN_TYPES.includes(name))
    return `\`${name}\` is built in: leave it out of the import.`;
  const near = types.suggestions.nearest(name, from.exportedValues.keys(), from.exportedTypes.keys());
  if (near !== undefined) return near;
  const [other] = standardModulesOf(name);
  if (other !== undefined) return `Write \`import { ${name} } from "${other}"\`.`;
  return STANDARD_NAMES[specifier] && `It has ${STANDARD_NAMES[specifier].split(' ').join(', ')}.`;
}
