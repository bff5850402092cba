import { describe, expect, it, vi } from 'vitest';
import { sized } from '../helpers/size.ts';
import { RawSocket, sharedApi, testApi } from '../helpers/test-api.ts';

const head = (line: string, headers: Record<string, string> = {}) =>
  `${line} HTTP/1.1\r\n${Object.entries({ host: 'localhost', ...headers })
    .map((pair) => pair.join(': '))
    .join('\r\n')}\r\n\r\n`;
const post = (length: number | undefined, type = 'application/json') =>
  head('POST /api/services/apply', {
    'content-type': type,
    ...(length === undefined ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(length) }),
  });

describe('over a socket', () => {
  const shared = sharedApi();

  it.each([
    ['GET //', 'GET // HTTP/1.1\r\nHost: localhost\r\n\r\n', 404],
    ['a percent sign alone', head('GET /api/services/%'), 400],
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['no Host', 'GET /api/services HTTP/1.1\r\n\r\n', 400],
    ['no Host in HTTP/1.0', 'GET /api/services HTTP/1.0\r\n\r\n', 403],
    ['two lengths', head('POST /api/reconcile', { 'content-length': '2', 'transfer-encoding': 'chunked' }), 400],
    ['headers without end', head('GET /healthz', { 'x-long': 'x'.repeat(40_000) }), 431],
    ['a foreign Host', 'GET /api/services HTTP/1.1\r\nHost: evil.example\r\n\r\n', 403],
    ['a foreign Host in the path', 'GET http://evil.example/api/services HTTP/1.1\r\nHost: evil.example\r\n\r\n', 403],
    ['a foreign Host in the path alone', head('GET http://evil.example/api/services'), 403],
    ['our Host in the path', head('GET http://localhost/api/services'), 200],
    ['a second Host', head('GET /api/services', { Host: 'evil.example' }), 403],
    ['a foreign Origin', head('GET /api/services', { origin: 'http://evil.example' }), 403],
    ['text/plain', `${post(2, 'text/plain')}{}`, 415],
    ['null', `${post(4)}null`, 400],
    ['half a character', Buffer.concat([Buffer.from(post(3)), Buffer.from([0x22, 0xe2, 0x82])]), 400],
  ])('%s', async (_what, bytes, status) => {
    const api = shared();
    const url = await api.listen();
    const raw = new RawSocket(url);
    raw.socket.write(bytes);
    await vi.waitFor(() => expect(raw.status).toBe(status));
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(api.faults).toEqual([]);
  });

  it.each([
    ['told beforehand', 60 * 1024 * 1024],
    ['not told', undefined],
  ])('60 MB, %s: 413, the connection closes, the next one works', async (_what, length) => {
    const api = await testApi();
    const url = await api.listen();
    const raw = new RawSocket(url);
    raw.socket.write(post(length));
    const block = 'x'.repeat(1024 * 1024);
    for (let sent = 0; sent < 60; sent++) raw.socket.write(length === undefined ? `100000\r\n${block}\r\n` : block);
    if (length === undefined) raw.socket.write('0\r\n\r\n');
    await vi.waitFor(() => expect(raw.closed).toBe(true), { timeout: 15_000 });
    expect(raw.status).toBe(413);
    expect(raw.text).toMatch(/^connection: close\r$/im);
    expect(raw.text).toContain('1048576');
    const next = await fetch(`${url}/api/services`);
    expect([next.status, api.runtime.asked]).toEqual([200, []]);
  });

  it('bodies that never end hold nobody up', async () => {
    const api = await testApi();
    const url = await api.listen();
    const halves = Array.from({ length: sized(50, 200) }, () => new RawSocket(url));
    for (const { socket } of halves) socket.write(`${post(1000)}{"text":`);
    await vi.waitFor(() => expect(halves.every(({ socket }) => socket.readyState === 'open')).toBe(true));
    expect((await fetch(`${url}/api/services`)).status).toBe(200);
    for (const { socket } of halves) socket.destroy();
    await vi.waitFor(async () => expect(await connections(api.app.server)).toBeLessThanOrEqual(1));
    expect([api.runtime.asked, api.faults]).toEqual([[], []]);
  });

  it('a caller that goes away ends its wait', async () => {
    const api = await testApi();
    let ended: AbortSignal | undefined;
    api.runtime.waitFor = (_id, _what, _ms, signal) => {
      ended = signal;
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    };
    const raw = new RawSocket(await api.listen());
    raw.socket.write(head('GET /api/services/files/wait?for=ready&timeout=10m'));
    await vi.waitFor(() => expect(ended?.aborted).toBe(false));
    raw.socket.destroy();
    await vi.waitFor(() => expect(ended?.aborted).toBe(true));
    expect(api.faults).toEqual([]);
  });

  it('a daemon that closes does not wait for connections that ask nothing, and lets answers finish', async () => {
    const api = await testApi();
    const url = await api.listen();
    const silent = new RawSocket(url);
    const asking = new RawSocket(url);
    let finish: (() => void) | undefined;
    const { logs } = api.runtime;
    api.runtime.logs = (id, limit) =>
      new Promise((resolve) => (finish = () => resolve(logs.call(api.runtime, id, limit))));
    asking.socket.write(head('GET /api/services/files/logs'));
    await vi.waitFor(() => expect(finish).toBeDefined());
    const closed = api.app.close();
    await vi.waitFor(() => expect(silent.closed).toBe(true));
    expect(asking.closed).toBe(false);
    finish?.();
    await closed;
    await vi.waitFor(() => expect([asking.status, asking.closed]).toEqual([200, true]));
  });

  it('a daemon that closes ends every wait with 503', async () => {
    const api = await testApi();
    let waiting = false;
    api.runtime.waitFor = (_id, _what, _ms, signal) => {
      waiting = true;
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    };
    const raw = new RawSocket(await api.listen());
    raw.socket.write(head('GET /api/services/files/wait?for=ready&timeout=10m'));
    await vi.waitFor(() => expect(waiting).toBe(true));
    await api.app.close();
    await vi.waitFor(() => expect(raw.status).toBe(503));
  });
});

function connections(server: { getConnections(done: (error: Error | null, count: number) => void): unknown }) {
  return new Promise<number>((resolve, reject) =>
    server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  );
}
