import { describe, expect, it } from 'vitest';
import { authorize, type DoorRequest } from '../../src/security/authorize.ts';

const TOKEN = 'correct-horse';
const LOCAL = '127.0.0.1';
const FAR = '192.168.1.20';

function request(over: Partial<DoorRequest> = {}): DoorRequest {
  return { method: 'GET', path: '/api/services', headers: {}, query: {}, peer: LOCAL, ...over };
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const own = (token: string) => ({ 'x-clarity-token': token });
const query = { token: TOKEN };

describe('with a token', () => {
  it.each<[string, Partial<DoorRequest>, boolean]>([
    ['no credential', {}, false],
    ['no credential, far peer', { peer: FAR }, false],
    ['bearer', { headers: bearer(TOKEN), peer: FAR }, true],
    ['bearer, other case, more spaces', { headers: { authorization: `  bEARER   ${TOKEN} ` } }, true],
    ['wrong bearer', { headers: bearer('wrong-horses') }, false],
    ['prefix of the token', { headers: bearer(TOKEN.slice(0, -1)) }, false],
    ['longer than the token', { headers: bearer(`${TOKEN}x`) }, false],
    ['empty bearer', { headers: { authorization: 'Bearer ' } }, false],
    ['own header', { headers: own(TOKEN), peer: FAR }, true],
    ['own header given twice', { headers: { 'x-clarity-token': [TOKEN, 'x'] } }, true],
    ['wrong own header', { headers: own('x') }, false],
    ['another scheme beside the own header', { headers: { authorization: 'Basic eDp5', ...own(TOKEN) } }, true],
    ['a wrong bearer is not mended by the own header', { headers: { ...bearer('x'), ...own(TOKEN) } }, false],
    ['query at /api/services', { query }, false],
    ['query at /events', { path: '/events', query }, true],
    ['query at /api/events', { path: '/api/events', query }, true],
    ['query at /api/events/', { path: '/api/events/', query }, false],
    ['query, IPv4-mapped loopback', { path: '/events', query, peer: '::ffff:127.0.0.1' }, true],
    ['query at /events from afar', { path: '/events', query, peer: FAR }, false],
    ['query at /events with POST', { method: 'POST', path: '/events', query }, false],
    ['query given twice', { path: '/events', query: { token: [TOKEN, TOKEN] } }, false],
    ['wrong own header before the query', { path: '/events', query, headers: own('x') }, false],
  ])('%s', (_, over, allowed) => {
    const refusal = authorize(request(over), TOKEN);
    expect(refusal?.code).toBe(allowed ? undefined : 'Unauthorized');
    if (!allowed) expect(refusal?.message).toBe('unauthorized');
  });
});

describe('without a token', () => {
  it.each<[string | undefined, boolean]>([
    ['127.0.0.1', true],
    ['127.8.9.10', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['::FFFF:127.0.0.1', true],
    ['::ffff:10.0.0.1', false],
    [FAR, false],
    ['0.0.0.0', false],
    ['127.0.0.1.evil.example', false],
    ['fe80::1', false],
    ['', false],
    [undefined, false],
  ])('peer %s', (peer, allowed) => {
    const refusal = authorize(request({ peer }), undefined);
    expect(refusal?.code).toBe(allowed ? undefined : 'Forbidden');
    if (!allowed) expect(refusal?.message).toContain('CLARITYD_AUTH_TOKEN');
  });
});
