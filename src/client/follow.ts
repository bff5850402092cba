import { withDeadline } from '../shared/abort.ts';
import { pause } from '../shared/pause.ts';
import { ApiError, NoDaemonError } from './errors.ts';
import { readSse, type ServerEvent } from './read-sse.ts';
import { parse, type Query, type Transport } from './transport.ts';

/** The daemon pings every 15 s: more silence than this means that the connection is dead. */
const SILENCE_MS = 45_000;
const FIRST_DELAY_MS = 250;
const MAX_DELAY_MS = 10_000;

/** What to follow, and for how long. */
export interface Followed {
  readonly path: string;
  readonly query?: Query;
  /** Begins after this event. */
  readonly lastId?: string;
  /** Ends the stream without an error. */
  readonly signal?: AbortSignal | undefined;
  /** Told of each interruption; the stream then comes back by itself. */
  readonly onInterrupt?: ((error: Error) => void) | undefined;
}

/**
 * The data of each server-sent event, for as long as the reader wants. Reconnects with Last-Event-ID, waiting 250 ms
 * to 10 s in between. Throws what the first connection fails with, and any later ApiError that trying again cannot mend.
 */
export async function* follow<T>(http: Transport, followed: Followed): AsyncGenerator<T, void> {
  const { signal, onInterrupt } = followed;
  let { lastId } = followed;
  let connected = false;
  let delayMs = FIRST_DELAY_MS;
  while (!signal?.aborted) {
    try {
      for await (const event of connection(http, followed, lastId)) {
        connected = true;
        if (event === 'open') continue;
        delayMs = FIRST_DELAY_MS;
        lastId = event.id ?? lastId;
        const value = parse(event.data);
        if (value !== undefined) yield value as T;
      }
    } catch (error) {
      if (signal?.aborted) return;
      if (!connected || isFinal(error)) throw error;
      onInterrupt?.(error as Error);
    }
    await pause(http.clock, delayMs, signal);
    delayMs = Math.min(MAX_DELAY_MS, delayMs * 2);
  }
}

function isFinal(error: unknown): boolean {
  return error instanceof ApiError && error.status < 500 && error.status !== 429;
}

/** One connection: `open` once it stands, then its events until it ends. */
async function* connection(
  http: Transport,
  { path, query = {}, signal }: Followed,
  lastId: string | undefined,
): AsyncGenerator<ServerEvent | 'open', void> {
  const own = new AbortController();
  const stop = () => own.abort(signal?.reason);
  const bounded = <T>(work: () => Promise<T>) => withDeadline(http.clock, path, SILENCE_MS, signal, work);
  const headers = { accept: 'text/event-stream', ...(lastId === undefined ? {} : { 'last-event-id': lastId }) };
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const { body } = await bounded(() => http.open(path, { query, headers, signal: own.signal }));
    yield 'open';
    if (body !== null) yield* readSse(body, bounded);
  } catch (error) {
    throw error instanceof TypeError ? new NoDaemonError(http.url, error) : error;
  } finally {
    signal?.removeEventListener('abort', stop);
    own.abort();
  }
}
