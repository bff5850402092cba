import type { Choices } from './choices.ts';
import { BUILTINS } from './builtins.ts';
import { generateMatch } from './generate-match.ts';
import { generateType, type World } from './generate.ts';
import { BOOL, FLOAT, INT, STR, tyText, variantsOf, type BinOp, type Expr, type Statement, type Ty } from './tree.ts';

export interface Local {
  readonly name: string;
  readonly ty: Ty;
  readonly mut: boolean;
}
export interface Scope {
  readonly world: World;
  /** Innermost last; a name that is in twice is shadowed. */
  readonly locals: readonly Local[];
  readonly fresh: { next: number };
  /** No effects: the value of a constant. */
  readonly pure?: boolean;
}

const INTS = [
  0n,
  1n,
  2n,
  3n,
  7n,
  10n,
  100n,
  -1n,
  -2n,
  63n,
  2n ** 31n,
  2n ** 32n + 1n,
  2n ** 53n + 1n,
  2n ** 63n - 1n,
  -(2n ** 63n),
];
const FLOATS = [0, 1, 0.5, 2.5, 3, 100.25, 0.1, 1e6, 12345678.75];
const STRINGS = ['', 'a', 'b', 'ab', ' x ', 'A1', '42', '-7', 'é', '😀', 'a,b', '$', '${', '"\\', '\n\t', 'abcabc'];

const same = (a: Ty, b: Ty) => tyText(a) === tyText(b);

/** What is visible: of every name the innermost. */
export function visible(scope: Scope): readonly Local[] {
  return [...new Map(scope.locals.map((local) => [local.name, local])).values()];
}

/** A name for a new local: mostly a new one, now and then one that shadows. */
export function newName(choices: Choices, scope: Scope): string {
  if (scope.locals.length > 0 && choices.chance(15)) return choices.pick(scope.locals).name;
  return `x${scope.fresh.next++}`;
}

/** An expression of a type; `depth` bounds its height. */
export function generateExpr(choices: Choices, scope: Scope, ty: Ty, depth: number): Expr {
  if (depth <= 0 || choices.spent) return leaf(choices, scope, ty);
  const local = choices.chance(25) ? variable(choices, scope, ty) : undefined;
  if (local !== undefined) return local;
  const ways: (() => Expr | undefined)[] = [
    () => literal(choices, scope, ty, depth),
    () => operation(choices, scope, ty, depth),
    () => builtinCall(choices, scope, ty, depth),
    () => functionCall(choices, scope, ty, depth),
    () => generateMatch(choices, scope, ty, depth),
    () => block(choices, scope, ty, depth),
    () => genericCall(choices, scope, ty, depth),
    () => member(choices, scope, ty, depth),
    () => application(choices, scope, ty, depth),
  ];
  return choices.pick(ways)() ?? literal(choices, scope, ty, depth);
}

/** The smallest expression of a type. */
function leaf(choices: Choices, scope: Scope, ty: Ty): Expr {
  return variable(choices, scope, ty) ?? literal(choices, scope, ty, 0);
}

function variable(choices: Choices, scope: Scope, ty: Ty): Expr | undefined {
  const names = visible(scope).filter((local) => same(local.ty, ty));
  const constants = scope.pure === true ? [] : scope.world.constants.filter((one) => same(one.ty, ty));
  const all = [...names, ...constants].map(({ name }) => name);
  return all.length === 0 ? undefined : { k: 'var', name: choices.pick(all) };
}

