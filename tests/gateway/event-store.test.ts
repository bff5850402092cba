import { expect, it } from 'vitest';
import { EventStore } from '../../src/gateway/streams/event-store.ts';
import { FakeClock } from '../helpers/clock.ts';

const limits = { sessionEvents: 1000, sessionEventBytes: 1e6, eventBytes: 100_000, eventTtlMs: 1000 };
const KILO = 'x'.repeat(1000 - 128);

it('all logs together hold no more than their limit, and the one that holds most forgets first', () => {
  const store = new EventStore(new FakeClock(), limits);
  const [greedy, modest] = [store.open(), store.open()];
  for (let count = 0; count < 10; count++) modest.append(0, KILO, 0);
  for (let count = 0; count < 1000; count++) {
    greedy.append(0, KILO, 0);
    expect(store.size).toBeLessThanOrEqual(limits.eventBytes);
    expect(store.size).toBe(greedy.size + modest.size);
  }
  expect(modest.size).toBe(10_000);
  expect(greedy.size).toBeGreaterThan(30_000);
});

it('a log that was released counts no more', () => {
  const store = new EventStore(new FakeClock(), limits);
  const log = store.open();
  log.append(0, KILO, 0);
  store.release(log);
  log.append(0, KILO, 0);
  store.release(log);
  expect(store.size).toBe(0);
});

it('messages expire, and no timer is left when there is no log', () => {
  const clock = new FakeClock();
  const store = new EventStore(clock, limits);
  const log = store.open();
  log.append(0, KILO, clock.now());
  clock.advance(1000);
  expect(store.size).toBe(1000);
  clock.advance(250);
  expect(store.size).toBe(0);
  store.release(log);
  clock.advance(250);
  expect(clock.pending).toBe(0);
});
