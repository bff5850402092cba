import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RemoteOrigin } from '../../src/manifest/types.ts';
import type { Upstream } from '../../src/reconcile/ports.ts';
import { actContext, desiredOf, driverRig, remoteOrigin } from '../helpers/driver-rig.ts';
import { fakeRemote, initializeResult, json, sse, type Fault } from '../helpers/fake-remote.ts';

const rig = driverRig({ secretValues: { 'env:KEY': 'hunter2-secret', 'env:TOKEN': 'tok-12345' } });
const driver = rig.driver('remote_mcp');
afterEach(async () => {
  for (const { ref } of driver.observe('probe')) await driver.stop(ref, { ...actContext(), graceMs: 0 });
});

async function connect(fault?: Fault, more: Partial<RemoteOrigin> = {}) {
  const remote = await fakeRemote(fault);
  const ref = await driver.start(desiredOf(remoteOrigin(remote.endpoint, more)), actContext());
  return { ...remote, ref, upstream: driver.connect(ref)! };
}
const list = (upstream: Upstream, options = {}) =>
  upstream.request('tools/list', undefined, { timeoutMs: 2000, ...options });
const posts = (seen: Awaited<ReturnType<typeof fakeRemote>>['seen'], method: string) =>
  seen.filter(({ message }) => message?.method === method);

