import { isJsonObject, type Json, type JsonObject } from '../shared/json.ts';
import { sameValue, type Budget } from '../shared/same-value.ts';
import {
  compareLimit,
  compareTypes,
  compareValues,
  normalized,
  quoted,
  shown,
  type Effect,
} from './schema-keywords.ts';

/** Whose side a schema is on: what callers send, or what they read. */
export type Direction = 'input' | 'output';

/** How grave a change is for those who call, gravest last. */
export const LEVELS = ['text', 'additive', 'possiblyBreaking', 'breaking'] as const;
export type Level = (typeof LEVELS)[number];

export interface SchemaChange {
  readonly level: Level;
  readonly why: string;
}

/** Schemas come from upstreams: what one comparison looks at, how deep, and how much it says. */
const MAX_STEPS = 20_000;
const MAX_DEPTH = 64;
const MAX_CHANGES = 200;

/** What was accepted must still be; what was there to read must still be there. */
const GRAVITY: Readonly<Record<Direction, Readonly<Record<Effect, Level>>>> = {
  input: { narrower: 'breaking', wider: 'additive', other: 'breaking', unclear: 'possiblyBreaking', text: 'text' },
  output: { narrower: 'additive', wider: 'breaking', other: 'breaking', unclear: 'possiblyBreaking', text: 'text' },
};

/** Of one object; compared together. */
const MEMBERS = new Set(['properties', 'required', 'additionalProperties']);
const VALUES = new Set(['enum', 'const']);
const TEXTS = new Set(['title', 'description', 'default', 'examples', 'example', 'deprecated', '$comment', '$schema']);
/** More of each of these accepts less. */
const LOWER = new Set(['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties']);
const UPPER = new Set(['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties']);
/** One of these is better than another one only for somebody who can read them. */
const TESTS = new Set(['pattern', 'format', 'multipleOf']);
const DEFINITIONS = new Set(['$defs', 'definitions']);

interface Pair {
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  /** `filter.tags[]`; empty for the whole. */
  readonly path: string;
  readonly depth: number;
}

/**
 * What changed from one JSON schema to another for those who call. Absent is the schema that accepts all. `$ref` is not followed: the definitions are compared with each other.
 */
export function compareSchemas(
  before: Json | undefined,
  after: Json | undefined,
  direction: Direction,
): readonly SchemaChange[] {
  const walk = new SchemaWalk(direction);
  walk.run({ before, after, path: '', depth: 0 });
  return walk.changes;
}

/** One comparison: a list of what is still to be compared instead of recursion, under one budget. */
class SchemaWalk {
  readonly changes: SchemaChange[] = [];
  readonly #direction: Direction;
  readonly #pending: Pair[] = [];
  readonly #budget: Budget = { left: MAX_STEPS };

  constructor(direction: Direction) {
    this.#direction = direction;
  }

  run(whole: Pair): void {
    this.#pending.push(whole);
    for (let pair = this.#pending.shift(); pair !== undefined; pair = this.#pending.shift()) {
      this.#budget.left--;
      if (this.#budget.left <= 0 || this.changes.length >= MAX_CHANGES) {
        this.changes.push({ level: 'possiblyBreaking', why: 'too much to be compared in full' });
        return;
      }
      this.#compare(pair);
    }
  }

