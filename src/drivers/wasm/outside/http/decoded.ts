import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { oneLine } from '../../../../shared/text.ts';
import { PlainFailure } from '../plain-failure.ts';

/** What a request says it can read. */
export const ACCEPTED_ENCODINGS = 'gzip, br';

/** The body without its content-encoding; destroying it destroys what it came from. Throws PlainFailure for an encoding that we do not know. */
export function decoded(body: Readable, encoding: string): Readable {
  const decoder = decoderOf(encoding.trim().toLowerCase());
  // Whoever reads it hears of the error.
  return decoder === undefined ? body : pipeline(body, decoder, () => undefined);
}

function decoderOf(encoding: string) {
  if (encoding === '' || encoding === 'identity') return undefined;
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip();
  if (encoding === 'br') return createBrotliDecompress();
  throw new PlainFailure(`The answer is encoded as \`${oneLine(encoding, 40)}\`, which is not understood.`);
}
