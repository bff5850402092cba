import { describe, expect, it } from 'vitest';
import { modelServer, sendJson } from '../helpers/model-server.ts';
import { outsideRig } from '../helpers/outside-rig.ts';

/** A vector by what a text is about: texts of one kind point the same way. */
const vector = (text: string) => [text.includes('cat') ? 1 : 0, text.includes('dog') ? 1 : 0, 0.1];

/** Answers in an order of its own, as the index allows. */
async function embedder() {
  const server = await modelServer(({ body }, res) => {
    const texts = [body.input].flat() as string[];
    sendJson(res, { data: texts.map((text, index) => ({ index, embedding: vector(text) })).reverse() });
  });
  return { ...server, env: { OPENAI_BASE_URL: server.url } };
}

describe('embeddings', () => {
  it('are JSON arrays, by the model that the service names', async () => {
    const { env, asked } = await embedder();
    expect(await outsideRig({ env }).run('embed_text', 'a cat')).toEqual({ ok: '[1,0,0.1]' });
    await outsideRig({ env: { ...env, CLARITY_EMBED_MODEL: 'nomic' } }).run('embed_text', 'a cat');
    expect(asked.map(({ path, body }) => [path, body.model, body.input])).toEqual([
      ['/v1/embeddings', 'text-embedding-ada-002', ['a cat']],
      ['/v1/embeddings', 'nomic', ['a cat']],
    ]);
  });

  it('find the nearest of many texts, best first, in a request for each 128', async () => {
    const { env, asked } = await embedder();
    const rig = outsideRig({ env });
    const retrieve = (chunks: unknown, k: bigint) => rig.run('embed_and_retrieve', 'cat', JSON.stringify(chunks), k);
    expect(await retrieve(['a dog', 'cat and dog', 'a cat'], 2n)).toEqual({ ok: '["a cat","cat and dog"]' });
    expect(asked).toHaveLength(1);
    const many = Array.from({ length: 200 }, (_, at) => (at === 150 ? 'the cat' : `dog ${at}`));
    expect(await retrieve(many, 1n)).toEqual({ ok: '["the cat"]' });
    expect(asked).toHaveLength(3);
    for (const [chunks, k] of [
      [['a'], 0n],
      [[], 3n],
    ] as const)
      expect(await retrieve(chunks, k)).toEqual({ ok: '[]' });
    expect(asked).toHaveLength(3);
    for (const wrong of [{}, [1], Array.from({ length: 2049 }, () => '')])
      expect(await retrieve(wrong, 1n)).toHaveProperty('err');
    expect(await rig.run('embed_and_retrieve', 'cat', 'no JSON', 1n)).toHaveProperty('err');
  });

  it('compare two texts by their meaning', async () => {
    const { env } = await embedder();
    const rig = outsideRig({ env });
    expect(await rig.run('eval_semantic', 'cat', 'a cat')).toEqual({ ok: expect.closeTo(1) });
    expect(await rig.run('eval_semantic', 'cat', 'dog')).toEqual({ ok: expect.closeTo(0.01 / 1.01) });
  });

  it.each([
    ['too few', { data: [] }],
    ['one that is no vector', { data: [{ index: 0, embedding: ['x'] }] }],
    ['an index out of range', { data: [{ index: 7, embedding: [1] }] }],
    ['something else', { data: {} }],
  ])('are an Err for an answer with %s', async (_, answer) => {
    const { url } = await modelServer((__, res) => sendJson(res, answer));
    const rig = outsideRig({ env: { OPENAI_BASE_URL: url } });
    expect(await rig.run('embed_text', 'cat')).toEqual({ err: expect.stringContaining('a vector for each text') });
  });
});
