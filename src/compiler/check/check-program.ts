import type { Reporter } from '../diagnostics/reporter.ts';
import type { LoadedModule, ModuleGraph } from '../modules/graph.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { TypedModule, TypedProgram } from '../typed/typed.ts';
import { checkConstant, checkFunction, type Needs } from './check-bodies.ts';
import { reportConstantCycles } from './constant-cycles.ts';
import { declareTypes } from './declare-types.ts';
import { declareValues } from './declare-values.ts';
import { importNames } from './import-names.ts';
import { ModuleScope } from './module-scope.ts';
import { TypeReader } from './read-type.ts';
import { Suggestions } from './suggestions.ts';
import { UNKNOWN } from './symbols.ts';
import { warnMutualTailRecursion } from './tail-recursion.ts';

/** Ids below are those of Option and Result. */
const FIRST_ID = 2;

/**
 * Resolves names, infers types and checks effects and coverage of a whole program, module by module in dependency order. Reports every error
 * of every module at once and no follow-up errors; the answer is complete only if none was reported.
 */
export function checkProgram(graph: ModuleGraph, report: Reporter): TypedProgram {
  const scopes = new Map<LoadedModule, ModuleScope>();
  const suggestions = new Suggestions();
  const syntaxErrors = placesOfErrors(report);
  let id = FIRST_ID;
  const modules = graph.modules.map((loaded) => {
    const scope = new ModuleScope();
    scopes.set(loaded, scope);
    const { source } = loaded.module;
    const types = new TypeReader(scope, source, report, suggestions, syntaxErrors.get(source) ?? []);
    return checkModule(loaded, scopes, types, () => id++);
  });
  const entry = modules.at(-1);
  if (entry === undefined) throw new Error('a module graph holds at least its entry');
  return { modules, entry };
}

/** Where the phases before this one found errors. */
function placesOfErrors(report: Reporter): Map<SourceFile, number[]> {
  const places = new Map<SourceFile, number[]>();
  if (report.errors === 0) return places;
  for (const { source, span } of report.sorted()) {
    const known = places.get(source);
    if (known === undefined) places.set(source, [span.start]);
    else known.push(span.start);
  }
  return places;
}

function checkModule(
  loaded: LoadedModule,
  scopes: ReadonlyMap<LoadedModule, ModuleScope>,
  types: TypeReader,
  nextId: () => number,
): TypedModule {
  const { module } = loaded;
  importNames(loaded, scopes, types);
  addBrokenNames(loaded, types.scope);
  const nominal = declareTypes(module, types, nextId);
  const { functions, constants } = declareValues(module, types);
  // Only constants can depend on themselves: without any, nothing is noted.
  const needs: Needs | undefined = constants.length === 0 ? undefined : new Map();
  for (const constant of constants) checkConstant(constant, types, needs);
  for (const fn of functions) checkFunction(fn, types, needs);
  if (needs !== undefined) reportConstantCycles(constants, needs, types);
  const symbols = functions.map(({ fn }) => fn);
  warnMutualTailRecursion(symbols, types.report);
  return {
    name: module.name,
    source: module.source,
    ...(module.doc === undefined ? {} : { doc: module.doc }),
    functions: symbols,
    constants: constants.map(({ constant }) => constant),
    types: nominal,
  };
}

/** Names of declarations that did not parse count as defined, of unknown type, so that using them is no second error. */
function addBrokenNames({ module }: LoadedModule, scope: ModuleScope): void {
  for (const decl of module.declarations) {
    if (decl.kind !== 'broken') continue;
    const { names } = decl;
    scope.damaged = true;
    if (names.length === 0 && /\w/.test(module.source.text.slice(decl.start, decl.end))) scope.incomplete = true;
    for (const name of names) {
      if (scope.declared(name) === undefined) scope.addValue(name, UNKNOWN);
      if (scope.type(name) === undefined) scope.addType(name, UNKNOWN);
      scope.exportedValues.set(name, UNKNOWN);
      scope.exportedTypes.set(name, UNKNOWN);
    }
  }
}
