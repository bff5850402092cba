import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ApiClient, NoDaemonError, readSse } from '../../src/client/index.ts';
import { systemClock } from '../helpers/clock.ts';
import { testApi } from '../helpers/test-api.ts';

/** Timers of ours run at once: the pause before a reconnect is not what is tested. */
const hasty = {
  now: systemClock.now,
  after: (ms: number, fn: () => void) => systemClock.after(ms < 40_000 ? 0 : ms, fn),
};

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

describe('followed streams', () => {
  it('carry events and log lines of a daemon, and end with the signal', async () => {
    const api = await testApi();
    const client = new ApiClient({ url: await api.listen(), fetch, clock: systemClock });
    for (let n = 1; n <= 4; n++) api.runtime.emit();
    api.runtime.write('a line');
    const stop = new AbortController();
    const seen: number[] = [];
    for await (const event of client.followEvents({ afterSeq: 2, signal: stop.signal })) {
      seen.push(event.seq);
      if (event.seq === 4) api.runtime.emit();
      if (event.seq === 5) stop.abort();
    }
    expect(seen).toEqual([3, 4, 5]);
    const lines = client.followLogs('files', { limit: 5 });
    expect((await lines.next()).value).toMatchObject({ text: 'a line' });
    await lines.return();
    await vi.waitFor(() => expect(api.runtime.listening).toBe(0));
  });

  it('come back with the last id after an interruption, and tell of it', async () => {
    const asked: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      asked.push(request.headers['last-event-id'] as string | undefined);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const id = String(asked.length);
      response.write(`: hello\n\nid: ${id}\ndata: {"seq":${id}}\n\n`);
      if (asked.length === 1) setImmediate(() => response.destroy());
      if (asked.length === 2) response.end();
    });
    const told: Error[] = [];
    const seen: number[] = [];
    const client = new ApiClient({ url, fetch, clock: hasty });
    for await (const { seq } of client.followEvents({ onInterrupt: (error) => told.push(error) })) {
      seen.push(seq);
      if (seq === 3) break;
    }
    expect([seen, asked]).toEqual([
      [1, 2, 3],
      [undefined, '1', '2'],
    ]);
    expect(told).toEqual([expect.any(NoDaemonError)]);
  });

  it('fail where the first connection does', async () => {
    const api = await testApi();
    const url = await api.listen();
    const client = new ApiClient({ url, fetch, clock: hasty });
    await expect(client.followLogs('nobody').next()).rejects.toMatchObject({ status: 404, code: 'NotFound' });
    await api.app.close();
    await expect(client.followEvents().next()).rejects.toBeInstanceOf(NoDaemonError);
  });

  it('end where a later connection is refused for good', async () => {
    let asked = 0;
    const url = await serve((_request, response) => {
      asked += 1;
      if (asked > 1)
        return void response.writeHead(401).end('{"error":"unauthorized","code":"Unauthorized","details":[]}');
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end('id: 1\ndata: {"seq":1}\n\n');
    });
    const stream = new ApiClient({ url, fetch, clock: hasty }).followEvents();
    expect((await stream.next()).value).toEqual({ seq: 1 });
    await expect(stream.next()).rejects.toMatchObject({ status: 401, code: 'Unauthorized' });
  });

  it('refuse an event without end, and read what is cut anywhere', async () => {
    const bytes = new TextEncoder().encode('data: {"a":"ü"}\r\n\r\n: c\n\nid: 7\ndata: 1\ndata: 2\n\n');
    const drip = new ReadableStream<Uint8Array>({
      start: (to) => {
        for (const byte of bytes) to.enqueue(new Uint8Array([byte]));
        to.close();
      },
    });
    const seen = [];
    for await (const event of readSse(drip)) seen.push(event);
    expect(seen).toEqual([{ data: '{"a":"ü"}' }, { id: '7', data: '1\n2' }]);
    const block = new TextEncoder().encode(`data: ${'x'.repeat(1024 * 1024)}`);
    const endless = new ReadableStream<Uint8Array>({ pull: (to) => to.enqueue(block) });
    await expect(readSse(endless).next()).rejects.toBeInstanceOf(RangeError);
  });
});
