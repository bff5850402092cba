import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../helpers/clock.ts';
import { outsideRig } from '../helpers/outside-rig.ts';
import { bodyOf, gone, webServer } from '../helpers/web-server.ts';

const here = ['127.0.0.1'];

/** It begins to answer, and never ends; `request` resolves with the response that was begun. */
async function slowServer() {
  let asked: (res: ServerResponse) => void;
  const request = new Promise<ServerResponse>((resolve) => {
    asked = resolve;
  });
  const server = await webServer((_req, res) => {
    res.write('begun');
    asked(res);
  });
  return { server, request };
}

describe('HTTP for wasm services', () => {
  it('sends method, headers and body, and tells the body of a 2xx answer', async () => {
    const server = await webServer(async (req, res) => {
      const { 'content-type': type, 'x-one': one } = req.headers;
      res.end(JSON.stringify([req.method, req.url, type, one, await bodyOf(req)]));
    });
    const { run } = outsideRig({ net: here });
    const ask = async (
      ...args: Parameters<typeof run<'http_request'>> extends [unknown, ...infer Rest] ? Rest : never
    ) => JSON.parse(((await run('http_request', ...args)) as { ok: string }).ok) as unknown;
    expect(await run('http_get', `${server.url}/a?b=c#d`)).toEqual({ ok: '["GET","/a?b=c",null,null,""]' });
    expect(await run('http_post', `${server.url}/`, 'grüße')).toEqual({
      ok: '["POST","/","text/plain;charset=UTF-8",null,"grüße"]',
    });
    expect(await ask('patch', server.url, '{"X-One":"1","Content-Type":"application/json"}', '{}')).toEqual([
      'PATCH',
      '/',
      'application/json',
      '1',
      '{}',
    ]);
    expect(await ask('DELETE', server.url, '', '')).toEqual(['DELETE', '/', null, null, '']);
  });

  it('tells other answers as Err, or as they are by http_request_full', async () => {
    const server = await webServer((_req, res) => void res.writeHead(404).end('no such page'));
    const { run } = outsideRig({ net: here });
    expect(await run('http_get', server.url)).toEqual({ err: 'HTTP 404: no such page' });
    const full = await run('http_request_full', 'GET', server.url, '{}', '');
    expect(full).toEqual({ ok: '{"status":404,"body":"no such page"}' });
    expect(await run('http_request_full', 'HEAD', server.url, '{}', '')).toEqual({ ok: '{"status":404,"body":""}' });
  });

  it('decodes bodies by their encoding, and counts what comes out', async () => {
    const bodies: Record<string, [string, Buffer]> = {
      '/gzip': ['gzip', gzipSync('zipped')],
      '/br': ['br', brotliCompressSync('brotli')],
      '/zstd': ['zstd', Buffer.from('x')],
      '/broken': ['gzip', Buffer.from('no gzip')],
      '/bomb': ['gzip', gzipSync(Buffer.alloc(9 * 1024 * 1024))],
    };
    const server = await webServer((req, res) => {
      const [encoding, body] = bodies[req.url!]!;
      res.writeHead(200, { 'content-encoding': encoding }).end(body);
    });
    const host = `127.0.0.1:${server.port}`;
    const { run } = outsideRig({ net: [host] });
    expect(await run('http_get', `${server.url}/gzip`)).toEqual({ ok: 'zipped' });
    expect(await run('http_get', `${server.url}/br`)).toEqual({ ok: 'brotli' });
    expect(await run('http_get', `${server.url}/zstd`)).toEqual({
      err: 'The answer is encoded as `zstd`, which is not understood.',
    });
    expect(await run('http_get', `${server.url}/broken`)).toEqual({
      err: `${host} cannot be reached: its answer is not encoded as it says.`,
    });
    expect(await run('http_get', `${server.url}/bomb`)).toEqual({ err: `${host} answered with more than 8 MiB.` });
  });

  it('ends the transfer of a body above 8 MiB', async () => {
    const closed: Promise<void>[] = [];
    const server = await webServer(async (_req, res) => {
      closed.push(gone(res));
      const chunk = Buffer.alloc(256 * 1024);
      while (!res.destroyed) if (!res.write(chunk)) await Promise.race([once(res, 'drain'), closed[0]]);
    });
    const { run } = outsideRig({ net: here });
    expect(await run('http_get', server.url)).toEqual({
      err: `127.0.0.1:${server.port} answered with more than 8 MiB.`,
    });
    await closed[0];
  });

  it('drops the connection of a slow server when the call ends', async () => {
    const { server, request } = await slowServer();
    const { run, over } = outsideRig({ net: here });
    const answer = run('http_get', server.url);
    const closed = gone(await request);
    over();
    expect(await answer).toEqual({ err: 'The call is over.' });
    await closed;
  });

  it('gives a server ten seconds in all', async () => {
    const { server, request } = await slowServer();
    const clock = new FakeClock();
    const { run } = outsideRig({ net: here, clock });
    const answer = run('http_get', server.url);
    const closed = gone(await request);
    clock.advance(10_000);
    const err = `127.0.0.1:${server.port} did not answer in full within 10 seconds.`;
    expect(await answer).toEqual({ err });
    await closed;
    expect(clock.pending).toBe(0);
  });

  it.each<[string, readonly [string, string, string], RegExp]>([
    ['a method with a blank', ['GE T', '/', ''], /`GE T` is no HTTP method/],
    ['a tunnel', ['connect', '/', ''], /method CONNECT cannot be used/],
    ['headers that are no JSON', ['GET', '/', 'x: y'], /no JSON object of texts/],
    ['headers in an array', ['GET', '/', '["x"]'], /no JSON object of texts/],
    ['a header that is a number', ['GET', '/', '{"x":1}'], /`x` is no text/],
    ['a line end in a header', ['GET', '/', '{"x":"a\\r\\ny: z"}'], /`x` has a value with characters/],
    ['a name that is none', ['GET', '/', '{"x y":"z"}'], /`x y` has a name/],
    ['another Host', ['GET', '/', '{"Host":"other"}'], /`Host` cannot be set/],
    ['a length of its own', ['POST', '/', '{"content-length":"3"}'], /cannot be set/],
    ['proxy credentials', ['GET', '/', '{"Proxy-Authorization":"x"}'], /cannot be set/],
  ])('refuses %s, and asks nobody', async (_what, [method, path, headers], why) => {
    const server = await webServer((_req, res) => void res.end());
    const { run } = outsideRig({ net: here });
    const answer = await run('http_request_full', method, server.url + path, headers, '');
    expect(answer).toEqual({ err: expect.stringMatching(why) as string });
    expect(server.requests).toEqual([]);
  });

  it('says why nobody answers, without the path or query', async () => {
    const { run } = outsideRig({ net: ['127.0.0.1', 'nowhere.invalid'] });
    const closed = await webServer((req: IncomingMessage) => void req.socket.destroy());
    expect(await run('http_get', `${closed.url}/path?key=hidden`)).toEqual({
      err: `127.0.0.1:${closed.port} cannot be reached: the connection broke (UND_ERR_SOCKET).`,
    });
    expect(await run('http_get', 'http://127.0.0.1:1/path')).toEqual({
      err: '127.0.0.1:1 cannot be reached: connection refused.',
    });
  });

  it('uses a connection again', async () => {
    const server = await webServer((_req, res) => void res.end('x'));
    const { run } = outsideRig({ net: here });
    for (let i = 0; i < 5; i++) await run('http_get', server.url);
    // The next request may come before the former is put away.
    expect(await server.connections()).toBeLessThanOrEqual(2);
  });
});
