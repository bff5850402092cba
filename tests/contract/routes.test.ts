import { expect, it } from 'vitest';
import { liveDaemon } from './live-daemon.ts';
import { ORIGINAL_ROUTES } from './original-routes.ts';
import { PENDING } from './pending.ts';
import { WAITING_FOR } from './waiting-for.ts';

const ask = liveDaemon();

/** Answers without a token (original contract §0, Auth). */
const OPEN = [
  'GET /',
  'GET /status',
  'GET /favicon.svg',
  'GET /favicon.ico',
  'GET /favicon.png',
  'GET /apple-touch-icon.png',
];

/** `absent`: the path, or the method there, is unknown to the daemon. */
async function standing(route: string): Promise<'served' | 'pending' | 'absent'> {
  const [method = '', pattern = ''] = route.split(' ');
  const path = pattern.replace(/:\w+/g, 'x');
  // Nothing is called x; an empty object does nothing where more is asked for.
  const response = await ask(method, path, { ...(method === 'POST' && { body: {} }) });
  const text = await response.text();
  if (response.status === 405 || (response.status === 404 && text.includes(`there is no ${path}`))) return 'absent';
  if (response.status !== 501) return 'served';
  expect(JSON.parse(text)).toEqual({
    error: expect.any(String) as string,
    code: 'NotImplemented',
    details: [],
    requestId: response.headers.get('x-request-id'),
  });
  return 'pending';
}

function expected(route: string): string {
  if (WAITING_FOR.routes.includes(route)) return 'absent';
  return PENDING.routes.includes(route) ? 'pending' : 'served';
}

it('there are 51, and what is pending is among them', () => {
  expect(new Set(ORIGINAL_ROUTES).size).toBe(51);
  expect(PENDING.routes.filter((route) => !(ORIGINAL_ROUTES as readonly string[]).includes(route))).toEqual([]);
});

it.each(ORIGINAL_ROUTES)('%s is served, or said to be pending', async (route) => {
  expect(await standing(route)).toBe(expected(route));
});

it('without the token each is 401, served or pending, but for the page and its icons', async () => {
  const known = ORIGINAL_ROUTES.filter((route) => !WAITING_FOR.routes.includes(route));
  const open = await Promise.all(
    known.map(async (route) => {
      const [method = '', pattern = ''] = route.split(' ');
      const { status } = await ask(method, pattern.replace(/:\w+/g, 'x'), { token: null });
      return status === 401 ? [] : [route];
    }),
  );
  expect(open.flat()).toEqual(OPEN);
});

it('DELETE /mcp is known to speak of sessions, which the original had none of', async () => {
  expect((await ask('DELETE', '/mcp')).status).toBe(400);
});
