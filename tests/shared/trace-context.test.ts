import { describe, expect, it } from 'vitest';
import { traceContext, withTraceContext } from '../../src/shared/trace-context.ts';

const PARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

describe('the trace context', () => {
  it.each([
    ['all of it', { traceparent: PARENT, tracestate: 'a=1', baggage: 'k=v' }, ['traceparent', 'tracestate', 'baggage']],
    ['the parent alone', { traceparent: PARENT, other: 1 }, ['traceparent']],
    ['nothing without a parent', { tracestate: 'a=1' }, []],
    ['nothing of a parent of another form', { traceparent: 'x', tracestate: 'a=1' }, []],
    ['nothing of a trace id of zeros', { traceparent: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01` }, []],
    ['no line break', { traceparent: PARENT, tracestate: 'a=1\r\nb: 2' }, ['traceparent']],
    ['nothing too long', { traceparent: PARENT, tracestate: 'a'.repeat(513) }, ['traceparent']],
  ])('is %s', (_what, from, keys) => {
    expect(Object.keys(traceContext(from))).toEqual(keys);
  });

  it('comes from the headers where the message has none of its own', () => {
    expect(withTraceContext({ a: 1, _meta: { b: 2 } }, { traceparent: PARENT })).toEqual({
      a: 1,
      _meta: { b: 2, traceparent: PARENT },
    });
    const own = { _meta: { traceparent: 'own' } };
    expect(withTraceContext(own, { traceparent: PARENT })).toBe(own);
    expect(withTraceContext(own, {})).toBe(own);
  });
});
