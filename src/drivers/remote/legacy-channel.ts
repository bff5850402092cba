import type { Readable } from 'node:stream';
import { withDeadline } from '../../shared/abort.ts';
import { errorMessage } from '../../shared/errors.ts';
import { RPC, RpcError, type RpcMessage } from '../../shared/json-rpc.ts';
import { encodeMessage, type Channel, type ChannelListener } from '../channel.ts';
import { parseUrl, shownUrl } from './endpoint.ts';
import { brokenProtocol, networkError } from './errors.ts';
import { readEvents } from './event-stream.ts';
import type { RemoteLink } from './post.ts';
import { isMessage, parseJson } from './reply.ts';

/**
 * The HTTP+SSE transport of 2024-11-05 (mcp-gateway §2.1): one stream that first names the address to post to, and then carries
 * every answer. When it breaks the connection is over: the next probe fails and the service is started anew.
 */
export class LegacyChannel implements Channel {
  readonly #link: RemoteLink;
  readonly #closing = new AbortController();
  #listener: ChannelListener | undefined;
  #target: URL | undefined;

  constructor(link: RemoteLink) {
    this.#link = link;
  }

  listen(listener: ChannelListener): void {
    this.#listener = listener;
  }

  /** Resolves when the server has named its address, which must be of the same origin. Rejects with RpcError or DeadlineError. */
  async open(signal: AbortSignal): Promise<void> {
    const { clock, http, url, timeoutMs } = this.#link;
    await withDeadline(clock, 'opening the event stream', timeoutMs, signal, async () => {
      const headers = { accept: 'text/event-stream' };
      const reply = await http.send({ method: 'GET', url, headers, signal: this.#closing.signal });
      if (reply.contentType !== 'text/event-stream') {
        reply.body.destroy();
        throw brokenProtocol(shownUrl(url), `answered with the media type "${reply.contentType}", not an event stream`);
      }
      await new Promise<void>((resolve, reject) => {
        this.#read(reply.body, resolve).then(
          () => reject(brokenProtocol(shownUrl(url), 'ended its event stream')),
          (error: unknown) => reject(error instanceof RpcError ? error : networkError(error, shownUrl(url))),
        );
      });
    });
  }

  async send(message: RpcMessage, signal: AbortSignal): Promise<void> {
    const { http, maxPayloadBytes } = this.#link;
    if (this.#target === undefined)
      throw new RpcError(RPC.unavailable, 'the event stream is not open', { sent: false });
    const headers = { 'content-type': 'application/json' };
    const body = encodeMessage(message, maxPayloadBytes);
    const reply = await http.send({ method: 'POST', url: this.#target, headers, body, signal });
    await reply.body.dump({ limit: maxPayloadBytes, signal });
  }

  close(): Promise<void> {
    this.#closing.abort();
    this.#listener?.closed('the connection was closed');
    return Promise.resolve();
  }

  async #read(body: Readable, onTarget: () => void): Promise<void> {
    const { url, maxPayloadBytes } = this.#link;
    const shown = shownUrl(url);
    try {
      for await (const event of readEvents(body, maxPayloadBytes, shown, {})) {
        if (event.event === 'endpoint' && this.#target === undefined) {
          this.#target = sameOrigin(event.data, url);
          onTarget();
        } else if (isMessage(event)) this.#listener?.message(parseJson(event.data, shown));
      }
      this.#listener?.closed(`${shown} ended its event stream`);
    } catch (error) {
      this.#listener?.closed(`${shown} broke its event stream: ${errorMessage(error)}`);
      throw error;
    }
  }
}

/** Another origin would get our credentials. */
function sameOrigin(reference: string, url: URL): URL {
  const target = parseUrl(reference, url);
  if (target?.origin !== url.origin)
    throw brokenProtocol(shownUrl(url), 'names an address of another origin to post to');
  return target;
}
