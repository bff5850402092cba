import type { Clock } from '../../shared/clock.ts';
import { RpcError, type RpcId, type RpcMessage } from '../../shared/json-rpc.ts';
import { encodeMessage } from '../channel.ts';
import { pause } from '../../shared/pause.ts';
import { shownUrl } from './endpoint.ts';
import { brokenProtocol, networkError } from './errors.ts';
import type { StreamPosition } from './event-stream.ts';
import type { HttpClient, HttpReply } from './http-client.ts';
import { readReply, type Deliver } from './reply.ts';

/** How long a stream may go on after it has brought the answer. */
const LINGER_MS = 1000;
const FIRST_RETRY_MS = 1000;
/** How often one answer is gone after on a new stream. */
const MAX_RESUMES = 5;

/** Where and how the messages of one connection go. */
export interface RemoteLink {
  readonly clock: Clock;
  readonly url: URL;
  readonly http: HttpClient;
  /** Of one message, in either direction. */
  readonly maxPayloadBytes: number;
  /** For a step of our own: another session, a stream's first event. */
  readonly timeoutMs: number;
  readonly log: (text: string) => void;
}

export interface Post {
  readonly message: RpcMessage;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly deliver: Deliver;
  /** Called with the reply's headers, before anything of it is delivered. */
  readonly onReply?: (reply: HttpReply) => void;
}

/**
 * Posts one message. For a request it resolves when the answer has been delivered, over as many streams as the server needs for it
 * (mcp-gateway §1.9); for anything else when the server has taken it. Rejects with RpcError.
 */
export async function postMessage(link: RemoteLink, post: Post): Promise<void> {
  const { message, signal } = post;
  const body = encodeMessage(message, link.maxPayloadBytes);
  const headers = {
    ...post.headers,
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
  };
  const reply = await link.http.send({ method: 'POST', url: link.url, headers, body, signal });
  post.onReply?.(reply);
  if ('method' in message && 'id' in message) await readAnswer(link, post, message.id, reply);
  else await reply.body.dump({ limit: link.maxPayloadBytes, signal });
}

async function readAnswer(link: RemoteLink, post: Post, id: RpcId, first: HttpReply): Promise<void> {
  const { clock, url, http } = link;
  let reply = first;
  let position: StreamPosition = {};
  for (let resumes = 0; ; resumes += 1) {
    const read = await readOneReply(link, post, id, reply);
    if (read.answered) return;
    position = { ...position, ...read.position };
    if (position.lastEventId === undefined || resumes === MAX_RESUMES)
      throw brokenProtocol(shownUrl(url), 'ended its reply before the answer');
    await pause(clock, position.retryMs ?? FIRST_RETRY_MS, post.signal);
    const headers = { ...post.headers, accept: 'text/event-stream', 'last-event-id': position.lastEventId };
    reply = await http.send({ method: 'GET', url, headers, signal: post.signal });
  }
}

async function readOneReply(link: RemoteLink, { deliver }: Post, id: RpcId, reply: HttpReply) {
  const shown = shownUrl(link.url);
  let stopLingering = (): void => undefined;
  const onAnswer = () => {
    stopLingering = link.clock.after(LINGER_MS, () => reply.body.destroy());
  };
  try {
    return await readReply(reply, { id, maxBytes: link.maxPayloadBytes, shown, deliver, onAnswer });
  } catch (error) {
    throw error instanceof RpcError ? error : networkError(error, shown);
  } finally {
    stopLingering();
  }
}
