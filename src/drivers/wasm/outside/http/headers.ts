import { oneLine } from '../../../../shared/text.ts';
import { parseObject } from '../parse-object.ts';
import { PlainFailure } from '../plain-failure.ts';

export type Headers = Readonly<Record<string, string>>;

const MAX_JSON = 64 * 1024;
const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;
// What HTTP/1.1 can carry; no line end gets through.
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
/** These belong to the connection, or decide where a request goes and how long it is: they are ours. */
const FORBIDDEN = new Set(
  'connection content-length expect host http2-settings keep-alive te trailer transfer-encoding upgrade'.split(' '),
);

/**
 * The headers that a module passed as a JSON object of texts, by lower-case names; an empty text means none. Throws PlainFailure, which never
 * repeats a value.
 */
export function parseHeaders(json: string): Headers {
  if (json.trim() === '') return {};
  if (json.length > MAX_JSON) throw new PlainFailure(`The headers have more than ${MAX_JSON / 1024} KiB.`);
  const given = parseObject(json);
  if (given === undefined) throw new PlainFailure('The headers are no JSON object of texts.');
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(given)) {
    const lower = name.toLowerCase();
    const shown = `The header \`${oneLine(name, 60)}\``;
    if (typeof value !== 'string') throw new PlainFailure(`${shown} is no text; headers are a JSON object of texts.`);
    if (!TOKEN.test(name)) throw new PlainFailure(`${shown} has a name that no header can have.`);
    if (!VALUE.test(value)) throw new PlainFailure(`${shown} has a value with characters that no header can have.`);
    if (FORBIDDEN.has(lower) || lower.startsWith('proxy-'))
      throw new PlainFailure(`${shown} cannot be set: it belongs to the connection.`);
    headers.set(lower, value);
  }
  return Object.fromEntries(headers);
}
