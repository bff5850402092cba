import type { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { tooLarge } from './read-text.ts';

/** Servers may ask for any pause; we neither hammer nor fall asleep. */
const RETRY_RANGE_MS = [100, 60_000] as const;

/** Where a stream can be taken up again, and when (mcp-gateway §1.9). */
export interface StreamPosition {
  lastEventId?: string;
  retryMs?: number;
}

/**
 * The events of an SSE body, each of at most `maxBytes`; keeps `position` up to date. Ends with the body.
 * Rejects as soon as one event exceeds the limit. Leaving the loop drops the connection.
 */
export async function* readEvents(
  body: Readable,
  maxBytes: number,
  shown: string,
  position: StreamPosition,
): AsyncGenerator<EventSourceMessage, void> {
  const ready: EventSourceMessage[] = [];
  const state = { overflow: false };
  const parser = createParser({
    maxBufferSize: maxBytes,
    onEvent: (event) => ready.push(event),
    onRetry: (ms) => {
      position.retryMs = Math.min(RETRY_RANGE_MS[1], Math.max(RETRY_RANGE_MS[0], ms));
    },
    onError: ({ type }) => {
      if (type === 'max-buffer-size-exceeded') state.overflow = true;
    },
  });
  const decoder = new TextDecoder();
  for await (const chunk of body as AsyncIterable<Buffer>) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    for (const event of ready.splice(0)) {
      if (Buffer.byteLength(event.data) > maxBytes) throw tooLarge(shown, maxBytes);
      if (event.id !== undefined) position.lastEventId = event.id;
      yield event;
    }
    if (state.overflow) throw tooLarge(shown, maxBytes);
    await nextTurn(); // a server that floods us leaves the others their turn
  }
}
