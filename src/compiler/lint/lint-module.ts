import type { Declaration, FunctionDecl, Module, Name } from '../syntax/ast.ts';
import type { LintRule, LintWarning } from './lint-warning.ts';
import { isVariantName } from './expression-usage.ts';
import { recordKey } from './record-key.ts';
import { usageOf, type Usage } from './usage.ts';

/** The variants that need no declaration. */
const BUILTIN_VARIANTS = new Set(['Some', 'None', 'Ok', 'Err']);

/**
 * What a module that parses holds in vain: imports, private functions, constants and types that nothing reachable mentions, and variables that nothing
 * reads; in the order of their places. Names that begin with `_` are never warned about. Roots are exports, `main` and tests
 * (`test_…` without parameters, language.md §10); in a module without any of them every function may be called by the host.
 */
export function lintModule(module: Module): readonly LintWarning[] {
  const usage = usageOf(module);
  const warnings = [...usage.warnings];
  warnings.push(...unusedImports(module, usage));
  const used = reachable(module, usage);
  for (const declaration of module.declarations) {
    if (declaration.kind !== 'broken' && !used.has(declaration)) warnings.push(...unused(declaration));
  }
  return warnings.sort((a, b) => a.span.start - b.span.start);
}

/** A type may be imported for its variants, whose names its module knows: where a variant is of unknown origin it counts as used. */
function unusedImports({ imports, declarations }: Module, { mentions }: Usage): LintWarning[] {
  const mentioned = new Set<string>();
  const foreign = new Set<string>();
  for (const { names, variants } of mentions.values()) {
    for (const name of names) mentioned.add(name);
    for (const name of variants) if (!BUILTIN_VARIANTS.has(name)) foreign.add(name);
  }
  const imported = imports.flatMap(({ names }) => names);
  for (const { text } of imported) foreign.delete(text);
  for (const declaration of declarations) for (const name of definedBy(declaration)) foreign.delete(name);
  const isUsed = ({ text }: Name) =>
    mentioned.has(text) || text.startsWith('_') || (foreign.size > 0 && isVariantName(text));
  return imported.filter((name) => !isUsed(name)).map((name) => warning('unused-import', 'import', name));
}

function definedBy(declaration: Declaration): readonly string[] {
  if (declaration.kind === 'broken') return declaration.names;
  const { name } = declaration;
  if (declaration.kind !== 'type' || declaration.definition.kind !== 'union') return [name.text];
  return [name.text, ...declaration.definition.variants.map((variant) => variant.name.text)];
}

/** The declarations that the roots mention, directly or through others. */
function reachable(module: Module, usage: Usage): ReadonlySet<Declaration> {
  const byName = new Map<string, Declaration[]>();
  for (const declaration of module.declarations) {
    for (const name of [...definedBy(declaration), ...recordOf(declaration)]) {
      const same = byName.get(name);
      if (same === undefined) byName.set(name, [declaration]);
      else same.push(declaration);
    }
  }
  const used = new Set<Declaration>(rootsOf(module));
  for (const declaration of used) {
    const mentions = usage.mentions.get(declaration);
    for (const names of [mentions?.names, mentions?.records]) {
      for (const name of names ?? []) for (const target of byName.get(name) ?? []) used.add(target);
    }
  }
  return used;
}

function recordOf(declaration: Declaration): readonly string[] {
  if (declaration.kind !== 'type' || declaration.definition.kind !== 'record') return [];
  return [recordKey(declaration.definition.fields.map(({ name }) => name.text))];
}

function rootsOf({ declarations }: Module): readonly Declaration[] {
  const entries = declarations.some((declaration) => declaration.kind === 'function' && isEntry(declaration));
  return declarations.filter(
    (declaration) =>
      declaration.exported ||
      declaration.kind === 'broken' ||
      declaration.name.text.startsWith('_') ||
      (declaration.kind === 'function' && (!entries || isEntry(declaration))),
  );
}

function isEntry({ exported, name, params }: FunctionDecl): boolean {
  return exported || name.text === 'main' || (name.text.startsWith('test_') && params.length === 0);
}

function unused(declaration: Exclude<Declaration, { kind: 'broken' }>): LintWarning[] {
  switch (declaration.kind) {
    case 'function':
      return [warning('unused-function', 'function', declaration.name)];
    case 'const':
      return [warning('unused-constant', 'constant', declaration.name)];
    case 'type':
      return [warning('unused-type', 'type', declaration.name)];
  }
}

function warning(rule: LintRule, what: string, { text, start, end }: Name): LintWarning {
  const help = what === 'import' ? 'Remove it.' : 'Remove it, or `export` it if other modules are to use it.';
  return { rule, span: { start, end }, message: `The ${what} \`${text}\` is never used.`, help };
}
