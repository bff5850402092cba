import { Buffer } from 'node:buffer';
import type { JsonObject } from '../../../shared/json.ts';
import { HostError } from '../../../wasm-host/host-error.ts';

/** As of a message of a stdio service (manifest.md, maxPayloadBytes): the daemon holds each result that is under way. */
const MAX_MIB = 16;
/** Characters of text whose result is within the limit however it is written: escaped, and a second time as structuredContent. */
const SURELY_FINE = 1024 * 1024;

/** Throws `bad-result` for a result that has over 16 MiB as JSON: escapes make it several times as large as the program's memory. */
export function assertCarriable(result: JsonObject): void {
  const [{ text } = {}] = result['content'] as readonly JsonObject[];
  if (typeof text === 'string' && text.length <= SURELY_FINE) return;
  if (Buffer.byteLength(JSON.stringify(result)) <= MAX_MIB * 1024 * 1024) return;
  throw new HostError('bad-result', `The result is too large: it has over ${MAX_MIB} MiB as JSON.`);
}