describe('a remote', () => {
  it('gets both Accept types, the version and the session on everything after initialize, and a DELETE at the end', async () => {
    const { upstream, seen, ref } = await connect();
    expect(await list(upstream)).toEqual({ method: 'tools/list' });
    await expect.poll(() => seen.some(({ method }) => method === 'GET')).toBe(true);
    await driver.stop(ref, { ...actContext(), graceMs: 0 });
    const accept = 'application/json, text/event-stream';
    expect(posts(seen, 'initialize')[0]!.headers).toMatchObject({ accept, 'content-type': 'application/json' });
    expect(posts(seen, 'initialize')[0]!.headers).not.toHaveProperty('mcp-session-id');
    const agreed = { 'mcp-session-id': 's-1', 'mcp-protocol-version': '2025-06-18' };
    for (const { headers, method } of seen.slice(1))
      expect(headers).toMatchObject(method === 'POST' ? { ...agreed, accept } : agreed);
    expect(seen.at(-1)!.method).toBe('DELETE');
  });

  it('gets its credentials with every request', async () => {
    const headers = [
      { name: 'X-Api-Key', value: 'no', secretRef: 'env:KEY' },
      { name: 'X-Plain', value: 'v' },
    ];
    const { upstream, seen } = await connect(undefined, { headers, authRef: 'env:TOKEN' });
    await list(upstream);
    const credentials = { 'x-api-key': 'hunter2-secret', 'x-plain': 'v', authorization: 'Bearer tok-12345' };
    for (const entry of seen) expect(entry.headers).toMatchObject(credentials);
  });

  it('hears the trace of a call in its headers too', async () => {
    const { upstream, seen } = await connect();
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    await upstream.request('tools/list', { _meta: { traceparent, tracestate: 'x=1' } }, { timeoutMs: 2000 });
    expect(posts(seen, 'tools/list')[0]!.headers).toMatchObject({ traceparent, tracestate: 'x=1' });
    expect(posts(seen, 'initialize')[0]!.headers).not.toHaveProperty('traceparent');
  });

  it('may answer in SSE framing: progress first, then the result, other notifications to the listeners', async () => {
    const heard: unknown[] = [];
    const { upstream } = await connect(({ message }, response) => {
      if (message?.method !== 'tools/list') return false;
      const token = message.params._meta.progressToken;
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': hello\n\nid: 1\ndata:\n\n');
      for (const progress of [1, 2])
        sse(response, { jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken: token, progress } });
      sse(response, { jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info' } });
      sse(response, { jsonrpc: '2.0', id: message.id, result: { tools: [] } });
      response.end();
      return true;
    });
    upstream.onNotification((method) => heard.push(method));
    expect(await list(upstream, { onProgress: ({ progress }: any) => heard.push(progress) })).toEqual({ tools: [] });
    expect(heard).toEqual([1, 2, 'notifications/message']);
  });

  it('that ends a numbered stream early is asked for the rest', async () => {
    const { upstream, seen } = await connect(({ method, message, headers }, response) => {
      const stream = () => response.writeHead(200, { 'content-type': 'text/event-stream' });
      if (message?.method === 'tools/list') stream().end(`id: n-7\nretry: 100\ndata:\n\n`);
      else if (method === 'GET' && headers['last-event-id'] === 'n-7')
        stream().end(
          `data: ${JSON.stringify({ jsonrpc: '2.0', id: posts(seen, 'tools/list')[0]!.message.id, result: { late: 1 } })}\n\n`,
        );
      else return false;
      return true;
    });
    expect(await list(upstream)).toEqual({ late: 1 });
  });

  it('speaks unasked on its standing stream, which is taken up again where it broke', async () => {
    let opened = 0;
    const { upstream, seen } = await connect(({ method }, response) => {
      if (method !== 'GET') return false;
      opened += 1;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const changed = { jsonrpc: '2.0', method: 'notifications/tools/list_changed', params: { opened } };
      const text = `id: e-${opened}\nretry: 100\ndata: ${JSON.stringify(changed)}\n\n`;
      if (opened === 1) setTimeout(() => response.end(text), 30);
      else response.write(text);
      return true;
    });
    const heard: unknown[] = [];
    upstream.onNotification((_, params) => heard.push(params?.opened));
    await expect.poll(() => heard, { timeout: 5000 }).toEqual([1, 2]);
    expect(seen.filter(({ method }) => method === 'GET')[1]!.headers['last-event-id']).toBe('e-1');
  });

  it.each([
    [404, { jsonrpc: '2.0', id: null, error: { code: -32001, message: 'Session not found' } }],
    [400, { jsonrpc: '2.0', id: null, error: { code: -32000, message: 'Bad Request: No valid session ID provided' } }],
  ])('that forgot the session (%i) gets one new one, and each request once more', async (status, body) => {
    let session = 0;
    const { upstream, seen } = await connect(({ message, headers }, response) => {
      if (message?.method === 'initialize')
        return json(response, initializeResult(message.id), 200, { 'mcp-session-id': `s-${++session}` });
      if (message?.method === 'tools/list' && headers['mcp-session-id'] === 's-1') return json(response, body, status);
      return false;
    });
    const heard: string[] = [];
    upstream.onNotification((method) => heard.push(method));
    const both = await Promise.all([list(upstream), list(upstream)]);
    expect(both).toEqual([{ method: 'tools/list' }, { method: 'tools/list' }]);
    expect(posts(seen, 'initialize')).toHaveLength(2);
    expect(posts(seen, 'notifications/initialized')[1]!.headers['mcp-session-id']).toBe('s-2');
    expect(posts(seen, 'tools/list')).toHaveLength(4);
    expect(heard).toEqual(['notifications/tools/list_changed']);
  });

  it('that forgot the session is told again what clients had subscribed to', async () => {
    let session = 0;
    const { upstream, seen } = await connect(({ message, headers }, response) => {
      if (message?.method === 'initialize')
        return json(response, initializeResult(message.id), 200, { 'mcp-session-id': `s-${++session}` });
      if (message?.method !== 'tools/list' || headers['mcp-session-id'] !== 's-1') return false;
      response.writeHead(404).end();
      return true;
    });
    const say = (method: string, uri: string) => upstream.request(method, { uri }, { timeoutMs: 2000 });
    await say('resources/subscribe', 'a:kept');
    await say('resources/subscribe', 'a:left');
    await say('resources/unsubscribe', 'a:left');
    await list(upstream);
    const again = () => posts(seen, 'resources/subscribe').filter(({ headers }) => headers['mcp-session-id'] === 's-2');
    await vi.waitFor(() => expect(again().map(({ message }) => message.params)).toEqual([{ uri: 'a:kept' }]));
  });

  it('that answers an error response with a 4xx has its code and data passed on', async () => {
    const { upstream } = await connect(({ message }, response) =>
      message?.method === 'tools/list'
        ? json(
            response,
            { jsonrpc: '2.0', id: message.id, error: { code: -32602, message: 'odd', data: { a: 1 } } },
            400,
          )
        : false,
    );
    await expect(list(upstream)).rejects.toMatchObject({ code: -32602, message: 'odd', data: { a: 1 } });
  });

  it('that does not answer in time is told to cancel', async () => {
    const { upstream, seen } = await connect(({ message }) => message?.method === 'tools/list');
    await expect(list(upstream, { timeoutMs: 100 })).rejects.toMatchObject({ code: -32001, data: { sent: true } });
    await expect.poll(() => posts(seen, 'notifications/cancelled')).toHaveLength(1);
    expect(posts(seen, 'notifications/cancelled')[0]!.message.params.requestId).toBe(
      posts(seen, 'tools/list')[0]!.message.id,
    );
  });

  it('that sends 10 MB in pieces is cut off at the limit', async () => {
    let written = 0;
    let closed = false;
    const { upstream } = await connect(
      ({ message }, response) => {
        if (message?.method !== 'tools/list') return false;
        response.writeHead(200, { 'content-type': 'application/json' });
        response.on('close', () => (closed = true));
        const more = () => {
          while (written < 10_000_000 && response.write('x'.repeat(65_536))) written += 65_536;
          if (written < 10_000_000) response.once('drain', more);
          else response.end();
        };
        more();
        return true;
      },
      { maxPayloadBytes: 100_000 },
    );
    await expect(list(upstream)).rejects.toMatchObject({
      code: -32000,
      message: expect.stringContaining('maxPayloadBytes'),
    });
    await expect.poll(() => closed).toBe(true);
    expect(written).toBeLessThan(10_000_000);
  });

  it.each(['data: ', ''])('that sends an endless event (%j) is cut off at the limit', async (start) => {
    const { upstream } = await connect(
      ({ message }, response) => {
        if (message?.method !== 'tools/list') return false;
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(start);
        const timer = setInterval(() => response.write('x'.repeat(65_536)), 1);
        response.on('close', () => clearInterval(timer));
        return true;
      },
      { maxPayloadBytes: 200_000 },
    );
    await expect(list(upstream)).rejects.toMatchObject({
      code: -32000,
      message: expect.stringContaining('maxPayloadBytes'),
    });
  });

  it('that goes away fails its requests, but is no exit', async () => {
    let gone = false;
    const { upstream, ref } = await connect((_, response) => {
      if (gone) response.destroy();
      return gone;
    });
    gone = true;
    await expect(list(upstream)).rejects.toMatchObject({ code: -32000, data: { sent: true } });
    expect(driver.observe('probe')).toMatchObject([{ ref, phase: 'running' }]);
  });
});
