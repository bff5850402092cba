import { withDeadline, DeadlineError } from '../../../../shared/abort.ts';
import type { Clock } from '../../../../shared/clock.ts';
import { oneLine } from '../../../../shared/text.ts';
import type { Program } from '../../program.ts';
import type { Bell } from '../bell.ts';
import { closeWith } from '../close-with.ts';
import type { Headers } from '../http/headers.ts';
import { readText } from '../http/read-text.ts';
import type { WebClient, WebReply } from '../http/web-client.ts';
import type { OutsideCall } from '../operation.ts';
import { PlainFailure } from '../plain-failure.ts';
import { EventStream } from './event-stream.ts';

/** Until the server begins to answer. */
const OPEN_MS = 10_000;
/** Of all calls of one service: each may hold a socket and 1 MiB. */
const MAX_STREAMS = 64;

/** Opens event streams, so many at a time for each service. */
export class StreamOpener {
  readonly #clock: Clock;
  readonly #client: WebClient;
  readonly #open = new WeakMap<Program, number>();

  constructor(clock: Clock, client: WebClient) {
    this.#clock = clock;
    this.#client = client;
  }

  /** Begins to open one, which ends with the call; `url` was allowed before. Throws PlainFailure where the service has too many. */
  open(url: URL, headers: Headers, { program, signal }: OutsideCall, bell: Bell): EventStream {
    const open = this.#open.get(program) ?? 0;
    if (open >= MAX_STREAMS)
      throw new PlainFailure(`This service has ${MAX_STREAMS} event streams open, and may not have more.`);
    this.#open.set(program, open + 1);
    const connect = (stop: AbortSignal) => this.#connect(url, headers, program, stop);
    const stream = new EventStream(connect, bell);
    const forget = closeWith(signal, stream);
    void stream.finished.then(() => {
      forget();
      this.#open.set(program, (this.#open.get(program) ?? 1) - 1);
    });
    return stream;
  }

  async #connect(url: URL, headers: Headers, program: Program, stop: AbortSignal): Promise<WebReply> {
    // A server that compresses may hold events back until a block is full.
    const ours = { 'cache-control': 'no-store', 'accept-encoding': 'identity' };
    const request = { method: 'GET', url, headers: { ...ours, ...headers, accept: EVENTS } };
    // The body lives longer than the time to open it, so it ends with a signal of its own.
    const life = new AbortController();
    const end = () => life.abort(stop.reason);
    stop.addEventListener('abort', end, { once: true });
    const work = async () => onlyEvents(await this.#client.ask(request, program, life.signal), life.signal);
    try {
      return await withDeadline(this.#clock, 'The server', OPEN_MS, stop, work);
    } catch (error) {
      life.abort();
      if (error instanceof DeadlineError)
        throw new PlainFailure(`${oneLine(url.host)} did not open the stream within ${OPEN_MS / 1000} seconds.`);
      throw stop.aborted ? new PlainFailure('The stream was closed.') : error;
    }
  }
}

const EVENTS = 'text/event-stream';

/** Throws PlainFailure for an answer that is no stream, as `http_get` words it. */
async function onlyEvents(reply: WebReply, signal: AbortSignal): Promise<WebReply> {
  const { status, mediaType, body, url } = reply;
  if (status < 200 || status > 299) throw new PlainFailure(`HTTP ${status}: ${await readText(reply, 1, signal)}`);
  if (mediaType === EVENTS) return reply;
  body.destroy();
  const what = mediaType === '' ? 'something without a type' : `\`${oneLine(mediaType, 60)}\``;
  throw new PlainFailure(`${oneLine(url.host)} answered with ${what}, which is no event stream.`);
}