/** A value written down, of parts that are expressions. */
function literal(choices: Choices, scope: Scope, ty: Ty, depth: number): Expr {
  const part = (of: Ty) => generateExpr(choices, scope, of, depth - 1);
  switch (ty.k) {
    case 'int':
      return { k: 'int', value: choices.pick(INTS) };
    case 'float':
      return { k: 'float', value: choices.pick(FLOATS) };
    case 'bool':
      return { k: 'bool', value: choices.below(2) === 0 };
    case 'str':
      return { k: 'str', value: choices.pick(STRINGS) };
    case 'list':
      return { k: 'list', items: Array.from({ length: depth <= 0 ? 0 : choices.below(4) }, () => part(ty.of)) };
    case 'record': {
      const fields = choices.chance(40) ? ty.decl.fields.toReversed() : ty.decl.fields;
      return { k: 'record', fields: fields.map(({ name, ty: of }) => ({ name, e: part(of) })) };
    }
    case 'fn': {
      const params = ty.params.map((of) => ({ name: `y${scope.fresh.next++}`, ty: of }));
      const locals = [...scope.locals, ...params.map((param) => ({ ...param, mut: false }))];
      return {
        k: 'lambda',
        params,
        body: generateExpr(choices, { ...scope, locals }, ty.result, Math.min(depth - 1, 2)),
      };
    }
    case 'option':
    case 'result':
    case 'union': {
      const variants = variantsOf(ty);
      const variant = depth <= 0 ? smallest(variants) : choices.pick(variants);
      const named = variant.fields.length > 0 && choices.chance(20);
      return { k: 'variant', variant, args: variant.fields.map((field) => part(field.ty)), named };
    }
  }
}

const smallest = <T extends { readonly fields: readonly unknown[] }>(variants: readonly T[]): T =>
  variants.reduce((a, b) => (b.fields.length < a.fields.length ? b : a));

const COMPARISONS: readonly BinOp[] = ['==', '!=', '<', '>', '<=', '>='];

function operation(choices: Choices, scope: Scope, ty: Ty, depth: number): Expr | undefined {
  const e = (of: Ty) => generateExpr(choices, scope, of, depth - 1);
  const bin = (op: BinOp, of: Ty): Expr => ({ k: 'bin', op, of, left: e(of), right: e(of) });
  switch (ty.k) {
    case 'int':
    case 'float':
      if (choices.chance(12)) return { k: 'un', op: '-', of: ty, e: e(ty) };
      return bin(choices.pick(['+', '-', '*', '/', '%']), ty);
    case 'str':
      if (choices.chance(50)) return bin('++', STR);
      return {
        k: 'interp',
        parts: Array.from({ length: 1 + choices.below(4) }, (_, i) => (i % 2 === 0 ? choices.pick(STRINGS) : e(STR))),
      };
    case 'bool': {
      const kind = choices.below(6);
      if (kind < 2) return bin(choices.pick(COMPARISONS), choices.pick([INT, FLOAT]));
      if (kind === 2) return bin(choices.pick(['and', 'or']), BOOL);
      if (kind === 3) return { k: 'un', op: '!', of: BOOL, e: e(BOOL) };
      return bin(
        choices.pick(['==', '!=']),
        kind === 4 ? choices.pick([STR, BOOL]) : generateType(choices, scope.world, 2),
      );
    }
    default:
      return undefined;
  }
}

function builtinCall(choices: Choices, scope: Scope, ty: Ty, depth: number): Expr | undefined {
  const e = (of: Ty) => generateExpr(choices, scope, of, depth - 1);
  if (ty.k === 'list' && choices.chance(70)) {
    const fn = choices.pick(['append', 'concat', 'reverse', 'tail', 'list_set']);
    if (fn === 'append') return { k: 'call', fn, args: [e(ty), e(ty.of)] };
    if (fn === 'concat') return { k: 'call', fn, args: [e(ty), e(ty)] };
    if (fn === 'list_set') return { k: 'call', fn, args: [e(ty), e(INT), e(ty.of)] };
    return { k: 'call', fn, args: [e(ty)] };
  }
  if ((ty.k === 'int' || ty.k === 'float') && choices.chance(25)) return element(choices, scope, ty, depth);
  if ((ty.k === 'int' || ty.k === 'bool') && choices.chance(30)) {
    const of: Ty = { k: 'list', of: generateType(choices, scope.world, 1) };
    return { k: 'call', fn: ty.k === 'int' ? 'length' : 'is_empty', args: [e(of)] };
  }
  if ((ty.k === 'int' || ty.k === 'bool') && scope.pure !== true && choices.chance(30))
    return { k: 'call', fn: ty.k === 'int' ? 't' : 'tb', args: [e(ty)] };
  const fitting = BUILTINS.filter((one) => same(one.result, ty));
  if (fitting.length === 0) return undefined;
  const builtin = choices.pick(fitting);
  return { k: 'call', fn: builtin.name, args: builtin.params.map(e) };
}