  #compare({ before, after, path, depth }: Pair): void {
    const was = normalized(before);
    const is = normalized(after);
    if (was === false || is === false) {
      if (was !== is)
        this.#say(
          is === false ? 'narrower' : 'wider',
          `${name(path)} ${is === false ? 'is refused' : 'is accepted'} now`,
        );
    } else if (!isJsonObject(was) || !isJsonObject(is) || depth >= MAX_DEPTH) {
      if (!this.#same(before, after)) this.#say('unclear', `the schema of ${name(path)} changed`);
    } else this.#keywords(was, is, path, depth);
  }

  #keywords(was: JsonObject, is: JsonObject, path: string, depth: number): void {
    this.#members(was, is, path, depth);
    if (!this.#same(was.enum, is.enum) || !this.#same(was.const, is.const)) this.#tell(compareValues(was, is), path);
    for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
      if (MEMBERS.has(key) || VALUES.has(key)) continue;
      this.#budget.left--;
      this.#keyword(key, own(was, key), own(is, key), path, depth);
    }
  }

  #keyword(key: string, was: Json | undefined, is: Json | undefined, path: string, depth: number): void {
    if (key === 'type') return this.#same(was, is) ? undefined : this.#tell(compareTypes(was, is), path);
    if (LOWER.has(key)) return this.#tell(compareLimit(key, was, is, 'up'), path);
    if (UPPER.has(key)) return this.#tell(compareLimit(key, was, is, 'down'), path);
    if (key === 'items' && !Array.isArray(was) && !Array.isArray(is)) return this.#push(was, is, `${path}[]`, depth);
    if (DEFINITIONS.has(key) && isJsonObject(was) && isJsonObject(is)) return this.#definitions(key, was, is, depth);
    if (this.#same(was, is)) return;
    const said = `${quoted(key)} of ${name(path)} changed${shown(was, is)}`;
    if (TEXTS.has(key)) this.#say('text', said);
    else if (TESTS.has(key)) this.#say(was === undefined ? 'narrower' : is === undefined ? 'wider' : 'unclear', said);
    else if (key === 'uniqueItems') this.#say(is === true ? 'narrower' : 'wider', said);
    else if (DEFINITIONS.has(key)) this.#say('text', said);
    else this.#say('unclear', said);
  }

  /** The properties of an object, which of them must be there, and whether others may. */
  #members(was: JsonObject, is: JsonObject, path: string, depth: number): void {
    const before = membersOf(was);
    const after = membersOf(is);
    for (const key of new Set([...before.names, ...after.names])) {
      this.#budget.left--;
      if (this.#budget.left <= 0) return;
      const at = path === '' ? key : `${path}.${key}`;
      const required = after.required.has(key);
      if (!before.names.has(key)) this.#added(at, required);
      else if (!after.names.has(key)) this.#removed(at, after.closed);
      else {
        if (before.required.has(key) !== required) this.#requirement(at, required);
        this.#push(own(before.properties, key), own(after.properties, key), at, depth);
      }
    }
    this.#others(was.additionalProperties, is.additionalProperties, path, depth);
  }

  #added(path: string, required: boolean): void {
    if (this.#direction === 'output') this.#judge('additive', `output ${name(path)} added`);
    else if (required) this.#judge('breaking', `required parameter ${name(path)} added`);
    else this.#judge('additive', `optional parameter ${name(path)} added`);
  }

  #removed(path: string, closed: boolean): void {
    if (this.#direction === 'output') this.#judge('breaking', `output ${name(path)} removed`);
    else if (closed) this.#judge('breaking', `parameter ${name(path)} removed`);
    else this.#judge('possiblyBreaking', `parameter ${name(path)} removed: it may be ignored now`);
  }

  #requirement(path: string, required: boolean): void {
    const input = required ? 'is required now' : 'is optional now';
    const output = required ? 'is always there now' : 'may be absent now';
    this.#say(required ? 'narrower' : 'wider', `${name(path)} ${this.#direction === 'input' ? input : output}`);
  }

  #others(was: Json | undefined, is: Json | undefined, path: string, depth: number): void {
    if ((was === false) === (is === false))
      return was === false ? undefined : this.#push(was, is, path === '' ? '*' : `${path}.*`, depth);
    // Who reads does not mind what he does not know; who sends may have sent what was not named.
    const level = this.#direction === 'input' && is === false ? 'possiblyBreaking' : 'additive';
    this.#judge(level, `what is not named in ${name(path)} is ${is === false ? 'refused' : 'accepted'} now`);
  }

  #definitions(key: string, was: JsonObject, is: JsonObject, depth: number): void {
    for (const one of new Set([...Object.keys(was), ...Object.keys(is)])) {
      const at = `${key}.${one}`;
      if (Object.hasOwn(was, one) && Object.hasOwn(is, one)) this.#push(was[one], is[one], at, depth);
      else this.#say('text', `${name(at)} ${Object.hasOwn(is, one) ? 'added' : 'removed'}`);
    }
  }

  /** Left for later; nothing where both are one and the same. */
  #push(before: Json | undefined, after: Json | undefined, path: string, depth: number): void {
    if (before !== after) this.#pending.push({ before, after, path, depth: depth + 1 });
  }

  #same(a: Json | undefined, b: Json | undefined): boolean {
    return sameValue(a, b, this.#budget);
  }

  #tell(changes: readonly { readonly effect: Effect; readonly why: (of: string) => string }[], path: string): void {
    for (const { effect, why } of changes) this.#say(effect, why(name(path)));
  }

  #say(effect: Effect, why: string): void {
    this.#judge(GRAVITY[this.#direction][effect], why);
  }

  #judge(level: Level, why: string): void {
    if (this.changes.length < MAX_CHANGES) this.changes.push({ level, why });
  }
}

function membersOf(schema: JsonObject) {
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  const list = Array.isArray(schema.required) ? (schema.required as readonly Json[]) : [];
  const required = new Set(list.filter((item) => typeof item === 'string'));
  const names = new Set([...Object.keys(properties), ...required]);
  return { properties, required, names, closed: schema.additionalProperties === false };
}

/** A member that is its own: `constructor` is a name like any other. */
function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function name(path: string): string {
  return path === '' ? 'the whole' : quoted(path);
}
