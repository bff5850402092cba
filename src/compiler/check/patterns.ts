import type { BindPattern, LiteralPattern, Pattern, RangePattern, VariantPattern } from '../syntax/ast.ts';
import type { TypedPattern } from '../typed/typed.ts';
import {
  bindings,
  BOOL,
  ERROR,
  FLOAT64,
  INT64,
  STRING,
  substitute,
  type ConType,
  type FieldDecl,
  type Type,
  type UnionDecl,
} from '../types/type.ts';
import type { Body } from './body.ts';
import { indexOfName } from './index-of-name.ts';
import { MAX_INT, reportIntRange } from './int-range.ts';
import { prune } from './unifier.ts';
import { listed, plural } from './wording.ts';

const WILDCARD: TypedPattern = { kind: 'wildcard' };

/**
 * Checks a pattern against the type of what it is matched with; its variables join the scope. `bound` holds those of the whole pattern;
 * it is absent where there can be only one.
 */
export function checkPattern(body: Body, pattern: Pattern, type: Type, bound: Set<string> | undefined): TypedPattern {
  switch (pattern.kind) {
    case 'wildcard':
    case 'error':
      return WILDCARD;
    case 'bind': {
      const { name } = pattern;
      if (LOWER_BOOLS.has(name) && body.show(type) === 'Bool') return misspelledBool(body, pattern);
      if (bound?.has(name) === true)
        body.error('duplicate-definition', pattern, `The pattern binds \`${name}\` twice.`, 'Use two names, or `_`.');
      bound?.add(name);
      return { kind: 'bind', local: body.local(name, type, false) };
    }
    case 'literal':
      return checkLiteral(body, pattern, type);
    case 'range':
      return checkRange(body, pattern, type);
    case 'variant':
      return checkVariant(body, pattern, type, bound);
  }
}

const LOWER_BOOLS = new Set(['true', 'false']);

/** `true -> …` on a Bool would bind a name, and take every value. */
function misspelledBool(body: Body, pattern: BindPattern): TypedPattern {
  const value = pattern.name === 'true';
  const meant = value ? 'True' : 'False';
  body.error(
    'foreign-syntax',
    pattern,
    `\`${pattern.name}\` is a new variable here, which takes every value.`,
    `Write \`${meant}\`.`,
  );
  return { kind: 'bool', value };
}

function checkLiteral(body: Body, pattern: LiteralPattern, type: Type): TypedPattern {
  const { value } = pattern;
  const own = { int: INT64, float: FLOAT64, string: STRING, bool: BOOL }[value.kind];
  if (value.kind === 'int' && value.value > MAX_INT) reportIntRange(body, value.value, pattern);
  else if (!body.unify(own, type))
    body.error(
      'pattern-type',
      pattern,
      `This pattern is \`${own.con.name}\`, but the value is \`${body.show(type)}\`.`,
      literalHelp(prune(type)),
    );
  return value;
}

function literalHelp(type: Type): string | undefined {
  if (type.kind !== 'con' || type.con.kind !== 'union') return undefined;
  const name = type.con.variants.find(({ fields }) => fields.length > 0)?.name;
  return name === undefined ? undefined : `A literal may stand inside of a variant: \`${name}(…)\`.`;
}

function checkRange(body: Body, pattern: RangePattern, type: Type): TypedPattern {
  const { from, to } = pattern;
  if (!body.unify(INT64, type))
    body.error(
      'range-type',
      pattern,
      `A range matches \`Int64\` only, but the value is \`${body.show(type)}\`.`,
      'Bind the value and use a guard: `x if x >= … and x <= … -> …`.',
    );
  else if (from > MAX_INT || to > MAX_INT) reportIntRange(body, from > MAX_INT ? from : to, pattern);
  else if (from >= to)
    body.error(
      'range-bounds',
      pattern,
      `The start of a range must be below its end, but ${from} is not below ${to}.`,
      from === to ? `Write \`${from}\`.` : `Write \`${to}..${from}\`.`,
    );
  return { kind: 'range', from, to };
}

