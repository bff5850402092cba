import { describe, expect, it } from 'vitest';

import { variant } from '../../helpers/clarity-values.ts';
import { runStd } from './std-module.ts';

/** Polls once: the events of the stream and the lines of the input that are there, one a wait; undefined is nothing in time. */
function poll(name: string, events: (string | undefined)[], lines: (string | undefined)[]) {
  const script = { sse_next_event_timeout: () => events.shift(), stdin_try_read: () => lines.shift() };
  const { instance, calls } = runStd('mux', script);
  return { event: instance.call(name, [3n, 50n]), waits: calls };
}

const STREAM = ['sse_next_event_timeout', 3n, 50n];
const INPUT = ['stdin_try_read', 50n];

describe('std/mux', () => {
  it.each(['poll', 'poll_raw'])('%s takes an event of the stream first', (name) => {
    expect(poll(name, ['data'], ['line'])).toEqual({ event: variant('SseEvent', { data: 'data' }), waits: [STREAM] });
  });

  it.each(['poll', 'poll_raw'])('%s takes a line where no event came', (name) => {
    const event = variant('StdinLine', { line: 'line' });
    expect(poll(name, [], ['line'])).toEqual({ event, waits: [STREAM, INPUT] });
  });

  it.each(['poll', 'poll_raw'])('%s gives up after both', (name) => {
    expect(poll(name, [], [])).toEqual({ event: variant('Timeout'), waits: [STREAM, INPUT] });
  });

  it('poll skips blank lines, poll_raw gives them', () => {
    expect(poll('poll', [undefined, undefined, 'data'], ['', ' \t']).event).toEqual(
      variant('SseEvent', { data: 'data' }),
    );
    expect(poll('poll_raw', [], [' ']).event).toEqual(variant('StdinLine', { line: ' ' }));
  });
});