/** An element of a list, which may not be there. The list has a name, because the type of `-head([])` is anybody's guess. */
function element(choices: Choices, scope: Scope, ty: Ty, depth: number): Expr {
  const of: Ty = { k: 'list', of: ty };
  const name = `x${scope.fresh.next++}`;
  const list: Statement = { k: 'let', name, mut: false, ty: of, e: generateExpr(choices, scope, of, depth - 1) };
  const args: Expr[] = [{ k: 'var', name }];
  const fn = choices.pick(['nth', 'head']);
  if (fn === 'nth') args.push(generateExpr(choices, scope, INT, depth - 1));
  return { k: 'block', statements: [list], result: { k: 'call', fn, args, zero: ty.k === 'int' ? 0n : 0 } };
}

function functionCall(choices: Choices, scope: Scope, ty: Ty, depth: number): Expr | undefined {
  const hidden = new Set(scope.locals.map(({ name }) => name));
  const fitting =
    scope.pure === true ? [] : scope.world.functions.filter((fn) => same(fn.result, ty) && !hidden.has(fn.name));
  if (fitting.length === 0) return undefined;
  const fn = choices.pick(fitting);
  const params = choices.chance(30) ? fn.params.toReversed() : undefined;
  const args = (params ?? fn.params).map((param) => generateExpr(choices, scope, param.ty, depth - 1));
  return { k: 'call', fn: fn.name, args, ...(params === undefined ? {} : { names: params.map(({ name }) => name) }) };
}

/** A call of a generic function of the prelude at types chosen here. */
function genericCall(choices: Choices, scope: Scope, ty: Ty, depth: number): Expr | undefined {
  if (scope.pure === true) return undefined;
  const e = (of: Ty) => generateExpr(choices, scope, of, depth - 1);
  const fn = (params: readonly Ty[], result: Ty) =>
    functionValue(choices, scope, { k: 'fn', params, result }, depth - 1);
  const other = () => generateType(choices, scope.world, 1);
  const ways: (() => Expr)[] = [
    () => ({ k: 'call', fn: 'id', args: [e(ty)] }),
    () => ({ k: 'call', fn: 'pick', args: [e(BOOL), e(ty), e(ty)] }),
    () => ({ k: 'call', fn: 'first_or', args: [e({ k: 'list', of: ty }), e(ty)] }),
    () => ({ k: 'call', fn: 'value_or', args: [e({ k: 'option', of: ty }), e(ty)] }),
    () => ({ k: 'call', fn: 'times', args: [{ k: 'int', value: BigInt(choices.below(4)) }, e(ty), fn([ty, INT], ty)] }),
    () => {
      const of = other();
      return { k: 'call', fn: 'fold', args: [e({ k: 'list', of }), e(ty), fn([ty, of], ty)] };
    },
  ];
  if (ty.k === 'list') {
    ways.push(() => {
      const of = other();
      return { k: 'call', fn: 'map', args: [e({ k: 'list', of }), fn([of], ty.of)] };
    });
    ways.push(() => ({ k: 'call', fn: 'filter', args: [e(ty), fn([ty.of], BOOL)] }));
  }
  return choices.pick(ways)();
}

