import { describe, expect, it } from 'vitest';
import { sharedApi, testApi } from '../helpers/test-api.ts';

describe('history over HTTP', () => {
  const shared = sharedApi();

  it('lists generations without their documents', async () => {
    const { json } = await shared().ask('/api/services/files/history');
    expect(json.items.map((item: { generation: number }) => item.generation)).toEqual([1, 2]);
    expect(json.items[0]).not.toHaveProperty('document');
  });

  it('gives one with its document, masked; 404 names those there are', async () => {
    const { json, text } = await shared().ask('/api/services/files/history/1');
    expect(json).toMatchObject({ generation: 1, document: { metadata: { name: 'files' } } });
    expect(json.document.spec.origin.env[0]).toEqual({ name: 'API_KEY', value: '********' });
    expect(text).not.toContain('once-hushed');
    const missing = await shared().ask('/api/services/files/history/7');
    expect([missing.status, missing.json.error]).toEqual([404, expect.stringContaining('there are 1')]);
    expect((await shared().ask('/api/services/files/history/0')).status).toBe(400);
  });

  it.each([{ payload: {} }, { payload: { to: 1, dryRun: true } }])(
    'undo with $payload asks the runtime',
    async (body) => {
      const api = await testApi();
      const { json, text } = await api.ask({ method: 'POST', url: '/api/services/files/undo', ...body });
      expect(api.runtime.asked).toEqual([['undo', 'files', { dryRun: false, ...body.payload }]]);
      expect(json).toMatchObject({ to: 1, outcome: 'configured', service: { name: 'files' } });
      expect(json.patch).toContain('value: ********');
      expect(text).not.toMatch(/hush-hush|once-hushed/);
    },
  );

  it.each([{ to: 0 }, { to: '1' }, { to: 1.5 }, { revision: 1 }])('refuses %j', async (payload) => {
    const { status } = await shared().ask({ method: 'POST', url: '/api/services/files/undo', payload });
    expect(status).toBe(400);
  });
});
