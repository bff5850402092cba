import { describe, expect, it, vi } from 'vitest';
import { EventStreams } from '../../src/api/event-streams.ts';
import { FakeClock, systemClock } from '../helpers/clock.ts';
import { NOW } from '../helpers/fake-runtime.ts';
import { RawSocket, testApi, type TestApi } from '../helpers/test-api.ts';

/** Opens a stream by hand, so that the test decides what is read and when. */
async function open(api: TestApi, path: string, headers: Record<string, string> = {}): Promise<RawSocket> {
  const raw = new RawSocket(await api.listen());
  const lines = Object.entries({ host: 'localhost', accept: 'text/event-stream', ...headers }).map((pair) =>
    pair.join(': '),
  );
  raw.socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  await vi.waitFor(() => expect(raw.text).toContain('retry: 2000'));
  return raw;
}
const ids = (raw: RawSocket) => [...raw.text.matchAll(/^id: (.+?)\r?$/gm)].map(([, id]) => id);
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => String(from + at));

describe('event streams', () => {
  it('replay the last 100, then tell what happens', async () => {
    const api = await testApi();
    for (let n = 1; n <= 130; n++) api.runtime.emit({ identity: 'files' });
    const raw = await open(api, '/api/events');
    await vi.waitFor(() => expect(ids(raw)).toEqual(numbers(31, 130)));
    api.runtime.emit({ identity: 'gone', reason: 'Removed', data: { n: 1 } });
    await vi.waitFor(() => expect(ids(raw).at(-1)).toBe('131'));
    const [, last = ''] = /id: 131\ndata: (.*)\n\n/.exec(raw.text) ?? [];
    expect(JSON.parse(last)).toMatchObject({ seq: 131, name: 'gone', reason: 'Removed', data: { n: 1 } });
    expect(JSON.parse(last)).not.toHaveProperty('serviceId');
    expect(raw.text).toMatch(/content-type: text\/event-stream; charset=utf-8/);
  });

  it('resume after Last-Event-ID', async () => {
    const api = await testApi();
    for (let n = 1; n <= 130; n++) api.runtime.emit();
    const raw = await open(api, '/api/events', { 'last-event-id': '5' });
    await vi.waitFor(() => expect(ids(raw)).toEqual(numbers(6, 130)));
  });

  it('can be of one service, with a limit', async () => {
    const api = await testApi();
    for (let n = 1; n <= 9; n++) api.runtime.emit({ identity: n % 2 === 0 ? 'files' : 'other' });
    const raw = await open(api, '/api/events?service=files&limit=2');
    api.runtime.emit({ identity: 'other' });
    api.runtime.emit({ identity: 'files' });
    await vi.waitFor(() => expect(ids(raw)).toEqual(['6', '8', '11']));
  });

  it('are a list for who accepts JSON alone', async () => {
    const api = await testApi();
    for (let n = 1; n <= 5; n++) api.runtime.emit();
    const { json } = await api.ask({ url: '/api/events?limit=2', headers: { accept: 'application/json' } });
    expect(json.items.map(({ seq }: { seq: number }) => seq)).toEqual([4, 5]);
  });

  it('let go of a reader that left', async () => {
    const api = await testApi();
    const raw = await open(api, '/api/events');
    expect(api.runtime.listening).toBe(1);
    raw.socket.destroy();
    await vi.waitFor(() => expect(api.runtime.listening).toBe(0));
  });

  it('drop a reader that does not read, and go on for the others', async () => {
    const api = await testApi();
    const slow = await open(api, '/api/events');
    slow.socket.pause();
    const big = 'x'.repeat(100_000);
    await vi.waitFor(() => {
      for (let n = 0; n < 20; n++) api.runtime.emit({ data: big });
      expect(api.runtime.listening).toBe(0);
    });
    expect((await api.ask('/healthz')).status).toBe(200);
  });

  it('end in good order when the daemon closes', async () => {
    const api = await testApi();
    const raw = await open(api, '/api/events');
    await api.app.close();
    await vi.waitFor(() => expect(raw.closed).toBe(true));
    expect(raw.text.endsWith('0\r\n\r\n')).toBe(true);
    expect(api.runtime.listening).toBe(0);
  });

  it('are pinged each 15 s', async () => {
    const clock = new FakeClock();
    const api = await testApi({ clock });
    const raw = await open(api, '/api/events');
    clock.advance(30_000);
    await vi.waitFor(() => expect(raw.text.match(/: ping/g)).toHaveLength(2));
  });

  it('are bounded in number', () => {
    const streams = new EventStreams(systemClock);
    const reply = { header: () => reply, send: () => reply };
    const more = () => streams.answer({ method: 'GET' } as never, reply as never, () => () => undefined);
    for (let n = 0; n < 256; n++) more();
    expect(more).toThrow(/more than 256/);
    streams.close();
  });
});

describe('followed logs', () => {
  it('give the tail, then each new line, none twice and none lost', async () => {
    const api = await testApi();
    const { runtime } = api;
    for (let n = 1; n <= 5; n++) runtime.write(`line ${String(n)}`);
    const read = runtime.logs.bind(runtime);
    runtime.logs = async (id, limit) => {
      runtime.write('while reading');
      const tail = await read(id, limit);
      runtime.write('after reading');
      return tail;
    };
    const raw = await open(api, '/api/services/files/logs?limit=3');
    runtime.write('live');
    await vi.waitFor(() => expect(raw.text).toContain('"live"'));
    const texts = [...raw.text.matchAll(/"text":"([^"]*)"/g)].map(([, text]) => text);
    expect(texts).toEqual(['line 4', 'line 5', 'while reading', 'after reading', 'live']);
  });

  it('resume after the last line that was seen, also within a millisecond', async () => {
    const api = await testApi();
    for (const ms of [0, 1, 1, 1, 2]) api.runtime.write(`at ${String(ms)}`, NOW + ms);
    const second = `${new Date(NOW + 1).toISOString()}/2`;
    const raw = await open(api, '/api/services/files/logs?follow=1', { 'last-event-id': second });
    const at = (ms: number, nth: number) => `${new Date(NOW + ms).toISOString()}/${String(nth)}`;
    await vi.waitFor(() => expect(ids(raw)).toEqual([at(1, 3), at(2, 1)]));
  });

  it('are cut off where they cannot be read', async () => {
    const api = await testApi();
    api.runtime.logs = () => Promise.reject(new Error('disk'));
    const raw = new RawSocket(await api.listen());
    raw.socket.write('GET /api/services/files/logs?follow=1 HTTP/1.1\r\nhost: localhost\r\n\r\n');
    await vi.waitFor(() => expect(raw.closed).toBe(true));
    expect(api.runtime.listening).toBe(0);
  });
});
