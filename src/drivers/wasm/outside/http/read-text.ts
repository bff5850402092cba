import { oneLine } from '../../../../shared/text.ts';
import { PlainFailure } from '../plain-failure.ts';
import { transportFailure } from './transport-failure.ts';
import type { WebReply } from './web-client.ts';

const MIB = 1024 * 1024;

/** A body as text (UTF-8). Throws PlainFailure and ends the transfer as soon as it exceeds `maxMib`, decoded, without reading on. */
export async function readText({ body, url }: WebReply, maxMib: number, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      // Leaving the loop destroys the stream.
      if (bytes > maxMib * MIB) throw new PlainFailure(`${oneLine(url.host)} answered with more than ${maxMib} MiB.`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw signal.aborted ? error : transportFailure(error, url);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
