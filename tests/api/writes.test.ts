import { describe, expect, it } from 'vitest';
import { TEXT } from '../helpers/fake-runtime.ts';
import { testApi } from '../helpers/test-api.ts';

const post = (url: string, payload?: object) =>
  ({ method: 'POST', url, ...(payload === undefined ? {} : { payload }) }) as const;
const NEW = TEXT.replace('name: files', 'name: fresh');

describe('writes', () => {
  it.each([
    ['start', ['waitFor', 'files', { kind: 'ready' }, 7000]],
    ['restart', ['waitFor', 'files', { kind: 'ready' }, 7000]],
    ['unquarantine', ['waitFor', 'files', { kind: 'ready' }, 7000]],
    ['stop', ['waitFor', 'files', { kind: 'ready' }, 7000]],
    ['suspend', undefined],
    ['resume', undefined],
  ])('%s edits the manifest, then waits as long as it should', async (verb, waited) => {
    const api = await testApi();
    const { status, json } = await api.ask(post(`/api/services/files/${verb}`));
    expect([status, json.service.name]).toEqual([200, 'files']);
    expect(api.runtime.asked).toEqual([['command', 'files', verb], ...(waited === undefined ? [] : [waited])]);
  });

  it('waits for the stop of what its manifest stops', async () => {
    const api = await testApi();
    api.runtime.add(TEXT.replace('spec:', 'spec:\n  enabled: false'));
    await api.ask(post('/api/services/files/stop'));
    expect(api.runtime.asked.at(-1)).toEqual(['waitFor', 'files', { kind: 'stopped' }, 7000]);
  });

  it.each([
    ['start?wait=0', undefined],
    ['start?wait=2s', 2000],
    ['suspend?wait=1m', 60_000],
    ['start?wait=9h', 600_000],
  ])('%s waits %s ms', async (path, ms) => {
    const api = await testApi();
    await api.ask(post(`/api/services/files/${path}`));
    expect(api.runtime.asked.find(([method]) => method === 'waitFor')?.[3]).toBe(ms);
  });

  it('apply takes YAML or JSON and says who writes', async () => {
    const api = await testApi();
    const { status, json } = await api.ask(
      post('/api/services/apply', { text: NEW, managedBy: 'clarityctl', force: true, folder: 'mcp' }),
    );
    expect(status).toBe(200);
    expect(json).toMatchObject({
      name: 'fresh',
      kind: 'MCPService',
      outcome: 'created',
      file: 'services.d/fresh.yaml',
      generation: 3,
      specHash: expect.stringMatching(/^sha256:/),
      service: { name: 'fresh' },
      items: [{ name: 'fresh' }],
    });
    expect(api.runtime.asked).toEqual([['apply', NEW, { managedBy: 'clarityctl', force: true, folder: 'mcp' }]]);
    const manifest = { apiVersion: 'clarity.runtime/v1', kind: 'Policy', metadata: { name: 'strict' }, spec: {} };
    const policy = await api.ask(post('/api/services/apply', { manifest }));
    expect(policy.json).toMatchObject({ name: 'strict', kind: 'Policy', outcome: 'created' });
    expect(policy.json).not.toHaveProperty('service');
    expect(api.runtime.asked.at(-1)?.[2]).toEqual({ managedBy: 'api', force: false });
  });

  it('apply of several documents answers for each', async () => {
    const api = await testApi();
    const text = [NEW, NEW.replace('name: fresh', 'name: second')].join('---\n');
    const { json } = await api.ask(post('/api/services/apply?wait=3s', { text }));
    expect(json.items.map((item: { name: string }) => item.name)).toEqual(['fresh', 'second']);
    expect(api.runtime.asked.filter(([method]) => method === 'waitFor')).toHaveLength(2);
  });

  it('remove deletes the document and waits until it is gone', async () => {
    const api = await testApi();
    const { json } = await api.ask({
      method: 'DELETE',
      url: '/api/services/files',
      payload: { cleanup_artifacts: true },
    });
    expect(json).toMatchObject({ removed: true, artifactRemoved: true, name: 'files', file: 'services.d/files.yaml' });
    expect(api.runtime.asked.map(([method]) => method)).toEqual(['remove', 'waitFor', 'cleanUpArtifacts']);
    expect((await api.ask({ method: 'DELETE', url: '/api/services/files' })).status).toBe(404);
  });

  it('introspect, reconcile and policies reach the runtime', async () => {
    const api = await testApi();
    expect((await api.ask(post('/api/services/files/introspect'))).json.interface.interfaceRevision).toBe('sha256:i');
    await api.ask(post('/api/services/files/reconcile', { reset: true }));
    expect((await api.ask(post('/api/reconcile', { withSource: true }))).json.items).toHaveLength(1);
    expect((await api.ask('/api/policies')).json.items[0]).toMatchObject({
      name: 'default',
      origin: null,
      usedBy: ['files'],
    });
    expect((await api.ask({ method: 'DELETE', url: '/api/policies/strict' })).json).toMatchObject({
      removed: true,
      name: 'strict',
    });
    expect(api.runtime.asked.slice(1)).toEqual([
      ['reconcile', 'files', { withSource: false, reset: true }],
      ['reconcile', undefined, { withSource: true, reset: false }],
      ['removePolicy', 'strict', { force: false }],
    ]);
  });

  it('plan masks values that a candidate repeats as it fails', async () => {
    const api = await testApi();
    api.runtime.planned = [
      {
        kind: 'MCPService',
        name: 'files',
        outcome: 'unchanged',
        patch: '',
        fields: [],
        actions: [],
        diagnostics: [],
        interface: { outcome: 'failed', why: { reason: 'StartFailed', message: 'last stderr: key hush-hush refused' } },
      },
    ];
    const { json } = await api.ask(post('/api/plan', { manifests: [{ text: TEXT }], probe: true }));
    expect(json.items[0]).toMatchObject({
      drains: 0,
      interface: { outcome: 'failed', reason: 'StartFailed', message: 'last stderr: key ******** refused' },
    });
  });

  it('plan masks values in fields and patch', async () => {
    const api = await testApi();
    const patch = [
      '@@ -1,3 +1,5 @@',
      ' env:',
      '   - name: KEY',
      '-    value: hush-hush',
      '+    value: |',
      '+      first secret line',
      '+      second',
      '   args: [x]',
    ];
    api.runtime.planned = [
      {
        kind: 'MCPService',
        name: 'files',
        outcome: 'configured',
        patch: patch.join('\n'),
        fields: [
          {
            path: 'spec.origin.env',
            before: [{ name: 'KEY', value: 'hush-hush' }],
            after: [{ name: 'KEY', secretRef: 'env:KEY' }],
          },
          { path: 'spec.origin.env.0.value', before: 'hush-hush', after: 'first secret line\nsecond' },
          { path: 'spec.origin.args', before: ['x'], after: ['y'] },
        ],
        actions: ['replace files (spec.origin changed)'],
        diagnostics: [],
      },
      { kind: 'MCPService', name: 'other', outcome: 'unchanged', patch: '', fields: [], actions: [], diagnostics: [] },
    ];
    const text = TEXT.replace('value: hush-hush', 'value: "first secret line\\nsecond"');
    const { json, text: body } = await api.ask(
      post('/api/plan', { manifests: [{ file: 'a.yaml', text }], prune: true }),
    );
    expect(api.runtime.asked).toEqual([['plan', [{ file: 'a.yaml', text }], { prune: true, probe: false }]]);
    expect(body).not.toMatch(/hush|first secret|second"/);
    expect(json.changes).toBe(1);
    expect(json.items[0].fields).toEqual([
      {
        path: 'spec.origin.env',
        before: [{ name: 'KEY', value: '********' }],
        after: [{ name: 'KEY', secretRef: 'env:KEY' }],
      },
      { path: 'spec.origin.env.0.value', before: '********', after: '********' },
      { path: 'spec.origin.args', before: ['x'], after: ['y'] },
    ]);
    expect(json.items[0].patch.split('\n').slice(-1)).toEqual(['   args: [x]']);
  });
});
