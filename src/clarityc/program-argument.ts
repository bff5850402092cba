import { parseJson } from '../cli/parse-json.ts';
import { HostError } from '../wasm-host/host-error.ts';
import { fromJson } from '../wasm-host/marshal/from-json.ts';
import type { Shape } from '../wasm-host/marshal/shape.ts';
import type { ClarityValue } from '../wasm-host/value.ts';

/**
 * The value that an argument of the command line means for a parameter. A String is the text itself, or what stands between its quotes;
 * scalars are written as in Clarity, a Timestamp also as a date; all else is JSON, or the bare text of a String or a variant in it.
 * Throws HostError bad-argument.
 */
export function programArgument(shape: Shape, text: string, name: string): ClarityValue {
  switch (shape.kind) {
    case 'String':
      return unquoted(text);
    case 'Bool':
      return fromJson(
        shape,
        text === 'True' || text === 'true' ? true : text === 'False' || text === 'false' ? false : text,
        name,
      );
    case 'Int64':
    case 'Float64':
      return fromJson(shape, text, name);
    case 'Timestamp':
      return fromJson(shape, /^-?\d+$/.test(text) ? text : dateOf(text), name);
    default:
      return structured(shape, text, name);
  }
}

function structured(shape: Shape, text: string, name: string): ClarityValue {
  const json = parseJson(text);
  if (json === undefined) return fromJson(shape, text, name);
  try {
    return fromJson(shape, json, name);
  } catch (error) {
    // 12 is JSON, and may still be the text in an Option<String>.
    if (typeof json === 'object' || !(error instanceof HostError)) throw error;
    return fromJson(shape, text, name);
  }
}

function unquoted(text: string): string {
  if (!/^".*"$/s.test(text) || text.length < 2) return text;
  const inside = parseJson(text);
  return typeof inside === 'string' ? inside : text.slice(1, -1);
}

/** Milliseconds as text; the text itself where it is no date, for the message. */
function dateOf(text: string): string {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? text : String(ms);
}
