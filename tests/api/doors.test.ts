import type { FastifyInstance } from 'fastify';
import { describe, expect, it } from 'vitest';
import { isOpen } from '../../src/api/doors.ts';
import { testApi } from '../helpers/test-api.ts';

const doors = (over = {}) => ({ doors: { boundHost: '127.0.0.1', allowedHosts: [], allowedOrigins: [], ...over } });
const locked = doors({ token: 's3cret' });
const example = (url: string) => url.replace(/:\w+/g, 'files').replace('*', 'x');

describe('the doors', () => {
  it('asks for the token on every route that is not on the open list', async () => {
    const api = await testApi(locked);
    const closed = api.routes.entries.filter(({ url }) => !isOpen(url));
    expect(closed.length).toBeGreaterThan(25);
    for (const { method, url } of closed) {
      const { status, headers } = await api.ask({ method: method as 'GET', url: example(url) });
      expect([method, url, status, headers['www-authenticate']]).toEqual([method, url, 401, 'Bearer']);
    }
    expect(api.runtime.asked).toEqual([]);
  });

  it('answers what is on the open list without one', async () => {
    const api = await testApi(locked);
    const open = api.routes.entries.filter(({ url }) => isOpen(url)).map(({ url }) => url);
    const icons = ['/favicon.svg', '/favicon.ico', '/favicon.png', '/apple-touch-icon.png'];
    const hook = '/hooks/:id';
    expect(new Set(open)).toEqual(new Set(['/', '/status', ...icons, '/healthz', '/readyz', hook]));
    for (const url of open.filter((one) => one !== hook))
      expect([url, (await api.ask(url)).status]).toEqual([url, 200]);
    expect((await api.ask('/.well-known/oauth-protected-resource')).status).toBe(404);
  });

  it('closes also a route that the gateway mounts', async () => {
    const gateway = { register: (app: FastifyInstance) => void app.post('/mcp', () => 'called') };
    const api = await testApi({ ...locked, gateway });
    expect((await api.ask({ method: 'POST', url: '/mcp' })).status).toBe(401);
  });

  it.each([
    ['Authorization', { authorization: 'bearer s3cret' }, '/api/services', 200],
    ['x-clarity-token', { 'x-clarity-token': 's3cret' }, '/api/services', 200],
    ['a wrong token', { authorization: 'Bearer s3cre' }, '/api/services', 401],
    ['the query, for the event stream', { accept: 'application/json' }, '/api/events?token=s3cret', 200],
    ['the query, anywhere else', {}, '/api/services?token=s3cret', 401],
  ])('takes the token from %s', async (_where, headers, url, status) => {
    const api = await testApi(locked);
    expect((await api.ask({ url, headers })).status).toBe(status);
  });

  it('without a token answers this machine alone', async () => {
    const api = await testApi();
    expect((await api.ask({ url: '/api/services', remoteAddress: '127.0.0.1' })).status).toBe(200);
    const { status, json } = await api.ask({ url: '/api/services', remoteAddress: '192.168.1.7' });
    expect([status, json.code, json.error]).toEqual([403, 'Forbidden', expect.stringContaining('CLARITYD_AUTH_TOKEN')]);
  });

  it.each([
    ['localhost:4707', '/api/services', 200],
    ['[::1]:4707', '/api/services', 200],
    ['evil.example', '/api/services', 403],
    ['evil.example', '/', 403],
    ['evil.example', '/nowhere', 403],
    ['evil.example', '/healthz', 200],
    ['clarity.lan', '/api/services', 200],
  ])('Host %s on %s: %i', async (host, url, status) => {
    const api = await testApi(doors({ allowedHosts: ['clarity.lan'] }));
    expect((await api.ask({ url, headers: { host } })).status).toBe(status);
  });

  it.each([
    ['http://localhost:3000', 200],
    ['https://app.example', 200],
    ['http://evil.example', 403],
    ['null', 403],
  ])('Origin %s: %i', async (origin, status) => {
    const api = await testApi(doors({ allowedOrigins: ['https://app.example'] }));
    expect((await api.ask({ url: '/api/services', headers: { origin } })).status).toBe(status);
  });

  it('keeps a foreign Host or Origin from what the gateway mounts', async () => {
    const gateway = { register: (app: FastifyInstance) => void app.post('/mcp', () => 'called') };
    const api = await testApi({ ...doors(), gateway });
    const statusWith = async (headers: Record<string, string>) =>
      (await api.ask({ method: 'POST', url: '/mcp', headers })).status;
    expect(await statusWith({ origin: 'http://evil.example' })).toBe(403);
    expect(await statusWith({ host: 'evil.example' })).toBe(403);
    expect(await statusWith({ origin: 'http://localhost:3000' })).toBe(200);
  });

  it('checks Host and Origin before the token', async () => {
    const api = await testApi(locked);
    expect((await api.ask({ url: '/api/services', headers: { host: 'evil.example' } })).status).toBe(403);
    expect((await api.ask({ url: '/api/services', headers: { origin: 'http://evil.example' } })).status).toBe(403);
  });

  it('sends CORS headers to an allowed origin alone, and answers its preflight without a token', async () => {
    const api = await testApi(doors({ token: 't', allowedOrigins: ['https://app.example'] }));
    const preflight = (origin: string) =>
      api.ask({
        method: 'OPTIONS',
        url: '/api/services/apply',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    const allowed = await preflight('https://app.example');
    expect([allowed.status, allowed.headers['access-control-allow-origin']]).toEqual([204, 'https://app.example']);
    expect(allowed.headers['access-control-allow-headers']).toContain('authorization');
    const local = await preflight('http://localhost:3000');
    expect([local.status, local.headers['access-control-allow-origin']]).toEqual([401, undefined]);
    const refused = await api.ask({ url: '/api/services', headers: { origin: 'https://app.example' } });
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([401, 'https://app.example']);
  });
});