function checkVariant(body: Body, pattern: VariantPattern, given: Type, bound: Set<string> | undefined): TypedPattern {
  const type = unionOf(body, pattern, given);
  if (type === undefined || type.con.kind !== 'union') return bindUnknown(body, pattern, bound);
  const union = type.con;
  const name = pattern.name.text;
  const variant = indexOfName(union.variants, name);
  const decl = union.variants[variant];
  if (decl === undefined) {
    body.error(
      'unknown-variant',
      pattern,
      `\`${union.name}\` has no variant \`${name}\`.`,
      variantHelp(body, union, name),
    );
    return bindUnknown(body, pattern, bound);
  }
  const places = placesOf(body, pattern, decl.fields);
  if (places === undefined) return bindUnknown(body, pattern, bound);
  const all = bound ?? (places.length > 1 ? new Set<string>() : undefined);
  const by = bindings(union.params, type.args);
  const fields: TypedPattern[] = decl.fields.map(() => WILDCARD);
  pattern.fields.forEach((field, i) => {
    const place = places[i] ?? 0;
    fields[place] = checkPattern(body, field.pattern, substitute(decl.fields[place]?.type ?? ERROR, by), all);
  });
  return body.typed({ kind: 'variant', union, variant, type, fields });
}

/** The union that the value is; where that is not known yet, the pattern says it. Undefined where it is none (reported) or unknown. */
function unionOf(body: Body, pattern: VariantPattern, given: Type): ConType | undefined {
  const type = prune(given);
  if (type.kind === 'con' && type.con.kind === 'union') return type;
  if (type.kind === 'error') return undefined;
  const name = pattern.name.text;
  if (type.kind === 'var') {
    const symbol = body.scope.value(name);
    if (symbol?.kind === 'variant') {
      const args = symbol.union.params.map(() => body.unifier.fresh());
      const union: ConType = { kind: 'con', con: symbol.union, args };
      body.unify(type, union);
      return union;
    }
  }
  body.error(
    'pattern-not-union',
    pattern,
    `\`${name}\` is a pattern for a union, but the value is \`${body.show(type)}\`.`,
    pattern.parenthesised || type === BOOL
      ? undefined
      : 'A name in a pattern that begins with a capital letter is a variant; to bind the value, use a small letter.',
  );
  return undefined;
}

function variantHelp(body: Body, union: UnionDecl, name: string): string {
  const names = union.variants.map((known) => known.name);
  return body.types.suggestions.nearest(name, names) ?? `Its variants are ${listed(names)}.`;
}

/** The field of each sub-pattern: by its name, else by its place. Undefined where they do not agree (reported). */
function placesOf(body: Body, pattern: VariantPattern, fields: readonly FieldDecl[]): readonly number[] | undefined {
  const name = pattern.name.text;
  if (pattern.fields.length !== fields.length) {
    const form = fields.length === 0 ? name : `${name}(${fields.map((field) => field.name).join(', ')})`;
    body.error(
      'pattern-arity',
      pattern,
      `\`${name}\` has ${plural(fields.length, 'field')}, but the pattern has ${plural(pattern.fields.length, 'sub-pattern')}.`,
      `Write \`${form}\`${fields.length === 0 ? '' : ', with `_` for what is not needed'}.`,
    );
    return undefined;
  }
  const taken = new Set<number>();
  const places: number[] = [];
  for (const [i, field] of pattern.fields.entries()) {
    const written = field.name?.text;
    const place = written === undefined ? i : indexOfName(fields, written);
    if (place < 0 || taken.has(place)) {
      const known = listed(fields.map((each) => each.name));
      const message =
        place < 0
          ? `\`${name}\` has no field \`${written ?? ''}\`.`
          : `The pattern has the field \`${fields[place]?.name ?? ''}\` of \`${name}\` twice.`;
      body.error('pattern-arity', pattern, message, `The fields of \`${name}\` are ${known}.`);
      return undefined;
    }
    taken.add(place);
    places.push(place);
  }
  return places;
}

/** After an error the variables of a pattern are there, of unknown type. */
function bindUnknown(body: Body, pattern: VariantPattern, bound: Set<string> | undefined): TypedPattern {
  const all = bound ?? new Set<string>();
  for (const field of pattern.fields) checkPattern(body, field.pattern, ERROR, all);
  return WILDCARD;
}
