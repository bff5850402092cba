import { describe, expect, it } from 'vitest';
import { manifestSchema } from '../../src/manifest/index.ts';
import { TEXT } from '../helpers/fake-runtime.ts';
import { testApi } from '../helpers/test-api.ts';

const LOCKED = { doors: { boundHost: '127.0.0.1', allowedHosts: [], allowedOrigins: [], token: 't' } };

describe('the daemon as a whole', () => {
  it('/api/status has the original’s shape joined by ours', async () => {
    const api = await testApi();
    const { json } = await api.ask('/api/status');
    expect(json).toMatchObject({
      runtime: { version: '0.1.0', pid: 99, uptimeSeconds: 5 },
      gateway: { listen: 'localhost', mcpPath: '/mcp', healthy: true },
      systemTools: { count: 30, runtime: { count: 25 }, clarity: { count: 5 } },
      summary: { total: 1, running: 1, runningMcp: 1, localMcp: 1, local: 1, remoteMcp: 0, degraded: 0, stopped: 0 },
      agents: { totalRuns: 0 },
      services: [{ name: 'files' }],
      lastUpdated: '2023-11-14T22:13:20.000Z',
      ready: true,
      workspace: '/w',
      sources: [{ name: 'services', ready: 'True', path: '/w/services.d' }],
    });
  });

  it('/readyz is 503 until it is ready, and tells the reasons only to whom the door would let in', async () => {
    const api = await testApi(LOCKED);
    expect((await api.ask('/readyz')).json).toEqual({ ready: true });
    api.runtime.state = { ready: false, reasons: ['source services: folder missing'] };
    const stranger = await api.ask('/readyz');
    expect([stranger.status, stranger.json]).toEqual([503, { ready: false }]);
    const known = await api.ask({ url: '/readyz', headers: { authorization: 'Bearer t' } });
    expect([known.status, known.json.reasons]).toEqual([503, ['source services: folder missing']]);
    expect((await api.ask('/healthz')).json).toEqual({ status: 'ok' });
  });

  it('the page loads nothing and knows nothing', async () => {
    const api = await testApi();
    for (const url of ['/', '/status?token=t']) {
      const { status, headers, text } = await api.ask(url);
      expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(text).toContain('clarityctl get');
      expect(text).not.toMatch(/files|<script|<link|<img/);
    }
  });

  it('serves the schema', async () => {
    const api = await testApi();
    expect((await api.ask('/schemas/mcp-service-v1.schema.json')).json).toEqual(
      JSON.parse(JSON.stringify(manifestSchema)),
    );
  });

  it('diagnostics carry the source and revision of their file', async () => {
    const api = await testApi();
    const finding = {
      severity: 'error',
      code: 'UnknownField',
      file: 'services.d/files.yaml',
      line: 3,
      column: 5,
    } as const;
    const rest = { message: 'unknown field', text: 'error[UnknownField] services.d/files.yaml:3:5' };
    const stray = { ...finding, ...rest, file: 'elsewhere.yaml' };
    api.runtime.add(TEXT, { view: { diagnostics: [{ ...finding, ...rest }, stray] } });
    const { json } = await api.ask('/api/diagnostics');
    expect(json.items).toEqual([
      { ...finding, ...rest, source: 'services', revision: 'dir@sha256:1' },
      { ...stray, source: '' },
    ]);
  });

  it('waits for a goal and says how it ended', async () => {
    const api = await testApi();
    const { json } = await api.ask('/api/services/files/wait?for=condition=Healthy=False&timeout=2s');
    expect(json).toMatchObject({ met: true, why: 'condition', service: { name: 'files' } });
    await api.ask('/api/services/gone/wait?for=delete');
    expect(api.runtime.asked).toEqual([
      ['waitFor', 'files', { kind: 'condition', type: 'Healthy', status: 'False' }, 2000],
      ['waitFor', 'gone', { kind: 'delete' }, 30_000],
    ]);
  });
});
