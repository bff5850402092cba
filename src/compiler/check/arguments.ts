import type { Argument, CallExpr, Expr } from '../syntax/ast.ts';
import type { Placed } from '../typed/typed.ts';
import { substitute, type ParamType, type Type } from '../types/type.ts';
import type { Body } from './body.ts';
import type { Signature } from './generics.ts';
import { indexOfName } from './index-of-name.ts';
import { mismatchHelp } from './mismatch.ts';
import { are, listed, plural } from './wording.ts';

type Params = Signature['params'];

/** By the type that it compares. */
const ASSERTIONS: ReadonlyMap<string, string> = new Map([
  ['Int64', 'assert_eq'],
  ['Float64', 'assert_eq_float'],
  ['String', 'assert_eq_string'],
]);

/** Expressions for which a hint can make a difference. */
const TAKES_HINT = new Set<Expr['kind']>(['record', 'list', 'lambda', 'match', 'block', 'call']);

/**
 * Checks the arguments of a call against parameters, of which `by` replaces the type parameters; `hints` says what these are likely to be.
 * Named arguments are all or nothing (language.md §5.7); the answer keeps the written order. `callee` is undefined for a function value,
 * whose number of arguments the caller has checked.
 */
export function checkArguments(
  body: Body,
  call: CallExpr,
  callee: string | undefined,
  params: Params,
  by: ReadonlyMap<ParamType, Type> | undefined,
  hints: ReadonlyMap<ParamType, Type> | undefined,
): Placed[] {
  const { args } = call;
  const places = placesOf(body, call, callee, params);
  const placed: Placed[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    const index = places === undefined ? i : (places[i] ?? -1);
    const param = params[index];
    if (arg === undefined) continue;
    if (param === undefined) {
      body.infer(arg.value);
      continue;
    }
    const type = by === undefined ? param.type : substitute(param.type, by);
    const hint =
      hints === undefined || !TAKES_HINT.has(arg.value.kind) ? type : substitute(param.type, merged(body, by, hints));
    const value = body.infer(arg.value, hint);
    if (!body.unify(type, value.type) && !followsAssertion(body, callee, placed, type))
      mismatch(body, call, arg, index, callee, param.name, type, value.type);
    placed.push({ index, value });
  }
  return placed;
}

/** What earlier arguments fixed counts more than what the result is wanted to be. */
function merged(
  body: Body,
  by: ReadonlyMap<ParamType, Type> | undefined,
  hints: ReadonlyMap<ParamType, Type>,
): ReadonlyMap<ParamType, Type> {
  if (by === undefined) return hints;
  const both = new Map(by);
  for (const [param, hint] of hints) if (body.isOpen(by.get(param) ?? hint)) both.set(param, hint);
  return both;
}

/** The index of the parameter of each argument, -1 for one that was reported; undefined where they are given by position. */
function placesOf(body: Body, call: CallExpr, callee: string | undefined, params: Params): number[] | undefined {
  const { args } = call;
  const named = args.filter(({ name }) => name !== undefined).length;
  if (named === 0 || callee === undefined) {
    if (callee !== undefined && args.length !== params.length) wrongCount(body, call, callee, params);
    return undefined;
  }
  if (named < args.length) {
    body.error(
      'named-mixed',
      call,
      `The arguments of \`${callee}\` are partly named: name all of them or none.`,
      `The parameters are ${listed(params.map(({ name }) => name))}.`,
    );
    return args.map(() => -1);
  }
  return namedPlaces(body, call, callee, params);
}

function namedPlaces(body: Body, call: CallExpr, callee: string, params: Params): number[] {
  const errors = body.errors;
  const taken = new Set<number>();
  const places = call.args.map((arg) => {
    const name = arg.name?.text ?? '';
    const index = indexOfName(params, name);
    if (index < 0) {
      const names = params.map((param) => param.name);
      const help = body.types.suggestions.nearest(name, names);
      const list = `The parameters are ${listed(names)}.`;
      body.error('named-unknown', arg, `\`${callee}\` has no parameter \`${name}\`.`, help ?? list);
    } else if (taken.has(index)) {
      body.error('named-duplicate', arg, `The parameter \`${name}\` of \`${callee}\` is given twice.`);
      return -1;
    } else taken.add(index);
    return index;
  });
  if (body.errors === errors && taken.size < params.length) wrongCount(body, call, callee, params);
  return places;
}

function wrongCount(body: Body, call: CallExpr, callee: string, params: Params): void {
  body.error(
    'arg-count',
    call,
    `\`${callee}\` takes ${plural(params.length, 'argument')}, but ${are(call.args.length)} given.`,
    `Its parameters: \`(${params.map(({ name, type }) => `${name}: ${body.show(type)}`).join(', ')})\`.`,
  );
}

function mismatch(
  body: Body,
  call: CallExpr,
  arg: Argument,
  index: number,
  callee: string | undefined,
  param: string,
  wanted: Type,
  given: Type,
): void {
  const of = callee === undefined ? '' : ` (\`${param}\`) of \`${callee}\``;
  body.error(
    'arg-type',
    arg,
    `Argument ${index + 1}${of} must be \`${body.show(wanted)}\`, but this is \`${body.show(given)}\`.`,
    assertionHelp(body, call, callee, index, given) ?? mismatchHelp(body, given, wanted, arg.value),
  );
}

const isAssertion = (body: Body, callee: string | undefined): callee is string =>
  callee?.startsWith('assert_eq') === true && body.scope.value(callee)?.kind === 'builtin';

/** Whether the expected value is of another type only because the actual one is, which has been reported. */
function followsAssertion(body: Body, callee: string | undefined, placed: readonly Placed[], wanted: Type): boolean {
  const actual = placed[0];
  return actual !== undefined && isAssertion(body, callee) && !body.unify(wanted, actual.value.type);
}

/** The assertion for what stands in the first argument of another one. */
function assertionHelp(
  body: Body,
  { args }: CallExpr,
  callee: string | undefined,
  index: number,
  given: Type,
): string | undefined {
  const [actual, expected] = args;
  if (index > 0 || actual === undefined || expected === undefined || !isAssertion(body, callee)) return undefined;
  const [a, b] = [body.excerpt(actual.value), body.excerpt(expected.value)];
  const name = ASSERTIONS.get(body.show(given));
  return name === undefined ? `Write \`assert_true(${a} == ${b})\`.` : `Write \`${name}(${a}, ${b})\`.`;
}
