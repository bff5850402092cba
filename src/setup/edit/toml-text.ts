import { parse, TomlError, type TomlTable } from 'smol-toml';
import { invalidAtLine } from './invalid-config.ts';

/** The tables of a TOML text. Throws ClarityError ClientConfigInvalid with file and line. */
export function parseTomlText(file: string, text: string): TomlTable {
  try {
    return parse(text, { integersAsBigInt: 'asNeeded' });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [why = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n');
    throw invalidAtLine(file, error.line, why);
  }
}

/** One header, or one key with its value. */
export interface TomlStatement {
  readonly kind: 'header' | 'pair';
  /** From the top of the document. */
  readonly path: readonly string[];
  /** Where its first line begins, and behind the line feed of its last. */
  readonly from: number;
  readonly to: number;
  /** The value of a pair. */
  readonly valueFrom: number;
  readonly valueTo: number;
}

/** The statements of a text that parses, in their order. */
export function tomlStatements(text: string): readonly TomlStatement[] {
  const statements: TomlStatement[] = [];
  let table: readonly string[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const from = at;
    while (text[at] === ' ' || text[at] === '\t') at++;
    const first = text[at] ?? '\n';
    if (first === '[') {
      const open = /^\[\[?/.exec(text.slice(at, at + 2))?.[0].length ?? 1;
      const close = scan(text, at + open, (char) => char === ']');
      table = keyPath(text.slice(at + open, close));
      at = lineEnd(text, close);
      statements.push({ kind: 'header', path: table, from, to: at, valueFrom: at, valueTo: at });
    } else if (first === '#' || first === '\n' || first === '\r') {
      at = lineEnd(text, at);
    } else {
      const equals = scan(text, at, (char) => char === '=');
      const path = [...table, ...keyPath(text.slice(at, equals))];
      const valueFrom = equals + 1 + (/^[ \t]*/.exec(text.slice(equals + 1))?.[0].length ?? 0);
      const end = valueEnd(text, valueFrom);
      const valueTo = valueFrom + text.slice(valueFrom, end).trimEnd().length;
      at = lineEnd(text, end);
      statements.push({ kind: 'pair', path, from, to: at, valueFrom, valueTo });
    }
  }
  return statements;
}

function keyPath(key: string): readonly string[] {
  const path: string[] = [];
  let at: unknown = parse(`${key.trim()} = 0`);
  while (typeof at === 'object' && at !== null) {
    const [name = '', below] = Object.entries(at)[0] ?? [];
    path.push(name);
    at = below;
  }
  return path;
}

/** Where the value ends: at a line feed or a comment outside of brackets and texts. */
function valueEnd(text: string, from: number): number {
  let depth = 0;
  return scan(text, from, (char, at) => {
    if (char === '[' || char === '{') depth++;
    if (char === ']' || char === '}') depth--;
    if (char !== '#') return char === '\n' && depth === 0;
    return depth === 0 || { skipTo: Math.max(at, lineEnd(text, at) - 1) };
  });
}

/** The first offset where `stop` says so; what stands in quotes is not looked at. */
function scan(
  text: string,
  from: number,
  stop: (char: string, at: number) => boolean | { readonly skipTo: number },
): number {
  for (let at = from; at < text.length; at++) {
    const char = text[at] as string;
    if (char === '"' || char === "'") {
      at = quoteEnd(text, at) - 1;
      continue;
    }
    const verdict = stop(char, at);
    if (verdict === true) return at;
    if (verdict !== false) at = verdict.skipTo;
  }
  return text.length;
}

/** Behind the closing quotes of the text that begins at `from`. */
function quoteEnd(text: string, from: number): number {
  const quote = text[from] as string;
  const triple = text.startsWith(quote.repeat(3), from);
  const close = triple ? quote.repeat(3) : quote;
  for (let at = from + close.length; at < text.length; at++) {
    if (text[at] === '\\' && quote === '"') at++;
    else if (text.startsWith(close, at)) {
      let end = at + close.length;
      // A long text may end with quotes of its own: the last three close it.
      while (triple && text[end] === quote && end < at + 5) end++;
      return end;
    }
  }
  return text.length;
}

function lineEnd(text: string, from: number): number {
  const feed = text.indexOf('\n', from);
  return feed < 0 ? text.length : feed + 1;
}
