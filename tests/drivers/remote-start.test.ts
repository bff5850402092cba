import { afterEach, describe, expect, it } from 'vitest';
import type { RemoteOrigin } from '../../src/manifest/types.ts';
import { actContext, desiredOf, driverRig, remoteOrigin } from '../helpers/driver-rig.ts';
import { fakeRemote, initializeResult, json, type Fault } from '../helpers/fake-remote.ts';

const rig = driverRig({
  allowHost: (host) => host === '127.0.0.1',
  secretValues: { 'env:TOKEN': 'tok-12345' },
});
const driver = rig.driver('remote_mcp');
afterEach(() => {
  expect(driver.observe('probe')).toEqual([]);
});

const refused = (endpoint: string, more: Partial<RemoteOrigin> = {}) =>
  driver.start(desiredOf(remoteOrigin(endpoint, { timeoutMs: 300, ...more })), actContext()).then(
    () => expect.fail('it started'),
    (error: unknown) => error,
  );
const status = (code: number, headers = {}): Fault => {
  return (_, response) => {
    response.writeHead(code, headers).end('<html>tok-12345</html>');
    return true;
  };
};
const hangOn = (method: string): Fault => {
  return ({ message }) => message?.method === method;
};

const CASES: [string, Fault, string, RegExp, boolean][] = [
  ['refuses our credentials', status(401), 'UpstreamUnauthorized', /refused our credentials \(401\)$/, true],
  ['forbids', status(403), 'UpstreamUnauthorized', /\(403\)$/, true],
  ['fails', status(503), 'UpstreamUnreachable', /answered 503$/, false],
  ['has no such path', status(404), 'UpstreamUnreachable', /answered 404$/, false],
  [
    'answers with a page',
    status(200, { 'content-type': 'text/html' }),
    'UpstreamUnreachable',
    /media type "text\/html"/,
    false,
  ],
  [
    'answers with half a JSON',
    (_, r) => (r.writeHead(200, { 'content-type': 'application/json' }).end('{'), true),
    'UpstreamUnreachable',
    /no JSON/,
    false,
  ],
  ['breaks the connection', (_, r) => (r.destroy(), true), 'UpstreamUnreachable', /connection broke/, false],
  ['hangs on initialize', hangOn('initialize'), 'UpstreamTimeout', /initialize/, false],
  [
    'hangs on notifications/initialized',
    hangOn('notifications/initialized'),
    'UpstreamTimeout',
    /notifications\/initialized/,
    false,
  ],
  [
    'speaks another protocol',
    ({ message }, r) => json(r, { jsonrpc: '2.0', id: message.id, result: { protocolVersion: '1999' } }),
    'UpstreamUnreachable',
    /"1999"/,
    false,
  ],
  [
    'refuses initialize',
    ({ message }, r) => json(r, { jsonrpc: '2.0', id: message.id, error: { code: -32022, message: 'no' } }),
    'UpstreamUnreachable',
    /refused initialize: no \(-32022\)/,
    false,
  ],
  [
    'gives a session id of blanks',
    ({ message }, r) => json(r, initializeResult(message.id), 200, { 'mcp-session-id': 'a b' }),
    'UpstreamUnreachable',
    /session id/,
    false,
  ],
];

describe('a remote that', () => {
  it.each(CASES)('%s is not started', async (_, fault, code, message, terminal) => {
    const { endpoint } = await fakeRemote(fault);
    const error = await refused(`${endpoint}?key=hunter2-secret`, { authRef: 'env:TOKEN' });
    expect(error).toMatchObject({ name: 'ClarityError', code, terminal, message: expect.stringMatching(message) });
    expect((error as Error).message).not.toMatch(/hunter2|tok-12345/);
  });

  it('redirects is not followed: the target is named, and gets no request', async () => {
    const target = await fakeRemote();
    const { endpoint } = await fakeRemote(status(307, { location: `${target.endpoint}?secret=1` }));
    const error = await refused(endpoint);
    expect(error).toMatchObject({
      code: 'UpstreamUnreachable',
      message: expect.stringContaining(`to ${target.endpoint} (307)`),
    });
    expect(target.seen).toEqual([]);
  });

  it('does not listen is unreachable', async () => {
    expect(await refused('http://127.0.0.1:1/mcp')).toMatchObject({
      code: 'UpstreamUnreachable',
      message: expect.stringContaining('connection refused'),
    });
  });

  it('is on no allowed host is not spoken to', async () => {
    const { endpoint, seen } = await fakeRemote();
    expect(await refused(endpoint.replace('127.0.0.1', 'localhost'))).toMatchObject({ code: 'HostNotAllowed' });
    expect(seen).toEqual([]);
  });

  it.each(['nonsense', 'file:///etc/passwd'])('has the address %s is refused', async (endpoint) => {
    expect(await refused(endpoint)).toMatchObject({ code: 'ManifestInvalid' });
  });

  it('needs a secret that is not there says which', async () => {
    const { endpoint, seen } = await fakeRemote();
    expect(await refused(endpoint, { authRef: 'env:ABSENT' })).toMatchObject({
      code: 'SecretNotFound',
      message: expect.stringContaining('env:ABSENT'),
    });
    expect(seen).toEqual([]);
  });
});

describe('a server of the old HTTP+SSE transport', () => {
  const endpointEvent = (text: string): Fault => {
    return (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(text);
      return true;
    };
  };

  it('that names an address of another origin is refused, and that address gets nothing', async () => {
    const other = await fakeRemote();
    const { endpoint } = await fakeRemote(endpointEvent(`event: endpoint\ndata: ${other.endpoint}\n\n`));
    expect(await refused(endpoint, { transport: 'sse_http' })).toMatchObject({
      code: 'UpstreamUnreachable',
      message: expect.stringContaining('another origin'),
    });
    expect(other.seen).toEqual([]);
  });

  it('that never names its address is timed out', async () => {
    const { endpoint } = await fakeRemote(endpointEvent(': hello\n\n'));
    expect(await refused(endpoint, { transport: 'sse_http' })).toMatchObject({ code: 'UpstreamTimeout' });
  });
});
