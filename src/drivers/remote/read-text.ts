import type { Readable } from 'node:stream';
import { brokenProtocol } from './errors.ts';

/** A body as text. Rejects and drops the connection as soon as it exceeds `maxBytes`, without reading on. */
export async function readText(body: Readable, maxBytes: number, shown: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(shown, maxBytes); // leaving the loop destroys the stream
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The error for a reply, or one event of a stream, over the limit. */
export function tooLarge(shown: string, maxBytes: number): Error {
  return brokenProtocol(shown, `answered with more than maxPayloadBytes (${maxBytes})`);
}
