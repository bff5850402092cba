import type { Json, JsonObject } from '../../shared/json.ts';
import { invalidConfig } from './invalid-config.ts';

/** A value and where it stands in the text. */
export interface JsonNode {
  readonly from: number;
  /** Behind its last character. */
  readonly to: number;
  readonly value: Json;
  /** Of an object, in the order of the text, with repeated keys. */
  readonly members?: readonly JsonMember[];
}

export interface JsonMember {
  readonly key: string;
  /** Where the key begins. */
  readonly from: number;
  readonly node: JsonNode;
}

const MAX_DEPTH = 200;
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

/**
 * Reads JSON with comments, as editors write it; commas behind the last member only where `trailingCommas` says so.
 * Throws ClarityError ClientConfigInvalid with file and line.
 */
export function parseJsonText(file: string, text: string, trailingCommas: boolean): JsonNode {
  return new Reader(file, text, trailingCommas).document();
}

/** Behind the white space and the comments that begin at `at`; `end` of the last comment is where no white space follows it yet. */
export function skipTrivia(text: string, at: number): { readonly next: number; readonly end: number } {
  let next = at;
  let end = at;
  for (;;) {
    while (/[\s\uFEFF]/.test(text[next] ?? 'x')) next++;
    const close = commentEnd(text, next);
    if (close === undefined) return { next, end };
    next = close;
    end = close;
  }
}

function commentEnd(text: string, at: number): number | undefined {
  if (text.startsWith('//', at)) {
    const feed = /\r?\n|$/g;
    feed.lastIndex = at;
    return feed.exec(text)?.index ?? text.length;
  }
  if (!text.startsWith('/*', at)) return undefined;
  const close = text.indexOf('*/', at + 2);
  return close < 0 ? undefined : close + 2;
}

class Reader {
  readonly #file: string;
  readonly #text: string;
  readonly #trailingCommas: boolean;
  #at = 0;

  constructor(file: string, text: string, trailingCommas: boolean) {
    this.#file = file;
    this.#text = text;
    this.#trailingCommas = trailingCommas;
  }

  document(): JsonNode {
    const node = this.#value(0);
    if (this.#peek() !== undefined) throw this.#wrong('something stands behind the end of the JSON');
    return node;
  }

  #value(depth: number): JsonNode {
    if (depth > MAX_DEPTH) throw this.#wrong(`it nests deeper than ${String(MAX_DEPTH)} levels`);
    const first = this.#peek();
    if (first === '{') return this.#object(depth);
    if (first === '[') return this.#array(depth);
    const from = this.#at;
    if (first === '"') return { from, value: this.#string(), to: this.#at };
    SCALAR.lastIndex = from;
    const scalar = SCALAR.exec(this.#text)?.[0];
    if (scalar === undefined) throw this.#wrong(first === undefined ? 'it ends too early' : 'a value is expected here');
    this.#at += scalar.length;
    return { from, value: JSON.parse(scalar) as Json, to: this.#at };
  }

  #object(depth: number): JsonNode {
    const from = this.#at;
    const members: JsonMember[] = [];
    this.#items('}', () => {
      if (this.#peek() !== '"') throw this.#wrong('a key in double quotes is expected here');
      const start = this.#at;
      const key = this.#string();
      if (this.#peek() !== ':') throw this.#wrong('a colon is expected here');
      this.#at++;
      members.push({ key, from: start, node: this.#value(depth + 1) });
    });
    // fromEntries makes own members also of names such as __proto__.
    const value: JsonObject = Object.fromEntries(members.map(({ key, node }) => [key, node.value]));
    return { from, to: this.#at, value, members };
  }

  #array(depth: number): JsonNode {
    const from = this.#at;
    const value: Json[] = [];
    this.#items(']', () => value.push(this.#value(depth + 1).value));
    return { from, to: this.#at, value };
  }

  #items(close: string, read: () => unknown): void {
    this.#at++;
    for (let comma = true; this.#peek() !== close;) {
      if (!comma) throw this.#wrong(`a comma or ${close} is expected here`);
      read();
      comma = this.#peek() === ',';
      if (!comma) continue;
      this.#at++;
      if (this.#peek() === close && !this.#trailingCommas) throw this.#wrong(`no comma may stand before ${close}`);
    }
    this.#at++;
  }

  #string(): string {
    const found = /"(?:[^"\\\n]|\\.)*"/y;
    found.lastIndex = this.#at;
    const text = found.exec(this.#text)?.[0];
    if (text === undefined) throw this.#wrong('this text has no end on its line');
    try {
      const value = JSON.parse(text) as string;
      this.#at += text.length;
      return value;
    } catch {
      throw this.#wrong('this text has a character or an escape that JSON does not know');
    }
  }

  /** The next character that means something; undefined at the end. */
  #peek(): string | undefined {
    this.#at = skipTrivia(this.#text, this.#at).next;
    return this.#text[this.#at];
  }

  #wrong(why: string) {
    return invalidConfig(this.#file, this.#text, this.#at, why);
  }
}
