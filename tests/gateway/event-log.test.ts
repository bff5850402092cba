import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLog } from '../../src/gateway/streams/event-log.ts';

const LIMITS = { sessionEvents: 8, sessionEventBytes: 2000 };
const log = (resized: (bytes: number) => void = () => undefined) => new EventLog(LIMITS, resized);

describe('the log of a session', () => {
  it('never holds more than its limits, but the newest message whatever its length, and counts what it holds', () => {
    const message = fc.record({ stream: fc.nat(2), length: fc.nat(2500) });
    fc.assert(
      fc.property(fc.array(message), (messages) => {
        let size = 0;
        const events = log((bytes) => (size += bytes));
        for (const [index, { stream, length }] of messages.entries()) {
          expect(events.append(stream, 'x'.repeat(length), index)).toBe(index + 1);
          expect(events.lastSeq - events.firstSeq + 1).toBeLessThanOrEqual(LIMITS.sessionEvents);
          expect(events.size <= LIMITS.sessionEventBytes || events.firstSeq === events.lastSeq).toBe(true);
          expect(events.after(stream, index)?.json).toHaveLength(length);
        }
        expect(size).toBe(events.size);
      }),
    );
  });

  it('reads one stream in its order, from any place, without a hole', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2), { maxLength: 20 }), fc.nat(20), (streams, from) => {
        const events = log();
        for (const [index, stream] of streams.entries()) events.append(stream, String(index + 1), 0);
        const expected = streams.flatMap((stream, index) => (stream === 1 ? [index + 1] : []));
        const read: number[] = [];
        for (let event = events.after(1, from); event !== undefined; event = events.after(1, event.seq))
          read.push(Number(event.json));
        expect(read).toEqual(expected.filter((seq) => seq > from && seq >= events.firstSeq));
      }),
    );
  });

  it('gives a reader up while it still has what was written to it last', () => {
    const events = log();
    for (let seq = 1; seq <= 6; seq++) events.append(1, '', 0);
    expect([events.isFarBehind(0), events.isFarBehind(1)]).toEqual([false, false]);
    events.append(1, '', 0);
    expect([events.isFarBehind(0), events.isFarBehind(1), events.hasLost(0)]).toEqual([true, false, false]);
    events.append(1, 'x'.repeat(1000), 0);
    events.append(1, 'x'.repeat(700), 0);
    expect([events.isFarBehind(7), events.isFarBehind(8), events.hasLost(7), events.hasLost(0)]).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });

  it('forgets what is old', () => {
    const events = log();
    for (const atMs of [10, 20, 30]) events.append(1, String(atMs), atMs);
    events.expire(20);
    expect(events.after(1, 0)?.json).toBe('20');
    events.expire(31);
    expect([events.after(1, 0), events.size, events.firstSeq, events.lastSeq]).toEqual([undefined, 0, 4, 3]);
  });
});
