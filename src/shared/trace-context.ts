import { isJsonObject, type JsonObject } from './json.ts';

/** W3C Trace Context, level 1: version, trace id, parent id, flags. */
const TRACEPARENT = /^[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
const PRINTABLE = /^[\x20-\x7e]+$/;
/** Characters: what the specifications of tracestate and of baggage ask everybody to pass on. */
const LONGEST = { tracestate: 512, baggage: 8192 };

/** What joins the spans of one call; nothing where there is no valid traceparent. */
export type TraceContext = Partial<Record<'traceparent' | 'tracestate' | 'baggage', string>>;

/** The trace context in HTTP headers, or in the `_meta` of a message (the keys are the same). What breaks its form is left out. */
export function traceContext(from: Readonly<Record<string, unknown>>): TraceContext {
  const { traceparent, tracestate, baggage } = from;
  if (typeof traceparent !== 'string' || !TRACEPARENT.test(traceparent)) return {};
  return {
    traceparent,
    ...(isText(tracestate, LONGEST.tracestate) ? { tracestate } : {}),
    ...(isText(baggage, LONGEST.baggage) ? { baggage } : {}),
  };
}

/** The params with the trace context of the headers in `_meta`; a message that has one keeps its own. */
export function withTraceContext(
  params: JsonObject | undefined,
  headers: Readonly<Record<string, unknown>>,
): JsonObject | undefined {
  if (headers.traceparent === undefined) return params;
  const meta = isJsonObject(params?._meta) ? params._meta : {};
  const context = traceContext(headers);
  if (meta.traceparent !== undefined || context.traceparent === undefined) return params;
  return { ...params, _meta: { ...meta, ...context } };
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length <= longest && PRINTABLE.test(value);
}
