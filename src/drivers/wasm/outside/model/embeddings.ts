import { isJsonObject, type Json } from '../../../../shared/json.ts';
import type { OutsideCall } from '../operation.ts';
import { PlainFailure } from '../plain-failure.ts';
import { hostOf, type ModelClient } from './model-client.ts';
import { openai } from './openai.ts';
import { providerOf } from './provider.ts';

/** Texts in one request: more would make an answer of many MiB, which holds the daemon up while it is parsed. */
const BATCH = 128;
const DEFAULT_MODEL = 'text-embedding-ada-002';

/** A vector for each text, in their order, by the model of CLARITY_EMBED_MODEL. Throws PlainFailure. */
export async function embed(client: ModelClient, texts: readonly string[], call: OutsideCall): Promise<number[][]> {
  const { env } = call.program;
  const provider = providerOf(call.program, openai);
  const model = env.CLARITY_EMBED_MODEL?.trim() ?? '';
  const vectors: number[][] = [];
  for (let at = 0; at < texts.length; at += BATCH) {
    const input = texts.slice(at, at + BATCH);
    const body = { model: model === '' ? DEFAULT_MODEL : model, input };
    const { data } = await client.exchange(provider, '/v1/embeddings', body, call);
    const batch = vectorsOf(data, input.length);
    if (batch === undefined) throw new PlainFailure(`${hostOf(provider)} did not answer with a vector for each text.`);
    vectors.push(...batch);
  }
  return vectors;
}

function vectorsOf(data: Json | undefined, count: number): number[][] | undefined {
  if (!Array.isArray(data) || data.length !== count) return undefined;
  const vectors: number[][] = new Array<number[]>(count);
  for (const [at, entry] of (data as readonly Json[]).entries()) {
    if (!isJsonObject(entry) || !isVector(entry.embedding)) return undefined;
    vectors[typeof entry.index === 'number' ? entry.index : at] = entry.embedding;
  }
  // An index that is out of range, or comes twice, leaves a hole.
  return vectors.length === count && Object.keys(vectors).length === count ? vectors : undefined;
}

function isVector(value: Json | undefined): value is Json & number[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number');
}
