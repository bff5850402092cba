import { describe, expect, it } from 'vitest';
import { Metrics } from '../../src/telemetry/metrics/metrics.ts';
import { systemClock } from '../helpers/clock.ts';
import { readExposition } from '../helpers/exposition.ts';
import { testApi } from '../helpers/test-api.ts';

const metrics = new Metrics({
  clock: systemClock,
  version: '0.1.0',
  fleet: () => ({ services: [], manifestErrors: [] }),
});

describe('GET /metrics', () => {
  it('answers the text format to Prometheus, without a token where there is none', async () => {
    const api = await testApi({ metrics });
    const { status, headers, text } = await api.ask('/metrics');
    expect([status, headers['content-type']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(readExposition(text).has('clarity_build_info')).toBe(true);
    expect((await api.ask({ method: 'HEAD', url: '/metrics' })).status).toBe(200);
    expect((await api.ask('/metrics?x=1')).status).toBe(400);
  });

  it('is closed by the token', async () => {
    const doors = { boundHost: '127.0.0.1', allowedHosts: [], allowedOrigins: [], token: 's3cret' };
    const api = await testApi({ metrics, doors });
    const refused = await api.ask('/metrics');
    expect([refused.status, refused.text.includes('clarity_')]).toEqual([401, false]);
    const { status } = await api.ask({ url: '/metrics', headers: { authorization: 'Bearer s3cret' } });
    expect(status).toBe(200);
  });
});
