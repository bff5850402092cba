import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { outsideRig } from '../helpers/outside-rig.ts';
import { bodyOf, webServer } from '../helpers/web-server.ts';

const echo = async (req: IncomingMessage) => {
  const { 'content-type': type = null, authorization = null, cookie = null, 'x-api-key': key = null } = req.headers;
  return JSON.stringify({ method: req.method, body: await bodyOf(req), type, authorization, cookie, key });
};
const HEADERS = '{"authorization":"Bearer hidden","cookie":"a=b","x-api-key":"hidden","content-type":"text/csv"}';

describe('redirects that a wasm service meets', () => {
  it.each([
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'POST', 'GET'],
    [303, 'PUT', 'GET'],
    [301, 'PUT', 'PUT'],
    [307, 'POST', 'POST'],
    [308, 'POST', 'POST'],
  ])('%i turns %s into %s, with the body where the method stays', async (status, method, then) => {
    const server = await webServer(async (req, res) => {
      if (req.url === '/end') res.end(await echo(req));
      else res.writeHead(status, { location: 'end' }).end();
    });
    const { run } = outsideRig({ net: ['127.0.0.1'] });
    const { ok } = (await run('http_request', method, `${server.url}/begin`, HEADERS, 'body')) as { ok: string };
    const kept = then === method;
    expect(JSON.parse(ok)).toEqual({
      ...{ method: then, body: kept ? 'body' : '', type: kept ? 'text/csv' : null },
      ...{ authorization: 'Bearer hidden', cookie: 'a=b', key: 'hidden' },
    });
  });

  it('take no credentials along to another origin', async () => {
    const other = await webServer(async (req, res) => res.end(await echo(req)));
    const first = await webServer((_req, res) => void res.writeHead(307, { location: other.url }).end());
    const { run } = outsideRig({ net: ['127.0.0.1'] });
    const { ok } = (await run('http_request', 'POST', first.url, HEADERS, 'body')) as { ok: string };
    const nothing = { authorization: null, cookie: null, key: null };
    expect(JSON.parse(ok)).toEqual({ method: 'POST', body: 'body', type: 'text/csv', ...nothing });
  });

  it('end after five', async () => {
    const server = await webServer((_req, res) => void res.writeHead(302, { location: '/again' }).end());
    const { run } = outsideRig({ net: ['127.0.0.1'] });
    expect(await run('http_get', server.url)).toEqual({ err: `127.0.0.1:${server.port} redirects more than 5 times.` });
    expect(server.requests).toHaveLength(6);
  });

  it('are answers where they name no place', async () => {
    const server = await webServer((_req, res) => void res.writeHead(302).end('where?'));
    const { run } = outsideRig({ net: ['127.0.0.1'] });
    expect(await run('http_get', server.url)).toEqual({ err: 'HTTP 302: where?' });
  });
});