/** A function as a value: a lambda, a named function that fits, or one of two. */
function functionValue(choices: Choices, scope: Scope, ty: Ty & { k: 'fn' }, depth: number): Expr {
  const hidden = new Set(scope.locals.map(({ name }) => name));
  const fitting = [...scope.world.functions, ...BUILTINS_AS_FUNCTIONS].filter(
    (fn) =>
      !hidden.has(fn.name) && same({ k: 'fn', params: fn.params.map((param) => param.ty), result: fn.result }, ty),
  );
  if (fitting.length > 0 && choices.chance(50)) return { k: 'var', name: choices.pick(fitting).name };
  if (depth > 1 && choices.chance(15)) {
    const [yes, no] = [literal(choices, scope, ty, depth), literal(choices, scope, ty, depth)];
    const on = generateExpr(choices, scope, BOOL, 1);
    return {
      k: 'match',
      on,
      arms: [
        { pattern: { k: 'literal', value: true }, guard: undefined, body: yes },
        { pattern: { k: 'literal', value: false }, guard: undefined, body: no },
      ],
    };
  }
  return literal(choices, scope, ty, depth);
}

const BUILTINS_AS_FUNCTIONS = BUILTINS.map(({ name, params, result }) => ({
  name,
  params: params.map((ty, i) => ({ name: `p${i}`, ty })),
  result,
}));

function member(choices: Choices, scope: Scope, ty: Ty, depth: number): Expr | undefined {
  const fitting = scope.world.records.flatMap((decl) =>
    decl.fields.filter((field) => same(field.ty, ty)).map(({ name }) => ({ decl, name })),
  );
  if (fitting.length === 0) return undefined;
  const { decl, name } = choices.pick(fitting);
  return { k: 'member', e: generateExpr(choices, scope, { k: 'record', decl }, depth - 1), name };
}

/** A call of a function value: of a lambda written at the place, or of one bound to a name just before. */
function application(choices: Choices, scope: Scope, ty: Ty, depth: number): Expr {
  const params = Array.from({ length: choices.below(3) }, () => generateType(choices, scope.world, 1));
  const fnTy: Ty & { k: 'fn' } = { k: 'fn', params, result: ty };
  const fn = functionValue(choices, scope, fnTy, depth - 1);
  const args = (inner: Scope) => params.map((of) => generateExpr(choices, inner, of, depth - 2));
  if (fn.k === 'lambda' && choices.chance(30)) return { k: 'apply', fn, args: args(scope) };
  const name = `g${scope.fresh.next++}`;
  const inner = { ...scope, locals: [...scope.locals, { name, ty: fnTy, mut: false }] };
  return {
    k: 'block',
    statements: [{ k: 'let', name, mut: false, ty: choices.chance(30) ? fnTy : undefined, e: fn }],
    result: { k: 'apply', fn: { k: 'var', name }, args: args(inner) },
  };
}

function block(choices: Choices, scope: Scope, ty: Ty, depth: number): Expr {
  let inner = scope;
  const statements: Statement[] = [];
  const count = 1 + choices.below(3);
  for (let i = 0; i < count; i++) {
    const targets = visible(inner).filter((local) => local.mut);
    if (targets.length > 0 && choices.chance(45)) {
      const target = choices.pick(targets);
      statements.push({ k: 'assign', name: target.name, e: generateExpr(choices, inner, target.ty, depth - 1) });
    } else if (choices.chance(10)) {
      statements.push({ k: 'drop', e: generateExpr(choices, inner, generateType(choices, scope.world, 1), depth - 1) });
    } else {
      const of = generateType(choices, scope.world, 2);
      const e = generateExpr(choices, inner, of, depth - 1);
      const name = newName(choices, inner);
      const mut = choices.chance(40);
      // What a mutable variable holds may come from an empty list: only its annotation then says which.
      statements.push({ k: 'let', name, mut, ty: mut || choices.chance(50) ? of : undefined, e });
      inner = { ...inner, locals: [...inner.locals, { name, ty: of, mut }] };
    }
  }
  return { k: 'block', statements, result: generateExpr(choices, inner, ty, depth - 1) };
}
