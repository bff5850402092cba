import { createParser } from 'eventsource-parser';

/** One server-sent event that carries data. */
export interface ServerEvent {
  readonly id?: string | undefined;
  readonly data: string;
}

/** Characters that one event may have before its stream counts as broken. */
const MAX_EVENT = 16 * 1024 * 1024;

/**
 * The events of a response's body, until it ends; whoever stops early closes it. Throws RangeError for an event without end.
 * `read` may put a limit on the wait for each chunk.
 */
export async function* readSse(
  body: ReadableStream<Uint8Array>,
  read: <T>(next: () => Promise<T>) => Promise<T> = (next) => next(),
): AsyncGenerator<ServerEvent, void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const ready: ServerEvent[] = [];
  const breaches: Error[] = [];
  const parser = createParser({
    onEvent: ({ id, data }) => ready.push({ id, data }),
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') breaches.push(error);
    },
    maxBufferSize: MAX_EVENT,
  });
  try {
    for (;;) {
      const chunk = await read(() => reader.read());
      if (chunk.done) return;
      parser.feed(decoder.decode(chunk.value, { stream: true }));
      yield* ready.splice(0);
      const [cause] = breaches;
      if (cause !== undefined) throw new RangeError('a server-sent event is too large', { cause });
    }
  } finally {
    // The stream may be broken already: that has been told, or nobody wants to know.
    await reader.cancel().catch(() => undefined);
  }
}
