import { describe, expect, it } from 'vitest';
import type { RuntimeEvent } from '../../src/reconcile/ports.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createEventBus } from '../../src/telemetry/event-bus.ts';
import type { EventStore } from '../../src/telemetry/event-store.ts';
import { FakeClock } from '../helpers/clock.ts';
import { collectingLogger } from '../helpers/log-lines.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const started = { kind: 'service.started', level: 'info', identity: 'a', message: 'up' } as const;
const stopped = { kind: 'service.stopped', level: 'info', identity: 'a', message: 'down' } as const;

function setUp(stateDir = tempFolder()) {
  const clock = new FakeClock(Date.UTC(2026, 0, 1));
  const { logger, lines } = collectingLogger();
  const store = openStore({ stateDir, clock, logger });
  const redact = (text: string) => text.replaceAll('s3cret', '***');
  const bus = createEventBus({ store: store.events, clock, logger, redact });
  const heard: RuntimeEvent[] = [];
  bus.listen((event) => heard.push(event));
  return { stateDir, clock, store, lines, bus, heard };
}

describe('the event stream', () => {
  it('numbers events by one, over restarts too', () => {
    const first = setUp();
    first.bus.emit(started);
    first.bus.emit(stopped);
    first.store.close();
    const second = setUp(first.stateDir);
    second.bus.emit(started);
    expect(second.bus.list({ limit: 10 }).map(({ seq, kind }) => [seq, kind])).toEqual([
      [1, 'service.started'],
      [2, 'service.stopped'],
      [3, 'service.started'],
    ]);
    second.store.close();
  });

  it('tells listeners after the commit, in order', async () => {
    const { bus, heard } = setUp();
    bus.emit(started);
    bus.emit(stopped);
    expect(heard).toEqual([]);
    await expect.poll(() => heard.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(heard[0]).toEqual({ ...started, seq: 1, at: '2026-01-01T00:00:00.000Z' });
  });

  it('replay and then follow misses nothing and repeats nothing', async () => {
    const { bus } = setUp();
    bus.emit(started);
    const seen = bus.list({ limit: 10, afterSeq: 0 }).map(({ seq }) => seq);
    bus.listen(({ seq }) => seen.push(seq));
    bus.emit(stopped);
    await expect.poll(() => seen).toEqual([1, 2]);
    bus.emit(started);
    const late: number[] = [];
    bus.listen(({ seq }) => late.push(seq));
    bus.emit(stopped);
    await expect.poll(() => late).toEqual([4]);
  });

  it('folds what a service says again within a minute, and counts it', () => {
    const { bus, clock, heard } = setUp();
    for (let n = 0; n < 5; n++) bus.emit(started);
    bus.emit({ ...started, identity: 'b' });
    bus.emit(started);
    clock.advance(59_999);
    bus.emit(started);
    clock.advance(1);
    bus.emit(started);
    const listed = bus.list({ limit: 10 }).map(({ seq, identity, count }) => [seq, identity, count]);
    expect(listed).toEqual([
      [1, 'a', 7],
      [2, 'b', undefined],
      [3, 'a', undefined],
    ]);
    expect(heard.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('folds nothing that differs or comes between', () => {
    const { bus } = setUp();
    for (const event of [started, stopped, started, { ...started, reason: 'R' }, { ...started, message: 'other' }])
      bus.emit(event);
    expect(bus.list({ limit: 10 })).toHaveLength(5);
  });

  it('shows no secret', () => {
    const { bus } = setUp();
    bus.emit({ ...started, message: 'with s3cret', data: { deep: [{ text: 's3cret' }], n: 1 } });
    expect(bus.list({ limit: 1 })).toMatchObject([{ message: 'with ***', data: { deep: [{ text: '***' }], n: 1 } }]);
  });

  it('goes on when a listener fails, and says so in the log', () => {
    const { bus, heard, lines } = setUp();
    bus.listen(() => {
      throw new Error('listener broke');
    });
    bus.emit(started);
    bus.list({ limit: 1 });
    expect(heard).toHaveLength(1);
    expect(lines).toMatchObject([{ level: 'error', kind: 'service.started', error: { message: 'listener broke' } }]);
  });

  it('has at most 1000 listeners; each stops by itself', () => {
    const { bus, heard } = setUp();
    const stops = Array.from({ length: 999 }, () => bus.listen(() => undefined));
    expect(() => bus.listen(() => undefined)).toThrow(expect.objectContaining({ code: 'TooManyRequests' }));
    for (const stop of stops) stop();
    bus.emit(started);
    bus.list({ limit: 1 });
    expect(heard).toHaveLength(1);
  });

  it('tells listeners also where the store refuses, and says so in the log', async () => {
    const { logger, lines } = collectingLogger();
    const full: EventStore = {
      lastSeq: () => 41,
      append: (_, done) => done(new Error('disk full')),
      recount: () => undefined,
      list: () => [],
      flush: () => undefined,
    };
    const bus = createEventBus({ store: full, clock: new FakeClock(), logger, redact: (text) => text });
    const heard: number[] = [];
    bus.listen(({ seq }) => heard.push(seq));
    bus.emit(started);
    expect(heard).toEqual([42]);
    expect(lines).toMatchObject([{ level: 'error', seq: 42, error: { message: 'disk full' } }]);
  });
});
