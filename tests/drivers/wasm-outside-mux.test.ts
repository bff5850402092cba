import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { outsideRig } from '../helpers/outside-rig.ts';
import { gone, webServer } from '../helpers/web-server.ts';

/** Streams by their paths, each of which can be awaited; /busy answers 503. */
async function muxed() {
  const open = new Map<string, ServerResponse>();
  const arrivals = new Map<string, () => void>();
  const server = await webServer((req, res) => {
    if (req.url === '/busy') return res.writeHead(503).end('later');
    res.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    open.set(req.url!, res);
    return arrivals.get(req.url!)?.();
  });
  const stream = async (path: string): Promise<ServerResponse> => {
    if (!open.has(path)) await new Promise<void>((resolve) => arrivals.set(path, resolve));
    return open.get(path)!;
  };
  const rig = outsideRig({ net: [`127.0.0.1:${server.port}`] });
  const mux = await rig.opened('mux_open');
  const next = async (ms = 60_000n): Promise<unknown> => {
    const answer = await rig.run('mux_next', mux, ms);
    return typeof answer === 'string' ? JSON.parse(answer) : answer;
  };
  const add = (id: string, path: string) => rig.run('mux_add', mux, id, server.url + path, '{}');
  return { ...rig, mux, server, stream, next, add };
}

const event = (id: string, data: string) => ({ id, event: data, ended: false, error: '' });
const ended = (id: string, error = '') => ({ id, event: '', ended: true, error });

describe('a mux of event streams', () => {
  it('gives events of all streams, in turns, and how each ends', async () => {
    const { stream, next, add } = await muxed();
    await add('a', '/a');
    await add('b', '/b');
    (await stream('/a')).write('data: 1\n\n');
    expect(await next()).toEqual(event('a', '1'));
    (await stream('/a')).write('data: 2\n\ndata: 3\n\n');
    (await stream('/b')).write('data: x\n\ndata: y\n\n');
    const four = [await next(), await next(), await next(), await next()] as { id: string; event: string }[];
    expect(four.filter(({ id }) => id === 'a').map((each) => each.event)).toEqual(['2', '3']);
    expect(four.filter(({ id }) => id === 'b').map((each) => each.event)).toEqual(['x', 'y']);
    (await stream('/a')).end();
    expect(await next()).toEqual(ended('a'));
    expect(await next(5n)).toBeUndefined();
  });

  it('goes on with one stream when another fails', async () => {
    const { server, stream, next, add } = await muxed();
    await add('good', '/good');
    await add('bad', '/busy');
    expect(await next()).toEqual(ended('bad', 'HTTP 503: later'));
    (await stream('/good')).write('data: still here\n\n');
    expect(await next()).toEqual(event('good', 'still here'));
    (await stream('/good')).destroy();
    const broke = `127.0.0.1:${server.port} cannot be reached: the connection broke (UND_ERR_SOCKET).`;
    expect(await next()).toEqual(ended('good', broke));
  });

  it('closes a stream that is removed or replaced, and all of them at its end', async () => {
    const { stream, next, add, run, mux } = await muxed();
    await add('a', '/a');
    const first = gone(await stream('/a'));
    await add('a', '/b');
    await first;
    const second = gone(await stream('/b'));
    await run('mux_remove', mux, 'a');
    await second;
    await add('c', '/c');
    const third = gone(await stream('/c'));
    await run('mux_close', mux);
    await third;
    expect(await next()).toEqual({ trap: '`mux_next` got 1, which is no mux that is open.' });
    expect(await add('d', '/d')).toEqual({ trap: '`mux_add` got 1, which is no mux that is open.' });
  });

  it('ends with the call', async () => {
    const { stream, next, add, over } = await muxed();
    await add('a', '/a');
    const closed = gone(await stream('/a'));
    const waiting = next();
    over();
    expect(await waiting).toBeUndefined();
    await closed;
  });

  it('traps where a stream cannot be begun, for mux_add has no Err', async () => {
    const { add, run, mux, refusals } = await muxed();
    const message = 'The host other.example is not among the hosts that this service may reach.';
    expect(await run('mux_add', mux, 'a', 'http://other.example/', '')).toEqual({ trap: message });
    expect(refusals.map((refusal) => refusal.message)).toEqual([message]);
    for (let i = 0; i < 16; i++) expect(await add(String(i), '/x')).toBeUndefined();
    expect(await add('17', '/x')).toEqual({ trap: 'A mux holds at most 16 streams.' });
  });
});
