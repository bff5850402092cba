import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../helpers/clock.ts';
import { outsideRig } from '../helpers/outside-rig.ts';
import { gone, webServer } from '../helpers/web-server.ts';

const here = ['127.0.0.1'];
const begin = (res: ServerResponse) => {
  res.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' }).flushHeaders();
  return res;
};

/** A server whose streams the test writes. */
async function streams() {
  const open: ServerResponse[] = [];
  const server = await webServer((_req, res) => void open.push(begin(res)));
  return { server, open };
}

describe('event streams of wasm services', () => {
  it('give the data of each event, however the bytes are cut', async () => {
    const { server, open } = await streams();
    const { run, opened } = outsideRig({ net: here });
    const handle = await opened('sse_connect', server.url, '{"x-one":"1"}');
    expect(server.requests[0]!.headers).toMatchObject({ 'x-one': '1', accept: 'text/event-stream' });
    const bytes = Buffer.from(': hi\n\nevent: a\nid: 1\ndata: grün\ndata: two\n\ndata:{"n":1}\r\n\r\ndata\n\n');
    const next = run('sse_next_event', handle);
    for (const byte of bytes) {
      open[0]!.write(Buffer.of(byte));
      await turn();
    }
    open[0]!.end();
    expect(await next).toBe('grün\ntwo');
    expect(await run('sse_next_event', handle)).toBe('{"n":1}');
    expect(await run('sse_next_event_timeout', handle, 60_000n)).toBe('');
    expect(await run('sse_next_event', handle)).toBeUndefined();
    expect(await run('sse_next_event_timeout', handle, 60_000n)).toBeUndefined();
  });

  it('wait no longer than they are told', async () => {
    const { server, open } = await streams();
    const { run, opened } = outsideRig({ net: here });
    const handle = await opened('sse_connect', server.url, '');
    for (const ms of [5n, 0n, -1n, -(2n ** 63n)])
      expect(await run('sse_next_event_timeout', handle, ms)).toBeUndefined();
    const next = run('sse_next_event_timeout', handle, 2n ** 63n - 1n);
    open[0]!.write('data: x\n\n');
    expect(await next).toBe('x');
  });

  it('end with sse_close and with the call, and the server sees it', async () => {
    const { server, open } = await streams();
    const { run, opened, over } = outsideRig({ net: here });
    const [one, two] = [await opened('sse_connect', server.url, ''), await opened('sse_connect', server.url, '')];
    await run('sse_close', one);
    await gone(open[0]!);
    expect(await run('sse_next_event', one)).toEqual({
      trap: '`sse_next_event` got 1, which is no event stream that is open.',
    });
    await run('sse_close', one);
    const next = run('sse_next_event', two);
    over();
    expect(await next).toBeUndefined();
    await gone(open[1]!);
  });

  it('do not begin where the call ends first', async () => {
    const server = await webServer((_req, _res) => undefined);
    const { run, over } = outsideRig({ net: here });
    const connect = run('sse_connect', server.url, '');
    over();
    expect(await connect).toEqual({ err: 'The stream was closed.' });
  });

  it('begin within ten seconds, or not at all', async () => {
    let asked: (res: ServerResponse) => void;
    const request = new Promise<ServerResponse>((resolve) => {
      asked = resolve;
    });
    const server = await webServer((_req, res) => asked(res));
    const clock = new FakeClock();
    const { run } = outsideRig({ net: here, clock });
    const connect = run('sse_connect', server.url, '');
    const closed = gone(await request);
    clock.advance(10_000);
    const err = `127.0.0.1:${server.port} did not open the stream within 10 seconds.`;
    expect(await connect).toEqual({ err });
    await closed;
  });

  it('stop reading where nobody takes the events', async () => {
    const event = `data: ${'x'.repeat(64 * 1024 - 8)}\n\n`;
    const total = 512;
    const sent = { events: 0 };
    const server = await webServer(async (_req, res) => {
      begin(res);
      for (; sent.events < total && !res.destroyed; sent.events++) if (!res.write(event)) await once(res, 'drain');
      res.end();
    });
    const { run, opened } = outsideRig({ net: here });
    const handle = await opened('sse_connect', server.url, '');
    // Nothing is taken: the server gets on until the buffers between us are full, and no further.
    for (let still = 0; still < 200;) {
      const before = sent.events;
      await turn();
      await turn();
      still = sent.events === before ? still + 1 : 0;
    }
    expect(sent.events).toBeLessThan(total);
    let got = 0;
    while ((await run('sse_next_event', handle)) !== undefined) got++;
    expect(got).toBe(total);
  });

  it('say why they could not be opened', async () => {
    const server = await webServer((req, res) => {
      if (req.url === '/page') res.writeHead(200, { 'content-type': 'text/html' }).end('<p>');
      else res.writeHead(503).end('later');
    });
    const { run, refusals } = outsideRig({ net: here });
    expect(await run('sse_connect', `${server.url}/busy`, '')).toEqual({ err: 'HTTP 503: later' });
    expect(await run('sse_connect', `${server.url}/page`, '')).toEqual({
      err: `127.0.0.1:${server.port} answered with \`text/html\`, which is no event stream.`,
    });
    expect(await run('sse_connect', server.url, '{')).toEqual({ err: 'The headers are no JSON object of texts.' });
    expect(await run('sse_connect', 'http://other.example/', '')).toEqual({
      err: 'The host other.example is not among the hosts that this service may reach.',
    });
    expect(refusals).toHaveLength(1);
  });

  it('end at an event of more than 1 MiB, and at a broken connection, with a line in the log', async () => {
    const { server, open } = await streams();
    const { run, opened, lines } = outsideRig({ net: here });
    const large = await opened('sse_connect', server.url, '');
    open[0]!.write('data: first\n\ndata: ');
    open[0]!.write('x'.repeat(1024 * 1024 + 1));
    expect(await run('sse_next_event', large)).toBe('first');
    expect(await run('sse_next_event', large)).toBeUndefined();
    await gone(open[0]!);
    const broken = await opened('sse_connect', server.url, '');
    open[1]!.destroy();
    expect(await run('sse_next_event', broken)).toBeUndefined();
    await turn();
    expect(lines).toEqual([
      `127.0.0.1:${server.port} sent an event of more than 1 MiB.`,
      `127.0.0.1:${server.port} cannot be reached: the connection broke (UND_ERR_SOCKET).`,
    ]);
  });

  it('are at most 64 for a service, and one that ended leaves its place', async () => {
    const { server, open } = await streams();
    const { run, opened } = outsideRig({ net: here });
    const mux = await opened('mux_open');
    for (let i = 0; i < 16; i++) await run('mux_add', mux, `m${i}`, server.url, '');
    for (let i = 0; i < 48; i++) await opened('sse_connect', server.url, '');
    const full = { err: 'This service has 64 event streams open, and may not have more.' };
    expect(await run('sse_connect', server.url, '')).toEqual(full);
    open.at(-1)!.end();
    await run('sse_next_event', 49n);
    await opened('sse_connect', server.url, '');
  });
});
