import { isJsonObject, type Json, type JsonObject } from './json.ts';

/** Only a number of so many digits can be more than a double holds: texts without one take the ordinary way. */
const MAY_BE_LONG = /\d{16}/;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** Begins the stand-ins of numbers, a private character of Unicode and a text that nobody else knows. */
const MARK = `\ue000${crypto.randomUUID()}:`;
const STAND_INS = new RegExp(`"${MARK}([-+.eE\\d]+)"`, 'g');

/** While `stringifyExact` is at work. */
let writing = false;
/** Stand-ins written so far. */
let written = 0;
/** Exact numbers made so far: in most daemons none ever is. */
let made = 0;

/**
 * A number of a JSON text that a double cannot hold: Int64 beyond 2^53, a decimal of many places. It is relayed digit by digit by
 * `stringifyExact`; whatever else looks at it sees the nearest double.
 */
export class ExactNumber extends Number {
  /** As it was written. */
  readonly text: string;

  constructor(text: string) {
    super(text);
    this.text = text;
    made += 1;
  }

  toJSON(): string | number {
    if (!writing) return this.valueOf();
    written += 1;
    return MARK + this.text;
  }
}

/** JSON.parse that loses no digit: a number that a double cannot hold becomes an ExactNumber. Throws SyntaxError. */
export function parseExact(text: string): Json {
  if (!MAY_BE_LONG.test(text)) return JSON.parse(text) as Json;
  const ordinary = JSON.parse(text) as Json; // what is no JSON is refused as it is, not as we change it
  const marked = outsideOfStrings(text, (part) => part.replace(NUMBER, marking));
  if (marked === text) return ordinary;
  return JSON.parse(marked, (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith(MARK) ? new ExactNumber(value.slice(MARK.length)) : value,
  ) as Json;
}

/** JSON.stringify that writes an ExactNumber as it was read. */
export function stringifyExact(value: object): string {
  const before = written;
  writing = true;
  try {
    const text = JSON.stringify(value);
    return written > before ? text.replace(STAND_INS, '$1') : text;
  } finally {
    writing = false;
  }
}

function marking(token: string): string {
  return !MAY_BE_LONG.test(token) || String(Number(token)) === token ? token : JSON.stringify(MARK + token);
}

/** By hand: a regular expression over a string of megabytes runs out of stack. */
function outsideOfStrings(json: string, change: (part: string) => string): string {
  let changed = '';
  for (let at = 0; at < json.length;) {
    const quote = json.indexOf('"', at);
    if (quote === -1) return changed + change(json.slice(at));
    const end = endOfString(json, quote) + 1;
    changed += change(json.slice(at, quote)) + json.slice(quote, end);
    at = end;
  }
  return changed;
}

/** Index of the quote that closes the string opened at `start`. */
function endOfString(json: string, start: number): number {
  let quote = start;
  for (let escapes = 1; escapes % 2 === 1;) {
    quote = json.indexOf('"', quote + 1);
    for (escapes = 0; json[quote - 1 - escapes] === '\\';) escapes += 1;
  }
  return quote;
}

/** The value with each ExactNumber as its text, for readers that take long numbers as decimal strings. */
export function exactAsText(value: JsonObject): JsonObject {
  return made === 0 ? value : (asText(value) as JsonObject);
}

function asText(value: unknown): unknown {
  if (value instanceof ExactNumber) return value.text;
  if (Array.isArray(value)) return value.map(asText);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asText(each)]));
}
