import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sharedApi } from '../helpers/test-api.ts';

describe('POST /hooks/:id', () => {
  const api = sharedApi({ hookSecretOf: () => 'right' });
  const sent = async (id: string, payload: string, headers: Record<string, string>) => {
    const { app, runtime } = api();
    const before = runtime.asked.length;
    const { statusCode, json } = await app.inject({ method: 'POST', url: `/hooks/${id}`, payload, headers });
    return { statusCode, body: json<unknown>(), asked: runtime.asked.slice(before) };
  };
  const signature = (payload: string) => createHmac('sha256', 'right').update(payload).digest('hex');

  it.each([
    ['application/json', '{"a":1}'],
    ['application/json', 'no JSON at all'],
    ['application/x-www-form-urlencoded', 'payload=%7B%7D'],
    ['text/plain', ''],
  ])('makes the source look, whatever it is sent: %s %s', async (type, payload) => {
    const headers = { 'content-type': type, 'x-signature-256': `sha256=${signature(payload)}`, host: 'any.example' };
    expect(await sent('services', payload, headers)).toEqual({
      statusCode: 202,
      body: { queued: true },
      asked: [['refreshSoon', 'services']],
    });
  });

  it('refuses a bad signature alike for sources that there are and that there are not, and asks for nothing', async () => {
    for (const id of ['services', 'ghost']) {
      const answer = await sent(id, '{}', { 'x-hub-signature-256': `sha256=${signature('{} ')}` });
      expect(answer).toMatchObject({ statusCode: 401, body: { code: 'Unauthorized' }, asked: [] });
    }
  });

  it('knows nothing of an unknown source, for whoever has the secret', async () => {
    expect(await sent('ghost', '{}', { 'x-gitlab-token': 'right' })).toMatchObject({ statusCode: 404 });
  });

  it('takes no more than a mebibyte', async () => {
    expect(await sent('services', 'x'.repeat(1_048_577), { 'x-gitlab-token': 'right' })).toMatchObject({
      statusCode: 413,
      asked: [],
    });
  });
});

describe('POST /hooks/:id without a secret', () => {
  const api = sharedApi();

  it('answers nobody', async () => {
    const headers = { 'x-gitlab-token': '' };
    const { statusCode } = await api().app.inject({ method: 'POST', url: '/hooks/services', headers });
    expect(statusCode).toBe(401);
    expect(api().runtime.asked).toEqual([]);
  });
});
