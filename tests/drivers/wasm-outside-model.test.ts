import { describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../helpers/clock.ts';
import { anthropicText, modelServer, openaiText, sendJson } from '../helpers/model-server.ts';
import { outsideRig } from '../helpers/outside-rig.ts';
import { gone } from '../helpers/web-server.ts';

const KEY = 'test-key-0123456789';

describe('asking a model', () => {
  it('speaks to OpenAI and what speaks like it', async () => {
    const { url, asked } = await modelServer((_, res) => sendJson(res, openaiText('four')));
    const rig = outsideRig({ env: { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: url } });
    expect(await rig.run('call_model', 'gpt-4o-mini', '2+2?')).toEqual({ ok: 'four' });
    expect(await rig.run('call_model_system', 'gpt-4o-mini', 'Be short.', '2+2?')).toEqual({ ok: 'four' });
    expect(asked[0]).toMatchObject({ method: 'POST', path: '/v1/chat/completions' });
    expect(asked[0]!.headers).toMatchObject({ authorization: `Bearer ${KEY}`, 'content-type': 'application/json' });
    const user = { role: 'user', content: '2+2?' };
    expect(asked.map(({ body }) => body)).toEqual([
      { model: 'gpt-4o-mini', max_tokens: 4096, messages: [user] },
      { model: 'gpt-4o-mini', max_tokens: 4096, messages: [{ role: 'system', content: 'Be short.' }, user] },
    ]);
  });

  it('speaks to Anthropic for claude models', async () => {
    const { url, asked } = await modelServer((_, res) => sendJson(res, anthropicText('four')));
    const rig = outsideRig({ env: { ANTHROPIC_API_KEY: KEY, ANTHROPIC_BASE_URL: `${url}/v1/` } });
    expect(await rig.run('call_model', 'claude-x', '2+2?')).toEqual({ ok: 'four' });
    expect(await rig.run('call_model_system', 'claude-x', 'Be short.', '2+2?')).toEqual({ ok: 'four' });
    expect(asked[0]).toMatchObject({ method: 'POST', path: '/v1/messages' });
    expect(asked[0]!.headers).toMatchObject({ 'x-api-key': KEY, 'anthropic-version': '2023-06-01' });
    const messages = [{ role: 'user', content: '2+2?' }];
    expect(asked.map(({ body }) => body)).toEqual([
      { model: 'claude-x', max_tokens: 4096, messages },
      { model: 'claude-x', max_tokens: 4096, system: 'Be short.', messages },
    ]);
  });

  it('says which env[] entry is missing, and asks a model on this machine without a key', async () => {
    const rig = outsideRig();
    for (const [model, name] of [
      ['gpt-4o-mini', 'OPENAI_API_KEY'],
      ['claude-x', 'ANTHROPIC_API_KEY'],
    ] as const)
      expect(await rig.run('call_model', model, 'hi')).toEqual({
        err: expect.stringContaining(`env: [{ name: ${name}, secretRef: env:${name} }]`),
      });
    const { url, asked } = await modelServer((_, res) => sendJson(res, openaiText('hello')));
    const local = outsideRig({ env: { OPENAI_BASE_URL: url } });
    expect(await local.run('call_model', 'llama3', 'hi')).toEqual({ ok: 'hello' });
    expect(asked[0]!.headers).not.toHaveProperty('authorization');
  });

  it.each([
    ['a reason', 429, JSON.stringify({ error: { message: `slow down, ${KEY}` } }), '429: slow down, ********'],
    ['a reason as a text', 400, JSON.stringify({ error: 'no such model' }), '400: no such model'],
    ['a page', 502, '<html>', '502'],
  ])('tells the status and %s of a refusal, never the key', async (_, status, body, told) => {
    const { url, host } = await modelServer((__, res) => res.writeHead(status).end(body));
    const rig = outsideRig({ env: { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: url } });
    expect(await rig.run('call_model', 'm', 'hi')).toEqual({ err: `${host} answered ${told}` });
  });

  it.each([
    ['no JSON', 'hello'],
    ['no text', '{"choices":[]}'],
  ])('gives an Err for an answer with %s', async (_, body) => {
    const { url } = await modelServer((__, res) => res.end(body));
    expect(await outsideRig({ env: { OPENAI_BASE_URL: url } }).run('call_model', 'm', 'hi')).toHaveProperty('err');
  });

  it('keeps to the hosts of configuration and Policy, also where it is sent on', async () => {
    const other = await modelServer((_, res) => sendJson(res, openaiText('stolen')));
    const { url, asked } = await modelServer((_, res) => res.writeHead(307, { location: other.url }).end());
    const env = { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: url };
    const banned = outsideRig({ env, allowHost: () => false });
    expect(await banned.run('call_model', 'm', 'hi')).toHaveProperty('err');
    expect(banned.refusals).toMatchObject([{ need: 'model' }]);
    expect(asked).toEqual([]);
    const sent = outsideRig({ env });
    expect(await sent.run('call_model', 'm', 'hi')).toHaveProperty('err');
    expect(sent.refusals).toMatchObject([{ need: 'net' }]);
    expect(other.asked).toEqual([]);
    const wrong = outsideRig({ env: { ...env, OPENAI_BASE_URL: 'file:///etc/passwd' } });
    expect(await wrong.run('call_model', 'm', 'hi')).toEqual({ err: expect.stringContaining('OPENAI_BASE_URL') });
  });

  it('waits for 120 seconds, and no longer than the call', async () => {
    const left: Promise<void>[] = [];
    const { url, asked } = await modelServer((_, res) => void left.push(gone(res)));
    const clock = new FakeClock();
    const rig = outsideRig({ env: { OPENAI_BASE_URL: url }, clock });
    const late = rig.run('call_model', 'm', 'hi');
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    clock.advance(120_000);
    expect(await late).toEqual({ err: expect.stringContaining('did not answer within 120 seconds') });
    const ended = rig.run('call_model', 'm', 'hi');
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    rig.over();
    expect(await ended).toHaveProperty('err');
    await Promise.all(left);
  });

  it('lists the models of every provider that the service is set up for', async () => {
    const openai = await modelServer((_, res) => sendJson(res, { data: [{ id: 'gpt-4o' }, { id: 7 }] }));
    const anthropic = await modelServer((_, res) => sendJson(res, { data: [{ id: 'claude-x' }] }));
    const broken = await modelServer((_, res) => sendJson(res, {}, 500));
    const both = { OPENAI_BASE_URL: openai.url, ANTHROPIC_BASE_URL: anthropic.url };
    expect(await outsideRig({ env: both }).run('list_models')).toEqual(['gpt-4o', 'claude-x']);
    expect(anthropic.asked[0]).toMatchObject({ method: 'GET', path: '/v1/models?limit=1000' });
    const half = { ...both, OPENAI_BASE_URL: broken.url };
    expect(await outsideRig({ env: half }).run('list_models')).toEqual(['claude-x']);
    expect(await outsideRig().run('list_models')).toEqual([]);
  });
});
