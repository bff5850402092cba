import { describe, expect, it } from 'vitest';
import { parseManifests } from '../../src/manifest/index.ts';
import type { ServiceRecord } from '../../src/wire/types.ts';
import { TEXT } from '../helpers/fake-runtime.ts';
import { testApi } from '../helpers/test-api.ts';

const REMOTE = `apiVersion: clarity.runtime/v1
kind: MCPService
metadata: {name: far}
spec: {origin: {type: remote_mcp, endpoint: "https://u:pw@far.example/mcp", headers: [{name: X-Key, value: hush}]}}
`;

describe('services', () => {
  it('a record’s manifest is one: applied again it changes nothing', async () => {
    const api = await testApi();
    // Without a plain secret, whose mask would be refused.
    api.runtime.add(TEXT.replace('name: files', 'name: plain').replace(/^ +env:.*\n/m, ''));
    const { service } = (await api.ask('/api/services/plain')).json as { service: ServiceRecord };
    const again = parseManifests('again.json', JSON.stringify(service.manifest));
    expect(again.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(again.documents[0]?.specHash).toBe(service.specHash);
  });

  it('an item is the original’s summary joined by ours', async () => {
    const api = await testApi();
    const { json } = await api.ask('/api/services');
    expect(json.items).toHaveLength(1);
    expect(json.items[0]).toMatchObject({
      serviceId: expect.stringMatching(/^svc_[0-9a-f]{12}$/),
      displayName: 'Files',
      module: 'files',
      serviceType: 'mcp',
      agent: null,
      originType: 'local_stdio',
      lifecycle: 'RUNNING',
      health: 'HEALTHY',
      uptimeSeconds: 30,
      restartCount: 0,
      policy: { restart: { mode: 'on-failure', maxRestarts: 5, windowSeconds: 60 }, remote: null },
      interface: { interfaceRevision: 'sha256:i', tools: 1, resources: 0, prompts: 0 },
      name: 'files',
      labels: { team: 'docs' },
      sync: 'Synced',
      ready: 'True',
      generation: 3,
      observedGeneration: 3,
      revision: 'dir@sha256:1',
      origin: { source: 'services', file: 'services.d/files.yaml', line: 1 },
      status: { health: 'Healthy', pid: 4242, restarts: 0, ageSeconds: 60 },
    });
  });

  it('is found by name and by service id', async () => {
    const api = await testApi();
    const { json } = await api.ask('/api/services/files');
    const { serviceId } = json.service.manifest.metadata;
    expect((await api.ask(`/api/services/${serviceId}`)).json).toEqual(json);
  });

  it('a record carries manifest, runtime, interface, plan; env values, header values and passwords are masked', async () => {
    const api = await testApi();
    api.runtime.add(REMOTE);
    const { json } = await api.ask('/api/services/files');
    expect(json.service.manifest.spec.origin.env).toEqual([
      { name: 'API_KEY', value: '********' },
      { name: 'OTHER', secretRef: 'env:OTHER' },
    ]);
    expect(json.service.runtime).toMatchObject({
      lifecycle: 'RUNNING',
      health: 'HEALTHY',
      enabled: true,
      autostart: true,
    });
    expect(json.service.interfaceSnapshot.tools[0].annotations).toEqual({ readOnlyHint: true });
    expect(json.service.plan).toEqual({ kind: 'noop', reason: 'AsDesired', message: 'as desired', actions: [] });
    for (const url of ['/api/services/files/details', '/api/services/far', '/api/services', '/api/status'])
      expect((await api.ask(url)).text).not.toMatch(/hush|:pw@/);
  });

  it.each([
    ['Healthy', 'Serving', 'HEALTHY'],
    ['Progressing', 'Starting', 'UNKNOWN'],
    ['Missing', 'Stopped', 'UNKNOWN'],
    ['Suspended', 'Suspended', 'UNKNOWN'],
    ['Unknown', 'Unknown', 'UNKNOWN'],
    ['Degraded', 'CrashLoop', 'DEGRADED'],
    ['Degraded', 'UpstreamTimeout', 'TIMEOUT'],
    ['Degraded', 'UpstreamUnauthorized', 'UNAUTHORIZED'],
    ['Degraded', 'UpstreamUnreachable', 'UNREACHABLE'],
  ] as const)('health %s with reason %s is %s in the original’s words', async (health, reason, word) => {
    const api = await testApi();
    const condition = {
      type: 'Ready',
      status: 'False',
      reason,
      message: 'why',
      lastTransitionTime: '',
      observedGeneration: 3,
    } as const;
    api.runtime.add(TEXT, { status: { health, conditions: [condition] } });
    const { json } = await api.ask('/api/services/files');
    expect([json.service.runtime.health, json.service.runtime.lastError]).toEqual([
      word,
      health === 'Degraded' ? 'why' : undefined,
    ]);
  });

  it('tells status, interface and history apart', async () => {
    const api = await testApi();
    expect((await api.ask('/api/services/files/status')).json).toMatchObject({
      name: 'files',
      generation: 3,
      ready: 'True',
    });
    expect((await api.ask('/api/services/files/interface')).json).toMatchObject({
      interfaceRevision: 'sha256:i',
      tools: [{ name: 'read' }],
    });
    const { json } = await api.ask('/api/services/files/history');
    expect(json.items.map((item: { generation: number }) => item.generation)).toEqual([1, 2]);
    expect(json.items[0]).not.toHaveProperty('identity');
  });

  it('a service without an interface answers nulls and empty lists', async () => {
    const api = await testApi();
    const { interface: _gone, ...view } = api.runtime.get('files');
    api.runtime.views.set('files', view);
    expect((await api.ask('/api/services/files/interface')).json).toMatchObject({
      interfaceRevision: null,
      introspectedAt: null,
      tools: [],
    });
  });

  it('logs and events of an unknown service are empty, as in the original', async () => {
    const api = await testApi();
    expect((await api.ask('/api/services/nobody/logs')).json).toEqual({ serviceId: 'nobody', lines: [], items: [] });
    expect((await api.ask('/api/services/nobody/events')).json).toEqual({ serviceId: 'nobody', items: [] });
    expect((await api.ask('/api/services/nobody/logs?follow=1')).status).toBe(404);
  });

  it.each([
    ['', 200],
    ['?limit=3', 3],
    ['?limit=', 1],
    ['?limit=-5', 1],
    ['?limit=2.9', 2],
    ['?limit=many', 200],
    ['?limit=99999', 250],
  ])('logs%s gives %i of 250 lines', async (query, count) => {
    const api = await testApi();
    for (let n = 1; n <= 250; n++) api.runtime.write(`line ${String(n)}`);
    const { json } = await api.ask(`/api/services/files/logs${query}`);
    expect(json.lines).toHaveLength(count);
    expect(json.lines.at(-1)).toMatch(/^\[2023-11-14T\S+Z\] line 250$/);
  });

  it('details tell everything at once', async () => {
    const api = await testApi();
    api.runtime.write('hello');
    api.runtime.emit({ identity: 'files' });
    api.runtime.emit({ identity: 'files', kind: 'mcp.tool_called', message: 'read', data: { ms: 3 } });
    api.runtime.emit({ identity: 'other' });
    const { json } = await api.ask('/api/services/files/details?call_limit=1');
    expect(json).toMatchObject({
      summary: { name: 'files' },
      service: { name: 'files' },
      interface: { interfaceRevision: 'sha256:i' },
      logs: [expect.stringContaining('hello')],
      recentCalls: [{ message: 'read', data: { ms: 3 } }],
    });
    expect(json.events).toHaveLength(2);
  });

  it('HEAD answers as GET, without the body', async () => {
    const api = await testApi();
    for (const url of ['/api/services', '/api/events', '/api/services/files/logs?follow=1']) {
      const { status, text } = await api.ask({ method: 'HEAD', url });
      expect([url, status, text]).toEqual([url, 200, '']);
    }
    expect(api.runtime.listening).toBe(0);
  });
});
