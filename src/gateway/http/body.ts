import { isUtf8 } from 'node:buffer';
import { parseExact } from '../../shared/exact-json.ts';
import { RPC } from '../../shared/json-rpc.ts';
import { Refusal } from './refusal.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = 0x7b;
const CLOSING = 0x7d;
/** Makes a bracket the brace it differs from in this bit alone. */
const BRACE_BIT = 0x20;

/**
 * The JSON value of a body. Throws a Refusal 400: -32700 for bytes that are no UTF-8 or no JSON (mcp-gateway §1.13),
 * -32600 where it is nested deeper than `maxDepth`.
 */
export function parseBody(bytes: Buffer | undefined, maxDepth: number): unknown {
  if (bytes === undefined || bytes.length === 0) throw new Refusal(400, RPC.parseError, 'The body is empty');
  if (nestsDeeperThan(bytes, maxDepth))
    throw new Refusal(400, RPC.invalidRequest, `The body nests deeper than ${String(maxDepth)} levels`);
  if (!isUtf8(bytes)) throw new Refusal(400, RPC.parseError, 'The body is not UTF-8');
  try {
    return parseExact(bytes.toString());
  } catch (cause) {
    throw new Refusal(400, RPC.parseError, 'The body is not JSON', { cause });
  }
}

/** Looks at the bytes, since every structural character of JSON is ASCII; text that is no JSON is left to the parser. */
function nestsDeeperThan(bytes: Buffer, maxDepth: number): boolean {
  let depth = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) at = endOfString(bytes, at);
    else if ((byte | BRACE_BIT) === OPENING && ++depth > maxDepth) return true;
    else if ((byte | BRACE_BIT) === CLOSING) depth--;
  }
  return false;
}

/** Index of the quote that closes the string opened at `start`; the length where none does. */
function endOfString(bytes: Buffer, start: number): number {
  for (let quote = bytes.indexOf(QUOTE, start + 1); quote !== -1; quote = bytes.indexOf(QUOTE, quote + 1)) {
    let escapes = 0;
    while (bytes[quote - 1 - escapes] === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return quote;
  }
  return bytes.length;
}
