import { HostError } from '../../../wasm-host/host-error.ts';
import type { JsonObject } from '../../../shared/json.ts';

/** Bytes of one answer as JSON, as maxPayloadBytes of other origins. */
const MAX_RESULT_BYTES = 16 * 1024 * 1024;
/** The text is the value once more: whatever has less of it cannot be too large, however it is escaped. */
const SMALL_TEXT = 1024 * 1024;

/** The result, if it can be handed to a client. Throws `bad-result` for one that is too large. */
export function boundedResult(name: string, result: JsonObject): JsonObject {
  const [first] = result['content'] as readonly { readonly text: string }[];
  const { length } = first?.text ?? '';
  if (length <= SMALL_TEXT) return result;
  if (length <= MAX_RESULT_BYTES && Buffer.byteLength(JSON.stringify(result)) <= MAX_RESULT_BYTES) return result;
  const most = `${MAX_RESULT_BYTES / 1024 / 1024} MiB of JSON`;
  throw new HostError('bad-result', `The result of \`${name}\` is too large: an answer has at most ${most}.`);
}
