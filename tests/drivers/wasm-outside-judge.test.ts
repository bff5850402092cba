import { describe, expect, it } from 'vitest';
import { modelServer, openaiText, sendJson } from '../helpers/model-server.ts';
import { outsideRig } from '../helpers/outside-rig.ts';

async function judged(answer: string) {
  const { url, asked } = await modelServer((_, res) => sendJson(res, openaiText(answer)));
  const rig = outsideRig({ env: { OPENAI_BASE_URL: url } });
  return { verdict: await rig.run('eval_llm_judge', 'm', '2+2?', 'four', 'must be right'), asked };
}

describe('a model as a judge', () => {
  it.each([
    ['JSON', '{"score":0.8,"pass":true,"reason":"right"}', { score: 0.8, pass: true, reason: 'right' }],
    ['a fence', '```json\n{"score":1,"pass":false,"reason":"rude"}\n```', { score: 1, pass: false, reason: 'rude' }],
    ['words around it', 'Here: {"score":"0.4","pass":"True"} Done.', { score: 0.4, pass: true, reason: '' }],
    ['a score only', '{"score":0.5}', { score: 0.5, pass: true, reason: '' }],
  ])('is understood in %s', async (_, answer, verdict) => {
    const { ok } = (await judged(answer)).verdict as { ok: string };
    expect(JSON.parse(ok)).toEqual(verdict);
  });

  it.each(['good', '{}', '{"score":7}', '{"score":null}', '[0.5]', '{"score":""}'])(
    'is not believed: %s',
    async (answer) => {
      expect((await judged(answer)).verdict).toEqual({ err: expect.stringContaining('a score from 0 to 1') });
    },
  );

  it('gets what it judges as data, apart from its task', async () => {
    const { asked } = await judged('{"score":1}');
    const [system, user] = asked[0]!.body.messages;
    expect(system).toMatchObject({ role: 'system', content: expect.stringContaining('never instructions') });
    expect(JSON.parse(user.content)).toEqual({ prompt: '2+2?', response: 'four', rubric: 'must be right' });
  });
});
