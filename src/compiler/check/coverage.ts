import type { Span } from '../source/source-file.ts';
import type { TypedArm, TypedPattern } from '../typed/typed.ts';
import { typeName, type Type } from '../types/type.ts';
import type { Body, PendingMatch } from './body.ts';
import { IntervalSet } from './interval-set.ts';
import { prune } from './unifier.ts';
import { constructorsOf, isIrrefutable, PatternMatrix, wildcards } from './pattern-matrix.ts';

/** Cells that a match may cost, and how many more for each of its patterns. Far more than a match that a person can read needs. */
const BASE_BUDGET = 5_000;
const BUDGET_PER_PATTERN = 100;

/** Reports values that a match does not cover, arms that cannot be reached, and ranges that overlap (language.md §7.7). */
export function checkCoverage(body: Body, match: PendingMatch): void {
  const type = body.unifier.close(match.type);
  if (match.arms.every(({ pattern }) => isFlat(pattern))) checkFlat(body, match, type);
  else checkNested(body, match, type);
}

/** Guarded arms do not count: a guard may be False. */
function isFlat(pattern: TypedPattern): boolean {
  return pattern.kind !== 'variant' || pattern.fields.every(isIrrefutable);
}

/** One pass for the common case, in which no pattern looks deeper than the outermost constructor. */
function checkFlat(body: Body, match: PendingMatch, type: Type): void {
  const constructors = constructorsOf(type);
  const seen = new Set<unknown>();
  const numbers = new IntervalSet();
  const catchAll = catchAllOf(match);
  let whole = false;
  for (const [i, { pattern, guard }] of match.arms.entries()) {
    const key = keyOf(pattern);
    const overlap = pattern.kind === 'range' ? numbers.covered(pattern.from, pattern.to) : 'none';
    const inRange = pattern.kind === 'int' && numbers.covered(pattern.value, pattern.value) === 'all';
    if (overlap !== 'none' && !whole) reportOverlap(body, match, pattern, overlap);
    else if (whole || inRange || (key !== undefined && seen.has(key))) reportUnreachable(body, match, i, catchAll);
    if (guard !== undefined) continue;
    if (key !== undefined) seen.add(key);
    if (pattern.kind === 'range') numbers.add(pattern.from, pattern.to);
    whole ||= isIrrefutable(pattern) || (constructors !== undefined && seen.size === constructors.length);
  }
  if (whole) return;
  const absent = constructors?.filter(({ index }) => !seen.has(index)).map(wildcards);
  reportMissing(body, match, type, absent ?? ['_']);
}

/** The first pattern that matches everything. */
function catchAllOf({ arms }: PendingMatch): TypedPattern | undefined {
  return arms.find(({ pattern, guard }) => guard === undefined && isIrrefutable(pattern))?.pattern;
}

/** What a pattern stands for among the values of its type; undefined for ranges and what matches everything. */
function keyOf(pattern: TypedPattern): unknown {
  switch (pattern.kind) {
    case 'variant':
      return pattern.variant;
    case 'bool':
      return pattern.value ? 1 : 0;
    case 'int':
    case 'float':
    case 'string':
      return pattern.value;
    case 'range':
    case 'wildcard':
    case 'bind':
      return undefined;
  }
}

function checkNested(body: Body, match: PendingMatch, type: Type): void {
  const budget = BASE_BUDGET + BUDGET_PER_PATTERN * match.arms.reduce((sum, { pattern }) => sum + sizeOf(pattern), 0);
  const catchAll = catchAllOf(match);
  if (catchAll === undefined) reportUncovered(body, match, type, budget);
  const reach = new PatternMatrix(budget);
  const before: TypedPattern[][] = [];
  match.arms.forEach(({ pattern, guard }: TypedArm, i) => {
    if (guard !== undefined) return;
    if (!reach.useful(before, [pattern])) reportUnreachable(body, match, i, catchAll);
    before.push([pattern]);
  });
}

function reportUncovered(body: Body, match: PendingMatch, type: Type, budget: number): void {
  const counting = match.arms.filter(({ guard }) => guard === undefined);
  const coverage = new PatternMatrix(budget);
  const missing = coverage.missing(
    counting.map(({ pattern }) => [pattern]),
    1,
  );
  if (coverage.exhausted)
    body.error(
      'non-exhaustive',
      keyword(match),
      'This match has too many combinations to see whether it covers every value.',
      'Add an arm `_ -> …` at its end, or match in two steps.',
    );
  else if (missing.length > 0) reportMissing(body, match, type, missing.flat());
}

function sizeOf(pattern: TypedPattern): number {
  return pattern.kind === 'variant' ? pattern.fields.reduce((sum, field) => sum + sizeOf(field), 1) : 1;
}

const keyword = ({ expr }: PendingMatch): Span => ({ start: expr.start, end: expr.start + 'match'.length });

function reportMissing(body: Body, match: PendingMatch, type: Type, missing: readonly string[]): void {
  if (missing.length === 1 && missing[0] === '_') {
    body.error(
      'non-exhaustive',
      keyword(match),
      `This match does not cover every value of \`${typeName(type)}\`.`,
      'Add an arm `_ -> …` for all other values.',
    );
    return;
  }
  const shown = missing.slice(0, 8).map((each) => `\`${each}\``);
  const more = missing.length > shown.length ? ` and ${missing.length - shown.length} more` : '';
  const guarded = match.arms.some(({ guard }) => guard !== undefined) ? ' An arm with a guard does not count.' : '';
  body.error(
    'non-exhaustive',
    keyword(match),
    `This match does not cover ${shown.join(', ')}${more}.${guarded}`,
    missing.length === 1
      ? `Add an arm \`${missing[0] ?? '_'} -> …\`.`
      : 'Add an arm for each of them, or `_ -> …` for all other values.',
  );
}

function reportUnreachable(body: Body, match: PendingMatch, index: number, catchAll: TypedPattern | undefined): void {
  const arm = match.expr.arms[index];
  if (arm === undefined || arm.guard !== undefined) return;
  body.warn(
    'unreachable-arm',
    arm.pattern,
    'This arm can never match: the arms before it cover all that it does.',
    bindingHelp(catchAll, match.type) ?? 'Remove it, or put it before the arm that hides it.',
  );
}

/** `true -> …` binds a variable: says so where the arm that matches everything has the name of a constructor in other letters. */
function bindingHelp(catchAll: TypedPattern | undefined, type: Type): string | undefined {
  if (catchAll?.kind !== 'bind') return undefined;
  const { name } = catchAll.local;
  const meant = constructorsOf(prune(type))?.find((known) => known.name.toLowerCase() === name.toLowerCase());
  return meant && `\`${name}\` binds a variable, which matches everything: write \`${meant.name}\`.`;
}

function reportOverlap(body: Body, match: PendingMatch, pattern: TypedPattern, overlap: 'all' | 'some'): void {
  if (pattern.kind !== 'range') return;
  const range = `\`${pattern.from}..${pattern.to}\``;
  const message =
    overlap === 'all'
      ? `The range ${range} lies inside of ranges before it: its arm can never match.`
      : `The range ${range} overlaps one before it: numbers in both take the first arm.`;
  body.warn('range-overlap', keyword(match), message, 'Both ends belong to a range.');
}
