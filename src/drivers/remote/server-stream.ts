import { errorMessage } from '../../shared/errors.ts';
import { pause } from '../../shared/pause.ts';
import { shownUrl } from './endpoint.ts';
import { RemoteError } from './errors.ts';
import { readEvents, type StreamPosition } from './event-stream.ts';
import type { RemoteLink } from './post.ts';
import { isMessage, parseJson, type Deliver } from './reply.ts';

const FIRST_RETRY_MS = 1000;
const MAX_RETRY_MS = 60_000;

/**
 * Keeps the standing GET stream open, on which the server speaks unasked, until the signal fires or the server says that it has
 * none (any 4xx but 429). Takes it up where it broke, with growing pauses and at the server's own `retry`.
 */
export async function followServerStream(
  link: RemoteLink,
  headers: Readonly<Record<string, string>>,
  deliver: Deliver,
  signal: AbortSignal,
): Promise<void> {
  const position: StreamPosition = {};
  let failures = 0;
  while (!isOver(signal)) {
    try {
      const heard = await readOnce(link, { ...headers, ...resumeFrom(position) }, deliver, position, signal);
      failures = heard ? 0 : failures + 1;
    } catch (error) {
      const status = error instanceof RemoteError ? error.status : undefined;
      if (status !== undefined && status < 500 && status !== 429) return;
      if (failures === 0 && !isOver(signal))
        link.log(`the server's own stream broke, it is opened again: ${errorMessage(error)}`);
      failures += 1;
    }
    const backOff = (position.retryMs ?? FIRST_RETRY_MS) * 2 ** Math.min(failures, 10);
    await pause(link.clock, Math.min(MAX_RETRY_MS, backOff), signal);
  }
}

/** True where the stream brought anything before it ended. */
async function readOnce(
  { http, url, maxPayloadBytes }: RemoteLink,
  headers: Readonly<Record<string, string>>,
  deliver: Deliver,
  position: StreamPosition,
  signal: AbortSignal,
): Promise<boolean> {
  const reply = await http.send({ method: 'GET', url, headers: { ...headers, accept: 'text/event-stream' }, signal });
  let heard = false;
  for await (const event of readEvents(reply.body, maxPayloadBytes, shownUrl(url), position)) {
    heard = true;
    if (isMessage(event)) deliver(parseJson(event.data, shownUrl(url)));
  }
  return heard;
}

/** Asked again after an await: it may have fired meanwhile. */
function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}

function resumeFrom({ lastEventId }: StreamPosition): Readonly<Record<string, string>> {
  return lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
}
