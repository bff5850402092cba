import { cosine } from '../../../../wasm-host/cosine.ts';
import type { OutsideCall } from '../operation.ts';
import { PlainFailure } from '../plain-failure.ts';
import { embed } from './embeddings.ts';
import type { ModelClient } from './model-client.ts';

const MAX_CHUNKS = 2048;

/** The best `topK` of a JSON array of texts for a query, best first, as JSON. Throws PlainFailure. */
export async function retrieve(
  client: ModelClient,
  query: string,
  chunksJson: string,
  topK: bigint,
  call: OutsideCall,
): Promise<string> {
  const chunks = parseTexts(chunksJson);
  if (chunks === undefined) throw new PlainFailure('The chunks are no JSON array of texts.');
  if (chunks.length > MAX_CHUNKS)
    throw new PlainFailure(`There are ${chunks.length} chunks; at most ${MAX_CHUNKS} are compared.`);
  if (chunks.length === 0 || topK <= 0n) return '[]';
  const [wanted, ...vectors] = await embed(client, [query, ...chunks], call);
  const scored = chunks.map((chunk, at) => ({ chunk, score: cosine(wanted, vectors[at]) }));
  scored.sort((a, b) => b.score - a.score);
  return JSON.stringify(scored.slice(0, Number(topK)).map(({ chunk }) => chunk));
}

function parseTexts(json: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
