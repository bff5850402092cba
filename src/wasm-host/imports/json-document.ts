import type { Host } from '../host.ts';

/** What a JSON text holds; `undefined` for a text that is no JSON. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

/** Reads JSON texts, and remembers the last one: a program asks for one field of a document after the other. */
export class JsonDocuments {
  #text: string | undefined;
  #value: JsonValue | undefined;

  constructor(host: Host) {
    host.onEndOfCall(() => {
      this.#text = this.#value = undefined;
    });
  }

  /** Undefined for a text that is no JSON. */
  read(text: string): JsonValue | undefined {
    if (text === this.#text) return this.#value;
    this.#value = parse(text);
    this.#text = text;
    return this.#value;
  }
}

function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export function isObject(value: JsonValue | undefined): value is { [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A string as it is, everything else as JSON text. */
export function textOf(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Own member of an object. */
export function member(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
