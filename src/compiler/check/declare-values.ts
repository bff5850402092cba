import { EFFECTS, type EffectName } from '../builtins/builtin.ts';
import { suggest } from '../../shared/suggest.ts';
import type { ConstDecl, Declaration, FunctionDecl, Module, TypeDecl } from '../syntax/ast.ts';
import type { ConstantSymbol, FunctionSymbol, TypedExpr } from '../typed/typed.ts';
import { ERROR, type ParamType } from '../types/type.ts';
import { declarationStart, readTypeParams, reportRepeated } from './declarations.ts';
import { NO_TYPE_PARAMS, type TypeReader } from './read-type.ts';
import type { ValueSymbol } from './symbols.ts';
import type { Span } from '../source/source-file.ts';

export interface DeclaredFunction {
  readonly decl: FunctionDecl;
  readonly fn: FunctionSymbol;
  readonly typeParams: ReadonlyMap<string, ParamType>;
  /** Undefined where an effect is not known: then none counts as missing. */
  readonly effects: readonly EffectName[] | undefined;
}

export interface DeclaredConstant {
  readonly decl: ConstDecl;
  readonly constant: ConstantSymbol;
}

export interface DeclaredValues {
  readonly functions: DeclaredFunction[];
  readonly constants: DeclaredConstant[];
}

const NOT_CHECKED_YET: TypedExpr = { kind: 'block', statements: [], type: ERROR, start: 0, end: 0 };

/** Puts variants, functions and constants of a module into its scope, with their types; their bodies are checked later. */
export function declareValues(module: Module, types: TypeReader): DeclaredValues {
  const values: DeclaredValues = { functions: [], constants: [] };
  for (const decl of module.declarations) {
    if (decl.kind === 'type') declareVariants(decl, types);
    else if (decl.kind === 'function') {
      const declared = declareFunction(decl, module.name, types);
      values.functions.push(declared);
      add(decl, decl.name.text, { kind: 'function', fn: declared.fn }, types);
    } else if (decl.kind === 'const') {
      const constant = declareConstant(decl, module.name, types);
      values.constants.push({ decl, constant });
      add(decl, decl.name.text, { kind: 'constant', constant, from: decl.end }, types);
    }
  }
  return values;
}

function add(decl: Declaration, name: string, symbol: ValueSymbol, types: TypeReader, at?: Span): void {
  const { scope, source, report } = types;
  const before = scope.declared(name);
  if (before !== undefined && before.kind !== 'unknown') {
    const message = `\`${name}\` is already declared or imported in this module.`;
    report.report('duplicate-definition', source, at ?? declarationStart(decl, source), message, 'Rename one of them.');
    return;
  }
  scope.addValue(name, symbol);
  if (decl.exported) scope.exportedValues.set(name, symbol.kind === 'constant' ? { ...symbol, from: 0 } : symbol);
  else scope.hidden.add(name);
}

function declareVariants(decl: TypeDecl, types: TypeReader): void {
  const symbol = types.scope.type(decl.name.text);
  const { definition } = decl;
  if (definition.kind !== 'union' || symbol?.kind !== 'nominal' || symbol.decl.kind !== 'union') return;
  const union = symbol.decl;
  const seen = new Set<string>();
  definition.variants.forEach(({ name }, variant) => {
    // A repeated variant of one union was reported, and one of a repeated type is not in scope.
    if (union.variants[variant]?.name === name.text && !seen.has(name.text))
      add(decl, name.text, { kind: 'variant', union, variant }, types, name);
    seen.add(name.text);
  });
}

function declareFunction(decl: FunctionDecl, module: string, types: TypeReader): DeclaredFunction {
  const { source, report } = types;
  const { list, byName } = readTypeParams(decl.typeParams, source, report);
  types.begin(byName, decl.start);
  const effects = readEffects(decl, types);
  reportRepeated('parameter', decl.params, source, report);
  const params = decl.params.map(({ name, type }) => ({ name: name.text, type: types.read(type), mutable: false }));
  const fn: FunctionSymbol = {
    name: decl.name.text,
    module,
    source,
    span: { start: decl.name.start, end: decl.name.end },
    exported: decl.exported,
    ...(decl.doc === undefined ? {} : { doc: decl.doc }),
    effects: effects ?? [],
    typeParams: list,
    params,
    result: types.read(decl.result),
    body: NOT_CHECKED_YET,
  };
  return { decl, fn, typeParams: byName, effects };
}

function declareConstant(decl: ConstDecl, module: string, types: TypeReader): ConstantSymbol {
  types.begin(NO_TYPE_PARAMS, decl.start);
  const type = types.read(decl.type);
  return { name: decl.name.text, module, exported: decl.exported, type, value: NOT_CHECKED_YET };
}

const NO_EFFECTS: readonly EffectName[] = [];
const isEffect = (name: string): name is EffectName => EFFECTS.some((effect) => effect === name);

/** The declared set, sorted; undefined where a name in it is no effect (reported). */
function readEffects({ effects, effectSpan }: FunctionDecl, types: TypeReader): readonly EffectName[] | undefined {
  if (effects.length === 0) return NO_EFFECTS;
  const known = new Set<EffectName>();
  let unknown = false;
  for (const effect of effects) {
    const { text } = effect;
    if (isEffect(text)) {
      known.add(text);
      continue;
    }
    unknown = true;
    const near = suggest(text, EFFECTS);
    types.report.report(
      'unknown-effect',
      types.source,
      effectSpan ?? effect,
      `There is no effect \`${text}\`.`,
      `${near === undefined ? '' : `Did you mean \`${near}\`? `}The effects are ${EFFECTS.join(', ')}.`,
    );
  }
  return unknown ? undefined : EFFECTS.filter((effect) => known.has(effect));
}
