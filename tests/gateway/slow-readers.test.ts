import type { EventSourceMessage } from 'eventsource-parser';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readFrames, type GatewayServer } from '../helpers/gateway-server.ts';
import { sized } from '../helpers/size.ts';
import { SlowReader } from '../helpers/slow-reader.ts';
import { toldCall, toldGateway, type ToldCall } from '../helpers/told-calls.ts';

const BOTH = { accept: 'application/json, text/event-stream', 'content-type': 'application/json' };
const STREAM = { accept: 'text/event-stream' };
/** Makes a message large, so that the buffers of the system are soon full. */
const PADDING = 'x'.repeat(2000);

/** A call in a session of its own, whose stream is read slowly. */
class SlowCall {
  readonly #url: string;
  readonly #session: Record<string, string>;
  readonly #call: ToldCall;
  readonly heard: number[] = [];
  told = 0;
  reader: SlowReader;

  private constructor(url: string, session: Record<string, string>, call: ToldCall, reader: SlowReader) {
    this.#url = url;
    this.#session = session;
    this.#call = call;
    this.reader = reader;
  }

  static async begin(server: GatewayServer, calls: ReadonlyMap<unknown, ToldCall>, id: string): Promise<SlowCall> {
    const url = `${server.origin}/mcp`;
    const session = await server.initialize();
    const body = JSON.stringify(toldCall(id));
    const hear = (event: EventSourceMessage) => slow.hear(event);
    const opening = SlowReader.open(url, { method: 'POST', headers: { ...BOTH, ...session }, body }, hear);
    await expect.poll(() => calls.has(id), { interval: 1 }).toBe(true);
    const call = calls.get(id)!;
    call.progress(1, PADDING);
    const slow: SlowCall = new SlowCall(url, session, call, await opening);
    slow.told = 1;
    onTestFinished(() => slow.reader.close());
    return slow;
  }

  tell(times: number): void {
    for (let time = 0; time < times; time++) this.#call.progress(++this.told, PADDING);
  }

  async comeBack(): Promise<void> {
    const headers = { ...this.#session, ...STREAM, 'last-event-id': this.reader.lastEventId };
    this.reader = await SlowReader.open(this.#url, { method: 'GET', headers }, (event) => this.hear(event));
  }

  answer(): void {
    this.#call.answer({ content: [] });
  }

  hear({ data }: EventSourceMessage): void {
    const message = data === '' ? undefined : JSON.parse(data);
    if (message?.params !== undefined) this.heard.push(message.params.progress);
  }
}

describe('readers that are too slow', () => {
  it('are dropped, and have missed nothing when they come back for the rest', async () => {
    const { server, calls } = await toldGateway({ sessionEventBytes: 1024 * 1024, sessionEvents: 1e6 });
    const slow = await SlowCall.begin(server, calls, 'x');
    while (server.gateway.stats().streams === 1) {
      slow.tell(50);
      await setImmediate();
    }
    await slow.reader.drain();
    expect(slow.heard.length).toBeLessThan(slow.told);
    await slow.comeBack();
    slow.answer();
    await slow.reader.drain();
    expect(slow.heard).toEqual(Array.from({ length: slow.told }, (_, index) => index + 1));
  });

  it(
    'hold a bounded memory, however many they are, and none stalls another session',
    async () => {
      const [sessions, forMs, rssMb] = [sized(10, 1000), sized(0, 60_000, 300_000), sized(150, 500)];
      const limits = { eventBytes: sized(2, 64) * 1024 * 1024, sessionEventBytes: 1024 * 1024 };
      const { server, calls } = await toldGateway(limits);
      const slow: SlowCall[] = [];
      for (let id = 0; id < sessions; id++) slow.push(await SlowCall.begin(server, calls, String(id)));
      // Of another principal: the slow ones take all the places of theirs.
      const quick = await server.initialize(undefined, { 'x-principal': 'quick' });
      const quickly = server.post(toldCall('quick'), quick);
      await expect.poll(() => calls.has('quick')).toBe(true);
      const { progress, answer } = calls.get('quick')!;
      progress(0);
      const heard: number[] = [];
      const ended = quickly.then((response) => readFrames(response, ({ data }) => heard.push(data.length)));

      const [before, until] = [process.memoryUsage.rss(), Date.now() + forMs];
      let [peak, rounds, dropped] = [0, 0, 0];
      while (rounds < 25 || Date.now() < until) {
        rounds++;
        for (const [index, call] of slow.entries()) {
          // A few hear so much that the buffers of the system cannot hold it.
          call.tell(index % 20 === 0 ? sized(100, 400) : sized(100, 10));
          call.reader.sip();
        }
        progress(rounds);
        await expect.poll(() => heard.length, { interval: 1 }).toBe(rounds + 2);
        expect((await server.post({ jsonrpc: '2.0', id: 1, method: 'ping' }, quick)).status).toBe(200);
        const over = slow.filter(({ reader }) => reader.isOver);
        dropped += over.length;
        await Promise.all(over.map((call) => call.comeBack()));
        peak = Math.max(peak, process.memoryUsage.rss() - before);
      }
      expect(dropped).toBeGreaterThan(0);
      expect(peak / 1024 / 1024).toBeLessThan(rssMb);
      answer({ content: [] });
      await ended;
      await server.app.close();
      expect(server.gateway.stats()).toMatchObject({ sessions: 0, streams: 0, inFlight: 0 });
    },
    sized(20_000, 180_000, 500_000),
  );
});
