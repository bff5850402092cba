/** Deeper members are left out: a log line is no dump. */
const MAX_DEPTH = 6;

/** The fields as plain JSON with every string redacted. An Error becomes {message, code?, cause?, stack?}. */
export function redactFields(
  fields: Readonly<Record<string, unknown>>,
  redact: (text: string) => string,
  withStack: boolean,
): Record<string, unknown> {
  const visit = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return redact(value);
    if (typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function')
      return redact(String(value));
    if (typeof value !== 'object' || value === null) return value;
    if (depth > MAX_DEPTH) return '…';
    if (value instanceof Error) return visit(plainError(value, withStack), depth + 1);
    if (value instanceof Date) return value.toJSON();
    if (Array.isArray(value)) return value.map((item) => visit(item, depth + 1));
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, visit(member, depth + 1)]));
  };
  return visit(fields, 0) as Record<string, unknown>;
}

function plainError(error: Error, withStack: boolean): Record<string, unknown> {
  return {
    message: error.message,
    ...('code' in error ? { code: error.code } : {}),
    ...(error.cause === undefined ? {} : { cause: error.cause }),
    ...(withStack ? { stack: error.stack } : {}),
  };
}
