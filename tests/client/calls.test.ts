import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ApiClient, ApiError, NoDaemonError } from '../../src/client/index.ts';
import { DeadlineError } from '../../src/shared/abort.ts';
import { ClarityError } from '../../src/shared/errors.ts';
import { FakeClock, systemClock } from '../helpers/clock.ts';
import { TEXT } from '../helpers/fake-runtime.ts';
import { testApi } from '../helpers/test-api.ts';

async function connected(over: Parameters<typeof testApi>[0] = {}, token?: string) {
  const api = await testApi(over);
  const url = await api.listen();
  return { api, url, client: new ApiClient({ url, token, fetch, clock: systemClock }) };
}

describe('the client', () => {
  it('has a method for every route of the API', async () => {
    const { api, client } = await connected();
    const hit = new Set<string>();
    api.app.server.on('request', ({ method, url }) => hit.add(`${method ?? ''} ${(url ?? '').split('?')[0] ?? ''}`));
    const verbs = ['start', 'stop', 'restart', 'unquarantine', 'suspend', 'resume'] as const;
    await client.ready();
    await client.schema();
    await client.status();
    await client.services();
    await client.sources();
    await client.policies();
    await client.toolsets();
    await client.toolset('reading');
    await client.diagnostics();
    await client.plan({ manifests: [{ text: TEXT }] });
    await client.apply({ text: TEXT }, { waitMs: 0 });
    await client.service('files');
    await client.serviceStatus('files');
    await client.interface('files');
    await client.history('files');
    await client.generation('files', 1);
    await client.undo('files', { to: 1, dryRun: true });
    await client.details('files', { logLimit: 1 });
    await client.logs('files', { limit: 5 });
    await client.serviceEvents('files');
    await client.events({ limit: 5 });
    await client.wait('files', 'ready', { timeoutMs: 1000 });
    for (const verb of verbs) await client.command('files', verb, { waitMs: 0 });
    await client.introspect('files');
    await client.reconcile('files', { reset: true });
    await client.reconcile(undefined);
    await client.confirmPrune('dir@sha256:1');
    await client.removePolicy('strict');
    await client.removeToolset('reading');
    const wanted = { kind: 'remove', name: 'files' } as const;
    const ask = () => api.proposals.propose({ change: wanted, by: 'Somebody 1.0', tool: 'runtime__remove_service' });
    const first = await ask();
    await client.proposals({ state: 'waiting' });
    await client.proposal(first.id);
    await client.reject(first.id, { why: 'not now' });
    const second = await ask();
    await client.approve(second.id, { planHash: second.planHash });
    api.runtime.add(TEXT);
    await client.remove('files', { force: true });
    const routes = api.routes.entries
      .filter(
        ({ method, url }) =>
          method !== 'HEAD' && !['/', '/status', '/healthz', '/metrics', '/openapi.json'].includes(url),
      )
      .map(
        ({ method, url }) =>
          `${method} ${url.replace('proposals/:id/reject', `proposals/${first.id}/reject`).replace('proposals/:id/approve', `proposals/${second.id}/approve`).replace('proposals/:id', `proposals/${first.id}`).replace(':id', 'files').replace('toolsets/:name', 'toolsets/reading').replace(':name', 'strict').replace(':generation', '1')}`,
      );
    expect([...hit].sort()).toEqual(routes.sort());
  });

  it('sends its token and keeps odd ids whole', async () => {
    const doors = { boundHost: '127.0.0.1', allowedHosts: [], allowedOrigins: [], token: 't' };
    const { client } = await connected({ doors }, 't');
    expect((await client.services()).items).toHaveLength(1);
    await expect(client.service('../a b?c')).rejects.toMatchObject({
      status: 404,
      message: 'there is no service "../a b?c"',
    });
  });

  it('tells a refusal with status, code, details and patch', async () => {
    const { api, client } = await connected();
    api.runtime.failure = new ClarityError('Conflict', 'it is a person’s', { data: { patch: '-a: 1' } });
    const failure = await client.command('files', 'stop').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApiError);
    expect(failure).toMatchObject({
      status: 409,
      code: 'Conflict',
      message: 'it is a person’s',
      details: [],
      patch: '-a: 1',
    });
    await expect(client.apply({ text: 'kind: Nope' })).rejects.toMatchObject({
      status: 422,
      code: 'ManifestInvalid',
      details: expect.arrayContaining([expect.objectContaining({ severity: 'error' })]),
    });
  });

  it('says that no daemon answers, and where', async () => {
    const { api, url, client } = await connected();
    await api.app.close();
    const failure = await client.services().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NoDaemonError);
    expect(failure).toMatchObject({ url, message: `no daemon answers at ${url}` });
  });

  it('tells readiness also where it is 503', async () => {
    const { api, client } = await connected();
    api.runtime.state = { ready: false, reasons: ['first sync'] };
    expect(await client.ready()).toEqual({ ready: false, reasons: ['first sync'] });
  });

  it('has a deadline', async () => {
    const clock = new FakeClock();
    const silent: typeof fetch = (_url, init) =>
      new Promise((_resolve, reject) =>
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error)),
      );
    const client = new ApiClient({ url: 'http://127.0.0.1:1', fetch: silent, clock, timeoutMs: 1000 });
    const asked = expect(client.services()).rejects.toBeInstanceOf(DeadlineError);
    clock.advance(1000);
    await asked;
    const waited = client.wait('files', 'ready', { timeoutMs: 5000 });
    clock.advance(5999);
    const ended = expect(waited).rejects.toBeInstanceOf(DeadlineError);
    clock.advance(1);
    await ended;
    expect(clock.pending).toBe(0);
  });

  it('ends with its signal', async () => {
    const { api, client } = await connected();
    api.runtime.waitFor = () => new Promise(() => undefined);
    const stop = new AbortController();
    const waited = expect(client.wait('files', 'ready', { timeoutMs: 60_000, signal: stop.signal })).rejects.toThrow(
      'enough',
    );
    stop.abort(new Error('enough'));
    await waited;
  });

  it('does not mistake another server for a daemon, nor follow it anywhere', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/api/services') response.end('<html>');
      else response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const client = new ApiClient({ url, token: 't', fetch, clock: systemClock });
    await expect(client.services()).rejects.toThrow('not one of a Clarity daemon');
    await expect(client.status()).rejects.toBeInstanceOf(NoDaemonError);
  });
});
